# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sign-in tokens.

Tokens are JWTs with the claims of the real ones, signed with HS512 by a key of this process (generation B signs with
EdDSA by default; clients do not check). The sandbox looks them up and never reads them.
"""

from __future__ import annotations

import base64
import collections
import dataclasses
import hashlib
import hmac
import json
import secrets
import typing as t
import uuid

from .pats.state import Pat
from .store import User

ACCESS, REFRESH, RECOVERY, PAT = 0, 1, 2, 4
RECOVERY_SECONDS = 300
HEADER = base64.urlsafe_b64encode(b'{"alg":"HS512","typ":"JWT"}').rstrip(b"=")


@dataclasses.dataclass(slots=True)
class Session:
    """What a token says about its bearer, frozen when it was issued (the role counts in generation B only).

    A personal access token (``pat``) says nothing by itself: who uses one has the rank that they have at that time.
    """

    user_id: str
    type: int
    expires: float
    role: str
    verified: bool
    jti: str = ""
    description: str = ""
    pat: Pat | None = None


class Tokens:
    """Every token that was handed out and, for generation B, the refresh tokens that may still be used."""

    def __init__(self, generation: str) -> None:
        self.generation = generation
        self.key = secrets.token_bytes(32)
        self.sessions: dict[str, Session] = {}
        self.refreshable: dict[str, Session] = {}

    def bearer(self, token: str, now: float) -> Session | None:
        """The session of a token that is known and not expired."""
        session = self.sessions.get(token)
        return session if session and session.expires > now else None

    def issue(self, user: User, now: float, type_: int, seconds: float, **more: t.Any) -> str:
        session = Session(user.id, type_, int(now) + seconds, user.role, user.verified > 0, **more)
        return self.register(session, now)

    def register(self, session: Session, now: float) -> str:
        """The JWT of ``session``, known from now on."""
        claims: dict[str, t.Any] = {"exp": int(session.expires), "iat": int(now), "type": session.type}
        if self.generation == "A":
            claims |= {"iss": "supermq.auth", "user": session.user_id}
        else:
            claims |= {"iss": "magistrala.auth", "sub": session.user_id, "verified": session.verified}
            claims["role"] = 2 if session.role == "admin" else 1
            if session.jti:
                claims["jti"] = session.jti
        body = base64.urlsafe_b64encode(json.dumps(claims, separators=(",", ":")).encode()).rstrip(b"=")
        signed = HEADER + b"." + body
        signature = base64.urlsafe_b64encode(hmac.digest(self.key, signed, hashlib.sha512)).rstrip(b"=")
        token = (signed + b"." + signature).decode()
        self.sessions[token] = session
        return token

    def pair(
        self, user: User, now: float, access: float, refresh: float, description: str = "", old: Session | None = None
    ) -> tuple[str, str]:
        """An access token and a refresh token; ``old`` is the refresh token's session that they are made from.

        In generation B a refresh keeps the refresh token's ``jti`` and end; in A the window starts anew.
        """
        access_token = self.issue(user, now, ACCESS, access)
        if self.generation == "A":
            return access_token, self.issue(user, now, REFRESH, refresh)
        jti, expires = str(uuid.uuid4()), int(now) + refresh
        if old:
            jti, expires, description = old.jti, old.expires, old.description
        session = Session(user.id, REFRESH, expires, user.role, user.verified > 0, jti, description)
        self.refreshable[session.jti] = session
        return access_token, self.register(session, now)

    def may_refresh(self, session: Session) -> bool:
        return self.generation == "A" or session.jti in self.refreshable

    def live_refresh_tokens(self, now: float) -> collections.Counter[str]:
        """How many refresh tokens of each user, by id, are still good for a refresh."""
        known = self.sessions.values() if self.generation == "A" else self.refreshable.values()
        return collections.Counter(s.user_id for s in known if s.type == REFRESH and s.expires > now)

    def refresh_tokens(self, user_id: str, now: float) -> list[Session]:
        return [s for s in self.refreshable.values() if s.user_id == user_id and s.expires > now]

    def clear(self) -> None:
        self.sessions.clear()
        self.refreshable.clear()
