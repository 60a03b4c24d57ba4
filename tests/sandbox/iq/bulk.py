# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/api/v2/roleMemberships``, the endpoints since 198 that read and replace the whole member list of a role."""

from __future__ import annotations

import typing as t

from . import firewall, owners
from .access import ACCOUNT_REALMS
from .memberships import demand_edit, demand_read, single_owner
from .message import Answer, Refusal, Request, no_content, ok
from .permissions import SYSTEM_ADMINISTRATOR, Role
from .roles import find as find_role
from .state import INTERNAL, Owner, State
from .users import refuse_last_administrator

LOCAL_REALM = "IQ Server"  # what these endpoints call the realm Internal


def tree_owner(state: State, kind: str, given_id: str) -> Owner:
    """The owner; applications are named by their public id here."""
    if kind == "organization":
        return owners.find(state.organizations, given_id)
    if kind == "application":
        return owners.find(state.public_ids, given_id)
    found = firewall.place(state, kind, given_id)
    if found is None:
        raise Refusal(404, "HTTP 404 Not Found")
    return found


def member_json(state: State, kind: str, name: str) -> dict[str, str]:
    data = {"type": kind, "internalName": name, "displayName": name}
    user = None
    if kind == "USER":
        user = next((found for realm in ACCOUNT_REALMS if (found := state.user(realm, name))), None)
    if user:
        data["displayName"] = f"{user.first_name} {user.last_name}"
        data["email"] = user.email
        data["realm"] = LOCAL_REALM if user.realm == INTERNAL else user.realm
    return data


def read(state: State, request: Request, owner: Owner) -> Answer:
    demand_read(state, request, owner)
    rows = []
    for role in state.roles.values():
        by_owner = [
            {
                "ownerId": place.id,
                "ownerName": place.name,
                "ownerType": place.kind,
                "members": [member_json(state, kind, name) for (kind, dummy), name in place.members[role.id].items()],
            }
            for place in owner.lineage()
            if place.members.get(role.id)
        ]
        if by_owner or state.switches.roles_without_members:
            words = {"roleId": role.id, "roleName": role.name, "roleDescription": role.description}
            rows.append({**words, "membersByOwner": by_owner})
    return ok({"groupSearchEnabled": False, "membersByRole": rows})


def read_single(state: State, request: Request) -> Answer:
    return read(state, request, single_owner(state, request.parts[0]))


def read_tree(state: State, request: Request) -> Answer:
    return read(state, request, tree_owner(state, *request.parts))


def replace(state: State, request: Request, owner: Owner, role: Role) -> Answer:
    demand_edit(state, request, owner)
    wanted = read_members(request.json())
    if owner is state.everything and role.id == SYSTEM_ADMINISTRATOR:
        refuse_last_administrator(state, {state.member_key(*member) for member in wanted})
    owner.members[role.id] = {state.member_key(kind, name): name for kind, name in wanted}
    return no_content()


def read_members(data: t.Any) -> list[tuple[str, str]]:
    """Type and name of each member of the body."""
    if not isinstance(data, list):
        raise Refusal(400, "Unable to process JSON")
    members = []
    for row in data:
        kind, name = (row.get("type"), row.get("internalName")) if isinstance(row, dict) else (None, None)
        if kind not in ("USER", "GROUP") or not name or not isinstance(name, str):
            raise Refusal(400, "Every member needs a type and an internalName.")
        members.append((kind, name))
    return members


def replace_single(state: State, request: Request) -> Answer:
    kind, role_id = request.parts
    return replace(state, request, single_owner(state, kind), find_role(state, role_id))


def replace_tree(state: State, request: Request) -> Answer:
    kind, owner_id, role_id = request.parts
    return replace(state, request, tree_owner(state, kind, owner_id), find_role(state, role_id))
