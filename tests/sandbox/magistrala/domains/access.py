# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may do what in a domain.

In generation A only members may, by the actions of their role; that the caller is a platform administrator, or comes
with a personal access token, changes nothing. In generation B platform administrators may do everything; a personal
access token needs a scope, and no scope opens the routes of roles: the real server answers them with 500.
"""

from __future__ import annotations

from ..call import Call
from ..tokens import PAT
from .state import Domain


def is_platform_admin(call: Call) -> bool:
    """Whether the caller holds the platform's relation and, in generation B, a token that says so."""
    claimed = call.generation == "A" or (call.session is not None and call.session.role == "admin")
    return claimed and call.caller in call.system.admins


def is_allowed(call: Call, domain: Domain, action: str) -> bool:
    """Whether the caller's role in the domain, or their rank in generation B, allows ``action``."""
    if call.generation == "B" and is_platform_admin(call):
        return True
    role = domain.role_of(call.caller)
    return role is not None and action in role.actions


def require(call: Call, action: str, situation: str = "not in domain", domain_id: str = "") -> Domain:
    """The domain of the path (or ``domain_id``), if the caller may do ``action`` there. Raises Refused."""
    domain = call.system.domains.all.get(domain_id or call.id)
    if domain is None:
        raise call.refuse("no such domain" if call.generation == "B" else situation)
    if not is_allowed(call, domain, action):
        raise call.refuse(situation)
    return domain


def require_scope(call: Call, operation: str) -> None:
    """Generation B: what a personal access token must allow for a route that is not about roles. Raises Refused."""
    pat = call.session.pat if call.session else None
    if call.generation == "B" and pat and not pat.allows_in_domain(call.id, operation):
        raise call.refuse("out of scope")


def require_for_roles(call: Call, action: str) -> Domain:
    """Like ``require``, for the routes of roles and members."""
    if call.generation == "B" and call.session and call.session.type == PAT:
        raise call.refuse("roles by token")
    return require(call, action)
