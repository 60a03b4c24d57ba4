# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What accounts hold in domains, and where nobody could look, out of one sweep through the domains."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Membership, Memberships
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import DOMAINS


class NoDomains(InputError):
    """There is no domains service at the address of the users service."""


class NoInvitations(InputError):
    """The service of invitations, which early servers have beside that of domains, is not at its address."""


class Members(t.NamedTuple):
    """The memberships of accounts by id, or address where that was invited,
    and the domains into which the calling account may not look.

    ``missing`` says that there is no domains service at the address, ``unread`` why nobody looked for invitations.
    ``failed`` are domains, by id, of which the service did not tell, and why.
    """

    held: dict[str, tuple[Membership, ...]]
    hidden: tuple[str, ...]
    missing: str = ""
    unread: str = ""
    failed: t.Mapping[str, LifecycleError] = {}

    @property
    def unseen(self) -> str:
        """Where nobody could look, in sentences; empty where every domain was seen."""
        return " ".join([*self._closed_to_us(), *map(str, self.failed.values())])

    def _closed_to_us(self) -> list[str]:
        return [self.missing or hidden(self.hidden)] if self.missing or self.hidden else []

    def untold(self, *, leaves: bool) -> list[str]:
        """What could not be looked at of all domains, as sentences.

        For somebody who ``leaves`` that is invitations, too, but not what failed, which is left undone.
        """
        if not leaves:
            return [self.unseen] if self.unseen else []
        return [*self._closed_to_us(), *([self.unread] if self.unread else [])]

    def failures(self, domains: t.Container[str] | None) -> list[LifecycleError]:
        """Why nobody can tell of the ``domains`` with these ids, or of some domain at all."""
        return [error for domain, error in self.failed.items() if domains is None or domain in domains]

    def of(self, account: Account | None) -> Memberships:
        """What one account holds, and what was offered to its address."""
        return {DOMAINS: tuple(seat for name in names_of(account) for seat in self.held.get(name, ()))}


def names_of(account: Account | None) -> list[str]:
    """By what somebody can be meant: the id of the account, and its address."""
    return [str(account.id), *filter(None, [str(account.values.get("email") or "").casefold()])] if account else []


class Sweep(t.Protocol):
    """Whatever reads the members of domains; each generation has its own."""

    def members(self, only: t.Container[str] | None = None, *, invitations: bool = False) -> Members:
        """Who is a member where, as it is now; ``only`` of the domains with these ids, if that is enough.

        With ``invitations`` those that may still be accepted are among the memberships.
        """


def hidden(domains: t.Sequence[str]) -> str:
    return (
        f"Magistrala does not tell the calling account who is in {enumeration(sorted(domains))}: only the "
        "administrators of a domain may ask there."
    )
