# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the accounts that a task is about, and those that stand in its way;
deleted ones hold neither name nor address.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError, PermissionDenied
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.read import TERMS_AT_ONCE, Reader
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.find import (
    contradictions,
    description,
    keys_of,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import final_name


class Index:
    """Accounts by id, by name and by address; of several with one name a living one counts, else the last deleted."""

    def __init__(self, accounts: t.Sequence[Account]) -> None:
        self._by_id = {str(account.id): account for account in accounts}
        self._by_name = {account.username: account for account in accounts}
        self._by_address: dict[str, list[Account]] = {}
        for account in accounts:
            if not account.deleted:
                self._by_address.setdefault(account.values["email"].casefold(), []).append(account)

    def account(self, field: str, value: str) -> Account | None:
        return self._by_id.get(value.lower()) if field == "id" else self._by_name.get(value)

    def rivals(self, wanted: Wanted, account: Account | None) -> t.Iterator[str]:
        """Sentences about living accounts that have the name or the address which ``wanted`` would take anew."""
        if wanted.state != "present":
            return
        idle = account is None or account.deleted
        own = account.id if account else None
        name = final_name(wanted)
        holder = self._by_name.get(name)
        if holder is not None and not holder.deleted and holder.id != own:
            yield f"The user name {name} is taken by {description(holder)}."
        old = account.values["email"] if account else ""
        email = wanted.values.get("email") or (old if idle else "")
        if email and (idle or email.casefold() != old.casefold()):
            for other in self._by_address.get(email.casefold(), ()):
                if other.id != own:
                    yield f"The e-mail address {email} is taken by {description(other)}."


def find(wanted: t.Sequence[Wanted], reader: Reader) -> list[Snapshot | LifecycleError]:
    """For each of ``wanted`` what is there, or why nobody can tell."""
    try:
        index = Index(read(wanted, reader))
    except PermissionDenied as error:
        return only_me(wanted, reader, error)
    return [snapshot(entry, index) for entry in wanted]


def read(wanted: t.Sequence[Wanted], reader: Reader) -> list[Account]:
    """Everybody, or those alone who can matter where that is one request; there is no search for an id."""
    names = (name for entry in wanted for name in (entry.username, entry.switches["new_username"]))
    emails = (entry.values.get("email") for entry in wanted if entry.state == "present")
    terms = list(dict.fromkeys(term for term in (*names, *emails) if term))
    by_id = any(entry.switches["id"] for entry in wanted)
    return reader.everybody() if by_id or len(terms) > TERMS_AT_ONCE else reader.having(terms)


def only_me(wanted: t.Sequence[Wanted], reader: Reader, error: PermissionDenied) -> list[Snapshot | LifecycleError]:
    """Somebody who is no administrator may see and change one account, the own."""
    me = reader.me()
    index = Index([me])
    found = [snapshot(entry, index) for entry in wanted]
    return [each if each.account is me else error for each in found]


def snapshot(wanted: Wanted, index: Index) -> Snapshot:
    """The account, by its new name where the old one is gone, with what stands in its way."""
    found = [account for key in keys_of(wanted) if (account := index.account(*key)) is not None]
    account = next((each for each in found if not each.deleted), found[0] if found else None)
    return Snapshot(
        account, rivals=tuple(index.rivals(wanted, account)), unclear=tuple(contradictions(wanted, account))
    )
