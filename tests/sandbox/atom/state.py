# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that one installation keeps, and what a fresh one begins with."""

from __future__ import annotations

import typing as t
import uuid

from .directory import Directory
from .model import (
    Action,
    AuditLog,
    Block,
    Credential,
    Entity,
    Group,
    Invitation,
    Permission,
    Profile,
    Role,
    RoleAssignment,
    Session,
    Tenant,
)


def fixed(number: int) -> str:
    """The ids that every installation has."""
    return f"00000000-0000-0000-0000-{number:012d}"


ADMIN = fixed(1)
ADMIN_ROLE = fixed(2)
SERVICE = fixed(3)
SERVICE_ROLE = fixed(4)
EVERYBODY = fixed(5)
CREATOR_ROLE = fixed(6)

ACTIONS = (
    "authz.check",
    "create",
    "delete",
    "execute",
    "manage",
    "policy.manage",
    "publish",
    "read",
    "revoke",
    "role.manage",
    "rotate",
    "subscribe",
    "write",
)
TENANT_ACTIONS = (
    "delete",
    "execute",
    "manage",
    "policy.manage",
    "publish",
    "read",
    "role.manage",
    "subscribe",
    "write",
)


def new_id() -> str:
    return str(uuid.uuid4())


class State:
    """The tables of the database."""

    def __init__(self, now: t.Callable[[], float]) -> None:
        self.now = now
        self.last_stamp = 0
        self.directory = Directory()
        self.credentials: dict[str, Credential] = {}
        self.sessions: dict[str, Session] = {}
        self.tenants: dict[str, Tenant] = {}
        self.roles: dict[str, Role] = {}
        self.blocks: dict[str, Block] = {}
        self.assignments: dict[str, RoleAssignment] = {}
        self.groups: dict[str, Group] = {}
        self.invitations: dict[str, Invitation] = {}
        self.audit: list[AuditLog] = []
        start = self.stamp()
        self.actions = {name: Action(new_id(), name, start) for name in ACTIONS}
        self.profile = Profile(new_id(), new_id(), start)
        self.begin(start)

    def stamp(self) -> int:
        """Now in microseconds, and later than any stamp before."""
        self.last_stamp = max(int(self.now() * 1_000_000), self.last_stamp + 1)
        return self.last_stamp

    def begin(self, start: int) -> None:
        """The first administrator, a service, the group of everybody, and their roles."""
        self.groups[EVERYBODY] = Group(EVERYBODY, "authenticated-users", start)
        self.directory.add(Entity(SERVICE, "service", "example-service", start))
        self.add_human(Entity(ADMIN, "human", "admin", start, attributes={"role": "admin", "system": True}))
        whole = [
            (ADMIN_ROLE, "atom-admin", "Full administrative access", ACTIONS, None, "entity", ADMIN),
            (
                CREATOR_ROLE,
                "domain-creator",
                "Allows authenticated users to create their own tenants/domains",
                ("create",),
                "tenant",
                "group",
                EVERYBODY,
            ),
            (
                SERVICE_ROLE,
                "example-service",
                "Example service integration role",
                ("authz.check",),
                None,
                "entity",
                SERVICE,
            ),
        ]
        for role_id, name, description, actions, kind, subject_kind, subject in whole:
            role = self.roles[role_id] = Role(role_id, name, start, description=description)
            mode = "object_kind" if kind else "platform"
            role.permission_blocks = [self.add_block(Permission([*actions], mode, object_kind=kind), start)]
            self.assign(role, subject_kind, subject, start, ADMIN if role_id == ADMIN_ROLE else None)

    def add_human(self, entity: Entity) -> Entity:
        """Add somebody, who joins the group of everybody. Raises Refused where a name is taken."""
        self.directory.add(entity)
        self.groups[EVERYBODY].members[entity.id] = entity.created_at
        return entity

    def add_block(self, permission: Permission, stamp: int, effect: str = "allow") -> Block:
        actions = [self.actions[name] for name in sorted(permission.actions)]
        block = Block(new_id(), permission, actions, stamp, effect)
        self.blocks[block.id] = block
        return block

    def assign(
        self, role: Role, subject_kind: str, subject_id: str, stamp: int, assignment_id: str | None = None
    ) -> RoleAssignment:
        """Give a role to an entity or a group, once more if they have it already."""
        assignment = RoleAssignment(assignment_id or new_id(), role, subject_kind, subject_id, stamp)
        self.assignments[assignment.id] = assignment
        return assignment

    def log(self, event: str, outcome: str, details: dict[str, t.Any], actor: str | None, target: str | None) -> None:
        kind = "entity" if target else None
        entry = AuditLog(new_id(), event, outcome, details, self.stamp(), actor, target_kind=kind, target_id=target)
        self.audit.append(entry)

    def forget(self, entity_id: str) -> None:
        """Remove an entity and everything that refers to it, as a purge does."""
        del self.directory.entities[entity_id]
        for group in self.groups.values():
            group.members.pop(entity_id, None)
        for tenant in self.tenants.values():
            tenant.members.pop(entity_id, None)
        self.assignments = {k: a for k, a in self.assignments.items() if a.subject_id != entity_id}
        self.credentials = {k: c for k, c in self.credentials.items() if c.owner != entity_id}
        self.sessions = {k: s for k, s in self.sessions.items() if s.entity_id != entity_id}
