# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection's own code is imported by Python's own loader, which keeps bytecode where it may write.

Ansible's compiles every file anew in every run, a third of what a short task costs beside an empty playbook.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
import typing as t

OWN = ("module_utils", "modules", "plugin_utils")
PLUGINS = __name__.rpartition(".")[0]
PACKAGES = tuple(f"{PLUGINS}.{each}." for each in OWN)
SOURCE = (importlib.machinery.SourceFileLoader, importlib.machinery.SOURCE_SUFFIXES)


class OwnCode(importlib.abc.MetaPathFinder):
    """Finds the files of this collection alone; what it does not find is left to the next finder."""

    def find_spec(
        self, name: str, path: t.Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if path is None or not name.startswith(PACKAGES):
            return None
        found = (importlib.machinery.FileFinder(folder, SOURCE).find_spec(name) for folder in path)
        return next((spec for spec in found if spec is not None), None)


sys.meta_path.insert(0, OwnCode())
