# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose accounts are those of one instance: by decision, by address, or by a name that a record gives. Pure."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.accounts import Accounts, Key
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import Leaver
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import is_open
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions, ServiceAccount
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.offboarded import Closing, Offboarded
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Place, Roster, Terms


class Owned:
    """The accounts of one instance with their people. Service accounts are nobody's; decisions go before addresses.

    ``main`` is the account of a person that profiles are about, ``more`` are their others, ``awaited`` is what is kept
    for somebody whose account comes with the first sign-in.
    """

    def __init__(self, place: Place, roster: Roster, terms: Terms, offboarded: Offboarded) -> None:
        self.place = place
        self.roster = roster
        self.offboarded = offboarded
        self.traits = place.instance.traits
        self.services = services_of(place, terms.decisions)
        self.owner: dict[Key, Leaver] = {}
        self.main: dict[str, Values] = {}
        self.more: dict[str, list[Values]] = {}
        self.awaited: dict[str, Values] = {}
        self._assign(Accounts(place.instance, roster.naming[place.instance.name]))
        self._await()

    @property
    def open(self) -> list[Values]:
        """The accounts that can sign in, those of services left out."""
        return [account for account in self.place.accounts if is_open(account) and self.service_of(account) is None]

    def service_of(self, account: Values) -> ServiceAccount | None:
        """The service that an account belongs to, if it is one's."""
        return self.services.get(self.place.name_key(account))

    def of(self, account: Values) -> Leaver | None:
        """Whose an account is."""
        return self.owner.get(self.place.key(account))

    def closing_of(self, account: Values) -> Closing | None:
        """How offboarding closed an account, unless it is somebody's who is there."""
        person = self.of(account)
        returned = person is not None and person.id not in self.roster.gone
        return None if returned else self.offboarded.closing_of(self.place, account)

    def place_of(self, entry: Values | None) -> Values:
        """Where in the instance the account of an entry of onboarding is, or would be."""
        return self.traits.place({**self.place.usual, **(entry["give"] if entry else {})})

    def _assign(self, accounts: Accounts) -> None:
        accounts.add(account for account in self.place.accounts if account.get("state") != "absent")
        people = sorted(self.roster.people, key=lambda person: person.id in self.roster.gone)
        for person in people:
            for account in accounts.decided(person):
                self._give(account, person)
        found = [(person, accounts.own(person)) for person in people]
        for person, theirs in found:
            for account in theirs:
                self._give(account, person)
        for person, theirs in found:
            own = [account for account in theirs if self.of(account) is person]
            if own:
                own.sort(key=lambda account: self._rank(person, account))
                self.main[person.id], *self.more[person.id] = own

    def without_owner(self, account: Values) -> Values:
        """An account that is gone, without what is kept under its name for somebody who will sign in."""
        if self.place.name_key(account) not in self._awaited_names:
            return account
        return {name: value for name, value in account.items() if name not in self.traits.memberships_outlive}

    @functools.cached_property
    def _awaited_names(self) -> set[str]:
        return {self.place.name_key(account) for account in self.awaited.values()}

    def _await(self) -> None:
        """Note what is kept under the names of those whose accounts come with the first sign-in."""
        absent = [account for account in self.place.accounts if account.get("state") == "absent"]
        kept = {self.place.name_key(account): account for account in absent if self.traits.keeps(account)}
        people = {person.id: person for person in self.roster.people if person.id not in self.roster.gone}
        for who, entry in self.roster.entries.get(self.place.instance.name, {}).items():
            if who in people and who not in self.main and self.traits.signs_in_elsewhere(self.place_of(entry)):
                named = {"username": entry["username"], "state": "absent", **self.place_of(entry)}
                self.awaited[who] = {**kept.get(self.place.name_key(named), {}), **named}
                self._give(self.awaited[who], people[who])

    def _give(self, account: Values, person: Leaver) -> None:
        if self.service_of(account) is None:
            self.owner.setdefault(self.place.key(account), person)

    def _rank(self, person: Leaver, account: Values) -> tuple[t.Any, ...]:
        """The decided account first, then the one of the name and at the place that onboarding would choose, open ones
        before closed ones.
        """
        entry = self.roster.entries.get(self.place.instance.name, {}).get(person.id)
        wanted = entry["username"] if entry else ""
        decided = person.decided_for(self.place.instance)
        name = self.place.name_key(account)
        key = self.place.key(account)
        strange = self.traits.place(account) != self.place_of(entry)
        return (name != self.traits.key(decided), strange, name != self.traits.key(wanted), not is_open(account), key)


def services_of(place: Place, decisions: Decisions) -> dict[str, ServiceAccount]:
    """The service accounts of an instance by the keys of their names, the first entry about each counting."""
    names = (place.instance.name, place.instance.traits.name)
    listed = [service for service in decisions.service_accounts if service.instance in names]
    return {place.instance.traits.key(service.username): service for service in reversed(listed)}
