# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants, which Magistrala calls domains, and their members."""

from __future__ import annotations

import typing as t

from .access import CHANGE, MANAGE, READ, REMOVE, can, held, live_tenant, require
from .call import Call, operation, optional_uuid, page, uuid_of
from .directory import in_order, matcher
from .entities import check_storable, normal_alias
from .errors import Refused, not_found, taken
from .listing import searched
from .model import Entity, Page, Permission, Role, Tenant
from .state import TENANT_ACTIONS, State, new_id

UNKNOWN_SUBJECT = "assignment references a deleted, disabled, or unknown subject"
WRONG_TENANT = "role assignment tenantId must match role tenantId"


def check_free(state: State, name: str, alias: str | None, but: str = "") -> None:
    """Name and alias are unique among the tenants that live. Raises Refused."""
    for tenant in state.tenants.values():
        same = tenant.name == name or (alias is not None and tenant.alias == alias)
        if same and tenant.deleted_at is None and tenant.id != but:
            raise taken()


def add_tenant(state: State, tenant: Tenant, founder: Entity) -> Tenant:
    """Add a tenant with its administrator's role, which the founder gets."""
    state.tenants[tenant.id] = tenant
    role = Role(new_id(), "tenant-admin", tenant.created_at, tenant.id, "Default tenant administration role")
    permission = Permission([*TENANT_ACTIONS], "tenant", tenant.id)
    role.permission_blocks = [state.add_block(permission, tenant.created_at)]
    state.roles[role.id] = role
    tenant.members[founder.id] = tenant.created_at
    state.assign(role, "entity", founder.id, tenant.created_at)
    return tenant


@operation
def create_tenant(call: Call, input: dict[str, t.Any]) -> Tenant:
    require(call, ("create", "manage"), "tenant")
    alias = normal_alias(input.get("alias"))
    attributes = in_order(input.get("attributes"))
    check_storable(input["name"], attributes)
    check_free(call.state, input["name"], alias)
    tenant = Tenant(
        optional_uuid(input.get("id")) or new_id(),
        input["name"],
        call.state.stamp(),
        alias=alias,
        tags=input.get("tags") or [],
        attributes={} if attributes is None else attributes,
        created_by=call.caller.id,
        updated_by=call.caller.id,
    )
    if tenant.id in call.state.tenants:
        raise taken()
    return add_tenant(call.state, tenant, call.caller)


@operation
def update_tenant(call: Call, id: str, input: dict[str, t.Any]) -> Tenant:
    tenant = live_tenant(call, id, CHANGE)
    changes = {name: value for name, value in input.items() if value is not None}
    if "alias" in input:
        changes["alias"] = normal_alias(input["alias"])
    check_free(call.state, changes.get("name", tenant.name), changes.get("alias", tenant.alias), tenant.id)
    for name, value in changes.items():
        setattr(tenant, name, in_order(value))
    tenant.updated_by = call.caller.id
    tenant.updated_at = call.state.stamp()
    return tenant


def tenant_status(status: str) -> t.Callable[..., Tenant]:
    def change(call: Call, id: str) -> Tenant:
        tenant = live_tenant(call, id, CHANGE)
        tenant.status = status
        tenant.updated_at = call.state.stamp()
        return tenant

    return change


for verb, status in (("enable", "active"), ("disable", "inactive"), ("freeze", "frozen")):
    change = tenant_status(status)
    change.__name__ = f"{verb}_tenant"
    operation(change)


@operation
def delete_tenant(call: Call, id: str) -> bool:
    tenant = live_tenant(call, id, REMOVE)
    tenant.status = "deleted"
    tenant.deleted_at = tenant.updated_at = call.state.stamp()
    tenant.deleted_by = call.caller.id
    return True


@operation
def restore_tenant(call: Call, id: str) -> Tenant:
    require(call, MANAGE, "tenant")
    tenant = call.state.tenants.get(uuid_of(id))
    if tenant is None or tenant.deleted_at is None:
        raise Refused(f"no soft-deleted tenant {uuid_of(id)} to restore", 404)
    check_free(call.state, tenant.name, tenant.alias, tenant.id)
    tenant.status = "active"
    tenant.deleted_at = tenant.deleted_by = None
    tenant.updated_at = call.state.stamp()
    return tenant


@operation
def tenant(call: Call, id: str) -> Tenant:
    return live_tenant(call, id, READ)


@operation
def tenants(call: Call, **filters: t.Any) -> Page:
    """Administrators see all; others those where they are members or have a role."""
    which = filters.get("deleted") or "live"
    if which != "live":
        require(call, MANAGE, "tenant")
    rows = list(reversed(call.state.tenants.values()))
    if which != "all":
        rows = [row for row in rows if (row.deleted_at is not None) == (which == "deleted")]
    if not can(call, READ, "tenant"):
        own = {assignment.tenant_id for assignment, dummy in held(call, call.caller)}
        rows = [row for row in rows if row.id in own or call.caller.id in row.members]
    for name in ("name", "alias", "status"):
        if filters.get(name) is not None:
            rows = [row for row in rows if getattr(row, name) == filters[name]]
    pattern = (filters.get("q") or "").strip()
    if pattern:
        fits = matcher(pattern)
        rows = [row for row in rows if fits(row.name) or (row.alias and fits(row.alias))]
    return page(rows, filters.get("limit"), filters.get("offset"))


@operation
def tenant_members(
    call: Call, tenant_id: str, q: str | None = None, limit: int | None = None, offset: int | None = None
) -> Page:
    members = live_tenant(call, tenant_id, READ).members
    rows = [row for row in newest_people(call.state, q) if row.id in members]
    return page(rows, limit, offset)


@operation
def tenant_assignable_entities(
    call: Call, tenant_id: str, q: str, limit: int | None = None, offset: int | None = None
) -> Page:
    """Everybody on the platform by part of their name or attributes, for administrators of a tenant."""
    live_tenant(call, tenant_id, MANAGE)
    if len(q.strip()) < 3:
        raise Refused("q must contain at least 3 characters")
    rows = [row for row in newest_people(call.state, q) if row.status == "active" and row.kind == "human"]
    return page(rows, limit, offset)


def newest_people(state: State, q: str | None) -> list[Entity]:
    """The living whom a search finds, the newest first."""
    pattern = (q or "").strip()
    test = searched(pattern) if pattern else lambda entity: True
    rows = reversed(state.directory.entities.values())
    return [entity for entity in rows if entity.deleted_at is None and test(entity)]


def active_subject(state: State, entity_id: str) -> Entity:
    entity = state.directory.active(uuid_of(entity_id))
    if entity is None:
        raise Refused(UNKNOWN_SUBJECT)
    return entity


@operation
def add_tenant_member(call: Call, tenant_id: str, entity_id: str, role_id: str | None = None) -> bool:
    """Once or more often, with the same role or another: nothing is there twice."""
    tenant = live_tenant(call, tenant_id, MANAGE)
    role = None
    if role_id is not None:
        role = call.state.roles.get(uuid_of(role_id))
        if role is None or role.deleted_at is not None:
            raise not_found(f"role {uuid_of(role_id)}")
        if role.tenant_id != tenant.id:
            raise Refused(WRONG_TENANT)
    join(call.state, tenant, active_subject(call.state, entity_id), role)
    return True


def join(state: State, tenant: Tenant, entity: Entity, role: Role | None) -> None:
    tenant.members.setdefault(entity.id, state.stamp())
    has = any(a.role is role and a.subject_id == entity.id for a in state.assignments.values())
    if role is not None and not has:
        state.assign(role, "entity", entity.id, state.stamp())


@operation
def remove_tenant_member(call: Call, tenant_id: str, entity_id: str) -> bool:
    """The roles of the tenant that were assigned directly, and its groups, go too."""
    tenant = live_tenant(call, tenant_id, MANAGE)
    wanted = uuid_of(entity_id)
    if wanted not in tenant.members or call.state.directory.live(wanted) is None:
        raise not_found("tenant member")
    del tenant.members[wanted]
    state = call.state
    state.assignments = {
        key: a for key, a in state.assignments.items() if a.subject_id != wanted or a.tenant_id != tenant.id
    }
    for group in state.groups.values():
        if group.tenant_id == tenant.id:
            group.members.pop(wanted, None)
    return True
