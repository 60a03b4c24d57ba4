# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants, which are the domains of Atom: who is a member with which role, read in one sweep, given and taken."""

from __future__ import annotations

import contextlib
import threading
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import NotFound, PermissionDenied
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Membership
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.graphql import Call
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.read import (
    PAGE,
    Rows,
    id_in,
    malformed,
    rows_of,
    total_of,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.restore import every
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.service import (
    CALLS_AT_ONCE,
    AtomService,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.members import Members, names_of
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import Unexpected
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import (
    ADMINISTRATOR,
    Named,
    invitation,
    membership,
    named,
    the_one,
)

NAMES = "{ total items { id name } }"
MEMBERS = "{ total items { id } }"
INVITATIONS = "{ total items { id inviteeUserId inviteeEmail roleId roleName acceptedAt rejectedAt revokedAt } }"
HOLDERS = "{ total items { id subjectKind subjectId role { id name } } }"
TENANT_ADMINISTRATOR = "tenant-admin"  # the role that every tenant is founded with
NO_ROLE = Named("", "")  # of a member without a role of the tenant


class Tenants:
    """The tenants that the calling account sees: for an administrator of the platform all, for others the own."""

    def __init__(self, service: AtomService) -> None:
        self.service = service
        self._all: list[Named] | None = None
        self._roles: dict[str, list[Named]] = {}
        self._reading = threading.Lock()

    def all(self) -> list[Named]:
        """Every tenant that is not deleted, read once."""
        with self._reading:
            if self._all is None:
                self._all = self.names("tenants", {})
            return self._all

    def resolve(self, asked: t.Mapping[str, t.Any]) -> Membership:
        """The membership that ``asked``, a ``domain`` and a ``role`` by name or id, means; raises InputError.

        ``admin``, the administrator of a domain in other generations, is that of the tenant where no role has that
        name.
        """
        tenant = the_one(asked["domain"], self.all(), "domain")
        if tenant.id not in self._roles:
            self._roles[tenant.id] = self.names("roles", {"tenantId": tenant.id})
        roles = self._roles[tenant.id]
        founded = asked["role"] == ADMINISTRATOR and all(role.name != ADMINISTRATOR for role in roles)
        role = the_one(TENANT_ADMINISTRATOR if founded else asked["role"], roles, "role")
        return membership(tenant, role, tenant.name)

    def names(self, field: str, arguments: dict[str, t.Any]) -> list[Named]:
        try:
            return [named(row) for row in every(self.service, field, arguments, NAMES)]
        except Unexpected as error:
            raise malformed(str(error)) from None

    def members(self, only: t.Container[str] | None = None, *, invitations: bool = False) -> Members:
        """Who is a member where, as it is now; ``only`` of the tenants with these ids, if that is enough.

        With ``invitations`` those that may still be accepted are among the memberships, by account or by address.
        """
        tenants = [tenant for tenant in self.all() if only is None or tenant.id in only]
        held: dict[str, list[Membership]] = {}
        hidden = []
        kinds = (*LISTS, invitations_to) if invitations else LISTS
        at_once = CALLS_AT_ONCE // len(kinds)
        for at in range(0, len(tenants), at_once):
            for tenant, lists in self.lists_of(tenants[at : at + at_once], kinds):
                if lists is None:
                    hidden.append(tenant.name)
                    continue
                for member, role in seats_in(*lists[: len(LISTS)]):
                    held.setdefault(member, []).append(membership(tenant, role, tenant.name))
                for row in (row for offered in lists[len(LISTS) :] for row in offered if is_pending(row)):
                    role = Named(row.get("roleId") or "", row.get("roleName") or "")
                    held.setdefault(invitee(row), []).append(invitation(tenant, role, tenant.name))
        return Members({member: tuple(seats) for member, seats in held.items()}, tuple(hidden))

    def lists_of(
        self, tenants: t.Sequence[Named], kinds: t.Sequence[t.Callable[[str], Call]]
    ) -> list[tuple[Named, list[Rows] | None]]:
        """The lists of these ``kinds`` of each tenant; None where the calling account may not look."""
        calls = [kind(tenant.id) for tenant in tenants for kind in kinds]
        try:
            lists = self.whole(calls)
        except PermissionDenied:
            if len(tenants) == 1:
                return [(tenants[0], None)]
            return [one for tenant in tenants for one in self.lists_of([tenant], kinds)]
        return [(tenant, lists[len(kinds) * at :][: len(kinds)]) for at, tenant in enumerate(tenants)]

    def whole(self, calls: t.Sequence[Call]) -> list[Rows]:
        """The rows of several lists: the first pages of all in one request, the others as many at once as may be."""
        pages = self.service.query(*calls)
        lists = [rows_of(page) for page in pages]
        rest = [
            (at, call._replace(arguments={**call.arguments, "offset": offset}))
            for at, (call, page) in enumerate(zip(calls, pages, strict=True))
            for offset in range(PAGE, total_of(page), PAGE)
        ]
        for start in range(0, len(rest), CALLS_AT_ONCE):
            part = rest[start : start + CALLS_AT_ONCE]
            for (at, dummy), page in zip(part, self.service.query(*(call for dummy, call in part)), strict=True):
                lists[at] += rows_of(page)
        return lists

    def change(self, account: Account, add: t.Sequence[Membership], remove: t.Sequence[Membership]) -> None:
        """Give roles, then take others; who has no role in a tenant any more is taken out of it.

        A disabled account, which can be given nothing, is enabled for that moment.
        """
        entity = {"id": str(account.id)}
        given = [
            Call("addTenantMember", {"tenantId": tenant, "entityId": entity["id"], "roleId": role})
            for tenant, role in (seat.key for seat in add)
        ]
        if given and account.enabled is False:
            given = [Call("enableEntity", entity, "{ id }"), *given, Call("disableEntity", entity, "{ id }")]
        seats = [seat for seat in remove if not seat.reference.invitation]
        taken = [
            *self.revocations(account, [seat.key[0] for seat in remove if seat.reference.invitation]),
            *self.withdrawals(entity["id"], {seat.key[0] for seat in add}, seats),
        ]
        self.service.mutate(*given)
        for call in taken:
            with contextlib.suppress(NotFound):  # somebody else was faster
                self.service.mutate(call)

    def revocations(self, account: Account, tenants: t.Sequence[str]) -> list[Call]:
        """What takes back the invitations of somebody to ``tenants`` that are open at this moment."""
        lists = self.whole([invitations_to(tenant) for tenant in tenants]) if tenants else []
        return [
            Call("revokeTenantInvitation", {"tenantId": tenant, "invitationId": row["id"]})
            for tenant, rows in zip(tenants, lists, strict=True)
            for row in rows
            if is_pending(row) and invitee(row) in names_of(account)
        ]

    def withdrawals(self, entity_id: str, stays: t.Container[str], remove: t.Sequence[Membership]) -> list[Call]:
        """What takes ``remove``, by what is there at this moment;
        out of the tenants that ``stays`` names nobody is taken.
        """
        taken: dict[str, set[str]] = {}
        for seat in remove:
            taken.setdefault(seat.key[0], set()).add(seat.key[1])
        if not taken:
            return []
        lists = self.whole([holders_in(tenant, entity_id) for tenant in taken])
        calls = []
        for (tenant, roles), rows in zip(taken.items(), lists, strict=True):
            gone = [row for row in rows if role_in(row) in roles]
            calls += [Call("deleteRoleAssignment", {"id": row["id"]}) for row in gone]
            if len(gone) == len(rows) and tenant not in stays:
                calls.append(Call("removeTenantMember", {"tenantId": tenant, "entityId": entity_id}))
        return calls


def members_of(tenant_id: str) -> Call:
    return Call("tenantMembers", {"tenantId": tenant_id, "limit": PAGE, "offset": 0}, MEMBERS)


def holders_in(tenant_id: str, entity_id: str | None = None) -> Call:
    """Who has which role in a tenant; of one account alone."""
    of = {"subjectKind": "entity", "subjectId": entity_id} if entity_id else {}
    return Call("roleAssignments", {"tenantId": tenant_id, **of, "limit": PAGE, "offset": 0}, HOLDERS)


def invitations_to(tenant_id: str) -> Call:
    return Call("tenantInvitations", {"tenantId": tenant_id, "limit": PAGE, "offset": 0}, INVITATIONS)


def is_pending(offer: dict[str, t.Any]) -> bool:
    return not any(offer.get(name) for name in ("acceptedAt", "rejectedAt", "revokedAt"))


def invitee(offer: dict[str, t.Any]) -> str:
    """The id of the account, or the address that was invited."""
    return str(offer.get("inviteeUserId") or offer.get("inviteeEmail") or "").casefold()


def seats_in(members: Rows, assignments: Rows) -> list[tuple[str, Named]]:
    """Each member with each role of theirs once, or with none; raises BadAnswer."""
    roles = [
        (id_in(row, "subjectId"), Named(role_in(row), str(row["role"].get("name"))))
        for row in assignments
        if row.get("subjectKind") == "entity"
    ]
    holders = {holder for holder, dummy in roles}
    return [*dict.fromkeys(roles), *((row["id"], NO_ROLE) for row in members if row["id"] not in holders)]


def role_in(row: t.Any) -> str:
    """The id of the role that an assignment gives; raises BadAnswer."""
    return id_in(row.get("role"), "id")


LISTS = (members_of, holders_in)
