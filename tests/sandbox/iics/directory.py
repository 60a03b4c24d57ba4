# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The organization's people, roles and user groups, found by id and by name."""

from __future__ import annotations

import typing as t

from .catalog import ADMIN_NAME, ADMIN_PASSWORD, GROUPS, PRIVILEGES, SYSTEM_ROLES
from .ids import ORG_ID, long_id, v2_user_id
from .model import BUILT_IN, Group, Role, User, part

ANONYMOUS_NAME = f"CAI_Anonymous_{ORG_ID}"


class Directory:
    """Everything in creation order; user names are unique whatever their case."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.roles: dict[str, Role] = {}
        self.groups: dict[str, Group] = {}
        self.counter = 0
        self._by_name: dict[str, User] = {}
        self._by_v2_id: dict[str, User] = {}

    @property
    def objects(self) -> int:
        """What the organization's limit counts; system roles belong to the platform."""
        own_roles = len(self.roles) - len(SYSTEM_ROLES)
        return len(self.users) + len(self.groups) + own_roles

    def add_user(self, name: str, now: float, by: str = BUILT_IN, **fields: t.Any) -> User:
        self.counter += 1
        user = User(
            long_id(), v2_user_id(self.counter), name, created=now, updated=now, created_by=by, updated_by=by, **fields
        )
        self.users[user.id] = user
        self._by_name[name.casefold()] = user
        self._by_v2_id[user.v2_id] = user
        return user

    def remove_user(self, user: User) -> None:
        for group in list(user.groups.values()):
            part(user, group)
        del self.users[user.id], self._by_name[user.name.casefold()], self._by_v2_id[user.v2_id]

    def user_named(self, name: str) -> User | None:
        return self._by_name.get(name.casefold())

    def user_with_v2_id(self, v2_id: str) -> User | None:
        return self._by_v2_id.get(v2_id)

    def role_named(self, name: str, exact: bool = True) -> Role | None:
        """The role with that roleName."""
        return _named(self.roles.values(), name, exact)

    def role_shown_as(self, display_name: str) -> Role | None:
        return next((role for role in self.roles.values() if role.display_name == display_name), None)

    def group_named(self, name: str, exact: bool = True) -> Group | None:
        return _named(self.groups.values(), name, exact)

    def add_role(
        self, name: str, description: str | None, now: float, by: str, privileges: list[dict[str, str]]
    ) -> Role:
        role = Role(long_id(), name, name, description, False, now, now, by, by, privileges)
        self.roles[role.id] = role
        return role

    def add_group(self, name: str, description: str | None, now: float, by: str, roles: list[Role]) -> Group:
        group = Group(long_id(), name, description, now, now, by, by, {role.id: role for role in roles})
        self.groups[group.id] = group
        return group

    def remove_group(self, group: Group) -> None:
        for user in list(group.users.values()):
            part(user, group)
        del self.groups[group.id]

    def show_anonymous(self, shown: bool, now: float) -> None:
        """Have, or not have, Application Integration's own user among the people."""
        user = self.user_named(ANONYMOUS_NAME)
        if shown and user is None:
            self.add_user(
                ANONYMOUS_NAME, now, first_name="CAI", last_name="Anonymous", email=None, state="Active", description=""
            )
        elif not shown and user is not None:
            self.remove_user(user)


Named = t.TypeVar("Named", Role, Group)


def _named(items: t.Iterable[Named], name: str, exact: bool) -> Named | None:
    if exact:
        return next((item for item in items if item.name == name), None)
    folded = name.casefold()
    return next((item for item in items if item.name.casefold() == folded), None)


def fresh_directory(now: float) -> Directory:
    """A new organization: system roles, three user groups, one administrator."""
    directory = Directory()
    for name, display_name, identifier, description in SYSTEM_ROLES:
        directory.roles[identifier] = Role(
            identifier, name, display_name, description, True, now, now, privileges=PRIVILEGES
        )
    for name, roles in GROUPS:
        held = [role for role in directory.roles.values() if role.name in roles]
        directory.add_group(name, None, now, BUILT_IN, held)
    admin = directory.add_user(
        ADMIN_NAME,
        now,
        first_name="Sandbox",
        last_name="Administrator",
        email=ADMIN_NAME,
        state="Active",
        description="",
        passwords=[(now, ADMIN_PASSWORD)],
    )
    role = directory.role_named("Admin")
    assert role is not None
    admin.roles[role.id] = role
    return directory
