# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles of the platform and groups of principals: what somebody who leaves holds of them, and how it is taken."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import ApiError, NotFound
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Membership, Memberships
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.graphql import Call
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.read import (
    ADMIN_ROLE,
    PAGE,
    Rows,
    id_in,
    listed,
    rows_of,
    total_of,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.restore import EVERYBODY, every
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.service import (
    CALLS_AT_ONCE,
    AtomService,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.traits import GROUPS, ROLES
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import Named, Seat

PLATFORM = Named("", "the platform")
LISTS_OF_ONE = 2  # the roles of somebody, and their groups
ASSIGNMENTS = "{ total items { id tenantId role { id name } } }"


class Platform:
    """What accounts hold beside the role of administrators, which the option ``role`` is about, and the tenants."""

    def __init__(self, service: AtomService) -> None:
        self.service = service

    def held(self, entity_ids: t.Sequence[str]) -> dict[str, Memberships]:
        """The roles and groups of living accounts, by the id of the account."""
        roles: dict[str, Rows] = {}
        groups: dict[str, list[str]] = {}
        at_once = CALLS_AT_ONCE // LISTS_OF_ONE
        for at in range(0, len(entity_ids), at_once):
            asked = entity_ids[at : at + at_once]
            answers = self.service.query(*(call for each in asked for call in (assignments_of(each), groups_of(each))))
            for place, entity_id in enumerate(asked):
                page, joined = answers[LISTS_OF_ONE * place :][:LISTS_OF_ONE]
                roles[entity_id] = self.roles_in(page, entity_id)
                groups[entity_id] = [group for group in listed(joined) if group != EVERYBODY]
        names = self.names() if any(groups.values()) else {}
        return {
            entity_id: {
                ROLES: tuple(dict.fromkeys(role(row) for row in roles[entity_id])),
                GROUPS: tuple(seat(GROUPS, group, names.get(group, group)) for group in groups[entity_id]),
            }
            for entity_id in entity_ids
        }

    def roles_in(self, page: t.Any, entity_id: str) -> Rows:
        """The assignments of roles of the platform, given the first page of all that somebody has."""
        rows = rows_of(page)
        while len(rows) < total_of(page):
            (more,) = self.service.query(assignments_of(entity_id, len(rows)))
            if not rows_of(more):
                break
            rows += rows_of(more)
        return [row for row in rows if row.get("tenantId") is None and id_in(row.get("role"), "id") != ADMIN_ROLE]

    def names(self) -> dict[str, str]:
        """The names of all groups by id."""
        rows = every(self.service, "principalGroups", {}, "{ total items { id name } }")
        return {row["id"]: str(row.get("name") or row["id"]) for row in rows}

    def take(self, account: Account, remove: t.Sequence[Membership]) -> None:
        """Take roles, by the assignments of this moment, and groups; what is gone already is fine.

        Whatever can be taken is taken; raises the ApiError of the first that cannot, with its name.
        """
        entity_id, failure = str(account.id), None
        (page,) = (
            self.service.query(assignments_of(entity_id)) if any(each.kind == ROLES for each in remove) else (None,)
        )
        assigned = self.roles_in(page, entity_id) if page is not None else []
        for membership in remove:
            for call in withdrawals(membership, entity_id, assigned):
                try:
                    with contextlib.suppress(NotFound):
                        self.service.mutate(call)
                except ApiError as error:
                    what = "role of the platform" if membership.kind == ROLES else "group"
                    told = f"{account.username} keeps the {what} {membership.shown}: {error}"
                    failure = failure or error.retold(type(error), told)
        if failure is not None:
            raise failure


def assignments_of(entity_id: str, offset: int = 0) -> Call:
    own = {"subjectKind": "entity", "subjectId": entity_id, "limit": PAGE, "offset": offset}
    return Call("roleAssignments", own, ASSIGNMENTS)


def groups_of(entity_id: str) -> Call:
    return Call("entityGroups", {"entityId": entity_id})


def role(row: dict[str, t.Any]) -> Membership:
    """The role that an assignment gives."""
    role_id = id_in(row.get("role"), "id")
    return seat(ROLES, role_id, str(row["role"].get("name") or role_id))


def seat(kind: str, own_id: str, name: str) -> Membership:
    return Membership(kind, (own_id,), name, Seat(PLATFORM, Named(own_id, name)))


def withdrawals(membership: Membership, entity_id: str, assigned: Rows) -> list[Call]:
    """What takes one role, however often it was assigned, or one group."""
    (own,) = membership.key
    if membership.kind == GROUPS:
        return [Call("removeGroupMember", {"groupId": own, "entityId": entity_id})]
    return [Call("deleteRoleAssignment", {"id": row["id"]}) for row in assigned if id_in(row.get("role"), "id") == own]
