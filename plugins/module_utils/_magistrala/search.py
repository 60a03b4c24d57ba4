# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the accounts that a task is about, and those that stand in its way, with the fewest requests."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    LifecycleError,
    PermissionDenied,
    Refused,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.directory import (
    EVERYBODY,
    PAGE,
    Directory,
    literal,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import Known
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seen import Key, Seen
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import (
    KEPT_BY_PROVIDER,
    MagistralaTraits,
    name_for,
)


class Search:
    """What is there for some wanted accounts; remembers every account seen, by id, user name and e-mail address."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.known = Seen()
        self.complete = False

    def find(self, wanted: t.Sequence[Wanted]) -> list[Snapshot | LifecycleError]:
        """For each of ``wanted`` its account, or why it cannot be had."""
        try:
            self.read(wanted)
        except PermissionDenied as error:
            return self.only_me(wanted, error)
        found = [self.judge(one) for one in wanted]
        return self.with_details(wanted, found)

    def read(self, wanted: t.Sequence[Wanted]) -> None:
        """Look at who is meant, then at who may be in the way."""
        self.see(key for one in wanted for key in who_is_meant(one))
        self.look_up(dict.fromkeys(key for one in wanted for key in in_the_way(one, self.meant(one))))

    def see(self, keys: t.Iterable[Key]) -> None:
        """Get to know what is there under ``keys``: in one listing, or one by one where that is less."""
        named = dict.fromkeys(keys)
        if len(named) > 1:
            first = self.directory.page(EVERYBODY, 0)
            self.known.add(first.accounts)
            missing = sum(key not in self.known for key in named)
            if first.total <= PAGE or -(-first.total // PAGE) - 1 <= missing:
                named.clear()
                self.known = Seen()
                self.known.add(self.directory.everybody(first))
                self.complete = True
        self.look_up(named)

    def look_up(self, keys: t.Iterable[Key]) -> None:
        """Read those of ``keys`` that are not known yet."""
        unknown = [] if self.complete else [key for key in keys if key not in self.known]
        for key in unknown:
            self.known.add_missing(key)
        for accounts in each(self.read_some, unknown, self.directory.parallel):
            self.known.add(accounts)

    def read_some(self, key: Key) -> list[Account]:
        """The account under ``key``, perhaps with others that are like it."""
        field, value = key
        if field == "email":
            return self.directory.every({**EVERYBODY, field: literal(value)})
        account = self.directory.by_id(value) if field == "id" else self.directory.named(value)
        return [] if account is None else [account]

    def meant(self, wanted: Wanted) -> Account | None:
        """The account that ``wanted`` is about; by its new name where the old one is gone."""
        accounts = (self.known.get(key) for key in who_is_meant(wanted))
        return next((account for account in accounts if account is not None), None)

    def judge(self, wanted: Wanted) -> Snapshot | LifecycleError:
        """The account, unless the task means somebody else or wants what somebody else has."""
        account = self.meant(wanted)
        user_id = wanted.switches["id"]
        if user_id and account is None and wanted.state == "present":
            return Refused(
                f"There is no account with the id {user_id}; leave id out to have {wanted.username} created."
            )
        if user_id and account and wanted.state != "present" and account.username != wanted.username:
            return Refused(f"The id {user_id} belongs to {account.username}, not to {wanted.username}.")
        for key in in_the_way(wanted, account):
            other = self.known.get(key)
            if other is not None and (account is None or other.id != account.id):
                return Refused(f"The {LABELS[key[0]]} {key[1]} is taken by {described(other)}.")
        return Snapshot(account)

    def only_me(self, wanted: t.Sequence[Wanted], error: PermissionDenied) -> list[Snapshot | LifecycleError]:
        """Somebody who is no administrator may see and change one account, the own."""
        me = self.directory.me()
        self.known.add([me])
        return [Snapshot(me) if self.meant(one) is me else error for one in wanted]

    def with_details(
        self, wanted: t.Sequence[Wanted], found: t.Sequence[Snapshot | LifecycleError]
    ) -> list[Snapshot | LifecycleError]:
        """``found``, with what listings leave out read where it decides something."""
        traits = MagistralaTraits(self.directory.generation)
        wanting = [index for index, (one, there) in enumerate(zip(wanted, found, strict=True)) if lacks_details(one, there, traits)]
        accounts = each(lambda index: self.reread(found[index]), wanting, self.directory.parallel)
        complete = list(found)
        for index, account in zip(wanting, accounts, strict=True):
            complete[index] = Snapshot(account)
        return complete

    def reread(self, found: Snapshot | LifecycleError) -> Account | None:
        account = found.account if isinstance(found, Snapshot) else None
        return self.directory.by_id(str(account.id)) if account is not None else None


LABELS = {"username": "user name", "email": "e-mail address"}


def who_is_meant(wanted: Wanted) -> list[Key]:
    """By which values to look for the account, the first that is there counting."""
    if wanted.switches["id"]:
        return [("id", wanted.switches["id"])]
    return [("username", name) for name in (wanted.username, wanted.switches["new_username"]) if name]


def in_the_way(wanted: Wanted, account: Account | None) -> list[Key]:
    """The user name and the e-mail address that the account would take anew; somebody else may have them."""
    if wanted.state != "present":
        return []
    keys = []
    if account is None or account.username != name_for(wanted):
        keys.append(("username", name_for(wanted)))
    email = wanted.values.get("email")
    if email and (account is None or account.values["email"] != email):
        keys.append(("email", email))
    return keys


def lacks_details(wanted: Wanted, found: Snapshot | LifecycleError, traits: MagistralaTraits) -> bool:
    """Whether B must be asked for one account: listings leave out private metadata, and who keeps names and address."""
    account = found.account if isinstance(found, Snapshot) else None
    if account is None or account.handle.complete or traits.generation != "B" or wanted.state != "present":
        return False
    if "private_metadata" in wanted.values:
        return True
    target = traits.target(wanted, Snapshot(account))
    return any(name in target and target[name] != account.values[name] for name in KEPT_BY_PROVIDER)


def described(account: Account) -> str:
    """Who that is, for somebody who has to find a free name."""
    state = "deleted, and kept for a while" if account.deleted else "enabled" if account.enabled else "disabled"
    return f"{account.username or 'an account without user name'} ({state}; id {account.id})"


def proven(account: Account, accepted: bool) -> Account:
    """``account`` with what a sign-in said about the password."""
    return dataclasses.replace(account, handle=Known(account.handle.complete, accepted))
