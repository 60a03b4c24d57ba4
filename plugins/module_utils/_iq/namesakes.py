# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose grants are, where accounts of several realms have one user name: the server keeps grants by name alone."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iq.read import Identity, Reader
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import ACCOUNT_REALMS

LEFT = (
    "The roles of {name} were left: {other} in the realm {realm} ({whose}) has the name too, and IQ Server keeps roles "
    "by name alone. Take those by hand that were this person's only."
)
TAKEN = "{other} in the realm {realm} ({whose}) loses its roles with {name}: IQ Server keeps them by name alone."

RIVAL = (
    "{other} in the realm {realm} ({whose}) has the name, and IQ Server keeps roles by name alone: what this person "
    "gets, that account gets. {hint}"
)
COMPARE = "Give email, so that it can be told whether both are the same person's."
RENAME = "Give the user name that this person really signs in with; if both are theirs, let both have the same address."


def rivals(reader: Reader, people: t.Mapping[Identity, tuple[Wanted, Account | None]]) -> dict[Identity, list[str]]:
    """For each person of another realm than Internal who gets or loses roles, sentences about accounts of others that
    have their name in any realm, and so would, too.

    An account with the person's address is the person's. Raises LifecycleError where a realm cannot be read.
    """
    realms = {realm: _called(reader, realm, {name for own, name in people if own != realm}) for realm in ACCOUNT_REALMS}
    return {
        key: rivals_of(
            person, own, [account for realm, accounts in realms.items() if realm != key[0] for account in accounts]
        )
        for key, (person, own) in people.items()
    }


def rivals_of(person: Wanted, own: Account | None, others: t.Sequence[Account]) -> list[str]:
    """Sentences about those accounts that have the name of ``person`` and are not theirs;
    ``own`` is in the realm that is meant.
    """
    address = str(person.values.get("email") or (own.values["email"] if own else ""))
    named = [other for other in others if other.username.casefold() == person.username.casefold()]
    strangers = [account for account in named if not has_address(account, address)]
    if own is not None and own.values["email"] and not has_address(own, address):
        strangers.insert(0, own)
    return [RIVAL.format(hint=RENAME if address else COMPARE, **described(stranger)) for stranger in strangers]


def _called(reader: Reader, realm: str, names: t.Collection[str]) -> t.Sequence[Account]:
    return (reader.if_there(realm, lambda there: reader.called(there, names)) or ()) if names else ()


def has_address(account: Account, address: str) -> bool:
    return bool(address) and str(account.values["email"]).casefold() == address.casefold()


def shared_names(
    reader: Reader,
    people: t.Mapping[Identity, tuple[Wanted, Account | None]],
    held: t.Mapping[Identity, t.Sequence[Membership]],
) -> dict[Identity, tuple[str, bool]]:
    """For leavers whose grants an account that stays has too, by its name: a sentence, and whether they are left.

    Grants of one person in two realms are theirs; those that may be somebody else's are left, unless forced.
    """
    losing = {
        key: {key[1], *(grant.reference.spelling or key[1] for grant in held[key])}
        for key, (person, dummy) in people.items()
        if person.state == "absent" and held.get(key) and not person.switches["force"]
    }
    leaving = {key for key, (person, account) in people.items() if person.state == "absent" and account is not None}
    names = {name for spelled in losing.values() for name in spelled}
    realms = {realm: reader.named_in(realm, names) for realm in (ACCOUNT_REALMS if losing else ())}
    shared = {}
    for key in losing:
        others = [
            other
            for realm, accounts in realms.items()
            for other in accounts
            if realm != key[0]
            and other.username.casefold() == key[1].casefold()
            and (realm, other.username) not in leaving
        ]
        own = people[key][1]
        strangers = [other for other in others if own is None or not same_person(own, other)]
        if strangers:
            shared[key] = (LEFT.format(name=key[1], **described(strangers[0])), True)
        elif others:
            shared[key] = (TAKEN.format(name=key[1], **described(others[0])), False)
    return shared


def same_person(one: Account, other: Account) -> bool:
    """Whether two accounts of one name have the same address."""
    return has_address(other, str(one.values["email"]))


def described(account: Account) -> Values:
    return {
        "other": account.username,
        "realm": account.handle,
        "whose": account.values["email"] or "an account without address",
    }
