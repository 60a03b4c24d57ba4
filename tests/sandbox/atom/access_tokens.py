# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Named, long-lived tokens: they work as bearer tokens, have no session, and are shown once."""

from __future__ import annotations

import datetime
import re
import secrets
import typing as t

from .access import MANAGE, require_own_or
from .call import Call, operation, optional_uuid, page, uuid_of
from .errors import Refused, forbidden, not_found, unauthenticated
from .model import Credential, Entity, Page, Permission
from .passwords import owned, require_active
from .state import State, new_id

PREFIX = "atom_"
SHAPE = re.compile(r"atom_([0-9a-f]{32})_[0-9a-f]{64}")
KIND = "access_token"


class Shown(t.NamedTuple):
    """The answer to the creation of a token, the only one with the token itself."""

    credential_id: str
    token: str
    name: str
    description: str | None
    expires_at: int | None


def add_token(state: State, owner: Entity, name: str, token: str = "") -> Credential:
    """Give somebody an access token that allows everything. Raises ValueError for one of another shape."""
    credential_id = new_id()
    token = token or f"{PREFIX}{credential_id.replace('-', '')}_{secrets.token_hex(32)}"
    found = SHAPE.fullmatch(token)
    if not found:
        raise ValueError("an access token is atom_, 32 hexadecimal digits, _ and 64 more")
    credential = Credential(uuid_of(found[1]), owner.id, KIND, token, state.stamp(), token[:13], name=name)
    state.credentials[credential.id] = credential
    return credential


def bearer(state: State, token: str) -> Credential:
    """The credential of an access token that is good. Raises Refused."""
    found = SHAPE.fullmatch(token)
    if not found:
        raise unauthenticated("malformed api key")
    credential = state.credentials.get(uuid_of(found[1]))
    if credential is None:
        raise unauthenticated("api key not found")
    if credential.secret != token:
        raise unauthenticated("invalid api key")
    if credential.status != "active":
        raise unauthenticated("api key revoked")
    if credential.expires_at is not None and credential.expires_at <= state.now() * 1_000_000:
        raise unauthenticated("api key expired")
    return credential


def expiry(text: str | None, now: int) -> int | None:
    if text is None:
        return None
    try:
        moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise Refused("expiresAt must be RFC3339") from None
    if moment.tzinfo is None:
        raise Refused("expiresAt must be RFC3339")
    stamp = int(moment.timestamp() * 1_000_000)
    if stamp <= now:
        raise Refused("access token expiration must be in the future")
    return stamp


@operation
def create_access_token(call: Call, input: dict[str, t.Any]) -> Shown:
    owner = call.entity(input.get("subject_id") or call.caller.id)
    if call.scoped:
        raise forbidden()
    require_own_or(call, owner, MANAGE)
    if not input["name"].strip():
        raise Refused("access token name is required")
    scoped = input.get("scoped") is not False
    if scoped and not input["permissions"]:
        raise Refused("access token requires at least one permission")
    expires_at = expiry(input.get("expires_at"), call.state.stamp())
    require_active(owner)
    credential = add_token(call.state, owner, input["name"])
    credential.description = input.get("description")
    credential.expires_at = expires_at
    credential.scoped = scoped
    credential.permissions = [
        Permission(**{**p, "conditions": p.get("conditions") or {}}) for p in input["permissions"]
    ]
    return Shown(credential.id, credential.secret, credential.name, credential.description, expires_at)


@operation
def access_tokens(
    call: Call,
    subject_id: str | None = None,
    status: str | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> Page:
    if status not in (None, "active", "revoked"):
        raise Refused(f"invalid status filter: {status} (expected 'active' or 'revoked')")
    owner = call.entity(optional_uuid(subject_id) or call.caller.id)
    require_own_or(call, owner, MANAGE)
    rows = [c for c in owned(call.state, owner.id) if c.kind == KIND and status in (None, c.status)]
    return page(rows, limit, offset, few=100)


@operation
def revoke_access_token(call: Call, credential_id: str) -> bool:
    credential = call.state.credentials.get(uuid_of(credential_id))
    owner = call.state.directory.live(credential.owner) if credential else None
    if credential is None or credential.kind != KIND or owner is None:
        raise not_found("access token")
    require_own_or(call, owner, MANAGE)
    credential.status = "revoked"
    return True
