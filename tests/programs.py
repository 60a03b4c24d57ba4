# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs Ansible's real programs with the collection, untouched by the settings of who runs the tests."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

from ansible_collections.people.lifecycle.plugins import modules

COLLECTIONS = pathlib.Path(next(iter(modules.__path__))).parents[4]
LOCAL = ("-i", "localhost,", "-c", "local")
OURS = ("ANSIBLE_", "IICS_", "IQ_", "MAGISTRALA_")


def program(name: str) -> str:
    """The path of ``ansible-NAME``."""
    return str(pathlib.Path(sys.executable).with_name(f"ansible-{name}"))


def surroundings(folder: pathlib.Path, **settings: str) -> dict[str, str]:
    """The environment of a run in ``folder``, with ``settings`` on top."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(OURS)},
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
        "LC_ALL": "C.UTF-8",
        **settings,
    }


def ansible(name: str, folder: pathlib.Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run ``ansible-NAME`` in ``folder`` with ``arguments``, and with ``settings`` as further environment variables."""
    return subprocess.run(
        [program(name), *arguments],
        cwd=folder,
        env=surroundings(folder, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
