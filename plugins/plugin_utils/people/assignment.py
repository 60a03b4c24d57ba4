# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what HR says of people, and from reviewed rules, to the profiles that each person has, and why. Pure."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.conflicts import (
    Clash,
    Conflict,
    clashes,
    read_conflicts,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.exceptions import TemporaryGrant, read_exceptions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import OF_SYSTEMS, Instances
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import Form, Person
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import Access, Profiles, access_of
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.rules import RuleBook, read_rules

RULES = "lifecycle_profile_rules"
EXCEPTIONS = "lifecycle_exceptions"
CONFLICTS = "lifecycle_conflicts"
ROW, BOTH = "row", "both"


class Reason(t.NamedTuple):
    """Why a person has a profile: ``source`` is row, rule or exception, ``name`` that of the rule,
    or until when and why.
    """

    profile: str
    source: str
    name: str = ""

    def described(self) -> dict[str, str]:
        return {"profile": self.profile, "source": self.source, "name": self.name}


@dataclasses.dataclass(frozen=True)
class Assignment:
    """A person with the profiles that they have from all sources, why, and why they are held, if they are.

    ``access`` and ``ended`` are what exceptions give beside profiles, and what those gave that have ended, each in the
    form of profiles by their label; ``allowed`` are the clashes that an exception allows.
    """

    person: Person
    reasons: tuple[Reason, ...]
    hold: str = ""
    access: Profiles = dataclasses.field(default_factory=dict)
    ended: Profiles = dataclasses.field(default_factory=dict)
    allowed: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Policy:
    """What was reviewed about who gets which profile; ``profile_from`` is row, rules or both."""

    rules: RuleBook = dataclasses.field(default_factory=RuleBook)
    profile_from: str = BOTH
    exceptions: tuple[TemporaryGrant, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    instances: Instances = dataclasses.field(default_factory=lambda: OF_SYSTEMS)

    @functools.cached_property
    def grants(self) -> dict[str, list[TemporaryGrant]]:
        """The exceptions by person, without those for leavers."""
        found: dict[str, list[TemporaryGrant]] = {}
        for grant in (each for each in self.exceptions if not each.keep):
            found.setdefault(grant.person.casefold(), []).append(grant)
        return found

    def grants_of(self, who: str, today: datetime.date) -> tuple[list[TemporaryGrant], list[TemporaryGrant]]:
        """The exceptions for the person with the id ``who`` that hold, and those that have ended."""
        own = self.grants.get(who.casefold(), [])
        over = [grant for grant in own if grant.state(today) == "ended"]
        return [grant for grant in own if grant not in over], over

    def allowances(self, who: str, today: datetime.date) -> dict[str, TemporaryGrant]:
        """The exception by which a person may have a conflict, by the name of the conflict."""
        return {name: grant for grant in self.grants_of(who, today)[0] for name in grant.allow}

    @property
    def by_rules(self) -> bool:
        return self.profile_from != ROW and bool(self.rules.rules)

    @property
    def form(self) -> Form:
        """What records look like."""
        return Form(self.rules.extra, needs_profile=not self.by_rules)


def read_policy(
    given: t.Callable[[str], t.Any],
    profile_from: str,
    instances: Instances = OF_SYSTEMS,
    option: str = "onboard_profile_from",
) -> Policy:
    """The policy; ``given`` returns what there is under the name of a variable. Raises InputError."""
    rules = RuleBook(read_rules(given(RULES), RULES))
    if profile_from == "rules" and not rules.rules:
        raise InputError(f"{option} is rules, and there are none: give {RULES} or {RULES}_file.")
    exceptions = read_exceptions(given(EXCEPTIONS), EXCEPTIONS, instances)
    conflicts = read_conflicts(given(CONFLICTS), CONFLICTS, instances)
    check_names(
        (name for grant in exceptions for name in grant.allow),
        {each.name for each in conflicts},
        EXCEPTIONS,
        "conflict",
    )
    return Policy(rules, profile_from, exceptions, conflicts, instances)


def check_names(names: t.Iterable[str], known: t.Collection[str], where: str, what: str) -> None:
    """Raises InputError for the first of ``names`` that is not known."""
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        near = near_names(unknown, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known) or 'none'}."
        raise InputError(f"{where} names {unknown!r:.60}, and there is no such {what}; {hint}")


def assign(people: t.Sequence[Person], policy: Policy, profiles: Profiles, today: datetime.date) -> list[Assignment]:
    """Everybody with their profiles; raises InputError where a rule names a profile or a column that is not there."""
    check_names((name for grant in policy.exceptions for name in grant.profiles), profiles, EXCEPTIONS, "profile")
    sides = (side.profile for conflict in policy.conflicts for side in conflict.sides if side.profile)
    check_names(sides, profiles, CONFLICTS, "profile")
    if policy.by_rules:
        check(policy.rules, people, profiles)
    return [assignment(person, policy, profiles, today) for person in people]


def check(rules: RuleBook, people: t.Sequence[Person], profiles: t.Any) -> None:
    for rule in rules.rules:
        check_names(rule.give, profiles, f"{RULES}: {rule.name}", "profile")
    known = {column for person in people for column in person.attributes}
    missing = next((column for column in rules.extra if column not in known), None)
    if missing is not None:
        named = next(rule.name for rule in rules.rules if missing in rule.when)
        raise InputError(
            f"Nobody's record has {missing!r:.60}, which the rule {named!r:.60} in {RULES} names. If the column has "
            "another name, say so in onboard_columns; leave it empty for those who have nothing there."
        )


def row_reasons(person: Person) -> tuple[Reason, ...]:
    return tuple(Reason(profile, ROW) for profile in person.profile)


def assignment(person: Person, policy: Policy, profiles: Profiles, today: datetime.date) -> Assignment:
    """One person with the profiles of their row, where it counts, of all rules that they meet, and of exceptions."""
    reasons = row_reasons(person) if policy.profile_from != "rules" else ()
    if policy.by_rules:
        reasons += tuple(
            Reason(profile, "rule", rule.name) for rule in policy.rules.met_by(person) for profile in rule.give
        )
    holding, over = policy.grants_of(person.id, today)
    reasons += tuple(Reason(profile, "exception", grant.label) for grant in holding for profile in grant.profiles)
    names = tuple(dict.fromkeys(reason.profile for reason in reasons))
    found = Assignment(
        dataclasses.replace(person, profile=names),
        reasons,
        access={f"exception {grant.label}": dict(grant.access) for grant in holding if grant.access},
        ended=ended(over, profiles),
    )
    if policy.by_rules and not names and not found.access:
        return dataclasses.replace(found, hold=no_rule(person, policy))
    return judged(found, policy, profiles, policy.allowances(person.id, today)) if policy.conflicts else found


def ended(grants: t.Sequence[TemporaryGrant], profiles: Profiles) -> Profiles:
    """What exceptions that have ended gave, in the form of profiles."""
    gave: Profiles = {}
    for grant in grants:
        gave |= {name: profiles[name] for name in grant.profiles}
        gave |= {f"exception {grant.label}": dict(grant.access)} if grant.access else {}
    return gave


def judged(found: Assignment, policy: Policy, profiles: Profiles, allow: t.Mapping[str, TemporaryGrant]) -> Assignment:
    """``found``, held where it has a conflict that no exception allows."""
    holdings = access_by_instance(found, profiles, policy.instances)
    all_clashes = clashes(policy.conflicts, found.person.profile, holdings, profiles, policy.instances)
    allowed = tuple(allowance(each, allow[each.conflict.name]) for each in all_clashes if each.conflict.name in allow)
    hold = " ".join(str(each) for each in all_clashes if each.conflict.name not in allow)
    return dataclasses.replace(found, hold=hold, allowed=allowed)


def allowance(clash: Clash, grant: TemporaryGrant) -> str:
    """What reports say of a conflict that somebody may have."""
    return f"{clash.conflict.name} is allowed {grant.label}"


def access_by_instance(found: Assignment, profiles: Profiles, instances: Instances) -> dict[str, list[Access]]:
    """What an assignment gives in each instance;
    nothing where its profiles contradict each other, which is told elsewhere.
    """
    names = [name for name in (*found.person.profile, *found.access) if name in profiles or name in found.access]
    given: dict[str, list[Access]] = {}
    for instance in instances.values():
        with contextlib.suppress(InputError):
            given[instance.name] = [access_of(names, {**profiles, **found.access}, instance, found.person.id) or {}]
    return given


def no_rule(person: Person, policy: Policy) -> str:
    """The sentence about somebody whom no rule meets."""
    values = ((column.name, person.values_of(column.name)) for column in policy.rules.columns)
    said = ", ".join(f"{name} {' and '.join(found)!r:.60}" if found else f"no {name}" for name, found in values)
    return (
        f"No rule in {RULES} meets this person ({said}), so that nobody knows what they get. Add a rule, or correct "
        "the row."
    )


def usage(rules: RuleBook, assignments: t.Sequence[Assignment]) -> list[dict[str, t.Any]]:
    """How many people each rule meets, those included that meet nobody."""
    counts = dict.fromkeys((rule.name for rule in rules.rules), 0)
    for each in assignments:
        for name in {reason.name for reason in each.reasons if reason.source == "rule"}:
            counts[name] += 1
    return [{"name": name, "people": count} for name, count in counts.items()]
