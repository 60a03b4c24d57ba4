# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups of people, in a tenant or on the platform."""

from __future__ import annotations

import typing as t

from .access import CHANGE, MANAGE, READ, require, require_in
from .call import Call, operation, optional_uuid, page, uuid_of
from .directory import in_order, matcher
from .errors import Refused, not_found, taken
from .model import Entity, Group, Page
from .state import new_id


def live_group(call: Call, group_id: str, actions: t.Sequence[str]) -> Group:
    wanted = uuid_of(group_id)
    group = call.state.groups.get(wanted)
    if group is None or group.deleted_at is not None:
        require(call, actions, "group")
        raise not_found(f"group {wanted}")
    require(call, actions, "group", group.tenant_id)
    return group


@operation
def create_principal_group(call: Call, input: dict[str, t.Any]) -> Group:
    tenant_id = optional_uuid(input.get("tenant_id"))
    require_in(call, tenant_id, CHANGE, "group")
    same = (input["name"], tenant_id)
    if any((g.name, g.tenant_id) == same and g.deleted_at is None for g in call.state.groups.values()):
        raise taken()
    group = Group(
        optional_uuid(input.get("id")) or new_id(),
        input["name"],
        call.state.stamp(),
        tenant_id,
        description=input.get("description"),
        attributes=in_order(input.get("attributes")) or {},
    )
    call.state.groups[group.id] = group
    return group


@operation
def principal_groups(call: Call, **filters: t.Any) -> Page:
    tenant_id = optional_uuid(filters.get("tenant_id"))
    require_in(call, tenant_id, READ, "group")
    which = filters.get("deleted") or "live"
    fits = matcher((filters.get("q") or "").strip())
    rows = [
        group
        for group in reversed(call.state.groups.values())
        if tenant_id in (None, group.tenant_id)
        and filters.get("status") in (None, group.status)
        and (which == "all" or (group.deleted_at is not None) == (which == "deleted"))
        and fits(group.name)
    ]
    return page(rows, filters.get("limit"), filters.get("offset"))


@operation
def add_group_member(call: Call, group_id: str, entity_id: str) -> bool:
    group = live_group(call, group_id, MANAGE)
    entity = call.state.directory.active(uuid_of(entity_id))
    if entity is None or group.status != "active":
        raise Refused("group membership requires a live active group and entity")
    group.members.setdefault(entity.id, call.state.stamp())
    return True


@operation
def remove_group_member(call: Call, group_id: str, entity_id: str) -> bool:
    live_group(call, group_id, MANAGE).members.pop(uuid_of(entity_id), None)
    return True


@operation
def group_members(call: Call, group_id: str) -> list[Entity]:
    members = live_group(call, group_id, READ).members
    found = [call.state.directory.live(member) for member in members]
    return [entity for entity in found if entity is not None]


@operation
def entity_groups(call: Call, entity_id: str) -> list[str]:
    """Ids only, in the order in which somebody joined; nobody reads their own without the right."""
    entity = call.entity(entity_id)
    require(call, READ, "group", entity.tenant_id)
    groups = [group for group in call.state.groups.values() if entity.id in group.members and group.deleted_at is None]
    return [group.id for group in sorted(groups, key=lambda group: group.members[entity.id])]
