# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes the collection importable, as in tests/unit, and starts what several tests need."""

from __future__ import annotations

import importlib.util
import pathlib
import sys

import pytest

COLLECTIONS = pathlib.Path(__file__).resolve().parents[2] / ".venv/collections"

try:
    found = importlib.util.find_spec("ansible_collections.people.lifecycle")
except ModuleNotFoundError:
    found = None
if found is None:
    sys.path.insert(0, str(COLLECTIONS))


@pytest.fixture(scope="session")
def awx_collection() -> pathlib.Path:
    """The folder with awx.awx."""
    from awx import tools

    return tools.awx_collection()
