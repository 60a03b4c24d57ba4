# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conflicts: sets of profiles and of access of which nobody may hold two at a time, as somebody reviewed them. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, mapping, structure, text
from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Kind, wording
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import OF_SYSTEMS, Instance, Instances
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import Access, Profiles, read_profiles
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.reviewed import check_distinct, read_list

FIELDS = ("name", "between", "reason")
Holdings = t.Mapping[str, t.Sequence[Access]]  # what each account of a person has, by instance and kind


@dataclasses.dataclass(frozen=True)
class Side:
    """A profile, or access as a profile would give it."""

    profile: str = ""
    access: t.Mapping[str, Access] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        if self.profile:
            return self.profile
        return "; ".join(
            f"{where} {kind} {said(value)}" for where, kinds in self.access.items() for kind, value in kinds.items()
        )


@dataclasses.dataclass(frozen=True)
class Conflict:
    name: str
    reason: str
    sides: tuple[Side, ...]


class Clash(t.NamedTuple):
    """A conflict, and those of its sides that one person has."""

    conflict: Conflict
    sides: tuple[Side, ...]

    def __str__(self) -> str:
        names = enumeration([str(side) for side in self.sides])
        return (
            f"Nobody may hold {names} together ({self.conflict.name}: {self.conflict.reason}). Take one away, or let "
            "lifecycle_exceptions allow it until a date."
        )


def said(value: t.Any) -> str:
    return ", ".join(wording(item) for item in value) if isinstance(value, list) else wording(value)


def read_conflicts(given: t.Any, name: str, instances: Instances = OF_SYSTEMS) -> tuple[Conflict, ...]:
    """The conflicts in ``given``, a list of dictionaries with ``name``, ``between`` and ``reason``;
    raises InputError.
    """
    form = f"conflicts, each with {', '.join(FIELDS)}"
    conflicts = read_list(
        given, name, form, lambda item, number: read_conflict(item, f"{name}, entry {number}", instances)
    )
    check_distinct([conflict.name for conflict in conflicts], name, "conflicts", "no exception could tell them apart")
    return conflicts


def read_conflict(given: t.Any, where: str, instances: Instances) -> Conflict:
    fields = mapping(given, where)
    odd = [field for field in fields if field not in FIELDS] or [
        field for field in FIELDS if is_blank(fields.get(field))
    ]
    if odd:
        raise InputError(f"{where}: it has {', '.join(FIELDS)}, all of them and nothing else; see {odd[0]!r:.40}.")
    between = structure(fields["between"], where)
    if not isinstance(between, list) or len(between) < 2:
        raise InputError(
            f"{where}: between is a list of at least two, each a profile's name, or access as in a profile."
        )
    sides = tuple(read_side(item, f"{where}: between", instances) for item in between)
    return Conflict(text(fields["name"], f"{where}: name"), text(fields["reason"], f"{where}: reason"), sides)


def read_side(given: t.Any, where: str, instances: Instances) -> Side:
    if not isinstance(given, t.Mapping):
        return Side(profile=text(given, where))
    access = read_profiles({"access": given}, where, instances)["access"]
    if not any(access.values()):
        raise InputError(f"{where} has a dictionary that names no access.")
    return Side(access=access)


def clashes(
    conflicts: t.Sequence[Conflict],
    names: t.Collection[str],
    holdings: Holdings,
    profiles: Profiles,
    instances: Instances,
) -> list[Clash]:
    """The conflicts of which somebody has two sides or more.

    ``names`` are the profiles that they have by rules and rows, nothing where nobody asks for these. ``holdings`` are
    what they have in each instance: what they shall get, or their accounts as an info module returns them (those that
    can sign in), several together counting as one. A profile is held by name, or where everything that it gives is.
    """
    found = []
    for conflict in conflicts:
        sides = tuple(side for side in conflict.sides if is_held(side, names, holdings, profiles, instances))
        if len(sides) > 1:
            found.append(Clash(conflict, sides))
    return found


def is_held(side: Side, names: t.Collection[str], holdings: Holdings, profiles: Profiles, instances: Instances) -> bool:
    if side.profile in names:
        return True
    body = profiles.get(side.profile, {}) if side.profile else side.access
    asked = {where: access for where, access in body.items() if any(access.values())}
    return bool(asked) and all(
        any(
            covers(instances[name], held, access)
            for name, held in holdings.items()
            if is_meant(where, instances[name], body)
        )
        for where, access in asked.items()
    )


def is_meant(where: str, instance: Instance, body: t.Container[str]) -> bool:
    """Whether what is said under the name ``where`` is about an instance: by its name, else by its system's."""
    return instance.name == where or (instance.traits.name == where and instance.name not in body)


def covers(instance: Instance, accounts: t.Sequence[Access], access: Access) -> bool:
    """Whether ``accounts`` together have everything of ``access``."""
    kinds = (kind for kind in instance.traits.kinds if access.get(kind.name))
    return all(has(kind, [account.get(kind.name) for account in accounts], access[kind.name]) for kind in kinds)


def has(kind: Kind, held: t.Sequence[t.Any], asked: t.Any) -> bool:
    """Whether everything that is ``asked`` of one kind is among what is ``held``, in whatever spelling."""
    if kind.is_setting:
        return asked in held
    keys = {kind.key(item) for value in held for item in kind.items(value)}
    return all(kind.key(item) in keys for item in kind.items(asked))
