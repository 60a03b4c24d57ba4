# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes ``ansible_collections.people.lifecycle`` importable from the links that ``make setup`` keeps in .venv.

A test whose folder has the fixture ``systems`` gets a fresh company in these by the fixture ``company``.
"""

from __future__ import annotations

import importlib.util
import pathlib
import sys
import typing as t

import pytest

COLLECTIONS = pathlib.Path(__file__).resolve().parents[2] / ".venv/collections"


def importable(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


if not importable("ansible_collections.people.lifecycle"):
    sys.path.insert(0, str(COLLECTIONS))
    if not importable("ansible_collections.people.lifecycle"):
        raise ModuleNotFoundError(f"no people.lifecycle in {COLLECTIONS}: run 'make setup'")


@pytest.fixture
def company(systems: t.Any) -> t.Any:
    from people_company import Company  # needs the collection, which is importable only now

    for app in systems.apps.values():
        app.act("POST", "reset", {})
    return Company(systems)
