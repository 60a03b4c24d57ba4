# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people hold beside their accounts, tokens and grants: read for all who need it together, and told apart by name.

Both are kept under plain names, which may be spelled in another case than the account's, and outlive it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Membership, Snapshot, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._iq.grants import Grants, Swept
from ansible_collections.people.lifecycle.plugins.module_utils._iq.parse import Member, Token
from ansible_collections.people.lifecycle.plugins.module_utils._iq.people import Answered, People, Who
from ansible_collections.people.lifecycle.plugins.module_utils._iq.places import (
    CONTAINER,
    UNLISTED_ROOT,
    Place,
    Places,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iq.tokens import Tokens
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import ACCOUNT_REALMS

Held = dict[str, list[tuple[Place, Member]]]  # by folded name
Listed = dict[str, list[Token]]  # by folded name


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

    def add(self, wanted: t.Sequence[Wanted], people: t.Sequence[Answered]) -> list[Snapshot | LifecycleError]:
        """Each account with its grants and the codes of its tokens, as far as its entry needs them."""
        pairs = [
            (one, account)
            for one, account in zip(wanted, people, strict=True)
            if not isinstance(account, LifecycleError)
        ]
        held = self.held([one for one, dummy in pairs if needs_grants(one)])
        listed = self.listed([one for one, account in pairs if needs_tokens(one, account)])
        return [
            account if isinstance(account, LifecycleError) else self._found(one, account, held, listed)
            for one, account in zip(wanted, people, strict=True)
        ]

    def _found(self, one: Wanted, account: Account | None, held: Held, listed: dict[str, Listed]) -> Snapshot:
        realm = one.switches["realm"]
        who = (realm, one.username)
        tokens = self.tokens_of(who, listed[realm]) if needs_tokens(one, account) else []
        grants = self.grants_of(who, held, named_places(one)) if needs_grants(one) else ()
        told = grants or (account is not None and needs_grants(one))
        return Snapshot(account, {"grants": grants} if told else {}, tuple(token.code for token in tokens))

    def held(self, asked: t.Sequence[Wanted]) -> Held:
        """Who has which role at the places that the entries are about, or everywhere."""
        if any(named_places(one) is None for one in asked):
            return self.everything()
        return self._by_name(self.grants.sweep([place for one in asked for place in named_places(one) or ()]))

    def everything(self) -> Held:
        """Who has which role anywhere, as far as the caller may see."""
        places = self.places.everywhere()
        perhaps_hidden = {CONTAINER, UNLISTED_ROOT}.intersection(places)
        swept = self.grants.sweep(places, perhaps_hidden)
        if not perhaps_hidden <= swept.keys():
            self.remark(
                "The calling account does not see the whole tree of organizations and repositories; grants at places that "
                "it does not see are not looked at."
            )
        return self._by_name(swept)

    @staticmethod
    def _by_name(swept: Swept) -> Held:
        held: Held = {}
        for place, members in swept.items():
            for member in members:
                held.setdefault(member.name.casefold(), []).append((place, member))
        return held

    def grants_of(self, who: Who, held: Held, places: t.Container[Place] | None = None) -> tuple[Membership, ...]:
        """The grants of one person at ``places``, or everywhere."""
        return tuple(
            self.places.membership(place, member.role, None if member.name == who[1] else member.name)
            for place, member in held.get(who[1].casefold(), ())
            if (places is None or place in places) and self.is_same(who, member.name)
        )

    def listed(self, asked: t.Sequence[Wanted]) -> dict[str, Listed]:
        """The tokens of everybody, by realm, for the realms of the entries."""
        tokens = {realm: self.tokens.list(realm) for realm in {one.switches["realm"] for one in asked}}
        if None in tokens.values() and any(one.leaves for one in asked):
            self.remark("This IQ Server does not tell who has a user token (releases before 87), so none was revoked.")
        return {realm: by_owner(known or ()) for realm, known in tokens.items()}

    def tokens_of(self, who: Who, listed: Listed) -> list[Token]:
        """The tokens of one person; as a rule there is one at most."""
        return [token for token in listed.get(who[1].casefold(), ()) if self.is_same(who, token.username)]

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


def by_owner(tokens: t.Iterable[Token]) -> Listed:
    listed: Listed = {}
    for token in tokens:
        listed.setdefault(token.username.casefold(), []).append(token)
    return listed


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
