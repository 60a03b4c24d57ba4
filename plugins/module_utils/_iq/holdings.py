# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people hold beside their accounts, tokens and grants: read for all who need it together, and told apart by name.

Both are kept under plain names, which may be spelled in another case than the account's, and outlive it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import Account, Found, Membership
from ansible_collections.people.lifecycle.plugins.module_utils._errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._iq.facts import ACCOUNT_REALMS
from ansible_collections.people.lifecycle.plugins.module_utils._iq.grants import Grants, Held
from ansible_collections.people.lifecycle.plugins.module_utils._iq.people import Answered, People, Who
from ansible_collections.people.lifecycle.plugins.module_utils._iq.places import (
    CONTAINER,
    UNLISTED_ROOT,
    Place,
    Places,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iq.tokens import Tokens
from ansible_collections.people.lifecycle.plugins.module_utils._wanted import Wanted


class Holdings:
    """Reads tokens and grants for entries that need them; ``remark`` takes sentences that the user should read."""

    def __init__(
        self, people: People, places: Places, grants: Grants, tokens: Tokens, remark: t.Callable[[str], None]
    ) -> None:
        self.people = people
        self.places = places
        self.grants = grants
        self.tokens = tokens
        self.remark = remark
        self._spelled: dict[Who, Account | None] = {}

    def add(self, wanted: t.Sequence[Wanted], people: t.Sequence[Answered]) -> list[Found | LifecycleError]:
        """Each account with its grants and the codes of its tokens, as far as its entry needs them."""
        pairs = [
            (one, account)
            for one, account in zip(wanted, people)
            if not isinstance(account, LifecycleError)
        ]
        held = self.held([one for one, dummy in pairs if needs_grants(one)])
        codes = self.codes({one.switches["realm"] for one, account in pairs if needs_tokens(one, account)})
        found: list[Found | LifecycleError] = []
        for one, account in zip(wanted, people):
            if isinstance(account, LifecycleError):
                found.append(account)
                continue
            who = (one.switches["realm"], one.username)
            mine = needs_tokens(one, account)
            tokens = tuple(code for code, name in codes.get(who[0], ()) if mine and self.is_same(who, name))
            places = named_places(one)
            grants = self.of(who, held, places) if needs_grants(one) else ()
            told = grants or (account is not None and needs_grants(one))
            found.append(Found(account, {"grants": grants} if told else {}, tokens))
        return found

    def held(self, asked: t.Sequence[Wanted]) -> Held:
        """Who has which role at the places that the entries are about, or everywhere."""
        if any(named_places(one) is None for one in asked):
            return self.everything()
        return self.grants.sweep([place for one in asked for place in named_places(one) or ()])

    def everything(self) -> Held:
        """Who has which role anywhere, as far as the caller may see."""
        places = self.places.everywhere()
        perhaps_hidden = {CONTAINER, UNLISTED_ROOT}.intersection(places)
        held = self.grants.sweep(places, perhaps_hidden)
        if not perhaps_hidden <= held.keys():
            self.remark(
                "The calling account does not see the whole tree of organizations and repositories; grants at places that "
                "it does not see are not looked at."
            )
        return held

    def of(self, who: Who, held: Held, places: t.Container[Place] | None = None) -> tuple[Membership, ...]:
        """The grants of one person at ``places``, or everywhere."""
        return tuple(
            self.places.membership(place, member.role, None if member.name == who[1] else member.name)
            for place, members in held.items()
            if places is None or place in places
            for member in members
            if self.is_same(who, member.name)
        )

    def codes(self, realms: t.Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """Codes and user names of all tokens, by realm."""
        listed = {realm: self.tokens.list(realm) for realm in realms}
        if None in listed.values():
            self.remark("This IQ Server does not tell who has a user token (releases before 87), so none was revoked.")
        return {realm: [(token.code, token.username) for token in tokens or ()] for realm, tokens in listed.items()}

    def is_same(self, who: Who, name: str) -> bool:
        """Whether ``name``, in a member list or a token, means the person ``who``.

        Another spelling does where the server takes it for the same account, or where it names nobody at all.
        """
        realm, username = who
        if name == username:
            return True
        if name.casefold() != username.casefold() or realm not in ACCOUNT_REALMS:
            return False
        if (realm, name) not in self._spelled:
            self._spelled[realm, name] = self.people.look_up(realm, name)
        account = self._spelled[realm, name]
        return account is None or account.username == username


def needs_grants(wanted: Wanted) -> bool:
    """Who leaves loses all of them; else those that the entry names, and no more than that, are looked at."""
    if wanted.state == "absent":
        return bool(wanted.switches["revoke"])
    return "grants" in wanted.memberships and named_places(wanted) != set()


def needs_tokens(wanted: Wanted, account: Account | None) -> bool:
    """Who leaves loses the token; for a new account it matters whether an old one waits."""
    return bool(wanted.switches["revoke"]) if wanted.state == "absent" else account is None


def named_places(wanted: Wanted) -> set[Place] | None:
    """The places that an entry is about; None where that is every one."""
    change = wanted.memberships.get("grants")
    if wanted.state == "absent" or change is None or change.exactly is not None:
        return None
    return {membership.reference.place for membership in (*change.add, *change.remove)}
