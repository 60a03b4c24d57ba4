# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles of a domain, and who is a member of them."""

from __future__ import annotations

from ..call import Call, Params, Reply
from ..errors import invalid
from ..gojson import Shape
from .access import require_for_roles
from .actions import ACTIONS
from .state import Domain, Role
from .views import member_object, new_role, page, role_object

LIMIT, MAX_LIMIT, NAME_BYTES = 10, 100, 200

NEW = Shape("createRoleReq", {"role_name": "string", "optional_actions": "strings", "optional_members": "strings"})
MEMBERS = Shape("addRoleMembersReq", {"members": "strings"})


def bounds(call: Call) -> tuple[int, int]:
    """Offset and limit of a listing. Raises Refused."""
    params = Params(call.query)
    offset, limit = params.count("offset", 0), params.count("limit", LIMIT)
    if not 1 <= limit <= MAX_LIMIT:
        raise invalid("invalid limit size")
    return offset, limit


def listing(call: Call) -> Reply:
    """GET /domains/{id}/roles: A wants the right to manage roles, B the one to see their members."""
    offset, limit = bounds(call)
    domain = require_for_roles(call, "manage_role" if call.generation == "A" else "view_role_users")
    return Reply(200, page("roles", list(domain.roles.values()), offset, limit, role_object))


def create(call: Call) -> Reply:
    """POST /domains/{id}/roles: members may be put in at once, if they have no role yet.

    Recorded are successes with at most one member; the refusals are those of the source.
    """
    fields = call.fields(NEW)
    name, actions, members = fields.get("role_name", ""), fields.get("optional_actions"), fields.get("optional_members")
    if not name:
        raise invalid("empty role name")
    if len(name.encode()) > NAME_BYTES:
        raise invalid("invalid name size")
    domain = require_for_roles(call, "manage_role")
    check_people(call, members or [])
    if not set(actions or []).issubset(ACTIONS[call.generation]):
        raise call.refuse("unknown action")
    taken = any(role.name == name for role in domain.roles.values())
    if taken or any(domain.role_of(member) for member in members or []):
        raise call.refuse("create in domain")
    role = call.system.domains.add_role(
        domain, name, call.caller, call.system.stamp(), actions=list(actions or []), members=list(members or [])
    )
    return Reply(201, new_role(role, actions, members))


def the_role(call: Call, domain: Domain, situation: str) -> Role:
    """The role of the path. Raises Refused."""
    role = domain.roles.get(call.path.get("role", ""))
    if role is None:
        raise call.refuse(situation)
    return role


def sent_members(call: Call) -> list[str]:
    members: list[str] = call.fields(MEMBERS).get("members") or []
    if not members:
        raise invalid("empty role members")
    return members


def check_people(call: Call, ids: list[str]) -> None:
    """Generation B takes nobody who has no account, in whatever status; A takes any id. Raises Refused."""
    if call.generation == "B" and any(user_id not in call.system.table.users for user_id in ids):
        raise call.refuse("not in domain")


def touch(call: Call, role: Role) -> None:
    role.updated, role.updated_by = call.system.stamp(), call.caller


def add_members(call: Call) -> Reply:
    """POST /domains/{id}/roles/{role}/members: one at a time, and nobody who has a role in the domain already."""
    ids = sent_members(call)
    domain = require_for_roles(call, "add_role_users")
    check_people(call, ids)
    role = the_role(call, domain, "add to no role")
    if any(user_id in role.members for user_id in ids):
        raise call.refuse("member already")
    if len(ids) > 1 or domain.role_of(ids[0]):
        raise call.refuse("create in domain")
    role.members += ids
    touch(call, role)
    return Reply(200, '{"members":["' + ids[0] + '"]}')


def list_members(call: Call) -> Reply:
    """GET /domains/{id}/roles/{role}/members"""
    offset, limit = bounds(call)
    domain = require_for_roles(call, "view_role_users")
    role = the_role(call, domain, "view no role")
    return Reply(200, page("members", sorted(role.members), offset, limit, str))


def list_all_members(call: Call) -> Reply:
    """GET /domains/{id}/roles/members: everybody with their role. The real order is the database's."""
    offset, limit = bounds(call)
    domain = require_for_roles(call, "view_role_users")
    found = [(role, user_id) for role in domain.roles.values() for user_id in role.members]
    return Reply(200, page("members", found, offset, limit, lambda entry: member_object(*entry)))


def remove(call: Call, domain: Domain, role: Role, ids: list[str]) -> Reply:
    """Generation B leaves the built-in role no emptier than one, by the mere number of ids; A orphans the domain."""
    if call.generation == "B" and role is domain.admin and len(ids) >= len(role.members):
        raise call.refuse("last administrator")
    role.members = [user_id for user_id in role.members if user_id not in ids]
    touch(call, role)
    return Reply(204)


def remove_members(call: Call) -> Reply:
    """POST /domains/{id}/roles/{role}/members/delete: ids that are no members do not matter."""
    ids = sent_members(call)
    domain = require_for_roles(call, "remove_role_users")
    return remove(call, domain, the_role(call, domain, "remove from no role"), ids)


def remove_all_members(call: Call) -> Reply:
    """POST /domains/{id}/roles/{role}/members/delete-all; recorded for roles other than the built-in one."""
    domain = require_for_roles(call, "remove_role_users")
    role = the_role(call, domain, "remove from no role")
    return remove(call, domain, role, list(role.members))


def panic(call: Call) -> Reply:
    """DELETE /domains/{id}/roles: the real handler dies while it decodes, whatever was sent and whoever sent it."""
    raise ConnectionAbortedError
