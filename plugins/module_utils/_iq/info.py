# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts for the info module: one, some or all of a realm, with what they hold where that is asked for."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Values
from ansible_collections.people.lifecycle.plugins.module_utils._iq.holdings import NOBODY, Holdings
from ansible_collections.people.lifecycle.plugins.module_utils._iq.parse import Token
from ansible_collections.people.lifecycle.plugins.module_utils._iq.read import Reader
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import (
    ACCOUNT_REALMS,
    ALL_REALMS,
    INTERNAL,
    TOKEN_REALMS,
)


def accounts(query: Values, reader: Reader, holdings: Holdings) -> t.Iterator[Snapshot]:
    """The accounts of a realm, or of all, or those with one of the names or addresses asked for, by user name.

    A name without an account comes too, as absent, when grants or a token that were asked for are left under it.
    """
    members = holdings.members_everywhere() if query["grants"] else NOBODY
    for failure in members.unread.values():  # whoever asks would take silence for no grant
        raise failure
    realms = chosen_by_realm(query, reader)
    holders = {name.casefold() for chosen in realms.values() for name, account in chosen.items() if account is not None}
    for realm, chosen in realms.items():
        tokens = holdings.tokens_if_there(realm) if query["tokens"] else None
        if query["leftovers"]:
            held = {member.name for several in members.by_name.values() for _place, member in several}
            held |= {token.username for several in (tokens or {}).values() for token in several}
            chosen = {**dict.fromkeys(nobodys(held, chosen, realm, reader)), **chosen}
        for name, account in sorted(chosen.items()):
            identity = (realm, name)
            grants = {"grants": holdings.grants_of(identity, members)} if query["grants"] else {}
            token = next(iter(holdings.tokens_of(identity, tokens or {})), None)
            info = {"token": view(token)} if query["tokens"] else {}
            orphans = grants.get("grants") and name.casefold() not in holders and realm == next(iter(realms), None)
            if account is not None:
                yield Snapshot(account._replace(info={**account.info, **info}), grants)
            elif token or orphans:
                left = grants if orphans else {}
                yield Snapshot(Account(name, None, {}, deleted=True, info={"realm": realm, **info}), left)


def chosen_by_realm(query: Values, reader: Reader) -> dict[str, dict[str, Account | None]]:
    """Whom the query means, in each realm that it means;
    in all of them, also those who share a name with such a person.
    """
    names, emails = query["usernames"], query["emails"]
    if query["realm"] != ALL_REALMS:
        return {query["realm"]: choose(reader, query["realm"], names, emails)}
    if not names and not emails and (names, emails) != (None, None):
        return {}
    people: dict[str, t.Sequence[Account] | None] = {INTERNAL: reader.list(INTERNAL)}
    if people[INTERNAL] is None:  # a release without listings has no realms either
        return {INTERNAL: choose(reader, INTERNAL, names, emails)}
    people |= {realm: reader.listed(realm) for realm in ACCOUNT_REALMS if realm != INTERNAL}
    called = {name for listed in people.values() for name in among(listed or (), names, emails)}
    realms = dict.fromkeys((*ACCOUNT_REALMS, *TOKEN_REALMS, *(query["directories"] or ())))
    return {realm: among(people.get(realm) or (), sorted(called), None) for realm in realms}


def nobodys(names: t.Collection[str], known: t.Container[str], realm: str, reader: Reader) -> set[str]:
    """Those of ``names`` that no account has in any realm of this server, in whatever spelling."""
    strange = {name for name in names if name not in known}
    for other in ACCOUNT_REALMS:
        if strange and (other == INTERNAL or not reader.realm_problem(other)):
            taken = {account.username.casefold() for account in reader.list(other) or ()}
            strange = {name for name in strange if name.casefold() not in taken}
    return strange


def choose(
    reader: Reader, realm: str, names: t.Sequence[str] | None, emails: t.Sequence[str] | None
) -> dict[str, Account | None]:
    """Accounts by user name: names are compared exactly, else without regard to case; e-mail addresses without."""
    if not names and not emails and (names, emails) != (None, None):
        return {}
    if realm not in ACCOUNT_REALMS:
        reader.service.make_sure()
        return dict.fromkeys(names or ())
    problem = reader.realm_problem(realm)
    if problem:
        raise InputError(problem)
    account = reader.look_up(realm, names[0]) if names and len(names) == 1 and not emails else None
    if account is not None:
        return {account.username: account}
    listed = reader.list(realm)
    if listed is None:
        if names is None or emails:
            raise InputError("This IQ Server cannot list accounts (releases before 100 or so); give usernames only.")
        listed = [account for name in names if (account := reader.look_up(realm, name))]
    return among(listed, names, emails)


def among(
    listed: t.Sequence[Account], names: t.Sequence[str] | None, emails: t.Sequence[str] | None
) -> dict[str, Account | None]:
    """Those of ``listed`` with one of the names or addresses, all where neither is given;
    None for names that are not there.
    """
    if names is None and emails is None:
        return {account.username: account for account in listed}
    exact = {account.username: account for account in listed}
    folded = {account.username.casefold(): account for account in listed}
    addresses = {email.casefold() for email in emails or ()}
    chosen = {account.username: account for account in listed if account.values["email"].casefold() in addresses}
    named = {name: exact.get(name) or folded.get(name.casefold()) for name in names or ()}
    return {**chosen, **{account.username if account else name: account for name, account in named.items()}}


def view(token: Token | None) -> Values:
    """What may be shown of a token; its codes may not."""
    if token is None:
        return {"exists": False}
    return {"exists": True, "created": token.created, "last_used": token.last_used, "expires": token.expires}
