# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the accounts that a task is about, with what they hold as far as their entries need it.

What cannot be read of somebody is the error of that entry alone. Somebody who leaves loses the rest all the same, and
is then told as not done.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import apart
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Snapshot,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iq.firewall import left_there
from ansible_collections.people.lifecycle.plugins.module_utils._iq.holdings import Holdings, named_places
from ansible_collections.people.lifecycle.plugins.module_utils._iq.namesakes import rivals, shared_names
from ansible_collections.people.lifecycle.plugins.module_utils._iq.parse import Token
from ansible_collections.people.lifecycle.plugins.module_utils._iq.read import Finding, Identity
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import INTERNAL

People = dict[Identity, tuple[Wanted, "Account | None"]]
Result = t.TypeVar("Result")
Grants = dict[Identity, tuple[Membership, ...]]


class Finder:
    """What people hold: one reading for all entries of a task. ``failures`` are what could not be read of whom."""

    def __init__(self, holdings: Holdings) -> None:
        self.holdings = holdings
        self.failures: dict[Identity, list[LifecycleError]] = {}

    def find(self, wanted: t.Sequence[Wanted]) -> list[Finding]:
        """Each account with its grants and the codes of its tokens, as far as its entry needs them."""
        found = self.holdings.reader.find([identity(person) for person in wanted])
        people: People = {}
        for person in wanted:
            snapshot = found[identity(person)]
            if isinstance(snapshot, Snapshot) and not snapshot.unclear:
                people[identity(person)] = (person, snapshot.account)
        self.failures = {key: [] for key in people}
        found |= self.with_holdings(people)
        return [found[identity(person)] for person in wanted]

    def with_holdings(self, people: People) -> dict[Identity, Finding]:
        """What those hold of whom it is clear which account is meant."""
        holders = grant_holders([person for person, dummy in people.values()])
        held = self.grants(holders)
        left = {key: self.holdings.not_to_be_taken(grants) for key, grants in held.items()}
        held = {key: tuple(g for g in grants if g.reference.place not in left[key]) for key, grants in held.items()}
        codes = self.token_codes(people)
        shared = self.shared_names(people, held)
        strangers = self.strangers({key: people[key] for key in holders if gets_roles_only(people[key][0])})
        found: dict[Identity, Finding] = {}
        for key, (person, account) in people.items():
            grants = () if key in shared and shared[key][1] else held.get(key)
            remarks = [shared[key][0]] if key in shared else []
            if left.get(key):
                remarks.append(left_there(key[1], left[key]))
            shown = {"grants": grants} if grants or (grants is not None and account is not None) else {}
            snapshot = Snapshot(account, shown, codes[key], tuple(strangers.get(key, ())), remarks=tuple(remarks))
            found[key] = self.as_far_as_read(key, person, snapshot)
        return found

    def as_far_as_read(self, key: Identity, person: Wanted, found: Snapshot) -> Finding:
        """``found`` of somebody who leaves, with what may be left; of others an error where something is missing."""
        failures = self.failures[key]
        if failures and person.state != "absent":
            return failures[0]
        sentences = dict.fromkeys(f"{key[1]} may keep roles or a token: {error}" for error in failures)
        return found._replace(undone=(*sentences,))

    def grants(self, holders: t.Mapping[Identity, Wanted]) -> Grants:
        """What each of ``holders`` has at the places that their entries are about."""
        members = self.holdings.members_of(holders.values())
        held: Grants = {}
        for key, person in holders.items():
            places = named_places(person)
            self.failures[key] += members.problems(places)
            held[key] = self.read_of(key, functools.partial(self.holdings.grants_of, key, members, places), ())
        return held

    def token_codes(self, people: People) -> dict[Identity, tuple[str, ...]]:
        """The codes of the tokens of those whose entries need them."""
        needing = {key: person for key, (person, account) in people.items() if needs_tokens(person, account)}
        listed = self.holdings.tokens_by_realm(needing.values())
        codes: dict[Identity, tuple[str, ...]] = dict.fromkeys(people, ())
        for key in needing:
            tokens = listed[key[0]]
            if isinstance(tokens, LifecycleError):
                self.failures[key].append(tokens)
            else:
                own: list[Token] = self.read_of(key, functools.partial(self.holdings.tokens_of, key, tokens), [])
                codes[key] = tuple(token.code for token in own)
        return codes

    def shared_names(self, people: People, held: Grants) -> dict[Identity, tuple[str, bool]]:
        """Whose grants may be somebody else's, too; where nobody can tell, those who leave keep theirs."""
        shared = apart(lambda: shared_names(self.holdings.reader, people, held))
        if not isinstance(shared, LifecycleError):
            return shared
        for key, (person, dummy) in people.items():
            if held.get(key) and person.state == "absent":
                self.failures[key].append(shared)
                held[key] = ()
        return {}

    def strangers(self, people: People) -> t.Mapping[Identity, t.Sequence[str]]:
        """Sentences about accounts of others that have these people's names."""
        found = apart(lambda: rivals(self.holdings.reader, people))
        if not isinstance(found, LifecycleError):
            return found
        for key in people:
            self.failures[key].append(found)
        return {}

    def read_of(self, key: Identity, read: t.Callable[[], Result], nothing: Result) -> Result:
        """What ``read`` tells of one person; ``nothing`` where that fails, which is noted."""
        found = apart(read)
        if isinstance(found, LifecycleError):
            self.failures[key].append(found)
            return nothing
        return found


def identity(person: Wanted) -> Identity:
    return person.switches["realm"], person.username


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
