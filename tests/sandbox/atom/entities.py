# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creating and changing entities."""

from __future__ import annotations

import re
import typing as t
import uuid

from .access import CHANGE, can, require_for, require_in
from .call import Call, operation, optional_uuid, uuid_of
from .directory import in_order, storable
from .errors import Refused, forbidden, not_found
from .model import Entity, Json
from .signin import normal_address
from .state import EVERYBODY, State, new_id

SELF_FIELDS = {"name", "attributes"}
SELF_ATTRIBUTES = {"first_name", "last_name", "picture"}


def normal_alias(text: str | None) -> str | None:
    """An alias as it is stored. Raises Refused."""
    alias = (text or "").strip().lower()
    if not alias:
        return None
    if not re.fullmatch(r"[a-z0-9-]*", alias):
        raise Refused("alias may contain only lowercase letters, digits, and '-'")
    if alias.startswith("-"):
        raise Refused("alias must start with a letter or digit")
    if alias.endswith("-"):
        raise Refused("alias must not end with '-'")
    if len(alias) > 63:
        raise Refused("alias must be at most 63 characters")
    try:
        uuid.UUID(alias)
    except ValueError:
        return alias
    raise Refused("alias must not be UUID-shaped (use the id directly to address by UUID)")


def check_storable(*values: Json) -> None:
    if not all(storable(value) for value in values):
        raise Refused("database error", 500)


def canonical(kind: str, attributes: Json) -> dict[str, t.Any]:
    """The address fields that go with attributes on newer servers; none where the attributes name no address."""
    if kind != "human" or not isinstance(attributes, dict) or "email" not in attributes:
        return {}
    address = attributes["email"]
    return {"email": normal_address(address) if isinstance(address, str) else None, "email_verified": False}


def check_tenant(state: State, tenant_id: str | None) -> None:
    """Whoever lives in a tenant can only be changed while it is active. Raises Refused."""
    if tenant_id is not None and state.tenants[tenant_id].status != "active":
        raise not_found(f"active tenant {tenant_id}")


@operation
def create_entity(call: Call, input: dict[str, t.Any]) -> Entity:
    state = call.state
    entity_id = optional_uuid(input.get("id")) or new_id()
    tenant_id = optional_uuid(input.get("tenant_id"))
    require_in(call, tenant_id, CHANGE, "entity")
    kind = input.get("kind")
    more: dict[str, t.Any] = {}
    if input.get("profile_id"):
        if uuid_of(input["profile_id"]) != state.profile.id:
            raise not_found(f"profile {input['profile_id']}")
        kind = state.profile.kind
        more = {"profile_id": state.profile.id, "profile_version_id": state.profile.version_id}
    if kind is None:
        raise Refused("kind is required without profile_id")
    alias = normal_alias(input.get("alias"))
    attributes = in_order(input.get("attributes"))
    attributes = {} if attributes is None else attributes
    check_storable(input["name"], attributes)
    check_tenant(state, tenant_id)
    if call.switches.newer:
        more |= canonical(kind, attributes)
    entity = Entity(
        entity_id,
        kind,
        input["name"],
        state.stamp(),
        alias=alias,
        tenant_id=tenant_id,
        attributes=attributes,
        external_id=input.get("external_id"),
        **more,
    )
    if kind == "human":
        return state.add_human(entity)
    return state.directory.add(entity)


@operation
def update_entity(call: Call, id: str, input: dict[str, t.Any]) -> Entity:
    entity = call.entity(id)
    privileged = can(call, CHANGE, "entity", entity.tenant_id, entity.id)
    if call.caller.id != entity.id:
        require_for(call, entity, CHANGE)
    elif call.switches.newer and not privileged:
        return update_self(call, input)
    check_tenant(call.state, entity.tenant_id)
    changes = {name: value for name, value in input.items() if value is not None}
    for name in ("tenant_id", "profile_id", "profile_version_id"):
        if name in changes:
            changes[name] = uuid_of(changes[name])
    if changes.get("tenant_id", entity.tenant_id) != entity.tenant_id:
        require_in(call, changes["tenant_id"], CHANGE, "entity")
    if "alias" in input:
        changes["alias"] = normal_alias(input["alias"])
    return apply(call, entity, changes)


def update_self(call: Call, input: dict[str, t.Any]) -> Entity:
    """What newer servers let people change of themselves; attributes are merged, null removes. Raises Refused."""
    entity = call.caller
    changes = {name: value for name, value in input.items() if value is not None}
    new = changes.get("attributes", {})
    human = entity.kind == "human" and entity.tenant_id is None
    if call.session is None or not human or not changes.keys() <= SELF_FIELDS:
        raise forbidden()
    if not isinstance(new, dict) or not new.keys() <= SELF_ATTRIBUTES:
        raise forbidden()
    if new:
        old = entity.attributes if isinstance(entity.attributes, dict) else {}
        changes["attributes"] = {key: value for key, value in (old | new).items() if value is not None}
    return apply(call, entity, changes)


def apply(call: Call, entity: Entity, changes: dict[str, t.Any]) -> Entity:
    check_storable(changes.get("name"), changes.get("attributes"))
    if "attributes" in changes:
        changes["attributes"] = in_order(changes["attributes"])
        if call.switches.newer:
            address = canonical(changes.get("kind", entity.kind), changes["attributes"])
            if address and address["email"] == entity.email:
                address["email_verified"] = entity.email_verified
            changes |= address
    call.state.directory.change(entity, **changes, updated_at=call.state.stamp())
    if entity.kind == "human":
        call.state.groups[EVERYBODY].members.setdefault(entity.id, entity.created_at)
    return entity


@operation
def enable_entity(call: Call, id: str) -> Entity:
    return set_status(call, id, "active")


@operation
def disable_entity(call: Call, id: str) -> Entity:
    return set_status(call, id, "inactive")


def set_status(call: Call, entity_id: str, status: str) -> Entity:
    entity = call.entity(entity_id)
    require_for(call, entity, CHANGE)
    entity.status = status
    entity.updated_at = call.state.stamp()
    return entity
