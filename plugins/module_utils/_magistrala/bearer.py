# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a token says of itself, unchecked: whose it is, when it ends, by which id it is revoked. Pure."""

from __future__ import annotations

import base64
import datetime
import json
import typing as t
import uuid

PERSONAL = "pat_"
REFRESH = 1  # the type of a refresh token
BASE64_OF_TWO_IDS = 43  # without the filling at its end


def is_personal(token: str | None) -> bool:
    """Whether it is a personal access token."""
    return (token or "").startswith(PERSONAL)


def claims(token: str) -> dict[str, t.Any]:
    """The claims of a JWT; empty for any other token."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        content = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def owner_id(token: str) -> str | None:
    """The id of the account that a token belongs to, where the token tells it.

    A JWT has it as ``user`` (early 2025) or ``sub``; a personal access token begins with its owner's id and its own.
    """
    if is_personal(token):
        return _personal_owner(token)
    content = claims(token)
    user_id = content.get("user") or content.get("sub")
    return user_id if isinstance(user_id, str) else None


def _personal_owner(token: str) -> str | None:
    coded = token[len(PERSONAL) :][:BASE64_OF_TWO_IDS]
    try:
        ids = base64.b64decode(f"{coded}=", altchars=b"-_" if set("-_") & set(coded) else None, validate=True)
    except ValueError:
        return None
    if len(ids) != 32:
        return None
    owner, own = uuid.UUID(bytes=ids[:16]), uuid.UUID(bytes=ids[16:])
    return str(owner) if owner.version == own.version == 4 else None


def revocation_id(token: str) -> str | None:
    """The id by which a refresh token is revoked; only servers that can do that give it one."""
    token_id = claims(token).get("jti")
    return token_id if isinstance(token_id, str) and token_id else None


def may_be_refresh_token(token: str) -> bool:
    return bool(claims(token).get("type", REFRESH) == REFRESH)


def expiry(token: str) -> str | None:
    """When a token ends, as far as it says so."""
    end = claims(token).get("exp")
    if not isinstance(end, int):
        return None
    return datetime.datetime.fromtimestamp(end, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
