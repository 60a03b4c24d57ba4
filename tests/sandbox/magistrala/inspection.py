# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the control API tells about accounts, domains and tokens."""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from .domains.state import Domain
    from .system import Magistrala


def accounts(system: Magistrala) -> list[dict[str, t.Any]]:
    """Every account; ``administrator`` is the relation that the role column merely repeats."""
    return [
        {
            "id": user.id,
            "username": user.username,
            "status": user.status,
            "role": user.role,
            "administrator": user.id in system.admins,
        }
        for user in system.table.users.values()
    ]


def name_of(system: Magistrala, user_id: str) -> str:
    """The user name, or the id where there is no such account (any more)."""
    user = system.table.users.get(user_id)
    return user.username if user else user_id


def domains(system: Magistrala) -> list[dict[str, t.Any]]:
    """Every domain with its roles and invitations; people by user name, or by id where there is no such account."""
    return [one_domain(system, domain) for domain in system.domains.all.values()]


def one_domain(system: Magistrala, domain: Domain) -> dict[str, t.Any]:
    roles = {
        role.name: {
            "id": role.id,
            "actions": role.actions,
            "members": [name_of(system, user_id) for user_id in role.members],
        }
        for role in domain.roles.values()
    }
    invitations = [
        {
            "user": name_of(system, invitation.user_id),
            "by": name_of(system, invitation.invited_by),
            "role": domain.roles[invitation.role_id].name if invitation.role_id in domain.roles else None,
            "state": invitation.state,
        }
        for invitation in system.domains.invitations.values()
        if invitation.domain_id == domain.id
    ]
    facts = {"id": domain.id, "name": domain.name, "route": domain.route, "status": domain.status}
    return facts | {"roles": roles, "invitations": invitations}


def pats(system: Magistrala) -> list[dict[str, t.Any]]:
    """Every personal access token with its secret, and whether it would be taken now."""
    now = system.clock.now()
    return [
        {
            "id": pat.id,
            "user": name_of(system, pat.user_id),
            "name": pat.name,
            "token": pat.secret,
            "valid": system.pats.bearer(pat.secret, now) is not None,
            "scope": pat.scope,
            "scopes": pat.scopes,
        }
        for pat in system.pats.all.values()
    ]
