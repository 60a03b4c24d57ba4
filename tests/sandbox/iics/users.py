# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""v3 users: list and find, create, delete."""

from __future__ import annotations

import re
import typing as t

from . import body, passwords, query, views
from .call import Call
from .http import Refusal, Reply, json_reply
from .model import NATIVE, SAML, Group, Role, User

NAME = re.compile(r"[A-Za-z0-9._'-]+")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
PHONE = re.compile(r"\+?[0-9 ().]{9,25}")


def list_users(call: Call) -> Reply:
    parameters = query.parse(call.request.query)
    condition = query.condition(parameters, ("userId", "userName"))
    directory, switches, now = call.iics.directory, call.iics.switches, call.now
    found: t.Iterable[User] = directory.users.values() if condition is None else _matches(call, *condition)
    return json_reply(200, [views.user(user, switches, now) for user in query.page(found, parameters)])


def _matches(call: Call, field: str, value: str) -> list[User]:
    directory = call.iics.directory
    user = directory.users.get(value) if field == "userId" else directory.user_named(value)
    if user is None:
        return []
    if field == "userName" and call.iics.switches.filter_exact_case and user.name != value:
        return []
    if user.hidden_reads:
        user.hidden_reads -= 1
        return []
    return [user]


def create_user(call: Call) -> Reply:
    """Create an account; only the shape of the answer was recorded, every code of a refusal is made up."""
    data = body.members(call.request)
    switches = call.iics.switches
    fields = _profile(data)
    roles, groups = roles_with_ids(call, body.names(data, "roles")), _groups_with_ids(call, body.names(data, "groups"))
    if not roles and not groups:
        raise body.missing("roles")
    name = body.required(data, "name", body.LONGEST)
    if not (NAME.fullmatch(name) or EMAIL.fullmatch(name)):
        raise body.bad("name")
    if switches.phone_rule and fields["phone"] and not PHONE.fullmatch(fields["phone"]):
        raise body.bad("phone")
    user = add_user(call, name, body.text(data, "password", body.LONGEST), roles, **fields)
    for group in groups:
        user.groups[group.id] = group
        group.users[user.id] = user
    return json_reply(switches.create_status, views.user(user, switches, call.now, fresh=True))


def _profile(data: dict[str, t.Any]) -> dict[str, t.Any]:
    """The fields of a new account but for its name, its password and its memberships."""
    email = body.required(data, "email")
    if not EMAIL.fullmatch(email):
        raise body.bad("email")
    authentication = body.whole(data, "authentication", NATIVE)
    if authentication not in (NATIVE, SAML):
        raise body.bad("authentication")
    alias_name = body.text(data, "aliasName")
    if authentication == SAML and not alias_name:
        raise body.missing("aliasName")
    return {
        "first_name": body.required(data, "firstName"),
        "last_name": body.required(data, "lastName"),
        "email": email,
        "description": body.text(data, "description"),
        "title": body.text(data, "title"),
        "phone": body.text(data, "phone"),
        "force_password_change": body.flag(data, "forcePasswordChange"),
        "max_login_attempts": body.whole(data, "maxLoginAttempts", 10),
        "authentication": authentication,
        "alias_name": alias_name,
    }


def add_user(call: Call, name: str, password: str | None, roles: list[Role], **fields: t.Any) -> User:
    """What creating means in both API versions: unique name, room in the organization, password rules."""
    directory, switches = call.iics.directory, call.iics.switches
    if directory.user_named(name):
        raise Refusal(400, "SIM_DUPLICATE_USER", f"A user with the name {name} already exists.")
    check_room(call)
    if password:
        passwords.check(password, None, switches, call.now)
        fields |= {"passwords": [(call.now, password)], "state": switches.state_with_password}
    elif fields.get("authentication") == SAML:
        fields["state"] = switches.state_of_saml_user
    user = directory.add_user(name, call.now, call.caller_name, **fields)
    user.roles = {role.id: role for role in roles}
    user.updated += 0.007
    user.hidden_reads = switches.read_latency
    return user


def check_room(call: Call) -> None:
    """Refuse one object more than the organization may hold."""
    if call.iics.directory.objects >= call.iics.switches.object_limit:
        raise Refusal(400, "SIM_OBJECT_LIMIT", "The organization has reached its limit of users, groups and roles.")


def roles_with_ids(call: Call, identifiers: list[str]) -> list[Role]:
    """The roles that a request names by id; unknown and unlicensed ones are refused."""
    roles = []
    for identifier in identifiers:
        role = call.iics.directory.roles.get(identifier)
        if role is None:
            raise Refusal(400, "SIM_UNKNOWN_ROLE", f"The role {identifier} does not exist.")
        check_licence(call, role)
        roles.append(role)
    return roles


def check_licence(call: Call, role: Role) -> None:
    if role.name in call.iics.switches.unlicensed_roles:
        raise Refusal(400, "SIM_ROLE_NOT_LICENSED", f"The role {role.name} is not licensed.")


def _groups_with_ids(call: Call, identifiers: list[str]) -> list[Group]:
    groups = []
    for identifier in identifiers:
        group = call.iics.directory.groups.get(identifier)
        if group is None:
            raise Refusal(400, "SIM_UNKNOWN_GROUP", f"The user group {identifier} does not exist.")
        groups.append(group)
    return groups


def delete_user(call: Call) -> Reply:
    remove_user(call, call.user(call.arguments[0]))
    return Reply(204)


def remove_user(call: Call, user: User) -> None:
    """Delete an account and end its sessions; what the API does about scheduled jobs is unknown."""
    switches = call.iics.switches
    if switches.delete_with_jobs == "reject" and (user.has_scheduled_jobs or user.name in switches.scheduled_jobs):
        raise Refusal(400, "SIM_SCHEDULED_JOBS", "The user owns scheduled jobs; assign them to another user first.")
    if switches.delete_with_listeners == "reject" and user.file_listeners:
        raise Refusal(400, "SIM_FILE_LISTENERS", "The user owns file listeners; assign them to another user first.")
    if switches.saml_mapping and user.from_identity_provider:
        raise Refusal(400, "SIM_SAML_USER", "The user was not created in Administrator.")
    call.iics.directory.remove_user(user)
    call.iics.sessions.close_all_of(user)
