# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Guards of offboarding: reasons not to begin at all. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions


def too_many(count: int, limit: int) -> list[str]:
    if count <= limit:
        return []
    return [
        f"{count} people would leave, and offboard_limit allows {limit}. Raise it for this run if that is meant."
    ]


def protected(called: t.Collection[str], instance: str, decisions: Decisions, names: t.Sequence[str]) -> list[str]:
    """Whether somebody who is ``called`` so (ids, addresses, user names) is one of ``names``, or protected by decision."""
    folded = {name.casefold() for name in names}
    hit = next((name for name in sorted(called) if name and name.casefold() in folded), "")
    if hit:
        return [f"{hit} is in offboard_protected."]
    hit = decisions.protects(sorted(called), instance)
    return [f"{hit} is in lifecycle_protected."] if hit else []


def caller(leaving: t.Container[str], found: Values, traits: Traits) -> list[str]:
    """Whether the account that the run itself uses would be closed; ``leaving`` are keys of user names."""
    name = found.get("caller")
    if name and traits.key(name) in leaving:
        return [f"{name} is the account that this run uses in {traits.title}."]
    return []


def last_administrator(leaving: t.Container[str], found: Values, traits: Traits) -> list[str]:
    """Whether nobody would be left who can administer the system."""
    administrators = found.get("administrators")
    if administrators and all(traits.key(name) in leaving for name in administrators):
        return [f"Nobody would be left to administer {traits.title}: {', '.join(administrators)} would leave."]
    return []
