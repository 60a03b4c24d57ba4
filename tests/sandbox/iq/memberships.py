# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/api/v2/roleMemberships``, the classic endpoints: read, grant and revoke one membership at a time."""

from __future__ import annotations

import typing as t

from . import firewall, owners
from .access import demand
from .message import Answer, Refusal, Request, no_content, ok
from .permissions import CONFIGURE_SYSTEM, EDIT_ACCESS_CONTROL, SYSTEM_ADMINISTRATOR, Role
from .roles import find as find_role
from .state import EVERYONE, Owner, State
from .users import refuse_last_administrator

UPPER_CASE_TYPES_SINCE = 197
VALIDATE_SINCE = 198
REPOSITORIES_SINCE = 205  # of giving and taking one; the classic answer about a place says nothing of them


def single_owner(state: State, kind: str) -> Owner:
    """The owner of a kind that exists once: ``global`` or ``repository_container``."""
    for owner in (state.everything, state.container):
        if owner.kind == kind:
            return owner
    raise Refusal(404, "HTTP 404 Not Found")


def tree_owner(state: State, kind: str, internal_id: str) -> Owner:
    if kind == "organization":
        return owners.find(state.organizations, internal_id)
    if kind == "application":
        return owners.find(state.applications, internal_id)
    raise Refusal(404, "HTTP 404 Not Found")


def changed_owner(state: State, kind: str, internal_id: str) -> Owner:
    """Where one membership is given or taken."""
    found = firewall.place(state, kind, internal_id) if state.switches.release >= REPOSITORIES_SINCE else None
    return found or tree_owner(state, kind, internal_id)


def demand_read(state: State, request: Request, owner: Owner) -> None:
    if owner is state.everything:
        demand(state, request.caller, CONFIGURE_SYSTEM)
    else:
        owners.demand_read(state, request, owner)


def demand_edit(state: State, request: Request, owner: Owner) -> None:
    if owner is state.everything:
        demand(state, request.caller, CONFIGURE_SYSTEM)
    else:
        demand(state, request.caller, EDIT_ACCESS_CONTROL, owner)


def owner_spelling(state: State, owner: Owner) -> dict[str, str]:
    """``ownerId`` and ``ownerType`` as answers show them; known for organizations and applications only."""
    if owner.kind in ("organization", "application"):
        return {"ownerId": owner.id, "ownerType": owner.kind.upper()}
    spelling = state.switches.global_owner
    if spelling == "absent":
        return {}
    word = owner.kind.upper() if spelling == "upper" else owner.kind
    return {"ownerId": word, "ownerType": word}


def mappings(state: State, owner: Owner) -> dict[str, t.Any]:
    """Every role with its members here and above."""
    rows = []
    places = [(place, owner_spelling(state, place)) for place in owner.lineage()]
    for role_id in state.roles:
        members = [
            {**spelling, "type": kind, "userOrGroupName": name}
            for place, spelling in places
            for (kind, dummy), name in place.members.get(role_id, {}).items()
        ]
        if members or state.switches.roles_without_members:
            rows.append({"roleId": role_id, "members": members})
    return {"memberMappings": rows}


def read(state: State, request: Request, owner: Owner) -> Answer:
    demand_read(state, request, owner)
    return ok(mappings(state, owner))


def read_single(state: State, request: Request) -> Answer:
    return read(state, request, single_owner(state, request.parts[0]))


def read_tree(state: State, request: Request) -> Answer:
    return read(state, request, tree_owner(state, *request.parts))


def member_type(state: State, text: str) -> str:
    known = text in ("user", "group") or (
        state.switches.release >= UPPER_CASE_TYPES_SINCE and text.lower() in ("user", "group")
    )
    if not known:
        raise Refusal(404, "HTTP 404 Not Found")
    return text.upper()


def grant(state: State, request: Request, owner: Owner, role: Role, kind: str, name: str) -> Answer:
    demand_edit(state, request, owner)
    asked = request.parameter("validateMember") == "true" and state.switches.release >= VALIDATE_SINCE
    if asked and owner.kind in ("organization", "application") and not exists(state, kind, name):
        raise Refusal(state.switches.validate_member, f"No {kind.lower()} with this name.")
    state.grant(owner, role.id, kind, name)
    return no_content()


def exists(state: State, kind: str, name: str) -> bool:
    """Whether the server knows such a user, in any realm, or such a group."""
    if kind == "GROUP":
        return name == EVERYONE
    return any(state.user_key(user.realm, name) == key for key, user in state.users.items())


def revoke(state: State, request: Request, owner: Owner, role: Role, kind: str, name: str) -> Answer:
    demand_edit(state, request, owner)
    if owner is state.everything and role.id == SYSTEM_ADMINISTRATOR:
        refuse_last_administrator(state, state.system_administrators() - {state.member_key(kind, name)})
    if not state.revoke(owner, role.id, kind, name) and state.switches.revoke_missing == 404:
        raise Refusal(404, "No such role membership.")
    return no_content()


Change = t.Callable[[State, Request, Owner, Role, str, str], Answer]


def at_single(change: Change) -> t.Callable[[State, Request], Answer]:
    def handler(state: State, request: Request) -> Answer:
        kind, role_id, type_text, name = request.parts
        who = member_type(state, type_text)
        return change(state, request, single_owner(state, kind), find_role(state, role_id), who, name)

    return handler


def at_tree(change: Change) -> t.Callable[[State, Request], Answer]:
    def handler(state: State, request: Request) -> Answer:
        kind, owner_id, role_id, type_text, name = request.parts
        who = member_type(state, type_text)
        return change(state, request, changed_owner(state, kind, owner_id), find_role(state, role_id), who, name)

    return handler
