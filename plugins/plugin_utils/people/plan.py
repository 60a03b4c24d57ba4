# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From people and profiles to the accounts that each system shall have. Pure: nothing is asked and nothing written."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import mapping, text_list
from ansible_collections.people.lifecycle.plugins.module_utils._core.marks import hr_id
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.assignment import (
    Assignment,
    Policy,
    assign,
    usage,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.clashes import claimed_addresses, shared_accounts
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NEW, NO_DECISIONS, Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.departures import missing
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.exceptions import listed
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.handing import handings
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import (
    OF_SYSTEMS,
    Instance,
    Instances,
    check_name,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.naming import (
    Rule,
    former_names,
    read_rule,
    user_name,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.only import ALL, Selection
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import Person, read_people
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import (
    Access,
    Profiles,
    read_profiles,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import EVERYBODY, Shard
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shares import Shares

Entry = dict[str, t.Any]
ROWS = Policy()


def read_systems(
    given: t.Any, name: str, instances: Instances = OF_SYSTEMS, every: t.Iterable[str] = tuple(OF_SYSTEMS)
) -> list[Instance]:
    """The instances to work on, in the order given; ``every`` where nothing is given."""
    return [check_name(instance, name, instances) for instance in dict.fromkeys(text_list(given, name) or every)]


def read_naming(given: t.Any, name: str, instances: Instances = OF_SYSTEMS) -> dict[str, Rule]:
    """The rule for user names of each instance: that of its system, or the system's own, where ``given`` has none."""
    rules = mapping(given, name)
    known = {each: check_name(each, name, instances) for each in rules}
    said = {each: read_rule(rule, known[each].traits.rule_options, f"{name}.{each}") for each, rule in rules.items()}
    found = {each.name: each.said_in(said, Rule("")) for each in instances.values()}
    return {each: Rule(rule.username or instances[each].traits.naming, rule.options) for each, rule in found.items()}


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
    decisions: Decisions = NO_DECISIONS,
    instances: Instances = OF_SYSTEMS,
    every: t.Iterable[str] = tuple(OF_SYSTEMS),
    policy: Policy = ROWS,
    whole: t.Sequence[Person] = (),
) -> dict[str, list[t.Any]]:
    """``people`` and ``profiles`` as ``{instance: [account]}``, with ``waiting``, ``refused``, ``systems``, ``roster``.

    Each account has ``person`` (id), ``name`` (and its parts), ``email``, ``mark`` (the id of HR), ``former`` and
    ``confirmed`` (former addresses of the row, and reviewed ones) with ``former_names``, ``username`` (``by_row``: the
    row names it), ``decision`` (a reviewed user name, ``new``, or nothing; ``decided_here``: for this instance, not for
    its system), ``options`` for the module, ``give`` (what the profiles give), ``others`` (what only other profiles
    give), ``ended`` (what exceptions gave that have ended), ``only_existing`` (no profile gives an account here: one
    that is there may have something old), ``held`` (why nothing is done for it) and ``handings``. ``refused`` says for
    which ``person`` in which ``instance`` no account can be told, and ``why``; ``held`` for whom nothing is done,
    because no rule meets them or of a conflict, and ``rules`` how many people each rule meets. Everybody is checked,
    and those in ``shard`` whom ``only`` names are returned. Raises InputError with all that is wrong with the records;
    option names begin with ``prefix``. ``whole`` is the roster of which ``people`` may be a part. ``instances`` are all
    that there are, ``every`` those that count where ``systems`` names none.
    """
    known = read_profiles(profiles, f"{prefix}_profiles", instances)
    assigned = assign(read_people(people, f"{prefix}_people", instances, policy.form), policy, known, today)
    everybody = [each.person for each in assigned]
    held = {each.person.id: each.hold for each in assigned if each.hold}
    rule = read_naming(naming, f"{prefix}_naming", instances)
    chosen = read_systems(systems, f"{prefix}_systems", instances, every)
    waiting = {person.id: reason for person in everybody if (reason := not_due(person, today.isoformat()))}
    roster = [*everybody, *missing(whole, everybody)]
    claimed = claimed_addresses(roster, decisions, waiting)
    handed = handings(roster, decisions)
    refused: list[Entry] = []
    lists: dict[str, list[Entry]] = {name: [] for name in instances}
    for instance in chosen:
        shares = Shares(known, instance)
        for each in assigned:
            person = each.person
            if each.hold and not each.ended:
                continue
            try:
                check_profiles(person, known)
                entry = wanted_account(each, shares, rule[instance.name], decisions)
            except InputError as error:
                refused.append({"person": person.id, "instance": instance.name, "why": str(error)})
                continue
            if entry is not None and person.id not in waiting:
                entry["held"] = entry["held"] or claimed.get(person.id, "")
                entry["handings"] = [each for each in handed if each.concerns(person.id)]
                lists[instance.name].append(entry)
        shared = shared_accounts(lists[instance.name], instance)
        refused += [{"person": who, "instance": instance.name, "why": why} for who, why in shared.items()]
        lists[instance.name] = [entry for entry in lists[instance.name] if entry["person"] not in shared]
    ours = {person.id for person in shard.take(only.take(everybody), lambda person: person.id)}
    folded = {who.casefold() for who in ours}
    known_ids = {person.id.casefold() for person in (*everybody, *only.roster)}
    left = {person.id.casefold(): person.end for person in everybody if person.end and person.end < today.isoformat()}
    return {
        **{system: [entry for entry in entries if entry["person"] in ours] for system, entries in lists.items()},
        "refused": [problem for problem in refused if problem["person"] in ours],
        "systems": [instance.name for instance in chosen],
        "held": [{"person": who, "why": why} for who, why in held.items() if who in ours and who not in waiting],
        "people": [described(each) for each in assigned if each.person.id in ours],
        "rules": usage(policy.rules, assigned),
        "exceptions": listed(policy.exceptions, today, known_ids, left, folded),
        "roster": roster,
        "waiting": [{"person": who, "why": why} for who, why in waiting.items() if who in ours],
    }


def described(assignment: Assignment) -> Entry:
    """A person as reports name them, with what each profile of theirs comes from."""
    person, because = assignment.person, [reason.described() for reason in assignment.reasons]
    granted = (*assignment.access, *assignment.allowed)
    because += [{"profile": "", "source": "exception", "name": label} for label in granted]
    known = {"id": person.id, "name": person.name, "email": person.email, "profile": list(person.profile)}
    return {**known, "because": because}


def not_due(person: Person, today: str) -> str:
    """Why nothing is done for a person on that day; empty when something is."""
    if person.start and person.end and person.end < person.start:
        return f"ends on {person.end}, before the start on {person.start}; correct the row"
    if person.start and person.start > today:
        return f"starts on {person.start}"
    if person.end and person.end < today:
        return f"ended on {person.end}; offboard this person"
    return ""


def check_profiles(person: Person, profiles: Profiles) -> None:
    """Raise InputError where the record names a profile that there is not."""
    for name in person.profile:
        if name not in profiles:
            near = near_names(name, profiles, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(profiles) or 'none'}."
            raise InputError(f"{person.id}: there is no profile {name!r:.60}; {hint}")


def wanted_account(assignment: Assignment, shares: Shares, rule: Rule, decisions: Decisions) -> Entry | None:
    """The account of one person in one instance; None where no profile of anybody says anything about it.

    Somebody who is held loses what exceptions gave that have ended, and nothing else.
    """
    instance, person = shares.instance, assignment.person
    traits, differs = instance.traits, instance.said_in(person.accounts, {})
    access, rest, over = shares.of(assignment, wanted=differs is not False)
    if assignment.hold:
        access = None
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
    access, values = settled(access, values, rule.made_for(named), decisions.options(person.id, instance), instance)
    options = {option: values[option] for option in (*traits.person_fields, *traits.row_options) if values.get(option)}
    decision = decisions.username(person.id, instance)
    chosen = decision if decision != NEW else ""
    here = decisions.names_instance(person.id, instance)
    earlier = decisions.former_emails(person.id) | (set() if here or not chosen else {named["email"]})
    return {
        "person": person.id,
        "name": person.name,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "mark": hr_id(person.id, person.email),
        "former": [email.casefold() for email in person.former_emails],
        "confirmed": sorted(decisions.former_emails(person.id)),
        "former_names": former_names(rule.username, named, earlier),
        "username": chosen or differs.get("username") or user_name(rule.username, named),
        "decision": decision,
        "decided_here": here,
        "by_row": not chosen and bool(differs.get("username")),
        "options": options,
        "give": access,
        "others": rest,
        "ended": over,
        "only_existing": only_existing,
        "held": weakened(differs, access, instance, person),
    }


def settled(access: Access, values: Entry, by_rule: Entry, decided: Entry, instance: Instance) -> tuple[Access, Entry]:
    """``access`` and ``values`` with a naming rule's where profiles and rows have none, and with what was decided."""
    kinds = instance.traits.access
    by_rule = instance.traits.by_rule(by_rule, access)
    access = {**{name: value for name, value in by_rule.items() if name in kinds}, **access}
    values = {**{name: value for name, value in by_rule.items() if name not in kinds}, **values}
    access |= {name: value for name, value in decided.items() if name in kinds}
    return access, {**values, **{name: value for name, value in decided.items() if name not in kinds}}


def weakened(differs: Entry, access: Access, instance: Instance, person: Person) -> str:
    """Why a row may not say this of one instance: how people sign in, and where links go, is for reviewed data."""
    traits = instance.traits
    domain = person.email.rpartition("@")[2].casefold()
    if differs.get("email") and differs["email"].rpartition("@")[2].casefold() != domain:
        why = f"The row gives another e-mail domain for {instance.title} alone; links would go there."
        return f"{why} Take it out of the row."
    for option in traits.reviewed_options:
        given, reviewed = differs.get(option), access.get(option)
        by_profile = any(access.get(each) for each in traits.reviewed_options) and option not in traits.access
        if given and given != reviewed and not by_profile:
            why = "which decides how this person signs in: it belongs in a profile."
            return f"The row gives {option} for {instance.title}, {why}"
    return ""
