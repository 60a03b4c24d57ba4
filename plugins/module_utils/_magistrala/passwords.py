# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changes and resets passwords: what magistrala_user_password does.

No password can be read back, but a sign-in proves which one is in force; that is how a second run finds nothing to do.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    AuthenticationFailed,
    InputError,
    NotFound,
    OutcomeUnknown,
    Refused,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import PASSWORD_SHOWN
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Operation
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.client import MagistralaClient
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import LONGEST_PASSWORD
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import (
    NO_CREDENTIALS,
    PASSWORD_OPTIONS,
    bearer,
)

UNKNOWN_ADDRESS = ("view entity failed", "entity not found")


def plan_password(client: MagistralaClient, params: Values) -> Operation:
    """What is to be done in the one way that the options choose."""
    check_given(params)
    if len((params["password"] or "").encode("utf-8", "replace")) > LONGEST_PASSWORD:
        raise InputError(f"password has more than {LONGEST_PASSWORD} bytes.")
    if params["reset_email"]:
        return request_reset(client, params["reset_email"], params["reset_url"] or client.connection.url)
    if params["reset_token"]:
        return reset(client, params["reset_token"], params["password"])
    return change_own(client, params["old_password"] or client.connection.password, params["password"])


def check_given(params: Values) -> None:
    """Raises InputError for an option that is empty."""
    for option in ("password", "old_password", "reset_token", "reset_email"):
        if params[option] == "":
            raise InputError(f"{option} is empty.")


def change_own(client: MagistralaClient, old: str | None, new: str) -> Operation:
    """Give the calling account another password."""

    def owner() -> tuple[str, str]:
        me = client.reader.me()
        name = me.username or me.values["email"]
        return name, name

    def plan(username: str, present: str) -> Operation:
        def act() -> Values:
            client.service.change_password(present, new)
            return {}

        return change(username, act)

    return unless_in_force(client, old, new, owner, plan)


def unless_in_force(
    client: t.Any,
    old: str | None,
    new: str,
    owner: t.Callable[[], tuple[str, str]],
    plan: t.Callable[[str, str], Operation],
) -> Operation:
    """``plan(username, old)`` of the calling account, unless ``new`` is its password already.

    ``owner`` tells the user name of a token's owner, and the name by which they sign in. Raises InputError where the
    present password is missing, and AuthenticationFailed where neither is the present one.
    """
    service, connection = client.service, client.connection
    if connection.token:
        username, identifier = owner()
        in_force = service.accepts(identifier, new)
    else:
        if not (connection.username and connection.password):
            raise InputError(NO_CREDENTIALS)
        username, old = connection.username, connection.password
        try:
            service.sign_in.proof()
            in_force = old == new
        except AuthenticationFailed:
            in_force = new != old and service.accepts(username, new)
            if not in_force:
                raise
    if in_force:
        return no_change(username)
    if not old:
        raise InputError(f"Changing the password needs the present one in old_password, or {PASSWORD_OPTIONS}.")
    return plan(username, old)


def request_reset(client: MagistralaClient, email: str, page: str) -> Operation:
    """Have a link mailed; ``page`` is what servers of early 2025 make the link from."""

    def act() -> Values:
        try:
            client.service.send(
                "POST", "/password/reset-request", json={"email": email}, headers={"Referer": page}, signed=False
            )
        except (NotFound, Rejected) as error:
            if error.words not in UNKNOWN_ADDRESS:
                raise
            raise Refused(f"Magistrala has no enabled account with the e-mail address {email}.") from None
        except OutcomeUnknown as error:
            if error.status is not None:
                error.hint = "The server may have failed to send the mail; its log knows."
            raise
        return {}

    return Operation(True, act, {}, {}, {"reset_link_mailed_to": email})


def reset(client: MagistralaClient, token: str, new: str) -> Operation:
    """Give the owner of a mailed token a new password."""
    service = client.service
    service.redactor.learn(token)
    try:
        owner = client.reader.account_in(service.send("GET", "/users/profile", headers=bearer(token), signed=False))
    except AuthenticationFailed as error:
        hint = "It lives for five minutes only; have another one mailed."
        raise error.retold(AuthenticationFailed, "Magistrala does not accept the reset token.", hint) from None
    username = owner.username or owner.values["email"]
    if not owner.enabled:
        raise Refused(f"{username} is not enabled, and Magistrala changes only enabled accounts.")
    if service.accepts(username, new):
        return no_change(username)

    def act() -> Values:
        body = {"token": token, "password": new, "confirm_password": new}
        service.send("PUT", "/password/reset", json=body, headers=bearer(token), signed=False)
        return {}

    return change(username, act)


def change(username: str, act: t.Callable[[], Values]) -> Operation:
    return Operation(True, act, {"username": username}, {}, {"password": PASSWORD_SHOWN})


def no_change(username: str) -> Operation:
    return Operation(False, dict, {"username": username})
