# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds out whose the accounts of an instance are, by what later instances know, too. Nothing is written here."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Modules, message
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.census import Census, learn_from_decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.entry import Settings, Work
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handed import sight
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import (
    Index,
    Recognition,
    address_of,
    addresses,
    index,
    recognise,
    recognise_newcomer,
)


class Visit:
    """One instance in one pass through all of them: the accounts that it shall have, by ``entries``, and those it has.

    ``later`` are the visits that follow. Whoever would be new here is looked for there first: an account there that is
    surely theirs may have an address by which one of here is recognised.
    """

    def __init__(
        self, modules: Modules, entries: t.Sequence[Values], settings: Settings, later: t.Sequence[Visit] = ()
    ) -> None:
        self.modules = modules
        self.settings = settings
        self.entries = {entry["person"]: entry for entry in entries}
        self.later = later
        known = (known for entry in entries for known in (*addresses(entry), entry["person"].casefold()))
        self.census = Census(modules, settings.decisions, {*settings.roster, *known})
        self._foreseen: set[str] = set()

    @property
    def traits(self) -> Traits:
        """The system's traits, as far as its release is known."""
        return self.modules.traits

    def recognise(self, works: t.Sequence[Work]) -> Values:
        """Write into ``works`` which accounts are theirs; returns what the instance says of its guards.

        Raises LifecycleError where it does not answer, lest somebody get a second account.
        """
        guards = self._find(works, guards=True)
        taught = self._taught([work for work in works if work.is_newcomer])
        if taught:
            self._find(taught)
        return guards

    def _taught(self, newcomers: t.Sequence[Work]) -> list[Work]:
        """Those of ``newcomers`` of whom a later instance has taught an address."""
        before = [set(self.learned(work.entry)) for work in newcomers]
        for visit in self.later:
            visit.foresee([work.entry["person"] for work in newcomers])
        return [work for work, known in zip(newcomers, before, strict=True) if self.learned(work.entry) != known]

    def _find(self, works: t.Sequence[Work], **options: t.Any) -> Values:
        """Read the accounts of ``works`` and find out whose they are; returns what was read."""
        entries = [work.entry for work in works]
        query = {
            "usernames": sorted({entry["username"] for entry in entries}),
            "emails": sorted({email for entry in entries for email in {*addresses(entry), *self.learned(entry)}}),
        }
        found = self.modules.read(**query, **self.traits.everywhere, **options)
        if found.get("failed"):
            raise LifecycleError(message(found))
        places: dict[str, list[Values]] = {}
        for account in found["users"]:
            places.setdefault(self.traits.realm(account), []).append(account)
        for realm in {work.line.realm for work in works}:
            here = places.get(realm, [])
            elsewhere = index((a for other, several in places.items() if other != realm for a in several), self.traits)
            mine = index(here, self.traits, self.serves)
            for work in works:
                if work.line.realm == realm:
                    self._look(work, here, mine, elsewhere)
        return found

    def foresee(self, people: t.Iterable[str]) -> None:
        """Learn the addresses that ``people`` have here, before it is this instance's turn; each is looked for once."""
        asked = [self.entries[person] for person in people if person in self.entries and person not in self._foreseen]
        self._foreseen.update(entry["person"] for entry in asked)
        if asked and not self.modules.outage:
            with contextlib.suppress(Exception):  # whatever is wrong with this instance is told when it is its turn
                self._find([work_of(entry, self.modules) for entry in asked])

    def serves(self, account: Values) -> bool:
        """Whether an account is a service's, whatever address it has."""
        return self.settings.decisions.service_account(account["username"], self.modules.instance) is not None

    def learned(self, entry: Values) -> set[str]:
        """Addresses that accounts of a person in other instances have."""
        return self.settings.learned.get(entry["person"], set())

    def _look(self, work: Work, accounts: t.Sequence[Values], here: Index, elsewhere: Index) -> None:
        """Find out which account is one person's, of all ``accounts`` where they sign in."""
        seen = sight(work.entry, accounts, self.census.freed, self.modules.instance)
        work.vacated = seen.vacated
        if seen.hold:
            work.recognition = Recognition(hold=seen.hold)
            return
        if seen.others:
            own = [each for each in accounts if self.traits.entry_key(each) not in seen.others]
            here = index(own, self.traits, self.serves)
        work.recognition = recognise(work.entry, here, elsewhere, self.modules.instance, self.learned(work.entry))
        if work.is_newcomer:
            marked, namesakes = self.census.marked(work.entry), self.census.namesakes(work.entry)
            known = recognise_newcomer(work.entry, marked, namesakes, self.modules.instance)
            work.recognition = known or work.recognition
        self._learn(work)

    def _learn(self, work: Work) -> None:
        """Keep the address of a sure account for the other instances, unless somebody on the roster has it."""
        if address_of(work.current or {}) not in self.census.taken:
            self.settings.learn(work.entry["person"], address_of(work.current or {}))


def visits(instances: t.Sequence[Modules], plan: t.Mapping[str, t.Sequence[Values]], settings: Settings) -> list[Visit]:
    """The visits of one pass, in order. It begins with what decisions teach, and knows nothing of any pass before."""
    settings = dataclasses.replace(settings, learned={})
    found: list[Visit] = []
    for modules in instances:
        learn_from_decisions(plan[modules.name], modules, settings)
    for modules in reversed(instances):
        found.insert(0, Visit(modules, plan[modules.name], settings, [*found]))
    return found


def work_of(entry: Values, modules: Modules) -> Work:
    place = modules.traits.place({**modules.connection, **entry["give"]})
    line = Line(entry["person"], entry["username"], realm=modules.traits.realm(place))
    return Work(entry, line, signs_in_elsewhere=modules.traits.signs_in_elsewhere(place))
