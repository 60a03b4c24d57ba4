# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People and tenants on demand, and what became of them."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from .access_tokens import add_token
from .entities import canonical
from .model import Credential, Entity, Group, Invitation, Role, Tenant
from .passwords import owned, store_password
from .state import ADMIN, ADMIN_ROLE, State, new_id
from .tenants import add_tenant, join

PASSWORD = "Sandbox-person-1"


@dataclasses.dataclass
class Person:
    """Somebody to be added.

    :param password: None for nobody's.
    :param sign_up: the address with which they signed up themselves; it is not among the attributes then.
    :param verified: their canonical address is confirmed.
    :param tenants: names of tenants, made where they are not there, each with the name of a role or None.
    :param groups: names of groups of the platform, made where they are not there.
    :param platform_roles: names of roles of the platform, made without permissions where they are not there.
    :param invited: names of tenants to which the account is invited.
    :param access_token: an access token of theirs that allows everything.
    """

    name: str
    attributes: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    password: str | None = PASSWORD
    status: str = "active"
    deleted: bool = False
    admin: bool = False
    sign_up: str | None = None
    verified: bool = False
    tenants: dict[str, str | None] = dataclasses.field(default_factory=dict)
    groups: t.Sequence[str] = ()
    platform_roles: t.Sequence[str] = ()
    invited: t.Sequence[str] = ()
    access_token: str | None = None


def seed(
    state: State,
    newer: bool,
    seeded: int,
    count: int,
    disabled: int = 0,
    deleted: int = 0,
    verified: bool = False,
    people: t.Sequence[dict[str, t.Any]] = (),
    tenants: t.Sequence[str] = (),
    access_tokens: t.Sequence[dict[str, str]] = (),
) -> int:
    """Add people with the password ``Sandbox-person-1``; numbering goes on where the last call ended.

    :param disabled: so many of them, the last but for the deleted ones, are disabled.
    :param deleted: so many of them, the very last, are deleted.
    :param people: named people, each with the fields of ``Person``.
    :param tenants: names of tenants, which the administrator founds.
    :param access_tokens: for anybody who is there: ``{"owner": name, "token": "atom_..."}``.
    :return: how many numbered people there are now.
    """
    if disabled + deleted > count:
        raise ValueError("more people disabled and deleted than people")
    for name in tenants:
        tenant_named(state, name)
    for position in range(count):
        left = count - position
        number = f"{seeded + position + 1:05d}"
        attributes = {"email": f"person-{number}@example.com", "first_name": "Person", "last_name": number}
        status = "inactive" if deleted < left <= deleted + disabled else "active"
        person = Person(f"person-{number}", attributes, status=status, deleted=left <= deleted, verified=verified)
        add(state, newer, person)
    for row in people:
        add(state, newer, Person(**row))
    for row in access_tokens:
        owner = state.directory.holder("name", "", row["owner"])
        if owner is None:
            raise ValueError(f"nobody is named {row['owner']}")
        add_token(state, owner, "seeded", row["token"])
    return seeded + count


def add(state: State, newer: bool, person: Person) -> None:
    entity = Entity(new_id(), "human", person.name, state.stamp(), attributes=person.attributes)
    address = canonical("human", person.attributes) if newer else {}
    entity.email = person.sign_up or address.get("email")
    entity.email_verified = person.verified
    state.add_human(entity)
    if person.password is not None:
        store_password(state, entity, person.password, person.sign_up)
    if person.access_token:
        add_token(state, entity, "seeded", person.access_token)
    if person.admin:
        state.assign(state.roles[ADMIN_ROLE], "entity", entity.id, state.stamp())
    for name, role in person.tenants.items():
        tenant = tenant_named(state, name)
        join(state, tenant, entity, role_named(state, tenant, role) if role else None)
    for name in person.platform_roles:
        state.assign(role_named(state, None, name), "entity", entity.id, state.stamp())
    for name in person.groups:
        group_named(state, name).members[entity.id] = state.stamp()
    for name in person.invited:
        invitation = Invitation(new_id(), tenant_named(state, name).id, ADMIN, state.stamp(), entity.id, entity.name)
        state.invitations[invitation.id] = invitation
    entity.status = person.status
    if person.deleted:
        state.directory.release(entity)
        for credential in owned(state, entity.id):
            credential.status = "revoked"
        entity.status = "inactive"
        entity.deleted_at = entity.updated_at = state.stamp()
        entity.deleted_by = ADMIN


def tenant_named(state: State, name: str) -> Tenant:
    """The tenant of that name, made where there is none."""
    for tenant in state.tenants.values():
        if tenant.name == name and tenant.deleted_at is None:
            return tenant
    admin = state.directory.entities[ADMIN]
    made = Tenant(new_id(), name, state.stamp(), created_by=ADMIN, updated_by=ADMIN)
    return add_tenant(state, made, admin)


def group_named(state: State, name: str) -> Group:
    """The group of the platform of that name, made where there is none."""
    for group in state.groups.values():
        if (group.name, group.tenant_id) == (name, None) and group.deleted_at is None:
            return group
    made = Group(new_id(), name, state.stamp())
    state.groups[made.id] = made
    return made


def role_named(state: State, tenant: Tenant | None, name: str) -> Role:
    """The role of that name in a tenant or on the platform, made without permissions where there is none."""
    tenant_id = tenant.id if tenant else None
    for role in state.roles.values():
        if (role.name, role.tenant_id) == (name, tenant_id) and role.deleted_at is None:
            return role
    made = Role(new_id(), name, state.stamp(), tenant_id)
    state.roles[made.id] = made
    return made


def people(state: State) -> list[dict[str, t.Any]]:
    """Everybody of kind human, deleted ones too, with what belongs to them."""
    credentials: dict[str, list[Credential]] = collections.defaultdict(list)
    for credential in state.credentials.values():
        if credential.status == "active":
            credentials[credential.owner].append(credential)
    roles: dict[str, list[dict[str, str | None]]] = collections.defaultdict(list)
    for assignment in state.assignments.values():
        tenant = state.tenants.get(assignment.tenant_id or "")
        told = {"name": assignment.role.name, "tenant": tenant.name if tenant else None}
        roles[assignment.subject_id].append(told)
    sessions = collections.Counter(s.entity_id for s in state.sessions.values() if not s.revoked_at)
    return [
        {
            "id": entity.id,
            "name": entity.name,
            "status": entity.status,
            "deleted": entity.deleted_at is not None,
            "attributes": entity.attributes,
            "address": entity.email,
            "passwords": [c.secret for c in credentials[entity.id] if c.kind == "password"],
            "access_tokens": [c.name for c in credentials[entity.id] if c.kind == "access_token"],
            "sessions": sessions[entity.id],
            "tenants": [tenant.name for tenant in state.tenants.values() if entity.id in tenant.members],
            "groups": [group.name for group in state.groups.values() if entity.id in group.members],
            "roles": roles[entity.id],
            "invited": [state.tenants[i.tenant_id].name for i in state.invitations.values() if is_open(i, entity.id)],
        }
        for entity in state.directory.entities.values()
        if entity.kind == "human"
    ]


def is_open(invitation: Invitation, entity_id: str) -> bool:
    answered = invitation.accepted_at or invitation.rejected_at or invitation.revoked_at
    return invitation.invitee_user_id == entity_id and not answered


def tenants(state: State) -> list[dict[str, t.Any]]:
    """Every tenant with the names of its members."""
    entities = state.directory.entities
    return [
        {
            "id": tenant.id,
            "name": tenant.name,
            "status": tenant.status,
            "members": [entities[member].name for member in tenant.members],
        }
        for tenant in state.tenants.values()
    ]
