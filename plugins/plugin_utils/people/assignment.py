# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what HR says of people, and from reviewed rules, to the profiles that each person has, and why. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import Form, Person
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.rules import RuleBook, read_rules

RULES = "lifecycle_profile_rules"
ROW, BOTH = "row", "both"


class Reason(t.NamedTuple):
    """Why a person has a profile: ``source`` is row or rule, ``name`` that of the rule."""

    profile: str
    source: str
    name: str = ""

    def described(self) -> dict[str, str]:
        return {"profile": self.profile, "source": self.source, "name": self.name}


@dataclasses.dataclass(frozen=True)
class Assignment:
    """A person with the profiles that they have from all sources, why, and why they are held, if they are."""

    person: Person
    reasons: tuple[Reason, ...]
    hold: str = ""


@dataclasses.dataclass(frozen=True)
class Policy:
    """What was reviewed about who gets which profile; ``profile_from`` is row, rules or both."""

    rules: RuleBook = dataclasses.field(default_factory=RuleBook)
    profile_from: str = BOTH

    @property
    def by_rules(self) -> bool:
        return self.profile_from != ROW and bool(self.rules.rules)

    @property
    def form(self) -> Form:
        """What records look like."""
        return Form(self.rules.extra, needs_profile=not self.by_rules)


def read_policy(given: t.Callable[[str], t.Any], profile_from: str, option: str = "onboard_profile_from") -> Policy:
    """The policy; ``given`` returns what there is under the name of a variable. Raises InputError."""
    rules = RuleBook(read_rules(given(RULES), RULES))
    if profile_from == "rules" and not rules.rules:
        raise InputError(f"{option} is rules, and there are none: give {RULES} or {RULES}_file.")
    return Policy(rules, profile_from)


def assign(people: t.Sequence[Person], policy: Policy, profiles: t.Container[str]) -> list[Assignment]:
    """Everybody with their profiles; raises InputError where a rule names a profile or a column that is not there."""
    if not policy.by_rules:
        return [Assignment(person, row_reasons(person)) for person in people]
    check(policy.rules, people, profiles)
    return [assignment(person, policy) for person in people]


def check(rules: RuleBook, people: t.Sequence[Person], profiles: t.Any) -> None:
    for rule in rules.rules:
        unknown = next((name for name in rule.give if name not in profiles), None)
        if unknown is not None:
            near = near_names(unknown, profiles, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(profiles) or 'none'}."
            raise InputError(f"{RULES}: {rule.name} gives {unknown!r:.60}, and there is no such profile; {hint}")
    known = {column for person in people for column in person.attributes}
    missing = next((column for column in rules.extra if column not in known), None)
    if missing is not None:
        named = next(rule.name for rule in rules.rules if missing in rule.when)
        raise InputError(
            f"Nobody's record has {missing!r:.60}, which the rule {named!r:.60} in {RULES} names. If the column has another "
            f"name, say so in onboard_columns; leave it empty for those who have nothing there."
        )


def row_reasons(person: Person) -> tuple[Reason, ...]:
    return tuple(Reason(profile, ROW) for profile in person.profile)


def assignment(person: Person, policy: Policy) -> Assignment:
    """One person with the profiles of their row, where it counts, and of all rules that they meet."""
    reasons = row_reasons(person) if policy.profile_from == BOTH else ()
    reasons += tuple(Reason(profile, "rule", rule.name) for rule in policy.rules.met_by(person) for profile in rule.give)
    profiles = tuple(dict.fromkeys(reason.profile for reason in reasons))
    hold = "" if profiles else no_rule(person, policy)
    return Assignment(dataclasses.replace(person, profile=profiles), reasons, hold)


def no_rule(person: Person, policy: Policy) -> str:
    """The sentence about somebody whom no rule meets."""
    values = ((column.name, person.values_of(column.name)) for column in policy.rules.columns)
    said = ", ".join(f"{name} {' and '.join(found)!r:.60}" if found else f"no {name}" for name, found in values)
    return f"No rule in {RULES} meets this person ({said}), so that nobody knows what they get. Add a rule, or correct the row."


def usage(rules: RuleBook, assignments: t.Sequence[Assignment]) -> list[dict[str, t.Any]]:
    """How many people each rule meets, those included that meet nobody."""
    counts = dict.fromkeys((rule.name for rule in rules.rules), 0)
    for each in assignments:
        for name in {reason.name for reason in each.reasons if reason.source == "rule"}:
            counts[name] += 1
    return [{"name": name, "people": count} for name, count in counts.items()]
