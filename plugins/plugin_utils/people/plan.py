# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From people and profiles to the accounts that each system shall have. Pure: nothing is asked and nothing written."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import mapping, text, text_list
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names, refuse
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.naming import check_rule, user_name
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.only import ALL, Selection
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import Person, read_people
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import (
    Profiles,
    access_of,
    others,
    read_profiles,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import EVERYBODY, Shard

Entry = dict[str, t.Any]


def read_systems(given: t.Any, name: str) -> list[Traits]:
    """The systems to work on, in the order given; all where nothing is given."""
    names = text_list(given, name) or list(TRAITS)
    unknown = [system for system in names if system not in TRAITS]
    if unknown:
        raise InputError(f"{name} names {unknown[0]!r:.40}; known are {', '.join(TRAITS)}.")
    return [TRAITS[system] for system in dict.fromkeys(names)]


def read_naming(given: t.Any, name: str) -> dict[str, str]:
    """The rule for user names of each system: the system's own where ``given`` has none."""
    given_rules = mapping(given, name)
    for system in given_rules:
        if system not in TRAITS:
            raise InputError(f"{name} names {system!r:.40}; known are {', '.join(TRAITS)}.")
    naming = {system: text(given_rules.get(system), f"{name}.{system}", TRAITS[system].naming) for system in TRAITS}
    for system, rule in naming.items():
        check_rule(rule, f"{name}.{system}")
    return naming


def wanted_accounts(
    people: t.Any,
    profiles: t.Any,
    naming: t.Any,
    systems: t.Any,
    today: datetime.date,
    *,
    prefix: str = "onboard",
    shard: Shard = EVERYBODY,
    only: Selection = ALL,
) -> dict[str, list[t.Any]]:
    """``people`` and ``profiles`` as ``{system: [account]}``, under ``waiting`` who is not due, and ``systems``.

    Each account has ``person`` (id), ``name``, ``email``, ``username``, ``named`` (the record names the
    account; it does not come from the rule), ``options`` for the module, ``give`` (what the profiles
    give), ``others`` (what only other profiles give) and ``only_existing`` (no profile gives an account here: one that
    is there may have something old). Everybody is checked, and those in ``shard`` whom ``only`` names are returned. Raises
    InputError with all that is wrong; option names begin with ``prefix``.
    """
    everybody = read_people(people, f"{prefix}_people")
    known = read_profiles(profiles, f"{prefix}_profiles")
    rule = read_naming(naming, f"{prefix}_naming")
    chosen = read_systems(systems, f"{prefix}_systems")
    refuse([problem for person in everybody for problem in unknown_profiles(person, known)])
    waiting = {person.id: reason for person in everybody if (reason := not_due(person, today.isoformat()))}
    problems: list[str] = []
    lists: dict[str, list[Entry]] = {system: [] for system in TRAITS}
    for traits in chosen:
        for person in everybody:
            try:
                entry = wanted_account(person, known, traits, rule[traits.name])
            except InputError as error:
                problems.append(str(error))
                continue
            if entry is not None and person.id not in waiting:
                lists[traits.name].append(entry)
        problems += shared_accounts(lists[traits.name], traits)
    refuse(problems)
    ours = {person.id for person in shard.take(only.take(everybody), lambda person: person.id)}
    return {
        **{system: [entry for entry in entries if entry["person"] in ours] for system, entries in lists.items()},
        "systems": [traits.name for traits in chosen],
        "people": [described(person) for person in everybody if person.id in ours],
        "waiting": [{"person": who, "why": why} for who, why in waiting.items() if who in ours],
    }


def described(person: Person) -> Entry:
    """A person as reports name them."""
    return {"id": person.id, "name": person.name, "email": person.email, "profile": list(person.profile)}


def not_due(person: Person, today: str) -> str:
    """Why nothing is done for a person on that day; empty when something is."""
    if person.start and person.start > today:
        return f"starts on {person.start}"
    if person.end and person.end < today:
        return f"ended on {person.end}; offboard this person"
    return ""


def unknown_profiles(person: Person, profiles: Profiles) -> list[str]:
    problems = []
    for name in person.profile:
        if name not in profiles:
            near = near_names(name, profiles, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(profiles) or 'none'}."
            problems.append(f"{person.id}: there is no profile {name!r:.60}; {hint}")
    return problems


def wanted_account(person: Person, profiles: Profiles, traits: Traits, rule: str) -> Entry | None:
    """The account of one person in one system; None where no profile of anybody says anything about it."""
    differs = person.accounts.get(traits.name, {})
    access = None if differs is False else access_of(person.profile, profiles, traits, person.id)
    rest = others(access, profiles, traits)
    if access is None and not any(rest.values()):
        return None
    only_existing = access is None
    access, differs = access or {}, differs or {}
    values = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        **person.values,
        **differs,
    }
    named = {"id": person.id, **values}
    options = {option: values[option] for option in (*traits.person_fields, *traits.row_options) if values.get(option)}
    return {
        "person": person.id,
        "name": person.name,
        "email": person.email,
        "username": differs.get("username") or user_name(rule, named),
        "named": "username" in differs,
        "options": options,
        "give": access,
        "others": rest,
        "only_existing": only_existing,
    }


def shared_accounts(entries: t.Sequence[Entry], traits: Traits) -> list[str]:
    """Sentences about two people who would have one account."""
    problems: list[str] = []
    taken: dict[str, Entry] = {}
    for entry in entries:
        other = taken.setdefault(traits.key(entry["username"]), entry)
        if other is not entry:
            problems.append(
                f"{other['name']} ({other['person']}) and {entry['name']} ({entry['person']}) would both have the account "
                f"{entry['username']} in {traits.title}; give one of them another user name in accounts.{traits.name}."
            )
    return problems
