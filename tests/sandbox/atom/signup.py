# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts that people make themselves, and passwords that they forgot."""

from __future__ import annotations

import secrets
import typing as t

from .call import Call, public
from .directory import in_order
from .entities import check_storable
from .errors import Refused
from .model import Entity
from .passwords import check_password, revoke_passwords, store_password
from .sessions import revoke_sessions
from .signin import normal_address
from .state import new_id

RESET_SECONDS = 1800


class SignUp(t.NamedTuple):
    entity_id: str
    email: str
    verification_required: bool


@public
def signup(call: Call, input: dict[str, t.Any]) -> SignUp:
    """A new account with a canonical, unverified address.

    Where addresses must be verified and no mail can be sent, the account exists although the answer is an error.
    """
    if not call.switches.signup:
        raise Refused("self registration is disabled", 403)
    address = normal_address(input["email"])
    if address is None:
        raise Refused("email is required")
    if not input["name"].strip():
        raise Refused("name is required")
    check_password(input["password"], call.switches.minimum_password)
    attributes = input.get("attributes")
    attributes = {} if attributes in (None, "null") else in_order(attributes)
    check_storable(input["name"], attributes)
    state = call.state
    entity = Entity(new_id(), "human", input["name"], state.stamp(), attributes=attributes, email=address)
    state.add_human(entity)
    store_password(state, entity, input["password"], address)
    state.log("auth.signup", "allow", {"email": address, "name": entity.name}, entity.id, entity.id)
    if not (call.switches.allow_unverified or call.switches.smtp):
        raise Refused("internal error", 500)
    return SignUp(entity.id, address, True)


def request_reset(call: Call, email: str) -> None:
    """Mail a link to whoever has this canonical address; the answer does not tell whether somebody has."""
    address = normal_address(email)
    if address is None:
        raise Refused("email is required")
    holder = call.state.directory.holder("email", address)
    if holder is not None and call.switches.smtp:
        token = "atomr_" + secrets.token_hex(32)
        call.system.resets[token] = (holder.id, call.system.clock.now() + RESET_SECONDS)
        call.system.mails.append({"kind": "password reset", "email": address, "token": token})


def reset(call: Call, token: str, password: str) -> None:
    """Set a password by a mailed token; older ones and all sessions end. Raises Refused."""
    check_password(password, call.switches.minimum_password)
    entity_id, until = call.system.resets.pop(token, ("", 0.0))
    entity = call.state.directory.active(entity_id)
    if entity is None or until <= call.system.clock.now():
        raise Refused("invalid password reset token")
    revoke_passwords(call.state, entity)
    revoke_sessions(call.state, entity)
    store_password(call.state, entity, password, entity.email)
