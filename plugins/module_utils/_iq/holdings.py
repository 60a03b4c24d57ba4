# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people hold beside their accounts, tokens and grants: read once for all who need it, and told apart by name.

Both are kept under plain names, which may be spelled in another case than the account's, and outlive it.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError, Rejected
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Snapshot,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iq.firewall import left_there
from ansible_collections.people.lifecycle.plugins.module_utils._iq.grants import MembersByPlace, RoleMemberships
from ansible_collections.people.lifecycle.plugins.module_utils._iq.namesakes import rivals, shared_names
from ansible_collections.people.lifecycle.plugins.module_utils._iq.parse import Member, Token
from ansible_collections.people.lifecycle.plugins.module_utils._iq.place import CONTAINER, UNLISTED_ROOT, Place
from ansible_collections.people.lifecycle.plugins.module_utils._iq.places import Places
from ansible_collections.people.lifecycle.plugins.module_utils._iq.read import Finding, Identity, Reader
from ansible_collections.people.lifecycle.plugins.module_utils._iq.tokens import Tokens
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import ACCOUNT_REALMS, INTERNAL

Members = dict[str, list[tuple[Place, Member]]]  # by folded name
TokensByName = dict[str, list[Token]]  # by folded name
NOT_THE_WHOLE_TREE = (
    "The calling account does not see the whole tree of organizations and repositories; grants at places that it does "
    "not see are not looked at."
)


class Holdings:
    """Reads accounts with what they hold; ``remark`` takes sentences that the user should read.

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

    def find(self, wanted: t.Sequence[Wanted]) -> list[Finding]:
        """Each account with its grants and the codes of its tokens, as far as its entry needs them."""
        found = self.reader.find([identity(person) for person in wanted])
        people: dict[Identity, tuple[Wanted, Account | None]] = {}
        for person in wanted:
            snapshot = found[identity(person)]
            if isinstance(snapshot, Snapshot) and not snapshot.unclear:
                people[identity(person)] = (person, snapshot.account)
        holders = grant_holders([person for person, dummy in people.values()])
        members = self.members_of(holders.values())
        tokens = self.tokens_by_realm([person for person, account in people.values() if needs_tokens(person, account)])
        held = {key: self.grants_of(key, members, named_places(person)) for key, person in holders.items()}
        left = {key: self.not_to_be_taken(grants) for key, grants in held.items()}
        held = {
            key: tuple(grant for grant in grants if grant.reference.place not in left[key])
            for key, grants in held.items()
        }
        shared = shared_names(self.reader, people, held)
        strangers = self.strangers(
            {key: both for key, both in people.items() if key in holders and gets_roles_only(both[0])}
        )
        for key, (person, account) in people.items():
            grants = () if key in shared and shared[key][1] else held.get(key)
            listed = tokens[key[0]] if needs_tokens(person, account) else {}
            if isinstance(listed, LifecycleError):
                found[key] = listed
                continue
            others = strangers.get(key, ())
            if isinstance(others, LifecycleError):
                found[key] = others
                continue
            remarks = (
                *((shared[key][0],) if key in shared else ()),
                *([left_there(key[1], left[key])] if left.get(key) else []),
            )
            found[key] = dataclasses.replace(
                self._snapshot(key, account, grants, listed), remarks=remarks, rivals=tuple(others)
            )
        return [found[identity(person)] for person in wanted]

    def _snapshot(
        self, key: Identity, account: Account | None, grants: tuple[Membership, ...] | None, tokens: TokensByName
    ) -> Snapshot:
        shown = {"grants": grants} if grants or (grants is not None and account is not None) else {}
        return Snapshot(account, shown, tuple(token.code for token in self.tokens_of(key, tokens)))

    def strangers(
        self, people: t.Mapping[Identity, tuple[Wanted, Account | None]]
    ) -> t.Mapping[Identity, t.Sequence[str] | LifecycleError]:
        """Sentences about accounts of others that have these people's names; an error where a realm cannot be read."""
        try:
            return rivals(self.reader, people)
        except Rejected as error:
            return dict.fromkeys(people, error)

    def members_of(self, people: t.Collection[Wanted]) -> Members:
        """Who has which role at the places that the entries are about, or everywhere."""
        places = [named_places(person) for person in people]
        if None in places:
            return self.members_everywhere()
        return by_name(self.memberships.sweep(place for several in places for place in several or ()))

    def members_everywhere(self) -> Members:
        """Who has which role anywhere, as far as the caller may see."""
        places = self.places.everywhere()
        firewall = self.places.firewall
        perhaps_hidden = {place for place in places if place in (CONTAINER, UNLISTED_ROOT) or place.of_repositories}
        members = self.memberships.sweep(places, perhaps_hidden)
        missing = [NOT_THE_WHOLE_TREE] if firewall.hidden or not perhaps_hidden <= members.keys() else []
        for sentence in (*missing, *filter(None, [firewall.unseen()])):
            self.remark(sentence)
            self.unseen.append(sentence)
        return by_name(members)

    def grants_of(
        self, key: Identity, members: Members, places: t.Container[Place] | None = None
    ) -> tuple[Membership, ...]:
        """The grants of one person at ``places``, or everywhere."""
        return tuple(
            self.places.membership(place, member.role, None if member.name == key[1] else member.name)
            for place, member in members.get(key[1].casefold(), ())
            if (places is None or place in places) and self.is_same(key, member.name)
        )

    def not_to_be_taken(self, grants: t.Iterable[Membership]) -> set[Place]:
        """The places of ``grants`` where this release takes no single role."""
        places = {grant.reference.place for grant in grants if grant.reference.place.of_repositories}
        return set() if self.places.firewall.changes else places

    def tokens_by_realm(self, people: t.Iterable[Wanted]) -> dict[str, TokensByName | LifecycleError]:
        """The tokens of everybody in the realms of the entries; an error where the server does not accept a realm."""
        tokens: dict[str, TokensByName | LifecycleError] = {}
        for person in people:
            realm = person.switches["realm"]
            if realm not in tokens:
                try:
                    tokens[realm] = self.tokens_in(realm, person.leaves)
                except Rejected as error:
                    if realm == INTERNAL:
                        raise
                    tokens[realm] = error
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


def identity(person: Wanted) -> Identity:
    return person.switches["realm"], person.username


def by_name(members: MembersByPlace) -> Members:
    named: Members = {}
    for place, several in members.items():
        for member in several:
            named.setdefault(member.name.casefold(), []).append((place, member))
    return named


def grant_holders(people: t.Iterable[Wanted]) -> dict[Identity, Wanted]:
    """Those whose grants are looked at: who leaves loses all, others what their entry is about.

    Grants are kept under plain names: where people of one name leave several realms together, the first takes them all.
    """
    holders: dict[Identity, Wanted] = {}
    names = set()
    for person in people:
        name = person.username.casefold()
        if person.state != "absent" and "grants" in person.memberships and named_places(person) != set():
            holders[identity(person)] = person
        elif person.state == "absent" and person.switches["revoke"] and name not in names:
            holders[identity(person)] = person
            names.add(name)
    return holders


def needs_tokens(wanted: Wanted, account: Account | None) -> bool:
    """Who leaves loses the token; for a new account it matters whether an old one waits."""
    if wanted.state == "absent":
        return bool(wanted.switches["revoke"])
    return account is None and not gets_roles_only(wanted)


def gets_roles_only(wanted: Wanted) -> bool:
    """Whether the account itself is the identity provider's, or the directory's."""
    return wanted.state != "absent" and wanted.switches["realm"] != INTERNAL


def named_places(wanted: Wanted) -> set[Place] | None:
    """The places that an entry is about; None where that is every one."""
    change = wanted.memberships.get("grants")
    if wanted.state == "absent" or change is None or change.exactly is not None:
        return None
    return {membership.reference.place for membership in (*change.add, *change.remove)}
