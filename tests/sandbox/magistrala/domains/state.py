# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains with their roles and members, and invitations."""

from __future__ import annotations

import dataclasses
import secrets
import string
import typing as t
import uuid

ADMIN = "admin"
ID_LETTERS = string.ascii_letters + string.digits
ID_LENGTH = 24


@dataclasses.dataclass(slots=True, eq=False)
class Role:
    """A role of one domain; ``members`` are ids of users, whether there are such users or not, in order of entry."""

    id: str
    name: str
    domain_id: str
    actions: list[str]
    members: list[str]
    created_by: str
    created: int
    updated: int = 0
    updated_by: str = ""


@dataclasses.dataclass(slots=True, eq=False)
class Domain:
    """A domain; ``route`` is what generation A calls alias, ``admin`` the role that every domain has from the start."""

    id: str
    name: str
    route: str
    created_by: str
    created: int
    admin: Role
    roles: dict[str, Role]
    tags: list[str] = dataclasses.field(default_factory=list)
    metadata: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    status: str = "enabled"
    updated: int = 0

    def role_of(self, user_id: str) -> Role | None:
        """The one role that a user has in a domain."""
        return next((role for role in self.roles.values() if user_id in role.members), None)


@dataclasses.dataclass(slots=True, eq=False)
class Invitation:
    """What somebody may accept: in generation B a role, in A a relation; times as in the table of users."""

    user_id: str
    domain_id: str
    invited_by: str
    created: int
    role_id: str = ""
    relation: str = ""
    updated: int = 0
    confirmed: int = 0
    rejected: int = 0

    @property
    def state(self) -> str:
        return "accepted" if self.confirmed else "rejected" if self.rejected else "pending"


class Domains:
    """Everything that the domains service stores: domains by id, and invitations by domain and user."""

    def __init__(self) -> None:
        self.all: dict[str, Domain] = {}
        self.invitations: dict[tuple[str, str], Invitation] = {}

    def add(self, name: str, route: str, creator: str, created: int, actions: list[str], **values: t.Any) -> Domain:
        """A new domain with the built-in role, whose first member is the creator."""
        domain_id = values.pop("id", "") or str(uuid.uuid4())
        admin = Role(role_id(), ADMIN, domain_id, list(actions), [creator], creator, created)
        self.all[domain_id] = Domain(domain_id, name, route, creator, created, admin, {admin.id: admin}, **values)
        return self.all[domain_id]

    def add_role(self, domain: Domain, name: str, creator: str, created: int, **values: t.Any) -> Role:
        """A new role; the caller has checked name, actions and members."""
        role = Role(role_id(), name, domain.id, created_by=creator, created=created, **values)
        domain.roles[role.id] = role
        return role

    def has_route(self, route: str) -> bool:
        return any(domain.route == route for domain in self.all.values())

    def of(self, user_id: str) -> list[Domain]:
        """The domains that a user is a member of."""
        return [domain for domain in self.all.values() if domain.role_of(user_id)]


def role_id() -> str:
    return "domain_" + "".join(secrets.choice(ID_LETTERS) for dummy in range(ID_LENGTH))
