# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/api/v2/users``: five operations on the people of one realm."""

from __future__ import annotations

import random
import typing as t

from .access import ACCOUNT_REALMS
from .message import Answer, Refusal, Request, no_content, ok
from .state import INTERNAL, State, User

FIELDS = {"username": "username", "firstName": "first_name", "lastName": "last_name", "email": "email"}
PROPERTIES = {*FIELDS, "password", "realm"}
REALM_SINCE = 136


def requested_realm(state: State, request: Request, realms: tuple[str, ...] = ACCOUNT_REALMS) -> str:
    """The realm of the query; raises Refusal where the server knows none of this name."""
    asked = request.parameter("realm")
    if asked is None or state.switches.release < REALM_SINCE:
        return INTERNAL
    for realm in realms:
        if asked == realm or (state.switches.case_insensitive_realm and asked.lower() == realm.lower()):
            return realm
    if state.switches.unknown_realm == "400":
        raise Refusal(400, "The specified realm is not supported.")
    return asked


def find(state: State, realm: str, username: str) -> User:
    user = state.user(realm, username)
    if user is None:
        raise Refusal(404, f"User with username {username} not found.")
    return user


def as_json(state: State, user: User) -> dict[str, t.Any]:
    """The user without the password, which no answer ever holds."""
    data: dict[str, t.Any] = {name: getattr(user, attribute) for name, attribute in FIELDS.items()}
    if state.switches.release >= REALM_SINCE and state.switches.return_realm != "no":
        data["realm"] = user.realm if state.switches.return_realm == "yes" else None
    return data


def read_fields(state: State, request: Request, null: str) -> dict[str, str]:
    """The properties of the body; ``null`` says what to do with those that are null: ``ignore`` or ``400``."""
    data = request.json_object()
    unknown = data.keys() - PROPERTIES
    if unknown and state.switches.unknown_property == "400":
        raise Refusal(400, f"Unrecognized field {sorted(unknown)[0]}")
    fields = {name: value for name, value in data.items() if name in PROPERTIES}
    for name, value in fields.items():
        if not (isinstance(value, str) or (value is None and null == "ignore")):
            raise Refusal(400, f"The property {name} must be a string.")
    return {name: value for name, value in fields.items() if value is not None}


def list_all(state: State, request: Request) -> Answer:
    realm = requested_realm(state, request)
    users = [as_json(state, user) for user in state.users.values() if user.realm == realm]
    if state.switches.list_order == "random":
        random.shuffle(users)
    return ok({"users": users})


def read(state: State, request: Request) -> Answer:
    return ok(as_json(state, find(state, requested_realm(state, request), request.parts[0])))


def create(state: State, request: Request) -> Answer:
    fields = read_fields(state, request, "ignore")
    for name in (*FIELDS, "password"):
        if not fields.get(name):
            raise Refusal(400, f"The property {name} is required.")
    realm = fields.get("realm", INTERNAL) if state.switches.release >= REALM_SINCE else INTERNAL
    if realm != INTERNAL and (state.switches.create_realm == "400" or realm not in ACCOUNT_REALMS):
        raise Refusal(400, "Users cannot be created in the specified realm.")
    if state.user(realm, fields["username"]):
        raise Refusal(state.switches.dup_status, f"User with username {fields['username']} already exists.")
    user = User(fields["username"], fields["firstName"], fields["lastName"], fields["email"], realm)
    state.add_user(user, fields["password"] if realm == INTERNAL else None)
    return no_content()


def update(state: State, request: Request) -> Answer:
    """A merge: what the body leaves out keeps its value. Only people of the realm Internal are found."""
    switches = state.switches
    fields = read_fields(state, request, switches.put_null)
    user = find(state, INTERNAL, request.parts[0])
    named = fields.pop("username", user.username)
    if state.user_key(INTERNAL, named) != state.user_key(INTERNAL, user.username):
        raise Refusal(400, "The username in the body does not match the one in the path.")
    if "password" in fields and switches.put_password == "400":
        raise Refusal(400, "The password cannot be updated.")
    if fields.get("realm", INTERNAL) != INTERNAL and switches.put_realm == "400":
        raise Refusal(400, "The realm cannot be updated.")
    changes = {FIELDS[name]: value for name, value in fields.items() if name in FIELDS}
    if switches.put_empty == "400" and "" in changes.values():
        raise Refusal(400, "A property must not be empty.")
    for attribute, value in changes.items():
        setattr(user, attribute, value)
    return ok(as_json(state, user))


def delete(state: State, request: Request) -> Answer:
    user = find(state, requested_realm(state, request), request.parts[0])
    refuse_protected(state, request, user)
    state.remove_user(user)
    return no_content()


def refuse_protected(state: State, request: Request, user: User) -> None:
    switches, key = state.switches, state.user_key(user.realm, user.username)
    if switches.protect_admin and key == (INTERNAL, "admin"):
        raise Refusal(switches.protect_status, "The built-in administrator cannot be deleted.")
    if switches.protect_self and key == state.user_key(request.caller.realm, request.caller.username):
        raise Refusal(switches.protect_status, "You cannot delete yourself.")
    refuse_last_administrator(state, state.system_administrators() - {state.member_key("USER", user.username)})


def refuse_last_administrator(state: State, remaining: set[tuple[str, str]]) -> None:
    """Raise Refusal where a change would leave nobody with the role System Administrator."""
    if state.switches.protect_last_administrator and not remaining:
        raise Refusal(state.switches.protect_status, "The last System Administrator cannot be removed.")
