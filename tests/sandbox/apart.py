# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sandbox as people start it: by its command, in a process of its own."""

from __future__ import annotations

import contextlib
import json
import pathlib
import subprocess
import sys
import time
import typing as t

TESTS = pathlib.Path(__file__).resolve().parents[1]
LOOKS, BETWEEN = 1200, 0.05  # seconds


def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "sandbox", *options]


@contextlib.contextmanager
def started(folder: pathlib.Path, *options: str, tests: pathlib.Path = TESTS) -> t.Iterator[dict[str, str]]:
    """The URLs, by name, of the sandbox in the folder ``tests``; ``folder`` is for the file that has them."""
    ready = folder / "sandbox.json"
    asked = command("--ready-file", str(ready), "--with-parent", *options)
    with subprocess.Popen(asked, cwd=tests, stdout=subprocess.DEVNULL) as process:
        try:
            for _look in range(LOOKS):
                if ready.exists() or process.poll() is not None:
                    break
                time.sleep(BETWEEN)
            yield json.loads(ready.read_text())
        finally:
            process.terminate()
