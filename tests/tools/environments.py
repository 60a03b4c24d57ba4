# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virtual environments beside .venv, for what must not share one with the tools."""

from __future__ import annotations

import pathlib
import shutil
import sys
import typing as t

from running import Commands


def environment(
    folder: pathlib.Path, packages: t.Sequence[str], commands: Commands, *, python: str = sys.executable
) -> pathlib.Path:
    """An environment of ``python`` with ``packages`` in ``folder``,
    made anew when it should hold something else than it does.

    ``packages`` are arguments of ``pip install``, files among them read here, too.
    """
    files = [path.read_text() for path in map(pathlib.Path, packages) if path.is_file()]
    wanted = "\n".join([python, *packages, *files])
    stamp = folder / "holds"
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        commands.run(python, "-m", "venv", "--without-pip", folder)
        install = (sys.executable, "-m", "uv", "pip", "install", "--quiet", "--compile-bytecode")
        commands.run(*install, "--python", folder / "bin/python", *packages)
        stamp.write_text(wanted)
    return folder
