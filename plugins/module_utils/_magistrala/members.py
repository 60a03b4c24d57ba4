# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What accounts hold in domains, and where nobody could look, out of one sweep through the domains."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, LifecycleError, Refused
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Memberships,
    Snapshot,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import DOMAINS


class NoDomains(InputError):
    """There is no domains service at the address of the users service."""


class Members(t.NamedTuple):
    """The memberships of accounts by id, and the domains into which the calling account may not look.

    ``missing`` says that there is no domains service at the address.
    """

    held: dict[str, tuple[Membership, ...]]
    hidden: tuple[str, ...]
    missing: str = ""

    @property
    def unseen(self) -> str:
        """Where nobody could look, as a sentence; empty where every domain was seen."""
        return self.missing or (hidden(self.hidden) if self.hidden else "")

    def of(self, account: Account | None) -> Memberships:
        """What one account holds."""
        return {DOMAINS: self.held.get(str(account.id), ()) if account is not None else ()}


class Sweep(t.Protocol):
    """Whatever reads the members of domains; each generation has its own."""

    def members(self, only: t.Container[str] | None = None) -> Members:
        """Who is a member where, as it is now; ``only`` of the domains with these ids, if that is enough."""


def hidden(domains: t.Sequence[str]) -> str:
    return (
        f"Magistrala does not tell the calling account who is in {enumeration(sorted(domains))}: only the administrators of "
        f"a domain may ask there."
    )


def with_domains(
    wanted: t.Sequence[Wanted], found: t.Sequence[Snapshot | LifecycleError], domains: Sweep
) -> list[Snapshot | LifecycleError]:
    """``found`` with the domains of those accounts for which they decide something, from one sweep.

    Where all domains are asked about and some are hidden, that is the error of that one account.
    """
    changes = [entry.memberships.get(DOMAINS) for entry in wanted]
    concerned = [change for change in changes if change is not None]
    if not concerned:
        return [*found]
    named = {
        m.reference.domain.id for change in concerned for m in (*change.add, *change.remove, *(change.exactly or ()))
    }
    try:
        members = domains.members(None if any(change.exactly is not None for change in concerned) else named)
    except NoDomains as error:
        members = Members({}, (), str(error))
    except LifecycleError as error:
        return [one if change is None else error for change, one in zip(changes, found, strict=True)]
    return [seated(entry, one, members) for entry, one in zip(wanted, found, strict=True)]


def seated(entry: Wanted, one: Snapshot | LifecycleError, members: Members) -> Snapshot | LifecycleError:
    """What was found of one account, with its domains; an error where it cannot be told what ``set`` has to take."""
    change = entry.memberships.get(DOMAINS)
    if change is None or isinstance(one, LifecycleError):
        return one
    if change.exactly is not None and members.unseen:
        if entry.switches["unseen_domains"] == "fail":
            return Refused(
                f"domains.set speaks of all domains. {members.unseen}",
                hint="Use add and remove, or set unseen_domains: note.",
            )
        one = with_unseen(one, members.unseen)
    return dataclasses.replace(one, memberships=members.of(one.account))


def with_unseen(one: Snapshot, unseen: str) -> Snapshot:
    if one.account is None:
        return one
    handle = dataclasses.replace(one.account.handle, unseen=unseen)
    return dataclasses.replace(one, account=dataclasses.replace(one.account, handle=handle))
