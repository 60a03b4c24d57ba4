# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds access that a run leaves in place: what only former profiles of a person give, or what no profile knows."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import identity, wording
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Modules
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.entry import (
    Settings,
    Work,
    left_with,
    name_now,
    named,
)


def look_for_old(works: t.Sequence[Work], modules: Modules, settings: Settings) -> None:
    """Write into the lines what each person has, only other profiles give, and is left alone.

    Where that is taken away, it is what no profile knows instead.
    """
    traits = modules.traits
    staying = [work for work in works if (work.current is not None or work.awaited) and not work.returner]
    asking: list[Values] = []
    places: dict[tuple[str, ...], Work] = {}
    for work in staying:
        held, rest = work.current or named(work), left_with(work.entry, settings)
        for kind in traits.kinds:
            if kind.name not in work.entry["options"]:
                work.line.old += kind.old(rest[kind.name], held.get(kind.name))
        taken = without_unknown(work.entry, traits) if settings.remove_old_access else without(rest, traits)
        if taken and work.line.action != "failed":
            asking.append({"username": name_now(work, traits, modules.check), **traits.place(held), **taken})
            places[traits.entry_key(asking[-1])] = work
    if not asking or modules.outage:
        return
    shadow = {traits.entry_key(asks): Line("", asks["username"]) for asks in asking}
    modules.bring(shadow, asking, check=True, **traits.join_options)
    end = ", which no profile knows" if settings.remove_old_access else ""
    for key, work in places.items():
        work.line.old += [f"{item}{end}" for change in shadow[key].changes for item in lost(change, traits)]


def without(rest: Values, traits: Traits) -> Values:
    """What is asked to lose the memberships in ``rest``."""
    return {name: {"remove": rest[name]} for name in traits.memberships if rest[name]}


def without_unknown(entry: Values, traits: Traits) -> Values:
    """What is asked to keep the memberships alone that some profile gives."""
    known = {name: [*(entry["give"].get(name) or ()), *entry["others"].get(name, ())] for name in traits.memberships}
    return {name: {"set": items} for name, items in known.items() if items}


def lost(change: Values, traits: Traits) -> list[str]:
    """The memberships that a change would take away, in words."""
    if change["field"] not in traits.memberships:
        return []
    after = {identity(item) for item in change["after"] or []}
    return [f"{change['field']}: {wording(item)}" for item in change["before"] or [] if identity(item) not in after]
