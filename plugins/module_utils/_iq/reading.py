# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts for the info module: one, some or all of a realm, with what they hold where that is asked for."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import Account, Found, Values
from ansible_collections.people.lifecycle.plugins.module_utils._errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._iq.facts import ACCOUNT_REALMS
from ansible_collections.people.lifecycle.plugins.module_utils._iq.grants import Grants
from ansible_collections.people.lifecycle.plugins.module_utils._iq.holdings import Holdings
from ansible_collections.people.lifecycle.plugins.module_utils._iq.parse import Token
from ansible_collections.people.lifecycle.plugins.module_utils._iq.people import People
from ansible_collections.people.lifecycle.plugins.module_utils._iq.places import Places
from ansible_collections.people.lifecycle.plugins.module_utils._iq.tokens import Tokens


@dataclasses.dataclass(frozen=True)
class Reader:
    """Reads from one server; nothing here writes."""

    people: People
    places: Places
    grants: Grants
    tokens: Tokens
    holdings: Holdings

    def accounts(
        self, realm: str, names: t.Sequence[str] | None, with_grants: bool, with_tokens: bool
    ) -> t.Iterator[Found]:
        """The accounts of ``realm``, or those of them with one of ``names``.

        A name without an account comes too, as absent, when grants or a token are left under it.
        """
        people = self._everybody(realm) if names is None else self._named(realm, names)
        held = self.grants.sweep(self.places.everywhere()) if with_grants else {}
        tokens = (self.tokens.list(realm) or []) if with_tokens else []
        for name, account in people:
            who = (realm, name)
            grants = {"grants": self.holdings.of(who, account, held)} if with_grants else {}
            token = next((token for token in tokens if self.holdings.is_same(who, account, token.username)), None)
            facts = {"token": shown(token)} if with_tokens else {}
            if account is not None:
                yield Found(dataclasses.replace(account, facts={**account.facts, **facts}), grants)
            elif token or grants.get("grants"):
                yield Found(Account(name, None, {}, deleted=True, facts={"realm": realm, **facts}), grants)

    def _everybody(self, realm: str) -> list[tuple[str, Account | None]]:
        accounts = self._listing(realm)
        if accounts is None:
            raise InputError("This IQ Server cannot list accounts (releases before 100 or so); give usernames.")
        return [(account.username, account) for account in sorted(accounts, key=lambda account: account.username)]

    def _named(self, realm: str, names: t.Sequence[str]) -> list[tuple[str, Account | None]]:
        """Each name with its account, compared exactly, else without regard to case."""
        names = list(dict.fromkeys(names))
        accounts = None if len(names) == 1 else self._listing(realm)
        if accounts is None:
            return [(name, self._one(realm, name)) for name in names]
        exact = {account.username: account for account in accounts}
        folded = {account.username.casefold(): account for account in accounts}
        return [(name, exact.get(name) or folded.get(name.casefold())) for name in names]

    def _one(self, realm: str, name: str) -> Account | None:
        if realm not in ACCOUNT_REALMS:
            return None
        self.people.require(realm)
        return self.people.look_up(realm, name)

    def _listing(self, realm: str) -> list[Account] | None:
        if realm not in ACCOUNT_REALMS:
            return []
        self.people.require(realm)
        return self.people.list(realm)


def shown(token: Token | None) -> Values:
    """What may be told of a token; its codes are not."""
    if token is None:
        return {"exists": False}
    return {"exists": True, "created": token.created, "last_used": token.last_used, "expires": token.expires}
