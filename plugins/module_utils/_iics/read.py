# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds accounts of the organization: one by one, or all of them."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import each_apart
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer, LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot
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

    def find(self, names: t.Sequence[str]) -> list[Snapshot | LifecycleError]:
        """What is there under each of ``names``, in any case, or why nobody can tell: a few look-ups, or one listing.

        Nobody is absent before a full listing said so, because the filter may be exact about case. Raises
        LifecycleError where that is all that there is to tell.
        """
        few = names if len(names) <= MOST_LOOK_UPS else ()
        known = by_name(each_apart(self.with_name, few, self.parallel))
        unread: dict[str, LifecycleError] = {}
        missing = [name for name in names if name.casefold() not in known]
        if missing:
            try:
                listed, unread = self._in_listing(missing)
            except LifecycleError as error:
                if error.sign_in_refused or not known:
                    raise
                listed, unread = {}, dict.fromkeys(missing, error)
            known = listed | known
        return [unread.get(name) or parse.snapshot(known.get(name.casefold())) for name in names]

    def all_named(self, names: t.Sequence[str]) -> list[Account | None]:
        """The accounts under ``names``, in any case, None where there is none; raises LifecycleError of the first."""
        accounts = []
        for found in self.find(names):
            if isinstance(found, LifecycleError):
                raise found
            accounts.append(found.account)
        return accounts

    def named(self, name: str) -> Account | None:
        return self.all_named([name])[0]

    def _in_listing(self, names: t.Sequence[str]) -> tuple[dict[str, Account], dict[str, LifecycleError]]:
        """Everybody by name, and why nobody can tell of some of ``names``; raises BadAnswer without the caller.

        The filter is asked about those whom a listing that kept changing does not have.
        """
        listing, complete = self.pages.read()
        known = by_name(listing)
        if complete:
            self._check(listing)
            return known, {}
        missing = [name for name in names if name.casefold() not in known]
        answers = dict(zip(missing, each_apart(self.with_name, missing, self.parallel), strict=True))
        unread = {name: answer for name, answer in answers.items() if isinstance(answer, LifecycleError)}
        return known | by_name(answers.values()), unread

    def with_name(self, name: str) -> Account | None:
        """The account that the filter finds under that name."""
        fitting = self.pages.filter("userName", name)
        return next((account for account in fitting if account.username.casefold() == name.casefold()), None)

    def with_id(self, identifier: str) -> Account | None:
        """The account with that v3 id."""
        fitting = self.pages.filter("userId", identifier)
        return next((account for account in fitting if account.id == identifier), None)

    def again(self, username: str, identifier: str | None) -> Account | None:
        """An account that was there a moment ago, in whatever way the service shows it."""
        account = self.with_id(identifier) if identifier else None
        return account or self.named(username)

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


def by_name(found: t.Iterable[Account | LifecycleError | None]) -> dict[str, Account]:
    return {account.username.casefold(): account for account in found if isinstance(account, Account)}
