# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds accounts of the organization: one by one, or all of them."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer, Rejected
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._iics import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iics.pages import Pages
from ansible_collections.people.lifecycle.plugins.module_utils._iics.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import TITLE

MOST_LOOK_UPS = 3


class Reader:
    """The v3 users resource, as far as it is read."""

    def __init__(self, service: Service, parallel: int) -> None:
        self.service = service
        self.parallel = parallel
        self.pages = Pages(service, "/users", parse.account)
        self.listing: list[Account] | None = None

    def find(self, names: t.Sequence[str]) -> list[Snapshot]:
        """What is there under each of ``names``, in any case: a few look-ups, or one listing.

        Nobody is absent before a full listing said so, because the filter may be exact about case.
        """
        known: dict[str, Account] = {}
        if len(names) <= MOST_LOOK_UPS:
            known = by_name(each(self._perhaps, names, self.parallel))
        if any(name.casefold() not in known for name in names):
            listing, complete = self.pages.read()
            known = by_name(listing) | known
            if complete:
                self._check(listing)
            else:
                missing = [name for name in names if name.casefold() not in known]
                known |= by_name(each(self.with_name, missing, self.parallel))
        return [parse.snapshot(known.get(name.casefold())) for name in names]

    def with_name(self, name: str) -> Account | None:
        """The account that the filter finds under that name."""
        fitting = self.pages.filter("userName", name)
        return next((account for account in fitting if account.username.casefold() == name.casefold()), None)

    def _perhaps(self, name: str) -> Account | None:
        """The same for a name that the filter may not take."""
        try:
            return self.with_name(name)
        except Rejected:
            return None

    def with_id(self, identifier: str) -> Account | None:
        """The account with that v3 id."""
        fitting = self.pages.filter("userId", identifier)
        return next((account for account in fitting if account.id == identifier), None)

    def again(self, username: str, identifier: str | None) -> Account | None:
        """An account that was there a moment ago, in whatever way the service shows it."""
        account = self.with_id(identifier) if identifier else None
        return account or self.find([username])[0].account

    def everybody(self) -> list[Account]:
        """Every account; raises BadAnswer for a listing that cannot be complete."""
        self.listing = self.pages.all()
        self._check(self.listing)
        return self.listing

    def _check(self, listing: t.Sequence[Account]) -> None:
        caller = self.service.caller
        if not any(account.id == caller.id for account in listing):
            raise BadAnswer(
                f"{TITLE}: the listing of users came without the calling account {caller.name}, so it is not complete.",
                method="GET",
                path="/users",
            )


def by_name(accounts: t.Iterable[Account | None]) -> dict[str, Account]:
    return {account.username.casefold(): account for account in accounts if account is not None}
