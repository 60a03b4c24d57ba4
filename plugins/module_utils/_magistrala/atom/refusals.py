# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Atom refuses, in words that help. Pure."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    AuthenticationFailed,
    PermissionDenied,
    Rejected,
    ServerFailed,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import PASSWORD_OPTIONS, TOKEN_OPTION

LOCKED = "too many failed login attempts"
UNVERIFIED = "email verification required"
NOT_ACTIVE = "entity is not active"
AMBIGUOUS = "tenant_id or tenant_alias required for this identifier"
WRONG = "invalid credentials"


def explained(error: ApiError, connection: Connection, redactor: Redactor | None = None) -> ApiError:
    """``error`` with what to do about it."""
    if redactor is not None:
        error.message, error.words = redactor.clean(error.message), redactor.clean(error.words)
    if isinstance(error, AuthenticationFailed) and connection.token:
        return error.retold(
            AuthenticationFailed,
            f"Magistrala does not accept the token in {TOKEN_OPTION}.",
            f"It has expired, was revoked, or belongs to another server. Give a fresh one, or {PASSWORD_OPTIONS}, "
            "which are used again when a token expires.",
        )
    if isinstance(error, PermissionDenied):
        error.hint = "The calling account must be an administrator of the platform (role atom-admin)."
    if error.words.startswith("password must be at least"):
        error.hint = "The server has a rule of its own for passwords."
    return error


def explained_sign_in(error: ApiError, identifier: str) -> ApiError:
    """Why nobody was signed in; the lock is no refusal of the password."""
    if error.words == LOCKED:
        return error.retold(
            Rejected,
            f"Magistrala has locked {identifier} after too many failed sign-ins; whether the password is right cannot "
            "be told.",
            "Try again when 15 minutes have passed since the first of them.",
        )
    hints = {
        UNVERIFIED: "The password is right, but the e-mail address must be confirmed first.",
        NOT_ACTIVE: "The account is disabled or suspended.",
        AMBIGUOUS: "More than one account has that name or address; sign in with the account's id.",
    }
    if isinstance(error, (AuthenticationFailed, Rejected)) and not isinstance(error, ServerFailed):
        return error.retold(
            AuthenticationFailed,
            f"Magistrala does not accept the user name and password of {identifier}.",
            hints.get(error.words, f"Check {PASSWORD_OPTIONS}; the account must be enabled."),
        )
    return error
