# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a restored account brings back with it:
roles, groups and tenants, which are taken before anybody can sign in.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.graphql import Call
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.read import (
    ADMIN_ROLE,
    PAGE,
    rows_of,
    total_of,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.service import (
    CALLS_AT_ONCE,
    AtomService,
)

EVERYBODY = "00000000-0000-0000-0000-000000000005"  # the group that each account joins by itself


class Access(t.NamedTuple):
    """What an account has: assignments of roles, groups and tenants, by their ids."""

    assignments: list[str]
    groups: list[str]
    tenants: list[str]
    administers: bool

    def withdrawals(self, entity_id: str) -> list[Call]:
        """What takes all of it."""
        entity = {"entityId": entity_id}
        return [
            *(Call("deleteRoleAssignment", {"id": each}) for each in self.assignments),
            *(Call("removeGroupMember", {"groupId": each, **entity}) for each in self.groups),
            *(Call("removeTenantMember", {"tenantId": each, **entity}) for each in self.tenants),
        ]


def access_of(service: AtomService, entity_id: str, username: str) -> Access:
    """Every role, group and tenant of an account."""
    own = {"subjectKind": "entity", "subjectId": entity_id, "limit": PAGE, "offset": 0}
    roles, groups = service.query(
        Call("roleAssignments", own, "{ total items { id tenantId role { id } } }"),
        Call("entityGroups", {"entityId": entity_id}),
    )
    assignments = rows_of(roles)
    return Access(
        [each["id"] for each in assignments if each.get("tenantId") is None],  # those of tenants go with the membership
        [group for group in groups if group != EVERYBODY],
        tenants_of(service, entity_id, username),
        any(each["role"]["id"] == ADMIN_ROLE for each in assignments),
    )


def tenants_of(service: AtomService, entity_id: str, username: str) -> list[str]:
    """The ids of the tenants that somebody is a member of; no query asks for that, so each is asked for its members."""
    tenants = every(service, "tenants", {}, "{ total items { id } }")
    member = []
    for at in range(0, len(tenants), CALLS_AT_ONCE):
        asked = [each["id"] for each in tenants[at : at + CALLS_AT_ONCE]]
        arguments = {"q": username.replace("\\", "_"), "limit": PAGE, "offset": 0}
        pages = service.query(
            *(Call("tenantMembers", {"tenantId": each, **arguments}, "{ total items { id } }") for each in asked)
        )
        member += [
            tenant
            for tenant, page in zip(asked, pages, strict=True)
            if any(row["id"] == entity_id for row in rows_of(page))
        ]
    return member


def every(service: AtomService, field: str, arguments: dict[str, t.Any], selection: str) -> list[dict[str, t.Any]]:
    """All rows of a list, page by page."""
    rows: list[dict[str, t.Any]] = []
    while True:
        (page,) = service.query(Call(field, {**arguments, "limit": PAGE, "offset": len(rows)}, selection))
        rows += rows_of(page)
        if len(rows) >= total_of(page) or not rows_of(page):
            return rows
