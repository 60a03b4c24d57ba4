# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who gets what, and why, out of people and of everything that was reviewed about them. Pure: no server is asked."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import mapping, text
from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import wording
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.assignment import (
    Assignment,
    Policy,
    assign,
    read_policy,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import (
    Instance,
    Instances,
    read_instances,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import read_people
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import Entry, wanted_accounts
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import Profiles, read_profiles
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_text, renamed
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.rules import Rule
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.yaml_files import parse_yaml

REVIEWED = {
    "rules": "lifecycle_profile_rules",
    "exceptions": "lifecycle_exceptions",
    "conflicts": "lifecycle_conflicts",
    "profiles": "onboard_profiles",
    "naming": "onboard_naming",
}
SETTINGS = ("profile_from", "columns", "instances", "today")


@dataclasses.dataclass(frozen=True)
class Law:
    """Everything that was reviewed, and how rosters are read."""

    policy: Policy
    profiles: Profiles
    naming: t.Any
    columns: dict[str, t.Any]
    instances: Instances
    today: datetime.date

    def records(self, people: t.Any) -> list[t.Any]:
        """The records in a list or in text."""
        extra = self.policy.form.columns
        if isinstance(people, str):
            return read_text(
                str(people).removeprefix("\ufeff"), None, "the roster", self.columns, extra, self.instances
            )
        return renamed(people, self.columns, extra)

    def plan(self, records: t.Sequence[t.Any]) -> dict[str, list[t.Any]]:
        given = (list(records), self.profiles, self.naming, [*self.instances], self.today)
        return wanted_accounts(*given, policy=self.policy, instances=self.instances)


def read_law(given: t.Mapping[str, t.Any]) -> Law:
    """The law in a dictionary of ``rules``, ``exceptions``, ``conflicts``, ``profiles``, ``naming``, each as it is or
    below the name of its variable, with ``profile_from``, ``columns``, ``instances`` (a name and a system each) and
    ``today``.

    Raises InputError.
    """
    odd = next((name for name in given if name not in REVIEWED and name not in SETTINGS), None)
    if odd is not None:
        raise InputError(f"{odd!r:.40} is not known here; known are {', '.join((*REVIEWED, *SETTINGS))}.")
    instances = read_instances(mapping(given.get("instances"), "instances"), "instances")
    found = {variable: unwrapped(given.get(name), variable) for name, variable in REVIEWED.items()}
    try:
        day = text(given.get("today"), "today")
        today = datetime.date.fromisoformat(day) if day else datetime.date.today()
    except ValueError:
        raise InputError(f"today must be a date such as 2027-01-31, not {day!r:.40}.") from None
    source = text(given.get("profile_from"), "profile_from", "both")
    if source not in ("row", "rules", "both"):
        raise InputError(f"profile_from must be row, rules or both, not {source!r:.40}.")
    return Law(
        read_policy(found.get, source, instances, "profile_from"),
        read_profiles(found["onboard_profiles"], "profiles", instances),
        found["onboard_naming"],
        mapping(given.get("columns"), "columns"),
        instances,
        today,
    )


def unwrapped(given: t.Any, variable: str) -> t.Any:
    """What is given, or written as YAML, alone or below the one key that is the name of the variable."""
    if isinstance(given, str):
        given = parse_yaml(str(given), variable)
    return given[variable] if isinstance(given, t.Mapping) and list(given) == [variable] else given


def explain(people: t.Any, who: str, law: Law) -> Entry:
    """What one person gets and why, and why not; raises InputError for somebody whom the roster does not have."""
    records = law.records(people)
    everybody = read_people(records, "the roster", law.instances, law.policy.form)
    assigned = assign(everybody, law.policy, law.profiles, law.today)
    named = (each for each in assigned if who.casefold() in (each.person.id.casefold(), each.person.email.casefold()))
    found = next(named, None)
    if found is None:
        raise InputError(f"The roster has nobody with the id or address {who!r:.60}.")
    plan, person = law.plan(records), found.person
    accounts = {}
    for name, instance in law.instances.items():
        entry = next(
            (entry for entry in plan[name] if entry["person"] == person.id and not entry["only_existing"]), None
        )
        if entry is not None:
            lines = lines_of(found, law, instance)
            accounts[name] = {"username": entry["username"], "held": entry["held"], "access": lines}
    return {
        "person": person.id,
        "name": person.name,
        "email": person.email,
        "profiles": [reason.described() for reason in found.reasons],
        "rules": [rule_line(rule, found, law.policy) for rule in law.policy.rules.rules],
        "exceptions": [
            each.described(law.today)
            for each in law.policy.exceptions
            if each.person.casefold() == person.id.casefold()
        ],
        "allowed": list(found.allowed),
        "accounts": accounts,
        "no_account": [name for name in law.instances if name not in accounts],
        "held": found.hold,
        "waiting": next((one["why"] for one in plan["waiting"] if one["person"] == person.id), ""),
        "refused": sorted({one["why"] for one in plan["refused"] if one["person"] == person.id}),
    }


def rule_line(rule: Rule, found: Assignment, policy: Policy) -> Entry:
    """Whether a person meets a rule; where not, the columns that stand in the way, with what the person has there."""
    unmet = policy.rules.unmet_by(found.person, rule)
    values = {column: list(found.person.values_of(column)) for column in unmet}
    return {
        "name": rule.name,
        "gives": list(rule.give),
        "met": not unmet,
        "counts": policy.by_rules,
        "because_of": values,
    }


def lines_of(found: Assignment, law: Law, instance: Instance) -> list[Entry]:
    """Each piece of access that a person gets in an instance, with the profile or exception that gives it."""
    known, lines = {**law.profiles, **found.access}, []
    for name in (*found.person.profile, *found.access):
        access = instance.said_in(known[name], {})
        for kind, items in items_of(access).items():
            lines += [{"kind": kind, "item": item, "from": name} for item in items]
    return lines


def items_of(access: t.Mapping[str, t.Any]) -> dict[str, list[str]]:
    """Access in words, piece by piece, by kind."""
    return {kind: pieces(value) for kind, value in access.items() if pieces(value)}


def pieces(value: t.Any) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [wording(item) for item in value]
    if isinstance(value, t.Mapping):
        return [f"{key}: {wording(item)}" for key, item in value.items()]
    return [] if value is None else [wording(value)]
