# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the accounts that a task is about, and those that stand in its way, with the fewest requests."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import each_apart
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError, PermissionDenied
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.read import EVERYBODY, PAGE, Reader, literal
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import (
    KEPT_BY_PROVIDER,
    final_name,
)

Key = tuple[str, str]  # id, username or email, and its value
LABELS = {"username": "user name", "email": "e-mail address"}


class Index:
    """What was read, by what it is looked up with: an account, or that there is none. What was added later counts.

    An index by one of the three is made when it is first asked for: thousands are mostly looked up by one alone.
    """

    def __init__(self) -> None:
        self._accounts: list[Account] = []
        self._by: dict[str, dict[str, Account | None]] = {}

    def add(self, accounts: t.Sequence[Account]) -> None:
        self._accounts += accounts
        for field, index in self._by.items():
            index.update((value_of(account, field), account) for account in accounts)

    def add_missing(self, key: Key) -> None:
        """Note that there is nothing under ``key``."""
        self._index(key[0])[key[1]] = None

    def get(self, key: Key) -> Account | None:
        return self._index(key[0]).get(key[1])

    def __contains__(self, key: Key) -> bool:
        return key[1] in self._index(key[0])

    def of_addresses(self, emails: t.Iterable[str]) -> list[Account]:
        """Who has one of these addresses, in any case."""
        folded = {email.casefold() for email in emails}
        return list({a.id: a for a in self._accounts if a.values["email"].casefold() in folded}.values())

    def _index(self, field: str) -> dict[str, Account | None]:
        if field not in self._by:
            self._by[field] = {value_of(account, field): account for account in self._accounts}
        return self._by[field]


def value_of(account: Account, field: str) -> str:
    return str(account.values["email"] if field == "email" else getattr(account, field))


class Finder:
    """What is there for some wanted accounts; remembers every account that was read, and what could not be."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.index = Index()
        self.unread: dict[Key, LifecycleError] = {}
        self.admitted = False
        self.complete = False

    def find(self, wanted: t.Sequence[Wanted]) -> list[Snapshot | LifecycleError]:
        """For each of ``wanted`` what is there, or why nobody can tell."""
        try:
            self.look_up(key for entry in wanted for key in keys_of(entry))
            accounts = [self.account_of(keys_of(entry)) for entry in wanted]
            new = [new_keys(entry, account) for entry, account in zip(wanted, accounts, strict=True)]
            self.read(dict.fromkeys(key for keys in new for key in keys))
        except PermissionDenied as error:
            return self.only_me(wanted, error)
        found = [
            self.why_unread(entry, anew) or self.snapshot(entry, account, anew)
            for entry, account, anew in zip(wanted, accounts, new, strict=True)
        ]
        unlisted = self.reader.generation.unlisted if self.reader.generation else ()
        short = {
            at: one
            for at, one in enumerate(found)
            if isinstance(one, Snapshot) and lacks_details(wanted[at], one, unlisted)
        }
        whole = each_apart(self.with_details, [*short.values()], self.reader.parallel)
        for at, one in zip(short, whole, strict=True):
            found[at] = one
        return found

    def only_me(self, wanted: t.Sequence[Wanted], error: PermissionDenied) -> list[Snapshot | LifecycleError]:
        """Somebody who is no administrator may see and change one account, the own."""
        me = self.reader.me()
        self.index.add([me])
        return [
            self.snapshot(entry, me, new_keys(entry, me)) if self.account_of(keys_of(entry)) is me else error
            for entry in wanted
        ]

    def look_up(self, keys: t.Iterable[Key]) -> None:
        """Get to know what is there under ``keys``: in one listing, or one by one where that is less."""
        named = dict.fromkeys(keys)
        if len(named) > 1:
            first = self.reader.page(EVERYBODY, 0)
            self.admitted = True
            self.index.add(first.accounts)
            missing = sum(key not in self.index for key in named)
            if first.total <= PAGE or -(-first.total // PAGE) - 1 <= missing:
                named.clear()
                self.index = Index()
                self.index.add(self.reader.everybody(first))
                self.complete = True
        self.read(named)

    def read(self, keys: t.Iterable[Key]) -> None:
        """Read what is not known yet of ``keys``; what fails for one is raised where nothing else was ever read."""
        unknown = [] if self.complete else [key for key in keys if key not in self.index]
        for key in unknown:
            self.index.add_missing(key)
        for key, accounts in zip(unknown, each_apart(self.read_some, unknown, self.reader.parallel), strict=True):
            if not isinstance(accounts, LifecycleError):
                self.index.add(accounts)
            elif self.admitted:
                self.unread[key] = accounts
            else:
                raise accounts

    def why_unread(self, wanted: Wanted, new: t.Sequence[Key]) -> LifecycleError | None:
        """Why nobody can tell what is there of an account, or who has what it would take anew."""
        keys = (*keys_of(wanted), *new) if self.unread else ()
        return next((self.unread[key] for key in keys if key in self.unread), None)

    def read_some(self, key: Key) -> list[Account]:
        """The account under ``key``, perhaps with others that are like it."""
        field, value = key
        if field == "email":
            return self.reader.every({**EVERYBODY, field: literal(value)})
        account = self.reader.by_id(value) if field == "id" else self.reader.by_name(value)
        return [] if account is None else [account]

    def account_of(self, keys: t.Sequence[Key]) -> Account | None:
        """The account under the first of ``keys`` that there is: by its new name where the old one is gone."""
        return next((account for key in keys if (account := self.index.get(key)) is not None), None)

    def snapshot(self, wanted: Wanted, account: Account | None, new: t.Sequence[Key]) -> Snapshot:
        """The account, with who has what it would take anew."""
        rivals = [
            f"The {LABELS[field]} {value} is taken by {description(other)}."
            for field, value in new
            if (other := self.index.get((field, value))) is not None and (account is None or other.id != account.id)
        ]
        return Snapshot(account, rivals=tuple(rivals), unclear=tuple(contradictions(wanted, account)))

    def with_details(self, found: Snapshot) -> Snapshot:
        """The snapshot, with what listings leave out of its account."""
        return found._replace(account=found.account and self.reader.by_id(str(found.account.id)))


def keys_of(wanted: Wanted) -> tuple[Key, ...]:
    """By which values to look for the account, the first that is there counting."""
    if wanted.switches["id"]:
        return (("id", wanted.switches["id"]),)
    return tuple(("username", name) for name in (wanted.username, wanted.switches["new_username"]) if name)


def new_keys(wanted: Wanted, account: Account | None) -> tuple[Key, ...]:
    """The user name and the e-mail address that the account would take anew; somebody else may have them."""
    if wanted.state != "present":
        return ()
    keys: tuple[Key, ...] = ()
    if account is None or account.username != final_name(wanted):
        keys += (("username", final_name(wanted)),)
    email = wanted.values.get("email")
    if email and (account is None or account.values["email"] != email):
        keys += (("email", email),)
    return keys


def contradictions(wanted: Wanted, account: Account | None) -> t.Iterator[str]:
    """Why the id and the name of a task do not go together."""
    user_id = wanted.switches["id"]
    if not user_id:
        return
    if account is None and wanted.state == "present":
        yield f"There is no account with the id {user_id}; leave id out to have {wanted.username} created."
    if account is not None and wanted.state != "present" and account.username != wanted.username:
        yield f"The id {user_id} belongs to {account.username}, not to {wanted.username}."


def lacks_details(wanted: Wanted, found: Snapshot, unlisted: t.Sequence[str]) -> bool:
    """Whether one account must be read by itself: listings may leave out private metadata, and who keeps an address."""
    account = found.account
    if account is None or not unlisted or account.handle.complete or wanted.state != "present":
        return False
    values = wanted.values
    return any(name in values for name in unlisted) or any(
        name in values and values[name] != account.values[name] for name in KEPT_BY_PROVIDER
    )


def description(account: Account) -> str:
    """Who that is, for somebody who has to find a free name."""
    state = "deleted, and kept for a while" if account.deleted else "enabled" if account.enabled else "disabled"
    return f"{account.username or 'an account without user name'} ({state}; id {account.id})"
