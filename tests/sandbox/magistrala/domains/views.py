# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains, roles and invitations as JSON."""

from __future__ import annotations

import typing as t

from ..call import Call
from ..gojson import encode
from ..views import moment, nanoseconds
from .state import Domain, Invitation, Role


def domain_object(domain: Domain, generation: str, *, role: Role | None = None, member: str = "") -> str:
    """A domain; with ``role`` as generation A and the lists show one's own role, with ``member`` as B does."""
    shown: dict[str, t.Any] = {"id": domain.id, "name": domain.name}
    shown |= {"metadata": domain.metadata} if domain.metadata else {}
    shown |= {"tags": domain.tags} if domain.tags else {}
    shown["alias" if generation == "A" else "route"] = domain.route
    shown["status"] = domain.status
    if role and not member:
        shown |= {"role_id": role.id, "role_name": role.name, "actions": role.actions}
    shown |= {"created_by": domain.created_by}
    shown |= {"created_at": moment(domain.created), "updated_at": moment(domain.updated)}
    if role and member:
        shown |= {"member_id": member, "roles": [membership(role, role.actions)]}
    return encode(shown)


def membership(role: Role, actions: list[str]) -> dict[str, t.Any]:
    return {"role_id": role.id, "role_name": role.name, "actions": actions, "access_type": "direct"}


def role_object(role: Role) -> dict[str, t.Any]:
    return {
        "id": role.id,
        "name": role.name,
        "entity_id": role.domain_id,
        "created_by": role.created_by,
        "created_at": moment(role.created),
        "updated_by": role.updated_by,
        "updated_at": moment(role.updated),
    }


def new_role(role: Role, actions: list[str] | None, members: list[str] | None) -> str:
    """The answer to the creation of a role, which repeats what was sent."""
    shown = role_object(role) | {"created_at": nanoseconds(role.created)}
    return encode(shown | {"optional_actions": actions, "optional_members": members})


def member_object(role: Role, user_id: str) -> dict[str, t.Any]:
    return {"member_id": user_id, "roles": [membership(role, sorted(role.actions))]}


def invitation_object(call: Call, invitation: Invitation) -> dict[str, t.Any]:
    shown: dict[str, t.Any] = {"invited_by": invitation.invited_by}
    if call.generation == "A":
        shown |= {"user_id": invitation.user_id, "domain_id": invitation.domain_id, "relation": invitation.relation}
    else:
        domain = call.system.domains.all[invitation.domain_id]
        role = domain.roles.get(invitation.role_id)
        shown |= {"invitee_user_id": invitation.user_id, "domain_id": domain.id, "domain_name": domain.name}
        shown |= {"role_id": invitation.role_id, "role_name": role.name if role else ""}
    return shown | {
        "created_at": moment(invitation.created),
        "updated_at": moment(invitation.updated),
        "confirmed_at": moment(invitation.confirmed),
        "rejected_at": moment(invitation.rejected),
    }


def page(name: str, found: t.Sequence[t.Any], offset: int, limit: int, show: t.Callable[[t.Any], t.Any]) -> str:
    """A listing that always tells its offset; ``show`` makes the JSON value of one entry."""
    rows = [show(entry) for entry in found[offset : offset + limit]]
    return encode({"total": len(found), "offset": offset, "limit": limit, name: rows})
