# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the server keeps. Times are microseconds since the epoch; a name in GraphQL is a field's in camel case."""

from __future__ import annotations

import dataclasses
import typing as t

Json = t.Any


@dataclasses.dataclass(slots=True)
class Entity:
    """Somebody or something that acts; people are of kind ``human``.

    :param email: the canonical address: of a sign-up, or on newer servers that of ``attributes.email``.
    :param text: that of the attributes, for searches; None until somebody searches.
    """

    id: str
    kind: str
    name: str
    created_at: int
    alias: str | None = None
    tenant_id: str | None = None
    status: str = "active"
    attributes: Json = dataclasses.field(default_factory=dict)
    profile_id: str | None = None
    profile_version_id: str | None = None
    parent_group_id: str | None = None
    external_id: str | None = None
    managed_by: str | None = None
    deleted_at: int | None = None
    deleted_by: str | None = None
    updated_at: int | None = None
    email: str | None = None
    email_verified: bool = False
    text: str | None = None


@dataclasses.dataclass(slots=True)
class Credential:
    """A password or an access token. ``entity_id`` is what GraphQL shows of the owner: nothing."""

    id: str
    owner: str
    kind: str
    secret: str
    created_at: int
    identifier: str | None = None
    status: str = "active"
    expires_at: int | None = None
    name: str = ""
    description: str | None = None
    scoped: bool = False
    permissions: list[Permission] = dataclasses.field(default_factory=list)
    last_used_at: int | None = None
    entity_id: None = None

    @property
    def credential_id(self) -> str:
        return self.id


@dataclasses.dataclass(slots=True)
class Permission:
    """What a scoped access token allows, or, as part of a role, what its holders may do."""

    actions: list[str]
    scope_mode: str
    tenant_id: str | None = None
    object_kind: str | None = None
    object_type: str | None = None
    object_id: str | None = None
    conditions: Json = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True)
class Session:
    id: str
    entity_id: str
    created_at: int
    expires_at: int
    revoked_at: int | None = None
    refresh_token: str = ""
    refresh_expires_at: int = 0


@dataclasses.dataclass(slots=True)
class Tenant:
    id: str
    name: str
    created_at: int
    alias: str | None = None
    status: str = "active"
    tags: list[str] = dataclasses.field(default_factory=list)
    attributes: Json = dataclasses.field(default_factory=dict)
    created_by: str | None = None
    updated_by: str | None = None
    deleted_at: int | None = None
    deleted_by: str | None = None
    updated_at: int | None = None
    members: dict[str, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True)
class Action:
    id: str
    name: str
    created_at: int
    description: str | None = None
    updated_at: int | None = None


@dataclasses.dataclass(slots=True)
class Block:
    """A permission block of roles."""

    id: str
    permission: Permission
    actions: list[Action]
    created_at: int
    effect: str = "allow"
    group_id: str | None = None

    @property
    def updated_at(self) -> int:
        return self.created_at

    def __getattr__(self, name: str) -> t.Any:
        return getattr(self.permission, name)


@dataclasses.dataclass(slots=True)
class Role:
    id: str
    name: str
    created_at: int
    tenant_id: str | None = None
    description: str | None = None
    permission_blocks: list[Block] = dataclasses.field(default_factory=list)
    deleted_at: int | None = None
    deleted_by: str | None = None
    updated_at: int | None = None

    @property
    def derived_kind(self) -> str:
        return "simple" if self.permission_blocks else "empty"


@dataclasses.dataclass(slots=True)
class RoleAssignment:
    id: str
    role: Role
    subject_kind: str
    subject_id: str
    created_at: int

    @property
    def role_id(self) -> str:
        return self.role.id

    @property
    def tenant_id(self) -> str | None:
        return self.role.tenant_id


@dataclasses.dataclass(slots=True)
class Group:
    """A group of people; ``members`` in the order in which they came."""

    id: str
    name: str
    created_at: int
    tenant_id: str | None = None
    group_type: str = "principal"
    description: str | None = None
    parent_id: str | None = None
    status: str = "active"
    attributes: Json = dataclasses.field(default_factory=dict)
    deleted_at: int | None = None
    deleted_by: str | None = None
    updated_at: int | None = None
    members: dict[str, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True)
class Invitation:
    id: str
    tenant_id: str
    invited_by: str
    created_at: int
    invitee_user_id: str | None = None
    invitee_name: str | None = None
    invitee_email: str | None = None
    role_id: str | None = None
    role_name: str | None = None
    accepted_at: int | None = None
    rejected_at: int | None = None
    revoked_at: int | None = None
    updated_at: int | None = None


@dataclasses.dataclass(slots=True)
class AuditLog:
    id: str
    event: str
    outcome: str
    details: Json
    created_at: int
    actor_entity_id: str | None = None
    tenant_id: str | None = None
    target_kind: str | None = None
    target_id: str | None = None


@dataclasses.dataclass(slots=True)
class Profile:
    """The shape that entities of a kind have; there is one, for people."""

    id: str
    version_id: str
    created_at: int
    object_kind: str = "entity"
    kind: str = "human"
    key: str = "user"
    display_name: str = "User"
    status: str = "active"
    tenant_id: str | None = None
    description: str | None = None
    updated_at: int | None = None


@dataclasses.dataclass(slots=True)
class Page:
    """A listing: so many in all, and those of the page."""

    items: t.Sequence[t.Any]
    total: int
