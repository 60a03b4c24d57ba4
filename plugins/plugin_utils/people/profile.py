# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Profiles: what people get, by name; and what of it a person has that no profile of theirs gives."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, mapping
from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Kind
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import OF_SYSTEMS, Instance, Instances

Access = dict[str, t.Any]  # what profiles give in one system, by kind
ACTIONS = frozenset(("add", "remove", "set"))  # what a task does to memberships; a profile says what people have
Profiles = dict[str, dict[str, Access]]


def read_profiles(given: t.Any, name: str, instances: Instances = OF_SYSTEMS) -> Profiles:
    """Profiles as ``{profile: {instance or system: {kind: what it gives}}}``;
    raises InputError for what no system knows.
    """
    profiles: Profiles = {}
    for profile, systems in mapping(given, name).items():
        profiles[profile] = {}
        for system, access in mapping(systems, f"{name}.{profile}").items():
            where = f"{name}.{profile}.{system}"
            if system not in instances:
                raise InputError(f"{where}: there is no such system; known are {', '.join(instances)}.")
            profiles[profile][system] = read_access(instances[system].traits, access, where)
    return profiles


def read_access(traits: Traits, given: t.Any, where: str) -> Access:
    access: Access = {}
    for name, value in mapping(given, where).items():
        if name not in traits.access:
            raise InputError(f"{where} names {name!r:.60}; known are {', '.join(traits.access)}.")
        if not is_blank(value):
            access[name] = read_value(traits.access[name], value, f"{where}.{name}", name)
    return access


def read_value(kind: Kind, given: t.Any, where: str, name: str) -> t.Any:
    """What a profile says of one thing; says how profiles are written to whoever writes it as a task does."""
    try:
        return kind.read(given, where)
    except InputError:
        if isinstance(given, t.Mapping) and ACTIONS.issuperset(given):
            raise InputError(
                f"{where} says {' and '.join(given)}, as tasks do. A profile has the list alone: {name}: [...]."
            ) from None
        raise


def access_of(names: t.Sequence[str], profiles: Profiles, instance: Instance, who: str) -> Access | None:
    """What the profiles ``names`` together give in an instance; None where none of them gives an account there.

    Raises InputError when two of them contradict each other.
    """
    said = (instance.said_in(profiles[name], None) for name in names)
    parts = [access for access in said if access is not None]
    if not parts:
        return None
    together: Access = {}
    for kind in instance.traits.kinds:
        given = [part[kind.name] for part in parts if kind.name in part]
        if given or not kind.is_setting:
            together[kind.name] = kind.together(given, who, instance.title)
    return together


def others(access: Access | None, profiles: Profiles, instance: Instance) -> Access:
    """What some profile gives in an instance and ``access`` does not, by kind."""
    everything = [instance.said_in(profile, {}) for profile in profiles.values()]
    return {
        kind.name: kind.others(
            [part[kind.name] for part in everything if kind.name in part], (access or {}).get(kind.name)
        )
        for kind in instance.traits.kinds
    }
