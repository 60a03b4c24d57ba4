# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords and the list of credentials. A new password revokes none of those before it."""

from __future__ import annotations

from .access import MANAGE, READ, require, require_own_or
from .call import Call, operation, optional_uuid, uuid_of
from .errors import Refused, forbidden, not_found, unauthenticated
from .model import Credential, Entity, Page
from .state import State, new_id

DAY = 86400 * 1_000_000


def check_password(password: str, minimum: int) -> None:
    """The rule for new passwords. Raises Refused."""
    if len(password) < minimum:
        raise Refused(f"password must be at least {minimum} characters")
    if not password.strip():
        raise Refused("password cannot be blank")


def store_password(state: State, entity: Entity, password: str, identifier: str | None = None) -> Credential:
    credential = Credential(new_id(), entity.id, "password", password, state.stamp(), identifier)
    state.credentials[credential.id] = credential
    return credential


def owned(state: State, owner: str) -> list[Credential]:
    """Everything that an entity ever had, the newest first."""
    return [credential for credential in reversed(state.credentials.values()) if credential.owner == owner]


def proves(state: State, entity: Entity, password: str, identifier: str | None) -> bool:
    """Whether a password is the one that counts.

    That is the newest active one whose identifier is what was signed in with (only a sign-up's address can be), else
    the newest without identifier, else the newest.
    """
    active = [c for c in owned(state, entity.id) if c.kind == "password" and c.status == "active"]
    by_identifier = [c for c in active if identifier and c.identifier == identifier]
    candidates = by_identifier or [c for c in active if c.identifier is None] or active
    return bool(candidates) and candidates[0].secret == password


def revoke_passwords(state: State, entity: Entity) -> None:
    for credential in owned(state, entity.id):
        if credential.kind == "password":
            credential.status = "revoked"


@operation
def create_password(call: Call, entity_id: str, password: str) -> bool:
    entity = call.entity(entity_id)
    if call.scoped:
        raise forbidden()
    require_own_or(call, entity, MANAGE)
    check_password(password, call.switches.minimum_password)
    require_active(entity)
    store_password(call.state, entity, password)
    return True


def require_active(entity: Entity) -> None:
    if entity.status != "active":
        raise not_found(f"active entity {entity.id}")


@operation
def change_own_password(call: Call, current_password: str, new_password: str) -> bool:
    """Newer servers only. The text for a wrong password is the sandbox's."""
    if call.scoped:
        raise forbidden()
    if not proves(call.state, call.caller, current_password, call.caller.email):
        raise unauthenticated("invalid credentials")
    check_password(new_password, call.switches.minimum_password)
    revoke_passwords(call.state, call.caller)
    store_password(call.state, call.caller, new_password)
    return True


@operation
def credentials(call: Call, entity_id: str) -> Page:
    entity = call.entity(entity_id)
    require_own_or(call, entity, MANAGE)
    rows = owned(call.state, entity.id)
    return Page(rows, len(rows))


@operation
def revoke_credential(call: Call, entity_id: str, credential_id: str) -> bool:
    entity = call.entity(entity_id)
    require_own_or(call, entity, MANAGE)
    credential = call.state.credentials.get(uuid_of(credential_id))
    if credential is None or credential.owner != entity.id:
        raise not_found("credential")
    credential.status = "revoked"
    details = {"credential_id": credential.id}
    call.state.log("credential.revoke", "allow", details, call.caller.id, entity.id)
    return True


@operation
def expiring_credentials(
    call: Call,
    days: int | None = None,
    entity_id: str | None = None,
    kind: str | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> list[Credential]:
    require(call, READ, "entity")
    now = call.state.stamp()
    end = now + (30 if days is None else days) * DAY
    owner = optional_uuid(entity_id)
    rows = [
        credential
        for credential in call.state.credentials.values()
        if credential.expires_at and now < credential.expires_at <= end
        and owner in (None, credential.owner)
        and kind in (None, credential.kind)
    ]  # fmt: skip
    start = max(offset or 0, 0)
    return rows[start : start + (100 if limit is None else max(limit, 1))]
