# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The calls outside of GraphQL: around sign-in, and about the server itself."""

from __future__ import annotations

import math
import re
import secrets
import typing as t

from . import platform, sessions, signin, signup
from .bodies import fields
from .call import Call, moment
from .errors import Refused
from .http import COOKIE, Reply, Request, json_reply
from .model import Session
from .sessions import SignIn, base64url

NO_COOKIE = f"{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"

Handler = t.Callable[[Call, Request], Reply]


def login(call: Call, request: Request) -> Reply:
    words = fields(request.body, ("identifier", "secret"), ("kind", "tenant_id", "tenant_alias"))
    found: SignIn = signin.login(call, words)
    told: dict[str, t.Any] = {
        "token": found.token,
        "entity_id": found.entity_id,
        "session_id": found.session_id,
        "expires_at": moment(found.expires_at, "Z"),
    }
    if found.email_verified is not None:
        told |= {"email_verified": found.email_verified, "verification_required": found.verification_required}
    if found.refresh_token and found.refresh_token_expires_at:
        told |= {"access_token": found.token, "access_token_expires_at": told["expires_at"]}
        told["refresh_token"] = found.refresh_token
        told["refresh_token_expires_at"] = moment(found.refresh_token_expires_at, "Z")
    rest = math.ceil(call.switches.session_seconds) - 1
    cookie = f"{COOKIE}={found.token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={rest}"
    return json_reply(200, told, **{"set-cookie": cookie})


def logout(call: Call, request: Request) -> Reply:
    sessions.logout(call)
    return json_reply(200, {"authenticated": False}, **{"set-cookie": NO_COOKIE})


def session(call: Call, request: Request) -> Reply:
    told = {
        "entityId": call.caller.id,
        "expiresAt": moment(call.session.expires_at, "Z") if call.session else None,
        "sessionId": call.session.id if call.session else None,
        "tenantId": call.caller.tenant_id,
    }
    return json_reply(200, {"authenticated": True, "session": told})


def introspect(call: Call, request: Request) -> Reply:
    told = {
        "active": True,
        "entity_id": call.caller.id,
        "session_id": call.session.id if call.session else None,
        "tenant_id": call.caller.tenant_id,
    }
    return json_reply(200, told)


def session_by_id(call: Call, request: Request) -> Reply:
    found: Session = sessions.own_session(call, request.path.rpartition("/")[2])
    told = {
        "id": found.id,
        "entity_id": found.entity_id,
        "expires_at": moment(found.expires_at, "Z"),
        "revoked_at": moment(found.revoked_at, "Z") if found.revoked_at else None,
        "created_at": moment(found.created_at, "Z"),
    }
    return json_reply(200, told)


def sign_up(call: Call, request: Request) -> Reply:
    words = fields(request.body, ("name", "email", "password"), ("attributes",), strict=True)
    return json_reply(202, signup.signup(call, words)._asdict())


def request_reset(call: Call, request: Request) -> Reply:
    signup.request_reset(call, fields(request.body, ("email",), ("redirect_url",))["email"])
    return Reply(202)


def reset(call: Call, request: Request) -> Reply:
    words = fields(request.body, ("token", "password"))
    signup.reset(call, words["token"], words["password"])
    return Reply(204)


def resend(call: Call, request: Request) -> Reply:
    fields(request.body, ("email",))
    return Reply(202)


def verify(call: Call, request: Request) -> Reply:
    """No token is good: the sandbox mails none."""
    raise Refused("invalid verification token")


def exchange(call: Call, request: Request) -> Reply:
    fields(request.body, ("code",))
    raise Refused("invalid exchange code")


def provider(call: Call, request: Request) -> Reply:
    raise Refused("oauth provider not configured", 404)


def public_config(call: Call, request: Request) -> Reply:
    told = {
        "signup_enabled": call.switches.signup,
        "self_registration_enabled": call.switches.signup,
        "oauth_providers": [],
        "email_verification_required": True,
        "dev_allow_unverified_email_login": call.switches.allow_unverified,
    }
    return json_reply(200, told)


def health(call: Call, request: Request) -> Reply:
    return json_reply(200, {"status": "ok"} if request.path.endswith("/live") else platform.readiness(call.system))


def keys(call: Call, request: Request) -> Reply:
    x, y = (base64url(secrets.token_bytes(32)) for dummy in range(2))
    key = {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": call.system.key_id, "use": "sig", "alg": "ES256"}
    return json_reply(200, {"keys": [key]})


class Route(t.NamedTuple):
    """One method of one path.

    :param json: the body must say that it is JSON, and be small.
    :param signed: a token is needed.
    """

    method: str
    path: str
    handler: Handler
    json: bool = False
    signed: bool = False

    def fits(self, path: str) -> bool:
        return re.fullmatch(self.path, path) is not None


ROUTES = (
    Route("POST", "/auth/login", login, json=True),
    Route("POST", "/auth/logout", logout, signed=True),
    Route("GET", "/auth/session", session, signed=True),
    Route("GET", "/auth/introspect", introspect, signed=True),
    Route("GET", "/auth/sessions/[^/]+", session_by_id, signed=True),
    Route("POST", "/auth/signup", sign_up, json=True),
    Route("POST", "/auth/password/reset/request", request_reset, json=True),
    Route("POST", "/auth/password/reset", reset, json=True),
    Route("POST", "/auth/email/resend", resend, json=True),
    Route("GET", "/auth/email/verify", verify),
    Route("POST", "/auth/oauth/exchange", exchange, json=True),
    Route("GET", "/auth/oauth/[^/]+/start", provider),
    Route("GET", "/auth/public-config", public_config),
    Route("GET", "/health(/live|/ready)?", health),
    Route("GET", r"/\.well-known/jwks\.json", keys),
)
