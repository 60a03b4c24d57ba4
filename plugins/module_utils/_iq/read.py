# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts in IQ Server as they are: one, several, or everybody in a realm; and which realms the server has."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import apart, each_apart
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    InputError,
    LifecycleError,
    Refused,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import NOTHING, Account, Snapshot
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._iq import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iq.service import CONFIGURE, Service, realm_query
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import ACCOUNT_REALMS, INTERNAL, REALMS_SINCE

Identity = tuple[str, str]  # realm and user name
Finding = t.Union[Snapshot, LifecycleError]  # noqa: UP007  # a type at run time, on Python 3.8 too
DELICATE = frozenset("/\\;%")  # some servers refuse these in a path, even encoded
Answered = t.TypeVar("Answered")
NO_SUCH_REALM = 400  # the status of "The specified realm is not supported."
NO_REALM = "people.lifecycle"  # a realm that no server has


class Reader:
    """Reads the users API of one server."""

    def __init__(self, service: Service, parallel: int) -> None:
        self.service = service
        self.parallel = parallel
        self._knows_realms: bool | None = None

    def find(self, asked: t.Sequence[Identity]) -> dict[Identity, Finding]:
        """What is there of each account; an error where only that one, or those of its realm, cannot be read.

        One look-up for one name, one listing for more in the same realm.
        """
        found: dict[Identity, Finding] = {}
        for realm in dict.fromkeys(realm for realm, dummy in asked):
            names = [name for other, name in asked if other == realm]
            found.update(zip([(realm, name) for name in names], self._find_in(realm, names), strict=True))
        return found

    def _find_in(self, realm: str, names: t.Sequence[str]) -> list[Finding]:
        if realm not in ACCOUNT_REALMS:
            return [NOTHING] * len(names)
        problem = self.realm_problem(realm)
        if problem:
            return [Snapshot(unclear=(problem,))] * len(names)
        if len(names) == 1:
            return [self._find_one(realm, names[0])]
        accounts = self.list(realm) if realm == INTERNAL else apart(lambda: self.list(realm))
        if isinstance(accounts, LifecycleError):
            return [accounts] * len(names)
        spelled = spellings(accounts or ())
        single = [name for name in names if accounts is None or DELICATE & set(name)]
        answers = each_apart(lambda name: self._find_one(realm, name), single, self.parallel)
        found = dict(zip(single, answers, strict=True))
        return [found[name] if name in found else pick(name, spelled) for name in names]

    def _find_one(self, realm: str, name: str) -> Finding:
        try:
            account = self.look_up(realm, name)
            return pick(name, spellings([account] if account else self.list(realm) or ()))
        except Rejected as error:
            if not DELICATE & set(name):
                return error
            return Refused(f"IQ Server, or a proxy in front of it, does not accept {name} in an address: {error.words}")
        except InputError as error:
            return error

    def look_up(self, realm: str, name: str) -> Account | None:
        """The account that the server has under this name, perhaps in another spelling.

        None may also mean that no IQ Server is at the address, until something else was read from it.
        """
        answer = self.service.get(f"/users/{segment(name)}", CONFIGURE, query=realm_query(realm), ok=(200, 404))
        if answer.status == 404:
            return None
        return self.service.parsed(answer, lambda data: parse.account(data, realm))

    def list(self, realm: str) -> list[Account] | None:
        """Everybody in a realm; None on early releases, which have no listing.

        Raises BadAnswer for a listing without anybody although the caller is there.
        """
        answer = self.service.list("/users", CONFIGURE, query=realm_query(realm), ok=(200, 405))
        if answer.status == 405:
            return None
        accounts = self.service.parsed(answer, lambda data: parse.accounts(data, realm))
        if not accounts and realm == INTERNAL and self.look_up(INTERNAL, self.service.caller):
            raise self.service.bad_answer(answer, f"without anybody, although {self.service.caller} is there")
        return accounts

    def realm_problem(self, realm: str) -> str | None:
        """What speaks against asking for a realm: releases before 136 take every one for Internal."""
        if realm == INTERNAL or self.knows_realms():
            return None
        release = f"release {self.service.release}" if self.service.release else "its release"
        return (
            f"realm: {realm} is not possible: this IQ Server ({release}) has no realms, which came with release "
            f"{REALMS_SINCE}."
        )

    def knows_realms(self) -> bool:
        """Whether the server minds the parameter ``realm``: by its release, else by asking for one that is not."""
        if self._knows_realms is None and self.service.release is None:
            answer = self.service.list("/users", CONFIGURE, query={"realm": NO_REALM}, ok=(200, 400, 404, 405))
            if self.service.release is None:
                nobody = answer.status == 200 and not self.service.parsed(answer, lambda d: parse.accounts(d, NO_REALM))
                self._knows_realms = answer.status == 400 or nobody
        if self._knows_realms is None:
            self._knows_realms = (self.service.release or 0) >= REALMS_SINCE
        return self._knows_realms

    def named_in(self, realm: str, names: t.Collection[str]) -> t.Sequence[Account]:
        """The accounts of ``realm`` with one of ``names``, letter case apart;
        none where the server has no such realm.
        """
        if not names or self.realm_problem(realm):
            return []
        try:
            return self.called(realm, names)
        except Rejected:
            return []

    def called(self, realm: str, names: t.Collection[str]) -> t.Sequence[Account]:
        """The accounts of a realm that is there with one of ``names``, letter case apart; one look-up for one name."""
        if len(names) > 1:
            folded = {name.casefold() for name in names}
            return [account for account in self.list(realm) or () if account.username.casefold() in folded]
        return [account for name in names if (account := self.look_up(realm, name))]

    def listed(self, realm: str) -> t.Sequence[Account]:
        """Everybody in a realm beside Internal; nobody where the server has no such realm."""
        return self.if_there(realm, self.list) or []

    def if_there(self, realm: str, ask: t.Callable[[str], Answered]) -> Answered | None:
        """What ``ask`` tells of a realm; None where the server has no such realm. Any other failure is raised."""
        if self.realm_problem(realm):
            return None
        try:
            return ask(realm)
        except Rejected as error:
            if realm == INTERNAL or error.status != NO_SUCH_REALM:
                raise
            return None


def spellings(accounts: t.Iterable[Account]) -> dict[str, list[Account]]:
    """The accounts whose names differ at most in case, by their folded name."""
    alike: dict[str, list[Account]] = {}
    for account in accounts:
        alike.setdefault(account.username.casefold(), []).append(account)
    return alike


def pick(name: str, spelled: t.Mapping[str, t.Sequence[Account]]) -> Snapshot:
    """The account with exactly this name; where there are only other spellings of it, nobody can tell what is meant."""
    alike = spelled.get(name.casefold(), ())
    exact = [account for account in alike if account.username == name]
    if exact or not alike:
        return Snapshot(exact[0]) if exact else NOTHING
    others = " and ".join(sorted(account.username for account in alike))
    return Snapshot(
        unclear=(
            (
                f"{name} does not exist, but {others} does, which differs only in case. Write the name as IQ Server "
                "has it."
            ),
        )
    )
