# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""v3 user groups and roles: list and find, create, delete."""

from __future__ import annotations

import typing as t

from . import body, query, views
from .call import Call
from .catalog import PRIVILEGES
from .http import Refusal, Reply, json_reply
from .membership import group_of
from .model import Group, Role, join
from .users import check_room, roles_with_ids


def list_groups(call: Call) -> Reply:
    parameters = query.parse(call.request.query)
    condition = query.condition(parameters, ("userGroupId", "userGroupName"))
    directory = call.iics.directory
    found: t.Iterable[Group | None] = directory.groups.values()
    if condition is not None:
        field, value = condition
        by_id = field == "userGroupId"
        found = [directory.groups.get(value) if by_id else directory.group_named(value, exact=False)]
    shown = query.page([group for group in found if group], parameters)
    return json_reply(200, [views.group(group, call.iics.switches) for group in shown])


def create_group(call: Call) -> Reply:
    """Create a user group of at least one role, given by id; its people are given by id too."""
    data = body.members(call.request)
    directory = call.iics.directory
    name = body.required(data, "name", body.LONGEST)
    roles = roles_with_ids(call, body.names(data, "roles"))
    if not roles:
        raise body.missing("roles")
    users = [call.user(identifier) for identifier in body.names(data, "users")]
    if directory.group_named(name, exact=False):
        raise Refusal(400, "SIM_DUPLICATE_GROUP", f"A user group with the name {name} already exists.")
    check_room(call)
    group = directory.add_group(name, body.text(data, "description"), call.now, call.caller_name, roles)
    for user in users:
        join(user, group)
    return json_reply(call.iics.switches.create_status, views.group(group, call.iics.switches, fresh=True))


def delete_group(call: Call) -> Reply:
    call.iics.directory.remove_group(group_of(call))
    return Reply(204)


def list_roles(call: Call) -> Reply:
    """Roles; ``limit`` and ``skip`` are not documented here, and without them all are listed."""
    parameters = query.parse(call.request.query)
    condition = query.condition(parameters, ("roleId", "roleName"))
    directory = call.iics.directory
    found: t.Iterable[Role | None] = directory.roles.values()
    if condition is not None:
        field, value = condition
        found = [directory.roles.get(value) if field == "roleId" else directory.role_named(value, exact=False)]
    shown = query.page([role for role in found if role], parameters, default=None)
    expanded = parameters.get("expand") == "privileges"
    return json_reply(200, [views.role(role, call.iics.switches, expanded) for role in shown])


def create_role(call: Call) -> Reply:
    """Create a custom role of at least one privilege, given by id."""
    data = body.members(call.request)
    name = body.required(data, "name", body.LONGEST)
    wanted = body.names(data, "privileges")
    privileges = [privilege for privilege in PRIVILEGES if privilege["id"] in wanted]
    if not privileges or len(privileges) < len(wanted):
        raise Refusal(400, "V3API_IDSError_088", "The role must have at least one privilege.")
    if call.iics.directory.role_named(name, exact=False):
        raise Refusal(400, "SIM_DUPLICATE_ROLE", f"A role with the name {name} already exists.")
    check_room(call)
    role = call.iics.directory.add_role(name, body.text(data, "description"), call.now, call.caller_name, privileges)
    return json_reply(call.iics.switches.create_status, views.role(role, call.iics.switches, with_privileges=True))


def delete_role(call: Call) -> Reply:
    """Delete a custom role that nobody holds; that the others are refused is a guess."""
    directory = call.iics.directory
    role = directory.roles.get(call.arguments[0])
    if role is None:
        raise Refusal(404, "SIM_UNKNOWN_ROLE", "The role does not exist.")
    held = [holder.roles for holder in directory.users.values()] + [
        holder.roles for holder in directory.groups.values()
    ]
    if role.system or any(role.id in roles for roles in held):
        raise Refusal(400, "SIM_ROLE_IN_USE", "The role cannot be deleted.")
    del directory.roles[role.id]
    return Reply(204)
