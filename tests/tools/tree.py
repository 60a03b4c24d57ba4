# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A copy of the collection in the folder structure that Ansible's tools ask for.

They want ``collections/ansible_collections/people/lifecycle`` as the real path, without what lies around in a working
copy. The copy has the files that git knows or would add, and lies in a temporary folder.
"""

from __future__ import annotations

import fnmatch
import os
import pathlib
import shutil
import subprocess
import tempfile
import typing as t

from running import PROJECT

NAME = "ansible_collections/people/lifecycle"


def files_by_git() -> list[str] | None:
    """The project's files as git sees them; None without git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return [name for name in listing.split("\0") if name]


def files_by_walk() -> list[str]:
    """The project's files without those that .gitignore names (plain names, and folders from the top)."""
    patterns = [".git", *(PROJECT / ".gitignore").read_text().split()]

    def ignored(path: str) -> bool:
        name = path.rpartition("/")[2]
        return any(
            path == pattern.strip("/") if pattern.startswith("/") else fnmatch.fnmatch(name, pattern.rstrip("/"))
            for pattern in patterns
        )

    names = []
    for folder, folders, files in os.walk(PROJECT):
        base = pathlib.Path(folder).relative_to(PROJECT)
        folders[:] = [name for name in folders if not ignored((base / name).as_posix())]
        names += [path for path in ((base / name).as_posix() for name in files) if not ignored(path)]
    return names


class Tree:
    """The copy, made when it is first asked for."""

    def __init__(self) -> None:
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="people-lifecycle-"))
        self.collections = self.work / "collections"
        self._root: pathlib.Path | None = None

    @property
    def root(self) -> pathlib.Path:
        if self._root is None:
            self._root = self.collections / NAME
            for name in files_by_git() or files_by_walk():
                source, target = PROJECT / name, self._root / name
                if source.is_file():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(source, target)
        return self._root

    def names(self, pattern: str) -> list[str]:
        """The names, without suffix, of what matches ``pattern`` in the copy."""
        return sorted(path.stem for path in self.root.glob(pattern) if not path.name.startswith(("_", ".")))

    def __enter__(self) -> Tree:
        return self

    def __exit__(self, *dummy: t.Any) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
