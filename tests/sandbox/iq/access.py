# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is calling, and what they may do: both from credentials and memberships alone."""

from __future__ import annotations

import base64
import binascii

from .message import Caller, Refusal
from .permissions import GLOBAL, SYSTEM_ADMINISTRATOR, VIEW_ROLES, Role
from .state import EVERYONE, INTERNAL, Owner, State, Token

ACCOUNT_REALMS = (INTERNAL, "SAML", "OAUTH2")  # people of other realms are not listed by the users API


def authenticate(state: State, header: bytes | None, refuse: bool = False) -> Caller:
    """The caller behind a Basic ``Authorization`` header: a password or a user token.

    Raises Refusal (401): for everybody but the sandbox itself if told to ``refuse``.
    """
    if header and header[:6].lower() == b"basic ":
        try:
            name, dummy, secret = base64.b64decode(header[6:]).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise unauthorized(state) from None
        if secret == state.own_password:
            return Caller(INTERNAL, name)
        if refuse:
            raise unauthorized(state)
        user = state.user(INTERNAL, name)
        if user and user.has_password(secret):
            return Caller(user.realm, user.username)
        token = state.codes.get(name)
        if token and token.pass_code == secret and token_is_good(state, token):
            token.last_access = state.clock.now()
            return Caller(token.realm, token.username)
    raise unauthorized(state)


def token_is_good(state: State, token: Token) -> bool:
    if token.expires is not None and token.expires <= state.clock.now():
        return False
    has_account = token.realm not in ACCOUNT_REALMS or state.user(token.realm, token.username) is not None
    return has_account or state.switches.orphan_token == "accepted"


def unauthorized(state: State) -> Refusal:
    challenge = ((b"www-authenticate", b'Basic realm="Sonatype IQ Server"'),)
    return Refusal(401, "Invalid username or password", challenge if state.switches.www_authenticate else ())


def effective(state: State, role: Role) -> frozenset[str]:
    if role.id == SYSTEM_ADMINISTRATOR and state.switches.view_roles == "policy_administrator":
        return role.permissions - {VIEW_ROLES}
    return role.permissions


def holds(state: State, caller: Caller, permission: str, owner: Owner) -> bool:
    """Whether a membership at this owner itself gives the permission."""
    user, everyone = state.member_key("USER", caller.username), state.member_key("GROUP", EVERYONE)
    return any(
        (user in members or everyone in members) and permission in effective(state, state.roles[role_id])
        for role_id, members in owner.members.items()
    )


def may(state: State, caller: Caller, permission: str, owner: Owner | None = None) -> bool:
    """Whether the caller has the permission: globally, or at ``owner`` or above it."""
    if permission == VIEW_ROLES and state.switches.view_roles == "everyone":
        return True
    if holds(state, caller, permission, state.everything):
        return True
    if owner is None or permission in GLOBAL:
        return False
    return any(holds(state, caller, permission, place) for place in owner.lineage())


def demand(state: State, caller: Caller, permission: str, owner: Owner | None = None) -> None:
    """Raise Refusal (403) without the permission."""
    if not may(state, caller, permission, owner):
        raise Refusal(403, f"You do not have permission {permission}")
