# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every rule of every system is tried: one that is added without an entry that it refuses is noticed."""

from __future__ import annotations

import pytest

from unit.entries.register import SYSTEMS, generators, rules, traits


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_rule_has_an_entry_that_it_refuses(name: str) -> None:
    tried = generators(name)
    assert sorted(rule.name for rule in rules(name)) == sorted([*tried.REFUSALS, *tried.NEVER])


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_rule_that_cannot_refuse_anything_really_cannot(name: str) -> None:
    assert [rule for rule, holds in generators(name).NEVER.items() if not holds(traits(name))] == []
