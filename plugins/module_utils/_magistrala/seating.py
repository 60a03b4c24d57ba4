# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives people roles in domains, and takes roles and invitations from them."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError, NotFound, Rejected
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Membership
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import Named, Seat
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import Service

PATH = "/domains"
INVITATIONS = "/invitations"


class Seating:
    """Writes to the domains service; ``older`` ones, of early 2025, keep all invitations in one place."""

    def __init__(self, service: Service, *, older: bool) -> None:
        self.service = service
        self.older = older

    def change(self, user_id: str, add: t.Sequence[Membership], remove: t.Sequence[Membership]) -> None:
        """Take roles, then give others: nobody has two in one domain. One that is there or gone already is fine.

        Whatever can be taken is taken, whichever of them fails; raises LifecycleError of the first one that did.
        """
        failure: LifecycleError | None = None
        for taken in remove:
            try:
                self._take(taken.reference, user_id)
            except LifecycleError as error:
                failure = failure or error
        if failure is not None:
            raise failure
        for given in add:
            self._give(given.reference.domain, given.reference.role.id, user_id)

    def _take(self, seat: Seat, user_id: str) -> None:
        """Take one role or invitation; where somebody follows, they are seated first."""
        if seat.invitation:
            self._withdraw(seat.domain, user_id)
            return
        if seat.successor is not None:
            if seat.successor.role_id:
                self._send(seat.domain, seat.successor.role_id, "/delete", seat.successor.id)
            self._give(seat.domain, seat.role.id, seat.successor.id)
        self._send(seat.domain, seat.role.id, "/delete", user_id)

    def _give(self, domain: Named, role_id: str, user_id: str) -> None:
        try:
            self._send(domain, role_id, "", user_id)
        except Rejected as error:
            if error.words != "failed to add policies":  # what both generations say to a member of that very role
                raise

    def _send(self, domain: Named, role_id: str, end: str, user_id: str) -> None:
        path = f"{PATH}/{segment(domain.id)}/roles/{segment(role_id)}/members{end}"
        self.service.domains.send("POST", path, json={"members": [user_id]}, ok=range(200, 300))

    def _withdraw(self, domain: Named, user_id: str) -> None:
        """Withdraw an invitation; one that was answered or withdrawn meanwhile is fine."""
        with contextlib.suppress(NotFound):
            if self.older:
                self.service.domains.send("DELETE", f"{INVITATIONS}/{segment(user_id)}/{segment(domain.id)}")
            else:
                path = f"{PATH}/{segment(domain.id)}{INVITATIONS}"
                self.service.domains.send("DELETE", path, json={"user_id": user_id})
