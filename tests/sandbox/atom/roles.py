# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles, what they allow, and who has them."""

from __future__ import annotations

import typing as t

from .access import READ, held, live_tenant, require, require_in
from .call import Call, operation, optional_uuid, page, uuid_of
from .directory import matcher
from .errors import Refused, not_found, taken
from .model import Action, Block, Page, Permission, Role, RoleAssignment
from .state import new_id
from .tenants import UNKNOWN_SUBJECT, WRONG_TENANT, active_subject

ROLES = ("role.manage",)
POLICIES = ("policy.manage",)


class TenantRole(t.NamedTuple):
    """A role that somebody has in a tenant, and how it comes to them."""

    role_id: str
    role_name: str
    actions: list[str]
    assignment_paths: list[str]


def live_role(call: Call, role_id: str) -> Role:
    wanted = uuid_of(role_id)
    role = call.state.roles.get(wanted)
    if role is None or role.deleted_at is not None:
        raise not_found(f"role {wanted}")
    return role


@operation
def roles(call: Call, **filters: t.Any) -> Page:
    """Sorted by name; in what order equal names come is left to the database."""
    tenant_id = optional_uuid(filters.get("tenant_id"))
    require_in(call, tenant_id, ROLES, "role")
    which = filters.get("deleted") or "live"
    rows = [
        role
        for role in call.state.roles.values()
        if tenant_id in (None, role.tenant_id)
        and (which == "all" or (role.deleted_at is not None) == (which == "deleted"))
        and filters.get("derived_kind") in (None, role.derived_kind)
    ]
    pattern = (filters.get("q") or "").strip()
    if pattern:
        fits = matcher(pattern)
        rows = [role for role in rows if fits(role.name)]
    return page(sorted(rows, key=lambda role: role.name), filters.get("limit"), filters.get("offset"))


@operation
def role(call: Call, id: str) -> Role:
    found = live_role(call, id)
    require(call, (*ROLES, *READ), "role", found.tenant_id)
    return found


@operation
def create_role(call: Call, input: dict[str, t.Any]) -> Role:
    tenant_id = optional_uuid(input.get("tenant_id"))
    require_in(call, tenant_id, ROLES, "role")
    same = (input["name"], tenant_id)
    if any((r.name, r.tenant_id) == same and r.deleted_at is None for r in call.state.roles.values()):
        raise taken()
    new = Role(new_id(), input["name"], call.state.stamp(), tenant_id, input.get("description"))
    call.state.roles[new.id] = new
    return new


@operation
def create_permission_block(call: Call, input: dict[str, t.Any]) -> Block:
    tenant_id = optional_uuid(input.get("tenant_id"))
    require_in(call, tenant_id, ROLES, "role")
    by_id = {action.id: action.name for action in call.state.actions.values()}
    unknown = [action for action in input["action_ids"] if uuid_of(action) not in by_id]
    if unknown:
        raise not_found(f"action {unknown[0]}")
    permission = Permission(
        [by_id[uuid_of(action)] for action in input["action_ids"]],
        input["scope_mode"],
        tenant_id,
        input.get("object_kind"),
        input.get("object_type"),
        optional_uuid(input.get("object_id")),
        input.get("conditions") or {},
    )
    return call.state.add_block(permission, call.state.stamp(), input.get("effect") or "allow")


@operation
def replace_role_permission_blocks(call: Call, role_id: str, permission_block_ids: list[str]) -> bool:
    found = live_role(call, role_id)
    require(call, ROLES, "role", found.tenant_id)
    blocks = [call.state.blocks.get(uuid_of(block_id)) for block_id in permission_block_ids]
    if None in blocks:
        raise not_found(f"permission block {permission_block_ids[blocks.index(None)]}")
    found.permission_blocks = [block for block in blocks if block is not None]
    found.updated_at = call.state.stamp()
    return True


@operation
def actions(call: Call, limit: int = 50, offset: int = 0, **filters: t.Any) -> Page:
    """All of them by name; the filters by kind of object are not simulated."""
    rows: list[Action] = sorted(call.state.actions.values(), key=lambda action: action.name)
    return page(rows, limit, offset)


@operation
def role_assignments(call: Call, **filters: t.Any) -> Page:
    """The newest first; those of deleted people are hidden. Nobody may read their own without the right."""
    wanted = {name: optional_uuid(filters.get(name)) for name in ("tenant_id", "subject_id", "role_id")}
    require_in(call, wanted["tenant_id"], POLICIES, "policy")
    wanted["subject_kind"] = filters.get("subject_kind")
    rows = [
        assignment
        for assignment in sorted(call.state.assignments.values(), key=lambda a: a.created_at, reverse=True)
        if all(value in (None, getattr(assignment, name)) for name, value in wanted.items())
        and (assignment.subject_kind == "group" or call.state.directory.live(assignment.subject_id))
    ]
    return page(rows, filters.get("limit"), filters.get("offset"))


@operation
def create_role_assignment(call: Call, input: dict[str, t.Any]) -> RoleAssignment:
    """Asked twice it makes two."""
    tenant_id = optional_uuid(input.get("tenant_id"))
    require_in(call, tenant_id, POLICIES, "policy")
    found = live_role(call, input["role_id"])
    if found.tenant_id != tenant_id:
        raise Refused(WRONG_TENANT)
    subject = uuid_of(input["subject_id"])
    if input["subject_kind"] == "group":
        group = call.state.groups.get(subject)
        if group is None or group.deleted_at is not None or group.status != "active":
            raise Refused(UNKNOWN_SUBJECT)
    else:
        subject = active_subject(call.state, subject).id
    return call.state.assign(found, input["subject_kind"], subject, call.state.stamp())


@operation
def delete_role_assignment(call: Call, id: str) -> bool:
    wanted = uuid_of(id)
    assignment = call.state.assignments.get(wanted)
    if assignment is None:
        require(call, POLICIES, "policy")
        raise not_found(f"role assignment {wanted}")
    require(call, POLICIES, "policy", assignment.tenant_id)
    del call.state.assignments[wanted]
    return True


@operation
def my_tenant_roles(call: Call, tenant_id: str) -> list[TenantRole]:
    """The caller's roles in a tenant and those of the platform, by name."""
    wanted = live_tenant(call, tenant_id, READ).id
    found: dict[str, TenantRole] = {}
    for assignment, path in held(call, call.caller):
        part = assignment.role
        if part.tenant_id in (None, wanted):
            names = sorted({action.name for block in part.permission_blocks for action in block.actions})
            found.setdefault(part.id, TenantRole(part.id, part.name, names, [])).assignment_paths.append(path)
    return sorted(found.values(), key=lambda one: one.role_name)
