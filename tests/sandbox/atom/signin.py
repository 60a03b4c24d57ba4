# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signing in: whom an identifier means, which password counts, and how often one may be wrong."""

from __future__ import annotations

import typing as t

from .call import Call, public, uuid_of
from .errors import Refused, unauthenticated
from .model import Entity, Tenant
from .passwords import proves
from .sessions import SignIn, answer, open_session
from .state import State

LOCKED = "too many failed login attempts"


@public
def login(call: Call, input: dict[str, t.Any]) -> SignIn:
    """Raises Refused; five refusals lock the identifier."""
    if input.get("tenant_id") and input.get("tenant_alias"):
        raise Refused("provide either tenant_id or tenant_alias, not both")
    system, switches = call.system, call.switches
    identifier = input["identifier"]
    place = input.get("tenant_id") or input.get("tenant_alias")
    key = (identifier.strip().lower(), place)
    now = system.clock.now()
    if system.failures.read(key, now, switches.lock_seconds)[1] >= switches.lock_failures:
        system.failures.count(key, now, switches.lock_seconds)
        raise Refused(LOCKED, 429, int(switches.lock_seconds))
    try:
        entity = proven(call, input)
    except Refused:
        system.failures.count(key, now, switches.lock_seconds)
        call.state.log("auth.login", "deny", {"credential_kind": None, "identifier": identifier}, None, None)
        raise
    session, token = open_session(system, entity)
    return answer(call, session, token)


def proven(call: Call, input: dict[str, t.Any]) -> Entity:
    """Whoever may sign in with these words. Raises Refused."""
    wrong = unauthenticated("invalid credentials")
    tenant = tenant_of(call.state, input)
    if tenant is None and (input.get("tenant_id") or input.get("tenant_alias")):
        raise wrong
    found = candidates(call.state, input["identifier"], tenant)
    if len(found) > 1:
        raise unauthenticated("tenant_id or tenant_alias required for this identifier")
    if not found or input.get("kind", "password") != "password":
        raise wrong
    entity = found[0]
    if entity.status != "active":
        raise unauthenticated("entity is not active")
    if inside_closed_tenant(call.state, entity):
        raise unauthenticated("tenant is not active")
    right = proves(call.state, entity, input["secret"], address_used(entity, input["identifier"]))
    if call.system.refuses_sign_ins or not right:
        raise wrong
    if entity.email and not entity.email_verified and not call.switches.allow_unverified:
        raise unauthenticated("email verification required")
    return entity


def tenant_of(state: State, input: dict[str, t.Any]) -> Tenant | None:
    if input.get("tenant_id"):
        return state.tenants.get(uuid_of(input["tenant_id"]))
    alias = input.get("tenant_alias")
    return next((x for x in state.tenants.values() if alias and x.alias == alias and x.deleted_at is None), None)


def inside_closed_tenant(state: State, entity: Entity) -> bool:
    return entity.tenant_id is not None and state.tenants[entity.tenant_id].status != "active"


def address_used(entity: Entity, identifier: str) -> str | None:
    """The canonical address, if that was signed in with."""
    return entity.email if entity.email == normal_address(identifier) else None


def normal_address(text: str) -> str | None:
    """An e-mail address as it is compared, None for what is none."""
    address = text.strip().lower()
    name, at, host = address.partition("@")
    return address if name and at and host and " " not in address else None


def candidates(state: State, identifier: str, tenant: Tenant | None) -> list[Entity]:
    """Everybody whom an identifier may mean: by address, else by id, else by exact name (or alias in a tenant)."""
    live = [
        entity
        for entity in state.directory.entities.values()
        if entity.deleted_at is None and (tenant is None or entity.tenant_id == tenant.id)
    ]
    address = normal_address(identifier)
    if address:
        canonical = state.directory.holder("email", address)
        if canonical and (tenant is None or canonical.tenant_id == tenant.id):
            return [canonical]
        found = [entity for entity in live if attribute_address(entity) == address]
        if found:
            return found
    return (
        [entity for entity in live if entity.id == identifier.lower()]
        or [entity for entity in live if entity.name == identifier]
        or [entity for entity in live if tenant and entity.alias == identifier]
    )


def attribute_address(entity: Entity) -> str | None:
    """The normal form of ``attributes.email``."""
    value = entity.attributes.get("email") if isinstance(entity.attributes, dict) else None
    return normal_address(value) if isinstance(value, str) else None
