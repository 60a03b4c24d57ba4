# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/api/v2/roles``: the list for every release, single roles and custom roles since 198."""

from __future__ import annotations

import typing as t

from .message import Answer, Refusal, Request, no_content, ok, text
from .permissions import ALL, CATEGORIES, DISPLAY_NAMES, RELEASES, Role, new_id
from .state import State


def find(state: State, role_id: str) -> Role:
    role = state.roles.get(role_id)
    if role is None:
        raise Refusal(404, f"Role with id {role_id} not found.")
    return role


def categories(state: State, allowed: frozenset[str]) -> list[dict[str, t.Any]]:
    return [
        {
            "displayName": name,
            "permissions": [
                {
                    "id": permission,
                    "displayName": DISPLAY_NAMES.get(permission, permission.replace("_", " ").title()),
                    "description": "",
                    "allowed": permission in allowed,
                }
                for permission in permissions
                if permission not in RELEASES or state.switches.release in RELEASES[permission]
            ],
        }
        for name, permissions in CATEGORIES.items()
    ]


def as_json(state: State, role: Role) -> dict[str, t.Any]:
    return {
        "id": role.id,
        "name": role.name,
        "description": role.description,
        "builtIn": role.built_in,
        "permissionCategories": categories(state, role.permissions),
    }


def list_all(state: State, request: Request) -> Answer:
    roles = [{"id": r.id, "name": r.name, "description": r.description} for r in state.roles.values()]
    return ok({"roles": roles})


def template(state: State, request: Request) -> Answer:
    empty = {"name": "", "description": "", "builtIn": False}
    return ok({**empty, "permissionCategories": categories(state, frozenset())})


def read(state: State, request: Request) -> Answer:
    return ok(as_json(state, find(state, request.parts[0])))


def create(state: State, request: Request) -> Answer:
    data = request.json_object()
    role = Role(new_id(), text(data, "name", ""), text(data, "description", ""), allowed(data, frozenset()))
    refuse_name(state, role.id, role.name)
    state.roles[role.id] = role
    return ok(as_json(state, role))


def update(state: State, request: Request) -> Answer:
    role, data = custom(state, request.parts[0]), request.json_object()
    name, description = text(data, "name", role.name), text(data, "description", role.description)
    permissions = allowed(data, role.permissions)
    refuse_name(state, role.id, name)
    role.name, role.description, role.permissions = name, description, permissions
    return ok(as_json(state, role))


def delete(state: State, request: Request) -> Answer:
    role = custom(state, request.parts[0])
    del state.roles[role.id]
    for owner in state.owners():
        owner.members.pop(role.id, None)
    return no_content()


def custom(state: State, role_id: str) -> Role:
    role = find(state, role_id)
    if role.built_in:
        raise Refusal(400, "A built-in role cannot be changed.")
    return role


def refuse_name(state: State, role_id: str, name: str) -> None:
    if not name:
        raise Refusal(400, "The name of a role is required.")
    if any(role.name == name and role.id != role_id for role in state.roles.values()):
        raise Refusal(state.switches.dup_status, "A role with this name exists.")


def allowed(data: dict[str, t.Any], default: frozenset[str]) -> frozenset[str]:
    """The ids of the permissions that the body allows."""
    if data.get("permissionCategories") is None:
        return default
    try:
        rows = [row for category in data["permissionCategories"] for row in category.get("permissions") or ()]
        chosen = frozenset(row["id"] for row in rows if row.get("allowed"))
    except (AttributeError, KeyError, TypeError):
        raise Refusal(400, "Unable to process JSON") from None
    if not chosen <= ALL:
        raise Refusal(400, "Unknown permission.")
    return chosen
