# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People, roles and user groups, as plain data that both API versions are views of."""

from __future__ import annotations

import dataclasses

DEFAULT_TIME_ZONE = "America/Los_Angeles"
NATIVE, SAML = 0, 1
BUILT_IN = "System built-in user"


@dataclasses.dataclass(slots=True, eq=False)
class Role:
    """A role; system roles belong to the platform's organization and may be shown under another name."""

    id: str
    name: str
    display_name: str
    description: str | None
    system: bool
    created: float
    updated: float
    created_by: str = BUILT_IN
    updated_by: str = BUILT_IN
    privileges: list[dict[str, str]] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(slots=True, eq=False)
class Group:
    """A user group; ``users`` and ``User.groups`` always mirror each other."""

    id: str
    name: str
    description: str | None
    created: float
    updated: float
    created_by: str
    updated_by: str
    roles: dict[str, Role] = dataclasses.field(default_factory=dict)
    users: dict[str, User] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True, eq=False)
class User:
    """An account; ``roles`` are those given directly, ``state`` None says that the password has expired."""

    id: str
    v2_id: str
    name: str
    first_name: str
    last_name: str
    email: str | None
    created: float
    updated: float
    created_by: str
    updated_by: str
    state: str | None = "Provisioned"
    description: str | None = None
    title: str | None = None
    phone: str | None = None
    time_zone: str = DEFAULT_TIME_ZONE
    max_login_attempts: int = 10
    authentication: int = NATIVE
    alias_name: str | None = None
    force_password_change: bool = False
    last_login: float | None = None
    roles: dict[str, Role] = dataclasses.field(default_factory=dict)
    groups: dict[str, Group] = dataclasses.field(default_factory=dict)

    passwords: list[tuple[float, str]] = dataclasses.field(default_factory=list)
    failed_logins: int = 0
    security_question: str | None = None
    security_answer: str | None = None
    sf_username: str | None = None
    opt_out_of_emails: bool = False
    has_scheduled_jobs: bool = False
    file_listeners: int = 0
    from_identity_provider: bool = False
    hidden_reads: int = 0

    @property
    def password(self) -> str | None:
        return self.passwords[-1][1] if self.passwords else None

    @property
    def is_admin(self) -> bool:
        """Whether the Admin role is held, directly or through a group."""
        granted = [self.roles, *(group.roles for group in self.groups.values())]
        return any(role.name == "Admin" for roles in granted for role in roles.values())


def join(user: User, group: Group) -> None:
    user.groups[group.id] = group
    group.users[user.id] = user


def part(user: User, group: Group) -> None:
    user.groups.pop(group.id, None)
    group.users.pop(user.id, None)
