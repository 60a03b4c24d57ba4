# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What these tests need beside .venv, fetched once into build/awx: the collection awx.awx, and ansible-rulebook.

Run as a program, it fetches the collection.
"""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("AWX_TESTS_CACHE") or PROJECT / "build/awx")
INSIDE = "ansible_collections/awx/awx/"


def awx_collection() -> pathlib.Path:
    """A folder for ANSIBLE_COLLECTIONS_PATH with awx.awx in it, out of the package that requirements/awx.lock names."""
    lock = PROJECT / "requirements/awx.lock"
    (package,) = re.findall(r"^([a-z]+==[0-9.]+) ", lock.read_text(), re.MULTILINE)
    folder = CACHE / package.replace("==", "-")
    if not folder.exists():
        with tempfile.TemporaryDirectory() as work:
            pip(sys.executable, "download", "--no-deps", "--dest", work, "--require-hashes", "--requirement", str(lock))
            (wheel,) = pathlib.Path(work).glob("*.whl")
            target = pathlib.Path(work, "collections")
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(target, [name for name in archive.namelist() if name.startswith(INSIDE)])
            CACHE.mkdir(parents=True, exist_ok=True)
            shutil.move(target, folder)
    return folder


def environment(name: str, requirements: pathlib.Path) -> pathlib.Path:
    """The programs of a virtual environment with ``requirements``, made anew when these change."""
    folder = CACHE / name
    done = folder / "requirements.txt"
    if not done.exists() or done.read_text() != requirements.read_text():
        venv.create(folder, with_pip=True, clear=True)
        locked = ["--require-hashes"] if "--hash=" in requirements.read_text() else []
        pip(str(folder / "bin/python"), "install", *locked, "--requirement", str(requirements))
        shutil.copy(requirements, done)
    return folder / "bin"


def pip(python: str, command: str, *arguments: str) -> None:
    """Run pip's ``command``; uv takes its place for installing where it is there, since it is ten times faster."""
    uv = shutil.which("uv")
    if uv and command == "install":
        subprocess.run(
            [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, *arguments], check=True
        )
    else:
        quiet = ("--quiet", "--disable-pip-version-check")
        subprocess.run([python, "-m", "pip", command, *quiet, *arguments], check=True)


if __name__ == "__main__":
    awx_collection()
