# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``module_defaults`` reach every module: the action groups name all of them."""

from __future__ import annotations

import pathlib

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins.module_utils._systems import SYSTEMS

PROJECT = pathlib.Path(__file__).resolve().parents[2]
GROUPS = yaml.safe_load((PROJECT / "meta/runtime.yml").read_text())["action_groups"]
ROLES = {path.name for path in (PROJECT / "roles").iterdir()}  # whose actions connect to nothing themselves
PLAYBOOKS = {path.stem for path in (PROJECT / "playbooks").glob("*.yml")}  # and neither do those of playbooks
MODULES = sorted({path.stem for path in (PROJECT / "plugins/modules").glob("*.py")} - ROLES - PLAYBOOKS)


def test_the_groups_are_the_systems_and_all() -> None:
    assert sorted(GROUPS) == sorted(["all", *SYSTEMS])


def test_every_module_is_in_the_group_all() -> None:
    assert GROUPS["all"] == MODULES


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_group_of_a_system_has_its_modules(system: str) -> None:
    assert GROUPS[system] == [name for name in MODULES if name.startswith(f"{system}_")]
