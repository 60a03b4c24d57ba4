# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses that one person of the roster gives up and another gets, as somebody reviewed. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.marks import Mark
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import Person


@dataclasses.dataclass(frozen=True)
class Handing:
    """``address``, in lower case, was the ``giver``'s and is the ``receiver``'s now."""

    address: str
    giver: Person
    receiver: Person

    def concerns(self, person: str) -> bool:
        return person in (self.giver.id, self.receiver.id)

    def owner(self, account: Values, mark: Mark) -> Person | None:
        """Whose an account with the address is: by the HR id where that proves it, else by first name;
        None where none tells.

        The last name tells nothing: the giver may have had the receiver's.
        """
        people = (self.giver, self.receiver)
        if mark.proves and mark.id_in(account):
            return next((each for each in people if each.id.casefold() == mark.id_in(account).casefold()), None)
        first = str(account.get("first_name") or "").casefold()
        called = [each for each in people if each.first_name.casefold() == first]
        return called[0] if len(called) == 1 else None


def handings(people: t.Sequence[Person], decisions: Decisions) -> list[Handing]:
    """Every address that goes from one person to one other, who does not give theirs in return."""
    owners = {person.email.casefold(): person for person in people}
    found = []
    for giver in people:
        for address in sorted(decisions.former_emails(giver.id) - {giver.email.casefold()}):
            receiver = owners.get(address)
            claims = [each for each in people if address in decisions.former_emails(each.id)]
            if receiver is None or len(claims) > 1 or swaps(giver, receiver, decisions):
                continue
            found.append(Handing(address, giver, receiver))
    return found


def swaps(giver: Person, receiver: Person, decisions: Decisions) -> bool:
    """Whether the receiver's former addresses have the one that the giver has now."""
    former = {*decisions.former_emails(receiver.id), *(email.casefold() for email in receiver.former_emails)}
    return giver.email.casefold() in former
