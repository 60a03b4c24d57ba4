# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From people and profiles to the accounts that each system shall have. Pure: nothing is asked and nothing written."""

from __future__ import annotations

import datetime
import difflib
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils._given import mapping, text, words
from ansible_collections.people.lifecycle.plugins.plugin_utils._naming import check_rule, user_name
from ansible_collections.people.lifecycle.plugins.plugin_utils._only import ALL, Selection
from ansible_collections.people.lifecycle.plugins.plugin_utils._people import Person, read_people, refuse
from ansible_collections.people.lifecycle.plugins.plugin_utils._profiles import Profiles, hers, others, read_profiles
from ansible_collections.people.lifecycle.plugins.plugin_utils._shard import EVERYBODY, Shard
from ansible_collections.people.lifecycle.plugins.plugin_utils._systems import SYSTEMS, Rules

Entry = dict[str, t.Any]


def read_systems(given: t.Any, name: str) -> list[Rules]:
    """The systems to work on, in the order given; all where nothing is given."""
    names = words(given, name) or list(SYSTEMS)
    unknown = [system for system in names if system not in SYSTEMS]
    if unknown:
        raise InputError(f"{name} names {unknown[0]!r:.40}; known are {', '.join(SYSTEMS)}.")
    return [SYSTEMS[system] for system in dict.fromkeys(names)]


def read_naming(given: t.Any, name: str) -> dict[str, str]:
    """The rule for user names of each system: the system's own where ``given`` has none."""
    rules = mapping(given, name)
    for system in rules:
        if system not in SYSTEMS:
            raise InputError(f"{name} names {system!r:.40}; known are {', '.join(SYSTEMS)}.")
    naming = {system: text(rules.get(system), f"{name}.{system}", SYSTEMS[system].naming) for system in SYSTEMS}
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
    lists: dict[str, list[Entry]] = {system: [] for system in SYSTEMS}
    for rules in chosen:
        for person in everybody:
            try:
                entry = wanted_account(person, known, rules, rule[rules.name])
            except InputError as error:
                problems.append(str(error))
                continue
            if entry is not None and person.id not in waiting:
                lists[rules.name].append(entry)
        problems += shared_accounts(lists[rules.name], rules)
    refuse(problems)
    ours = {person.id for person in shard.take(only.take(everybody), lambda person: person.id)}
    return {
        **{system: [entry for entry in entries if entry["person"] in ours] for system, entries in lists.items()},
        "systems": [rules.name for rules in chosen],
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
            near = difflib.get_close_matches(name, profiles, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(profiles) or 'none'}."
            problems.append(f"{person.id}: there is no profile {name!r:.60}; {hint}")
    return problems


def wanted_account(person: Person, profiles: Profiles, rules: Rules, rule: str) -> Entry | None:
    """The account of one person in one system; None where no profile of anybody says anything about it."""
    differs = person.accounts.get(rules.name, {})
    access = None if differs is False else hers(person.profile, profiles, rules, person.id)
    rest = others(access, profiles, rules)
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
    settings = {setting: access[setting] for setting in rules.settings if setting in access}
    options = {option: values[option] for option in (*rules.fields, *rules.extra) if values.get(option)}
    return {
        "person": person.id,
        "name": person.name,
        "email": person.email,
        "username": differs.get("username") or user_name(rule, named),
        "named": "username" in differs,
        "options": {**settings, **options},
        "give": {kind: value for kind, value in access.items() if kind not in rules.settings},
        "others": rest,
        "only_existing": only_existing,
    }


def shared_accounts(entries: t.Sequence[Entry], rules: Rules) -> list[str]:
    """Sentences about two people who would have one account."""
    problems: list[str] = []
    taken: dict[str, Entry] = {}
    for entry in entries:
        other = taken.setdefault(rules.key(entry["username"]), entry)
        if other is not entry:
            problems.append(
                f"{other['name']} ({other['person']}) and {entry['name']} ({entry['person']}) would both have the account "
                f"{entry['username']} in {rules.title}; give one of them another user name in accounts.{rules.name}."
            )
    return problems
