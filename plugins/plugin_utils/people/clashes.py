# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who would stand in another's way: one address or one account that two people claim. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.handing import handings
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instance
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import Person

Entry = dict[str, t.Any]


def claimed_addresses(people: t.Sequence[Person], decisions: Decisions, waiting: t.Container[str]) -> dict[str, str]:
    """For each person one of whose addresses another claims as a former one, by id, a sentence that says so.

    One that is handed on, as somebody reviewed, is no clash.
    What rows of people who are not due say of former addresses concerns nobody.
    """

    def claims(person: Person) -> t.Iterator[str]:
        yield from decisions.former_emails(person.id)
        yield from (email.casefold() for email in person.former_emails if person.id not in waiting)

    handed = {(each.address, who) for each in handings(people, decisions) for who in (each.giver.id, each.receiver.id)}
    former = {person.id: {*claims(person)} - {person.email.casefold()} for person in people}
    holders: dict[str, list[Person]] = {}
    for person in people:
        for address in sorted({person.email.casefold(), *former[person.id]}):
            holders.setdefault(address, []).append(person)
    problems: dict[str, str] = {}
    for address, several in holders.items():
        known = len(several) == 2 and all((address, person.id) in handed for person in several)
        if len(several) > 1 and not known and any(address in former[person.id] for person in several):
            sentence = clash(address, several, former)
            problems |= {person.id: sentence for person in several}
    return problems


def clash(address: str, several: t.Sequence[Person], former: t.Mapping[str, t.Collection[str]]) -> str:
    """What is the matter with an address of ``several`` people: it is swapped, or a question."""
    before = [person for person in several if address in former[person.id]]
    now = [person for person in several if person.email.casefold() == address]
    if len(before) == len(now) == 1:
        (giver,), (receiver,) = before, now
        if giver.email.casefold() in former[receiver.id]:
            return (
                f"{named(giver)} and {named(receiver)} would swap the addresses {giver.email} and {receiver.email}. No "
                "service lets two accounts change at once: give one of them another address in a run before."
            )
    names = enumeration([named(person) for person in several])
    return f"{address} is given as an address of {names}. Say in the rows and in lifecycle_former_emails whose it was."


def named(person: Person) -> str:
    return f"{person.name} ({person.id})"


def shared_accounts(entries: t.Sequence[Entry], instance: Instance) -> dict[str, str]:
    """For each person whose account would be another's too, by id, a sentence that says so.

    Whoever has a user name by rule or by decision keeps it when a row names it for somebody else.
    """
    sharing: dict[str, list[Entry]] = {}
    for entry in entries:
        sharing.setdefault(instance.traits.key(entry["username"]), []).append(entry)
    problems: dict[str, str] = {}
    for several in sharing.values():
        kept = [entry for entry in several if not entry["by_row"]]
        refused = [entry for entry in several if entry["by_row"]] if len(kept) == 1 else several
        if len(several) > 1:
            names = enumeration([f"{entry['name']} ({entry['person']})" for entry in several])
            together = "both" if len(several) == 2 else "all"
            sentence = (
                f"{names} would {together} have the account {several[-1]['username']} in {instance.title}; give one "
                f"of them another user name in accounts.{instance.name}."
            )
            problems |= {entry["person"]: sentence for entry in refused}
    return problems
