# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changes and resets passwords on Atom: what magistrala_user_password does there."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    AuthenticationFailed,
    Refused,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Operation
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.client import AtomClient
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.passwords import (
    change,
    check_given,
    unless_in_force,
)

RESET_REQUEST, RESET = "/auth/password/reset/request", "/auth/password/reset"


def plan_password(client: AtomClient, params: Values) -> Operation:
    """What is to be done in the one way that the options choose."""
    check_given(params)
    if params["reset_email"]:
        return request_reset(client, params["reset_email"])
    if params["reset_token"]:
        return reset(client, params["reset_token"], params["password"])
    return change_own(client, params["old_password"] or client.connection.password, params["password"])


def request_reset(client: AtomClient, email: str) -> Operation:
    """Have a link mailed; Atom never says whether somebody has that address."""

    def act() -> Values:
        client.service.session.send("POST", RESET_REQUEST, json={"email": email}, signed=False)
        return {}

    return Operation(True, act, {}, {}, {"reset_link_mailed_to": email})


def reset(client: AtomClient, token: str, new: str) -> Operation:
    """Give the owner of a mailed token a new password; whose token it is nobody is told."""
    client.service.redactor.learn(token)

    def act() -> Values:
        try:
            client.service.session.send("POST", RESET, json={"token": token, "password": new}, signed=False)
        except Rejected as error:
            if "token" not in error.words:
                raise
            hint = "It lives for half an hour and works once; have another one mailed."
            raise error.retold(AuthenticationFailed, "Magistrala does not accept the reset token.", hint) from None
        return {}

    return Operation(True, act, {}, {}, {"password": "set"})


def change_own(client: AtomClient, old: str | None, new: str) -> Operation:
    """Give the calling account another password; the old one is proven first, because Atom does not ask for it."""
    service = client.service

    def owner() -> tuple[str, str]:
        me = client.reader.me()
        return me.username, str(me.id)

    def plan(username: str, present: str) -> Operation:
        if client.connection.token and not service.accepts(client.reader.my_id(), present):
            raise Refused("Magistrala: the old password is not the present one of the calling account.")

        def act() -> Values:
            service.password = present
            client.set_password(client.reader.me(), new)
            return {}

        return change(username, act)

    return unless_in_force(client, old, new, owner, plan)
