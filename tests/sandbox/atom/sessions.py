# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sessions and their tokens. A session is looked up at each request, so what ends it acts at once."""

from __future__ import annotations

import base64
import dataclasses
import json
import secrets
import typing as t

from . import access_tokens
from .call import Call, operation, public, uuid_of
from .errors import Refused, forbidden, not_found, unauthenticated
from .model import Entity, Session
from .state import State, new_id

if t.TYPE_CHECKING:
    from .system import Atom

REFRESH_PREFIX = "atom_rt_"


@dataclasses.dataclass(slots=True)
class SignIn:
    """What is answered to a sign-in. ``email_verified`` is None where somebody has no canonical address."""

    token: str
    entity_id: str
    session_id: str
    expires_at: int
    email_verified: bool | None = None
    access_token: str | None = None
    refresh_token: str | None = None
    access_token_expires_at: int | None = None
    refresh_token_expires_at: int | None = None

    @property
    def verification_required(self) -> bool:
        return self.email_verified is False


def answer(call: Call, session: Session, token: str) -> SignIn:
    """The answer that hands out a token of a session; newer servers may give a refresh token with it."""
    entity = call.state.directory.entities[session.entity_id]
    told = SignIn(token, entity.id, session.id, session.expires_at, entity.email_verified if entity.email else None)
    if call.switches.refresh_tokens:
        told.access_token, told.access_token_expires_at = token, session.expires_at
        told.refresh_token, told.refresh_token_expires_at = session.refresh_token, session.refresh_expires_at
    return told


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwt(system: Atom, session: Session, entity: Entity) -> str:
    """A token of the real shape (ES256) with the real claims; its signature is noise, the server knows it by heart."""
    header = {"typ": "JWT", "alg": "ES256", "kid": system.key_id}
    claims = {
        "iss": "atom",
        "aud": "magistrala",
        "sub": entity.id,
        "sid": session.id,
        "tid": entity.tenant_id,
        "exp": session.expires_at // 1_000_000,
        "iat": int(system.clock.now()),
    }
    parts = [base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims)]
    token = ".".join([*parts, base64url(secrets.token_bytes(64))])
    system.tokens[token] = session.id
    return token


def open_session(system: Atom, entity: Entity) -> tuple[Session, str]:
    """A new session and its first token."""
    start = system.state.stamp()
    session = Session(new_id(), entity.id, start, start)
    system.state.sessions[session.id] = session
    prolong(system, session)
    return session, jwt(system, session, entity)


def prolong(system: Atom, session: Session) -> None:
    now = int(system.clock.now() * 1_000_000)
    session.expires_at = now + int(system.switches.session_seconds * 1_000_000)
    session.refresh_token = REFRESH_PREFIX + secrets.token_hex(32)
    session.refresh_expires_at = now + int(system.switches.refresh_token_seconds * 1_000_000)
    system.refresh_tokens[session.refresh_token] = session.id


def authenticate(system: Atom, token: str) -> Call:
    """The call of a bearer token. Raises Refused for one that is no good."""
    if token.startswith(access_tokens.PREFIX):
        credential = access_tokens.bearer(system.state, token)
        entity = active_owner(system.state, credential.owner)
        credential.last_used_at = system.state.stamp()
        return Call(system, entity, token=credential)
    session = system.state.sessions.get(system.tokens.get(token, ""))
    if token not in system.tokens:
        raise unauthenticated("invalid token: InvalidToken")
    if session is None or system.state.directory.live(session.entity_id) is None:
        raise unauthenticated("session not found")
    if session.revoked_at is not None:
        raise unauthenticated("session revoked")
    if session.expires_at <= system.clock.now() * 1_000_000:
        raise unauthenticated("session expired")
    return Call(system, active_owner(system.state, session.entity_id), session)


def active_owner(state: State, entity_id: str) -> Entity:
    """Whoever a token belongs to. Raises Refused where they, or the tenant in which they live, are closed."""
    entity = state.directory.active(entity_id)
    if entity is None:
        raise unauthenticated("entity is not active")
    if entity.tenant_id is not None and state.tenants[entity.tenant_id].status != "active":
        raise unauthenticated("tenant is not active")
    return entity


def revoke_sessions(state: State, entity: Entity) -> None:
    for session in state.sessions.values():
        if session.entity_id == entity.id and session.revoked_at is None:
            session.revoked_at = state.stamp()


@operation
def logout(call: Call) -> bool:
    if call.session:
        call.session.revoked_at = call.state.stamp()
    return True


@operation
def refresh_session(call: Call) -> SignIn:
    if call.session is None:
        raise Refused("session refresh requires a session token")
    prolong(call.system, call.session)
    return answer(call, call.session, jwt(call.system, call.session, call.caller))


@public
def refresh_token(call: Call, input: dict[str, t.Any]) -> SignIn:
    """Newer servers only: one use each, a second one ends the session. The texts are the sandbox's."""
    token = input["refresh_token"]
    session = call.state.sessions.get(call.system.refresh_tokens.get(token, ""))
    if session is None or not call.switches.refresh_tokens:
        raise unauthenticated("invalid refresh token")
    if session.refresh_token != token and session.revoked_at is None:
        session.revoked_at = call.state.stamp()
    if session.revoked_at is not None:
        raise unauthenticated("session revoked")
    if session.refresh_expires_at <= call.system.clock.now() * 1_000_000:
        raise unauthenticated("refresh token expired")
    entity = active_owner(call.state, session.entity_id)
    prolong(call.system, session)
    return answer(call, session, jwt(call.system, session, entity))


@operation
def session(call: Call, id: str) -> Session:
    """Anybody may read anybody's session, if they know its id."""
    return known_session(call, id)


def known_session(call: Call, session_id: str) -> Session:
    wanted = uuid_of(session_id)
    found = call.state.sessions.get(wanted)
    if found is None:
        raise not_found(f"session {wanted}")
    return found


def own_session(call: Call, session_id: str) -> Session:
    """As REST has it: only the own sessions. Raises Refused."""
    found = known_session(call, session_id)
    if found.entity_id != call.caller.id:
        raise forbidden()
    return found
