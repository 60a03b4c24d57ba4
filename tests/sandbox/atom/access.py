# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may do what: rights come from roles, assigned to a person or to a group of theirs, at once and for good."""

from __future__ import annotations

import typing as t

from .call import Call, uuid_of
from .errors import forbidden
from .model import Entity, Permission, RoleAssignment, Tenant

CHANGE = ("manage", "write")
REMOVE = ("manage", "delete")
MANAGE = ("manage",)
READ = ("read",)


def held(call: Call, entity: Entity) -> t.Iterator[tuple[RoleAssignment, str]]:
    """The role assignments of somebody, each with how it comes to them: ``direct`` or ``group:NAME``."""
    for assignment in call.state.assignments.values():
        if assignment.subject_kind == "group":
            group = call.state.groups[assignment.subject_id]
            if entity.id in group.members and group.deleted_at is None and group.status == "active":
                yield assignment, f"group:{group.name}"
        elif assignment.subject_id == entity.id:
            yield assignment, "direct"


def covers(permission: Permission, actions: t.Sequence[str], kind: str, tenant_id: str | None, object_id: str) -> bool:
    if not set(actions) & set(permission.actions):
        return False
    if permission.scope_mode == "platform":
        return True
    if permission.scope_mode == "object_kind":
        return permission.object_kind == kind and permission.tenant_id in (None, tenant_id)
    if permission.scope_mode == "tenant":
        return tenant_id is not None and permission.tenant_id == tenant_id
    return permission.scope_mode == "object" and permission.object_id == object_id


def can(call: Call, actions: t.Sequence[str], kind: str, tenant_id: str | None = None, object_id: str = "") -> bool:
    """Whether the caller may do one of ``actions`` to an object, by a role and, if scoped, by their token."""
    asked = (actions, kind, tenant_id, object_id)
    if call.token and call.token.scoped and not any(covers(p, *asked) for p in call.token.permissions):
        return False
    return any(
        covers(block.permission, *asked)
        for assignment, dummy in held(call, call.caller)
        for block in assignment.role.permission_blocks
        if block.effect == "allow"
    )


def require(call: Call, actions: t.Sequence[str], kind: str, tenant_id: str | None = None, object_id: str = "") -> None:
    """Raises Refused where the caller may not."""
    if not can(call, actions, kind, tenant_id, object_id):
        raise forbidden()


def require_for(call: Call, entity: Entity, actions: t.Sequence[str]) -> None:
    """The caller acts on an entity. Raises Refused."""
    require(call, actions, "entity", entity.tenant_id, entity.id)


def require_own_or(call: Call, entity: Entity, actions: t.Sequence[str]) -> None:
    """As ``require_for``, but everybody may do it to themselves, whatever their token allows."""
    if call.caller.id != entity.id:
        require_for(call, entity, actions)


def live_tenant(call: Call, tenant_id: str, actions: t.Sequence[str]) -> Tenant:
    """A tenant in which the caller may do something. An unknown one is forbidden, too."""
    tenant = call.state.tenants.get(uuid_of(tenant_id))
    if tenant is None or tenant.deleted_at is not None or not can(call, actions, "tenant", tenant.id):
        raise forbidden()
    return tenant


def require_in(call: Call, tenant_id: str | None, actions: t.Sequence[str], kind: str) -> None:
    """The caller acts on things of a tenant, or of the platform where it is None. Raises Refused."""
    if tenant_id is not None and tenant_id not in call.state.tenants:
        raise forbidden()
    require(call, actions, kind, tenant_id)
