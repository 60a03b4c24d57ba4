# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts in IQ Server: find, list, create, update, delete."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    BadAnswer,
    InputError,
    Refused,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._iq import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iq.service import CONFIGURE, Service
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import (
    ACCOUNT_REALMS,
    FIELDS,
    INTERNAL,
    REALMS_SINCE,
)

Who = tuple[str, str]  # realm and user name
Answered: t.TypeAlias = "Account | Refused | None"
DELICATE = frozenset("/\\;%")  # some servers refuse these in a path, even encoded
NO_REALM = "people.lifecycle"  # a realm that no server has


class People:
    """The users API of one server."""

    def __init__(self, service: Service, parallel: int) -> None:
        self.service = service
        self.parallel = parallel
        self._knows_realms: bool | None = None

    def find(self, asked: t.Sequence[Who]) -> list[Answered]:
        """The account of each name, None where there is none, an error where only that one cannot be told.

        One look-up for one name, one listing for more in the same realm.
        """
        answers: dict[Who, Answered] = {}
        for realm in dict.fromkeys(realm for realm, dummy in asked):
            names = [name for other, name in asked if other == realm]
            found = self._find_in(realm, names) if realm in ACCOUNT_REALMS else [None] * len(names)
            answers.update({(realm, name): answer for name, answer in zip(names, found, strict=True)})
        return [answers[who] for who in asked]

    def _find_in(self, realm: str, names: t.Sequence[str]) -> list[Answered]:
        self.require(realm)
        if len(names) == 1:
            return [self._find_one(realm, names[0])]
        accounts = self.list(realm)
        if accounts is None:
            return each(lambda name: self._find_one(realm, name), names, self.parallel)
        delicate = [name for name in names if DELICATE & set(name)]
        found = each(lambda name: self._find_one(realm, name), delicate, self.parallel)
        looked_up = dict(zip(delicate, found, strict=True))
        spelled = spellings(accounts)
        return [
            looked_up[name] if name in looked_up else pick(name, spelled.get(name.casefold(), ())) for name in names
        ]

    def _find_one(self, realm: str, name: str) -> Answered:
        try:
            account = self.look_up(realm, name)
        except Rejected as error:
            if not DELICATE & set(name):
                raise
            return Refused(f"IQ Server, or a proxy before it, takes no name like {name} in an address: {error.words}")
        if account is not None:
            return pick(name, [account])
        return pick(name, spellings(self.list(realm) or ()).get(name.casefold(), ()))

    def look_up(self, realm: str, name: str) -> Account | None:
        """The account that the server has under this name, perhaps in another spelling."""
        path = f"/users/{segment(name)}"
        answer = self.service.get(path, CONFIGURE, query=realm_query(realm), ok=(200, 404))
        if answer.status == 404:
            return None
        return self.service.parsed(answer, lambda data: parse.account(data, realm))

    def list(self, realm: str) -> list[Account] | None:
        """Everybody in a realm; None on early releases, which have no listing.

        Raises BadAnswer for a listing without anybody although the caller is there.
        """
        answer = self.service.get("/users", CONFIGURE, query=realm_query(realm), ok=(200, 405))
        if answer.status == 405:
            return None
        accounts = self.service.parsed(answer, lambda data: parse.accounts(data, realm))
        if not accounts and realm == INTERNAL and self.look_up(INTERNAL, self.service.caller):
            raise self.service.bad_answer(answer, f"without anybody, although {self.service.caller} is there")
        return accounts

    def require(self, realm: str) -> None:
        """Raise InputError where the server takes every realm for Internal, as releases before 136 do."""
        if realm != INTERNAL and not self.knows_realms():
            release = f"release {self.service.release}" if self.service.release else "its release"
            raise InputError(
                f"realm: {realm} is not possible: this IQ Server ({release}) knows no realms; they came with release "
                f"{REALMS_SINCE}. Nothing was changed."
            )

    def knows_realms(self) -> bool:
        """Whether the server minds the parameter ``realm``: told by its release, else by asking for one that is not."""
        if self._knows_realms is None and self.service.release is None:
            answer = self.service.get("/users", CONFIGURE, query={"realm": NO_REALM}, ok=(200, 400, 404, 405))
            if self.service.release is None:
                nobody = answer.status == 200 and not self.service.parsed(answer, lambda d: parse.accounts(d, NO_REALM))
                self._knows_realms = answer.status == 400 or nobody
        if self._knows_realms is None:
            self._knows_realms = (self.service.release or 0) >= REALMS_SINCE
        return self._knows_realms

    def also_in(self, realm: str, names: t.Sequence[str]) -> set[str]:
        """Those of ``names`` that have an account in ``realm`` too; nobody where the server has no such realm."""
        try:
            if len(names) > 1:
                there = {account.username for account in self.list(realm) or []}
                return there & set(names)
            return {name for name in names if self.look_up(realm, name) is not None}
        except Rejected:
            return set()

    def create(self, username: str, password: str | None, values: Values) -> Account:
        body = {"username": username, "password": password, **api_names(values)}
        self.service.send("POST", "/users", CONFIGURE, json=body)
        account = self.look_up(INTERNAL, username)
        if account is None:
            raise BadAnswer(
                f"IQ Server accepted the new account {username}, and does not have it.",
                method="POST",
                path="/users",
            )
        return kept(account, values)

    def update(self, account: Account, values: Values) -> Account:
        """Send only what changes; the user name stays out of the body, which need not repeat it."""
        path = f"/users/{segment(account.username)}"
        answer = self.service.send("PUT", path, CONFIGURE, json=api_names(values))
        after = self.service.parsed(answer, lambda data: parse.account(data, INTERNAL))
        if not holds(after, values):
            after = self.look_up(INTERNAL, account.username) or after
        return kept(after, values)

    def delete(self, account: Account, own: bool) -> None:
        """Delete the account and see that it is gone; whoever deletes its ``own`` account cannot look any more."""
        realm = account.handle
        self.require(realm)
        path = f"/users/{segment(account.username)}"
        self.service.send("DELETE", path, CONFIGURE, query=realm_query(realm), ok=(200, 204, 404))
        if not own and self.look_up(realm, account.username) is not None:
            raise BadAnswer(f"IQ Server deleted {account.username}, and still has it.", method="DELETE", path=path)


def spellings(accounts: t.Iterable[Account]) -> dict[str, list[Account]]:
    """The accounts whose names differ at most in case, by their folded name."""
    alike: dict[str, list[Account]] = {}
    for account in accounts:
        alike.setdefault(account.username.casefold(), []).append(account)
    return alike


def pick(name: str, alike: t.Sequence[Account]) -> Answered:
    """The account with exactly this name; an error where there are only other spellings of it."""
    exact = [account for account in alike if account.username == name]
    if exact or not alike:
        return exact[0] if exact else None
    spelled = " and ".join(sorted(account.username for account in alike))
    return Refused(
        f"{name} does not exist, but {spelled} does, which differs only in case. Write the name as IQ Server has it."
    )


def realm_query(realm: str) -> dict[str, str] | None:
    """Internal is what every server takes for granted, and all that servers before release 136 know."""
    return None if realm == INTERNAL else {"realm": realm}


def api_names(values: Values) -> Values:
    return {field.api: values[field.option] for field in FIELDS if field.option in values}


def holds(account: Account, values: Values) -> bool:
    return all(account.values[option] == value for option, value in values.items())


def kept(account: Account, values: Values) -> Account:
    """``account``, which must hold ``values``; raises BadAnswer where the server stored something else."""
    other = [option for option, value in values.items() if account.values[option] != value]
    if other:
        raise BadAnswer(f"IQ Server accepted {', '.join(other)} of {account.username}, and stored something else.")
    return account
