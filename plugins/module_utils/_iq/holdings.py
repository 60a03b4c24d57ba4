# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people hold beside their accounts, tokens and grants: read once for all who need it, and told apart by name.

Both are kept under plain names, which may be spelled in another case than the account's, and outlive it.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import apart
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Membership, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import some_of
from ansible_collections.people.lifecycle.plugins.module_utils._iq.grants import MembersByPlace, RoleMemberships
from ansible_collections.people.lifecycle.plugins.module_utils._iq.parse import Member, Token
from ansible_collections.people.lifecycle.plugins.module_utils._iq.place import CONTAINER, UNLISTED_ROOT, Place
from ansible_collections.people.lifecycle.plugins.module_utils._iq.places import Places
from ansible_collections.people.lifecycle.plugins.module_utils._iq.read import Identity, Reader
from ansible_collections.people.lifecycle.plugins.module_utils._iq.tokens import Tokens
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import ACCOUNT_REALMS

TokensByName = dict[str, list[Token]]  # by folded name
NOT_THE_WHOLE_TREE = (
    "The calling account does not see the whole tree of organizations and repositories; grants at places that it does "
    "not see are not looked at."
)


@dataclasses.dataclass(frozen=True)
class Members:
    """Who has which role where, ``by_name``, folded; ``unread`` are places that could not be read, and why."""

    by_name: t.Mapping[str, t.Sequence[tuple[Place, Member]]]
    unread: t.Mapping[Place, LifecycleError]

    def called(self, name: str) -> t.Sequence[tuple[Place, Member]]:
        """What is kept under ``name``, in any case."""
        return self.by_name.get(name.casefold(), ())

    def problems(self, places: t.Container[Place] | None) -> list[LifecycleError]:
        """Why nobody can tell of ``places``, or of some place at all."""
        return [error for place, error in self.unread.items() if places is None or place in places]


NOBODY = Members({}, {})


class Holdings:
    """Reads what people hold; ``remark`` takes sentences that the user should read.

    ``unseen`` says where the calling account could not look.
    """

    def __init__(
        self,
        reader: Reader,
        places: Places,
        memberships: RoleMemberships,
        tokens: Tokens,
        remark: t.Callable[[str], None],
    ) -> None:
        self.reader = reader
        self.places = places
        self.memberships = memberships
        self.tokens = tokens
        self.remark = remark
        self.unseen: list[str] = []
        self._accounts: dict[Identity, Account | None] = {}

    def members_of(self, people: t.Collection[Wanted]) -> Members:
        """Who has which role at the places that the entries are about, or everywhere."""
        places = [named_places(person) for person in people]
        if None in places:
            return self.members_everywhere()
        members, unread = self.memberships.sweep(place for several in places for place in several or ())
        return Members(by_name(members), unread)

    def members_everywhere(self) -> Members:
        """Who has which role anywhere, as far as the caller may see."""
        places = self.places.everywhere()
        firewall = self.places.firewall
        perhaps_hidden = {place for place in places if place in (CONTAINER, UNLISTED_ROOT) or place.of_repositories}
        members, unread = self.memberships.sweep(places, perhaps_hidden)
        missing = firewall.hidden or not perhaps_hidden <= {*members, *unread}
        not_looked_at = [NOT_THE_WHOLE_TREE] if missing else []
        for sentence in (*not_looked_at, *filter(None, [firewall.unseen()]), *told(unread)):
            self.remark(sentence)
            self.unseen.append(sentence)
        return Members(by_name(members), unread)

    def grants_of(
        self, key: Identity, members: Members, places: t.Container[Place] | None = None
    ) -> tuple[Membership, ...]:
        """The grants of one person at ``places``, or everywhere."""
        return tuple(
            self.places.membership(place, member.role, None if member.name == key[1] else member.name)
            for place, member in members.called(key[1])
            if (places is None or place in places) and self.is_same(key, member.name)
        )

    def not_to_be_taken(self, grants: t.Iterable[Membership]) -> set[Place]:
        """The places of ``grants`` where this release takes no single role."""
        places = {grant.reference.place for grant in grants if grant.reference.place.of_repositories}
        return set() if self.places.firewall.changes else places

    def tokens_by_realm(self, people: t.Iterable[Wanted]) -> dict[str, TokensByName | LifecycleError]:
        """The tokens of everybody in the realms of the entries; an error where they cannot be read."""
        tokens: dict[str, TokensByName | LifecycleError] = {}
        for person in people:
            realm = person.switches["realm"]
            if realm not in tokens:
                tokens[realm] = apart(functools.partial(self.tokens_in, realm, person.leaves))
        return tokens

    def tokens_in(self, realm: str, needed: bool = False) -> TokensByName:
        """The tokens of everybody in a realm; where the server tells none though they are ``needed``,
        that is remarked.
        """
        listed = self.tokens.list(realm)
        if listed is None and needed:
            self.remark("This IQ Server does not tell who has a user token (releases before 87), so none was revoked.")
        tokens: TokensByName = {}
        for token in listed or ():
            tokens.setdefault(token.username.casefold(), []).append(token)
        return tokens

    def tokens_if_there(self, realm: str) -> TokensByName:
        """The tokens of everybody in a realm; none where the server has no such realm."""
        return self.reader.if_there(realm, self.tokens_in) or {}

    def tokens_of(self, key: Identity, tokens: TokensByName) -> list[Token]:
        """The tokens of one person; as a rule there is one at most."""
        return [token for token in tokens.get(key[1].casefold(), ()) if self.is_same(key, token.username)]

    def is_same(self, key: Identity, name: str) -> bool:
        """Whether ``name``, in a member list or a token, means the person ``key``.

        Another spelling does where the server takes it for the same account, or where it names nobody at all.
        """
        realm, username = key
        if name == username:
            return True
        if name.casefold() != username.casefold() or realm not in ACCOUNT_REALMS:
            return False
        if (realm, name) not in self._accounts:
            self._accounts[realm, name] = self.reader.look_up(realm, name)
        account = self._accounts[realm, name]
        return account is None or account.username == username


def told(unread: t.Mapping[Place, LifecycleError]) -> list[str]:
    """What could not be read, as a sentence, with the first reason."""
    if not unread:
        return []
    places = [f"{place.kind} {place.name}".rstrip() for place in unread]
    reason = next(iter(unread.values()))
    return [f"Grants at {some_of(places)} cannot be read, so they are left out: {reason}"]


def by_name(members: MembersByPlace) -> dict[str, list[tuple[Place, Member]]]:
    named: dict[str, list[tuple[Place, Member]]] = {}
    for place, several in members.items():
        for member in several:
            named.setdefault(member.name.casefold(), []).append((place, member))
    return named


def named_places(wanted: Wanted) -> set[Place] | None:
    """The places that an entry is about; None where that is every one."""
    change = wanted.memberships.get("grants")
    if wanted.state == "absent" or change is None or change.exactly is not None:
        return None
    return {membership.reference.place for membership in (*change.add, *change.remove)}
