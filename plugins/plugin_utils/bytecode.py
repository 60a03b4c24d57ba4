# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps the bytecode of what the plugins import from this collection.

Ansible keeps that of the plugins themselves, but compiles what they import anew in every run: a third of what a short
task costs beside an empty playbook.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.abc
import importlib.machinery
import sys
import types
import typing as t

PLUGINS = __name__.rpartition("plugin_utils")[0]
OWN = tuple(f"{PLUGINS}{each}." for each in ("module_utils", "modules", "plugin_utils"))
SOURCE = (importlib.machinery.SourceFileLoader, importlib.machinery.SOURCE_SUFFIXES)


class Finder(importlib.abc.MetaPathFinder):
    """Finds files of this collection; everything else is left to the finders after it."""

    def find_spec(
        self, name: str, path: t.Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if path is None or not name.startswith(OWN):
            return None
        found = (files(folder).find_spec(name) for folder in path)
        return next((spec for spec in found if spec and spec.loader), None)


@functools.cache
def files(folder: str) -> importlib.machinery.FileFinder:
    """What finds the files of one folder; kept, since it reads the folder."""
    return importlib.machinery.FileFinder(folder, SOURCE)


@contextlib.contextmanager
def kept() -> t.Iterator[None]:
    """What is imported within, and belongs to this collection, is compiled once.

    Python's list of finders is afterwards as it was before: other code never sees it changed.
    """
    finder = Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
