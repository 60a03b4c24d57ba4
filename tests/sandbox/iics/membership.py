# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles of people, groups of people, roles of groups: adding and removing, from both sides."""

from __future__ import annotations

import dataclasses
import typing as t

from . import body, model
from .call import Call
from .http import Refusal, Reply
from .model import Group, Role, User
from .saml import check_fixed
from .users import check_licence

LAST_ROLE = (
    "V3API_IDSError_044",
    "The group must have at least one role.Selected operation will result in Group without any role",
)


@dataclasses.dataclass(frozen=True)
class Relation:
    """One kind of membership; ``guard`` refuses what would leave an owner or an item with too little."""

    key: str
    owner: t.Callable[[Call], t.Any]
    held: t.Callable[[t.Any], dict[str, t.Any]]
    find: t.Callable[[Call, str], t.Any]
    join: t.Callable[[t.Any, t.Any], None]
    part: t.Callable[[t.Any, t.Any], None]
    guard: t.Callable[[Call, t.Any, list[t.Any]], None]


def change(relation: Relation, adding: bool) -> t.Callable[[Call], Reply]:
    """What answers ``PUT .../add...`` or ``PUT .../remove...`` of a relation."""

    def act(call: Call) -> Reply:
        switches = call.iics.switches
        owner = relation.owner(call)
        names = body.names(body.members(call.request), relation.key)
        if not names:
            raise body.missing(relation.key)
        found = {name: relation.find(call, name) for name in names}
        unknown = [name for name, item in found.items() if item is None]
        items = [item for item in found.values() if item is not None]
        if relation is not GROUP_ROLES:
            check_fixed(call, [each for each in (owner, *items) if isinstance(each, User)])
        if unknown and switches.mixed_membership == "nothing":
            raise not_found(relation, unknown)
        apply(relation, call, owner, items, adding)
        if unknown:
            raise not_found(relation, unknown)
        return Reply(switches.membership_status)

    return act


def not_found(relation: Relation, names: list[str]) -> Refusal:
    return Refusal(400, "SIM_UNKNOWN_NAME", f"No such {relation.key}: {', '.join(names)}")


def apply(relation: Relation, call: Call, owner: t.Any, items: list[t.Any], adding: bool) -> None:
    held = relation.held(owner)
    affected = [item for item in items if (item.id in held) != adding]
    if len(affected) < len(items) and call.iics.switches.noop_membership == "error":
        raise Refusal(400, "SIM_NO_CHANGE", f"Some {relation.key} are already as requested.")
    if not adding:
        relation.guard(call, owner, affected)
    for item in affected:
        (relation.join if adding else relation.part)(owner, item)
    if affected:
        owner.updated, owner.updated_by = call.now, call.caller_name


def find_role(call: Call, name: str) -> Role | None:
    """A role by display name, as the service was seen to do it; by roleName too if the switch says so."""
    role = call.iics.directory.role_shown_as(name)
    if role is None and not call.iics.switches.strict_display_names:
        role = call.iics.directory.role_named(name)
    if role is not None and call.request.path.endswith("/addRoles"):
        check_licence(call, role)
    return role


def group_of(call: Call) -> Group:
    """The user group that the path names by id or by name."""
    directory, key = call.iics.directory, call.arguments[0]
    group = directory.group_named(key) if "/userGroups/name/" in call.request.path else directory.groups.get(key)
    if group is None:
        raise Refusal(404, "SIM_UNKNOWN_GROUP", "The user group does not exist.")
    return group


def user_of(call: Call) -> User:
    """The user that the path names by id or by name."""
    named = "/users/name/" in call.request.path
    return call.user_named(call.arguments[0]) if named else call.user(call.arguments[0])


def keep_last_role_of_user(call: Call, user: User, leaving: list[Role]) -> None:
    if leaving and len(leaving) == len(user.roles):
        raise Refusal(400, "V3API_IDSError_048", f"Failed to remove role(s) from the user {user.id}", [LAST_ROLE])


def keep_last_role_of_group(call: Call, group: Group, leaving: list[Role]) -> None:
    """The outer code of this case was not recorded."""
    if leaving and len(leaving) == len(group.roles):
        raise Refusal(400, "SIM_LAST_ROLE", f"Failed to remove role(s) from the user group {group.id}", [LAST_ROLE])


def keep_last_group(call: Call, user: User, leaving: int) -> None:
    """Nobody recorded whether a user without direct roles may lose the last group."""
    if leaving and not user.roles and leaving == len(user.groups) and call.iics.switches.last_group == "kept":
        raise Refusal(400, "SIM_LAST_GROUP", f"The user {user.id} would be left without role and group.")


def keep_last_group_of_each(call: Call, group: Group, leaving: list[User]) -> None:
    for user in leaving:
        keep_last_group(call, user, 1)


USER_ROLES = Relation(
    "roles",
    user_of,
    lambda user: user.roles,
    find_role,
    lambda user, role: user.roles.update({role.id: role}),
    lambda user, role: user.roles.pop(role.id),
    keep_last_role_of_user,
)
USER_GROUPS = Relation(
    "groups",
    user_of,
    lambda user: user.groups,
    lambda call, name: call.iics.directory.group_named(name),
    model.join,
    model.part,
    lambda call, user, leaving: keep_last_group(call, user, len(leaving)),
)
GROUP_ROLES = Relation(
    "roles",
    group_of,
    lambda group: group.roles,
    find_role,
    lambda group, role: group.roles.update({role.id: role}),
    lambda group, role: group.roles.pop(role.id),
    keep_last_role_of_group,
)
GROUP_USERS = Relation(
    "users",
    group_of,
    lambda group: group.users,
    lambda call, name: call.iics.directory.user_named(name),
    lambda group, user: model.join(user, group),
    lambda group, user: model.part(user, group),
    keep_last_group_of_each,
)
