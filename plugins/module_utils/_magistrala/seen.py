# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts that were read, by what they are looked up with."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account

Key = tuple[str, str]  # id, username or email, and its value


class Seen:
    """What is known under a key: an account, or that there is none. What was added later counts.

    An index is made when it is first asked for, because thousands are mostly looked up by one of the three.
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
