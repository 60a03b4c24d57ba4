# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sign-in, tokens, passwords by mail, and the verification of e-mail addresses."""

from __future__ import annotations

import base64
import binascii
import json
import secrets

from . import rules
from .call import Call, Params, Reply
from .changes import store_secret
from .errors import invalid
from .gojson import Shape, encode
from .store import User
from .tokens import RECOVERY, RECOVERY_SECONDS, REFRESH

VERIFICATION_SECONDS = 24 * 3600

LOGIN = Shape("loginUserReq", {"username": "string", "password": "string", "description": "string"})
REVOKE = Shape("revokeReq", {"token_id": "string"})
RESET_REQUEST = Shape("passResetReq", {"email": "string", "host": "string"})
RESET = Shape("resetTokenReq", {"token": "string", "password": "string", "confirm_password": "string"})


def pair(call: Call, user: User, description: str = "", *, refreshed: bool = False) -> Reply:
    switches = call.system.switches
    access, refresh = call.system.tokens.pair(
        user,
        call.system.clock.now(),
        switches.access_token_seconds,
        switches.refresh_token_seconds,
        description,
        call.session if refreshed else None,
    )
    return Reply(201, f'{{"access_token":"{access}","refresh_token":"{refresh}"}}')


def issue(call: Call) -> Reply:
    """POST /users/tokens/issue: the user name may be an e-mail address, compared exactly either way."""
    fields = call.fields(LOGIN)
    name, password = fields.get("username", ""), fields.get("password", "")
    if not name:
        raise call.refuse("no user name")
    if not password:
        raise invalid("missing password")
    table = call.system.table
    user = (table.emails if rules.is_address(name) else table.usernames).get(name)
    if user is None or user.status != "enabled":
        raise call.refuse("no such login")
    if call.system.refuses_sign_ins or not user.secret.matches(password):
        raise call.refuse("wrong password")
    return pair(call, user, fields.get("description", ""))


def refresh(call: Call) -> Reply:
    """POST /users/tokens/refresh: the refresh token is the bearer; a deleted user may still refresh."""
    session = call.session
    if session is None or session.type != REFRESH:
        raise call.refuse("not refreshable")
    user = call.system.table.users.get(session.user_id)
    if user is None or not call.system.tokens.may_refresh(session):
        raise call.refuse("bad token")
    if user.status == "disabled":
        raise call.refuse("refresh disabled")
    return pair(call, user, refreshed=True)


def revoke(call: Call) -> Reply:
    """POST /users/tokens/revoke: ids are not checked, neither against the caller nor at all."""
    token_id = call.fields(REVOKE).get("token_id", "")
    if not token_id:
        raise invalid("missing entity id")
    call.system.tokens.refreshable.pop(token_id, None)
    return Reply(204)


def refresh_tokens(call: Call) -> Reply:
    """GET /users/tokens/refresh-tokens"""
    mine = call.system.tokens.refresh_tokens(call.caller, call.system.clock.now())
    rows = [{"id": s.jti} | ({"description": s.description} if s.description else {}) for s in mine]
    return Reply(200, encode({"refresh_tokens": rows}))


def reset_request(call: Call) -> Reply:
    """POST /password/reset-request: mails a token that lives five minutes. A needs a Referer to build the link."""
    if "application/json" not in call.header(b"content-type"):
        raise call.refuse("reset content type")
    email = call.fields(RESET_REQUEST).get("email", "")
    if not email:
        raise invalid("missing email")
    if call.generation == "A" and not call.header(b"referer"):
        raise invalid("missing host")
    system = call.system
    user = system.table.emails.get(email)
    if user is None or user.status != "enabled":
        raise call.refuse("view unknown")
    token = system.tokens.issue(user, system.clock.now(), RECOVERY, RECOVERY_SECONDS)
    system.mail("password_reset", email, token)
    return Reply(201, '{"msg":"Email with reset link is sent"}')


def reset(call: Call) -> Reply:
    """PUT /password/reset: takes any valid token of the user, not only the mailed one."""
    fields = call.fields(RESET)
    password, confirmed = fields.get("password", ""), fields.get("confirm_password", "")
    if call.generation == "A" and not fields.get("token"):
        raise call.refuse("no reset token")
    if not password:
        raise invalid("missing password")
    if not confirmed:
        raise invalid("missing conf password")
    if password != confirmed:
        raise invalid("invalid reset password")
    call.system.check_password(password)
    store_secret(call, call.myself(), password, "reset closed")
    return Reply(201, "{}")


def send_verification(call: Call) -> Reply:
    """POST /users/send-verification: the same token again while it is valid."""
    system, user = call.system, call.myself()
    if user.verified:
        raise call.refuse("already verified")
    now = system.clock.now()
    token, email, end = system.verifications.get(user.id, ("", "", 0.0))
    if email != user.email or end <= now:
        otp = base64.b64encode(secrets.token_bytes(32)).decode()
        text = encode({"user_id": user.id, "email": user.email, "otp": otp})
        token = base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
        system.verifications[user.id] = (token, user.email, now + VERIFICATION_SECONDS)
    system.mail("verification", user.email, token)
    return Reply(200)


def verify_email(call: Call) -> Reply:
    """GET /verify-email?token="""
    token = Params(call.query).word("token").rstrip("=")
    if not token:
        raise invalid("invalid verification")
    try:
        content = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True))
        user_id = content["user_id"]
    except (binascii.Error, ValueError, TypeError, KeyError):
        raise call.refuse("verification unreadable") from None
    system = call.system
    user = system.table.users.get(user_id)
    expected, email, end = system.verifications.get(user_id, ("", "", 0.0))
    if user is None or token != expected or email != user.email or end <= system.clock.now():
        raise call.refuse("verification used")
    del system.verifications[user_id]
    stamp = system.stamp()
    system.table.change(user, verified=stamp, updated=stamp, updated_by=user.id)
    return Reply(200)
