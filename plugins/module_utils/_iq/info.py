# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts for the info module: one, some or all of a realm, with what they hold where that is asked for."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Values
from ansible_collections.people.lifecycle.plugins.module_utils._iq.holdings import Holdings, by_owner
from ansible_collections.people.lifecycle.plugins.module_utils._iq.parse import Token
from ansible_collections.people.lifecycle.plugins.module_utils._iq.people import People
from ansible_collections.people.lifecycle.plugins.module_utils._iq.tokens import Tokens
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import ACCOUNT_REALMS


@dataclasses.dataclass(frozen=True)
class Reader:
    """Reads from one server; nothing here writes."""

    people: People
    tokens: Tokens
    holdings: Holdings

    def accounts(self, query: Values) -> t.Iterator[Snapshot]:
        """The accounts of a realm, or those with one of the names or addresses asked for, by user name.

        A name without an account comes too, as absent, when grants or a token that were asked for are left under it.
        """
        realm = query["realm"]
        held = self.holdings.everything() if query["grants"] else {}
        tokens = by_owner(self.tokens.list(realm) or ()) if query["tokens"] else {}
        for name, account in sorted(self._chosen(realm, query["usernames"], query["emails"]), key=lambda pair: pair[0]):
            who = (realm, name)
            grants = {"grants": self.holdings.grants_of(who, held)} if query["grants"] else {}
            token = next(iter(self.holdings.tokens_of(who, tokens)), None)
            info = {"token": shown(token)} if query["tokens"] else {}
            if account is not None:
                yield Snapshot(dataclasses.replace(account, info={**account.info, **info}), grants)
            elif token or grants.get("grants"):
                yield Snapshot(Account(name, None, {}, deleted=True, info={"realm": realm, **info}), grants)

    def _chosen(
        self, realm: str, names: t.Sequence[str] | None, emails: t.Sequence[str] | None
    ) -> t.Iterable[tuple[str, Account | None]]:
        """User names with their accounts: compared exactly, else without regard to case; e-mail addresses without."""
        if names is not None and not emails and len(names) <= 1:
            return [(account.username if (account := self._one(realm, name)) else name, account) for name in names]
        accounts = self._listing(realm)
        if accounts is None:
            if names is None or emails:
                raise InputError(
                    "This IQ Server cannot list accounts (releases before 100 or so); give usernames only."
                )
            return [(name, self._one(realm, name)) for name in names]
        if names is None and emails is None:
            return [(account.username, account) for account in accounts]
        exact = {account.username: account for account in accounts}
        folded = {account.username.casefold(): account for account in accounts}
        chosen = {name: exact.get(name) or folded.get(name.casefold()) for name in names or ()}
        addresses = {email.casefold() for email in emails or ()}
        by_email = [account for account in accounts if account.values["email"].casefold() in addresses]
        found = [account for account in (*chosen.values(), *by_email) if account]
        missing = [name for name, account in chosen.items() if not account]
        return {**{account.username: account for account in found}, **dict.fromkeys(missing)}.items()

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
