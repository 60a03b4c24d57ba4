# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deleting, restoring and purging entities."""

from __future__ import annotations

from .access import MANAGE, REMOVE, require, require_own_or
from .call import Call, operation, uuid_of
from .errors import Refused
from .model import Entity
from .passwords import owned
from .sessions import revoke_sessions


@operation
def delete_entity(call: Call, id: str) -> bool:
    """The row stays, its names are free; credentials and sessions are revoked for good."""
    entity = call.entity(id)
    require_own_or(call, entity, REMOVE)
    actor = call.caller.id
    call.state.directory.release(entity)
    for credential in owned(call.state, entity.id):
        credential.status = "revoked"
    revoke_sessions(call.state, entity)
    entity.status = "inactive"
    entity.deleted_at = entity.updated_at = call.state.stamp()
    entity.deleted_by = actor
    return True


def deleted(call: Call, entity_id: str, purpose: str) -> Entity:
    """A deleted entity for somebody who may manage the platform. Raises Refused."""
    wanted = uuid_of(entity_id)
    require(call, MANAGE, "entity")
    entity = call.state.directory.entities.get(wanted)
    if entity is None or entity.deleted_at is None:
        raise Refused(f"no soft-deleted entity {wanted} to {purpose}", 404)
    return entity


@operation
def restore_entity(call: Call, id: str) -> bool:
    """Back to active, whatever it was before, with memberships and roles, without any credential."""
    entity = deleted(call, id, "restore")
    if call.state.directory.taken(entity):
        text = "a live record already uses this name; rename the conflicting record before restoring"
        raise Refused(text, 409)
    entity.status = "active"
    entity.deleted_at = entity.deleted_by = None
    entity.updated_at = call.state.stamp()
    call.state.directory.claim(entity)
    return True


@operation
def purge_entity(call: Call, id: str) -> bool:
    call.state.forget(deleted(call, id, "purge").id)
    return True
