# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people who leave are taken out of, and who follows the last administrator of a domain."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import apart
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Membership
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.members import Members
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import DOMAINS, Seat, Successor

AccountNamed = t.Callable[[str], "Account | None"]


class Departure:
    """The accounts with the ids ``leaving`` go together; ``account_named`` finds successors."""

    def __init__(self, leaving: t.Collection[str], members: Members, account_named: AccountNamed) -> None:
        self.leaving = frozenset(leaving)
        self.members = members
        self.account_named = account_named

    def seats(self, account: Account, successors: t.Mapping[str, str]) -> tuple[Membership, ...]:
        """What one of them holds, each with whether it can be taken, and who follows."""
        held = self.members.of(account)[DOMAINS]
        return tuple(
            dataclasses.replace(one, reference=self.judged(one.reference, account, successors)) for one in held
        )

    def judged(self, seat: Seat, account: Account, successors: t.Mapping[str, str]) -> Seat:
        """Of the administrators of a domain who all leave, one stays until somebody follows."""
        if not seat.administrators or not seat.administrators <= self.leaving:
            return seat
        if str(account.id) != min(seat.administrators):
            return seat
        name = successors.get(seat.domain.name) or successors.get(seat.domain.id)
        if not name:
            return seat._replace(stays=orphaned(account, seat, "Nobody is named to follow."))
        follower = apart(lambda: self.account_named(name))
        if isinstance(follower, LifecycleError):
            return seat._replace(
                stays=orphaned(account, seat, f"{name}, who is named to follow, cannot be looked up: {follower}")
            )
        if follower is None or follower.deleted or follower.enabled is False:
            return seat._replace(stays=orphaned(account, seat, f"{name}, who is named to follow, cannot sign in."))
        if follower.id in self.leaving:
            return seat._replace(stays=orphaned(account, seat, f"{name}, who is named to follow, leaves, too."))
        theirs = (one.reference for one in self.members.of(follower)[DOMAINS] if not one.reference.invitation)
        role = next((each.role.id for each in theirs if each.domain == seat.domain), None)
        return seat._replace(successor=Successor(str(follower.id), follower.username, role))


def orphaned(account: Account, seat: Seat, why: str) -> str:
    return (
        f"{account.username} stays the administrator of the domain {seat.domain.name}, which has no other. {why} Name "
        "an account for this domain in domain_successors (of the role offboard: offboard_successors), or give "
        f"somebody else the role {seat.role.name} there, and run again."
    )
