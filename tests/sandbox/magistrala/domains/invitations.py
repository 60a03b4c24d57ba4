# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invitations into domains: a service of its own in generation A, part of the domains service in B."""

from __future__ import annotations

from ..call import Call, Params, Reply
from ..errors import invalid
from ..gojson import Shape
from .access import is_platform_admin, require, require_scope
from .roles import bounds
from .state import Invitation
from .views import invitation_object, page

STATES = ("all", "pending", "accepted", "rejected")

INVITE = {
    "A": Shape("sendInvitationReq", {"user_id": "string", "domain_id": "string", "relation": "string"}),
    "B": Shape("sendInvitationReq", {"invitee_user_id": "string", "role_id": "string"}),
}
ANSWER = Shape("acceptInvitationReq", {"domain_id": "string"})
WITHDRAW = Shape("deleteInvitationReq", {"user_id": "string"})


def invite(call: Call) -> Reply:
    """POST /invitations (A), POST /domains/{id}/invitations (B); the refusals are those of the source."""
    fields, domains = call.fields(INVITE[call.generation]), call.system.domains
    user_id = fields.get("user_id" if call.generation == "A" else "invitee_user_id", "")
    if not user_id:
        raise invalid("missing user id")
    require_scope(call, "send_invitation")
    domain = require(call, "manage_role", "not in domain", fields.get("domain_id", ""))
    role_id = fields.get("role_id", "")
    if call.generation == "B" and role_id not in domain.roles:
        raise call.refuse("view no role")
    if domain.role_of(user_id) or (domain.id, user_id) in domains.invitations:
        raise call.refuse("invited already")
    domains.invitations[domain.id, user_id] = Invitation(
        user_id, domain.id, call.caller, call.system.stamp(), role_id, fields.get("relation", "")
    )
    return Reply(201)


def shown(call: Call, found: list[Invitation]) -> Reply:
    params = Params(call.query)
    state = params.word("state") or "all"
    if state not in STATES:
        raise invalid("invalid invitation state")
    offset, limit = bounds(call)
    chosen = [invitation for invitation in found if state in ("all", invitation.state)]
    return Reply(
        200, page("invitations", chosen, offset, limit, lambda invitation: invitation_object(call, invitation))
    )


def listing(call: Call) -> Reply:
    """GET /invitations: the own; in generation A also those that one sent, and all for platform administrators."""
    found = list(call.system.domains.invitations.values())
    if call.generation == "B":
        return shown(call, [invitation for invitation in found if invitation.user_id == call.caller])
    params = Params(call.query)
    for name in ("user_id", "domain_id", "invited_by"):
        if wanted := params.word(name):
            found = [invitation for invitation in found if getattr(invitation, name) == wanted]
    if not is_platform_admin(call):
        found = [invitation for invitation in found if call.caller in (invitation.user_id, invitation.invited_by)]
    return shown(call, found)


def list_of_domain(call: Call) -> Reply:
    """GET /domains/{id}/invitations"""
    require_scope(call, "list_domain_invitation")
    domain = require(call, "manage_role")
    found = call.system.domains.invitations.values()
    return shown(call, [invitation for invitation in found if invitation.domain_id == domain.id])


def own_pending(call: Call) -> Invitation:
    """The caller's invitation into the domain of the body, in whatever status they are. Raises Refused."""
    domain_id = call.fields(ANSWER).get("domain_id", "")
    invitation = call.system.domains.invitations.get((domain_id, call.caller))
    if invitation is None:
        raise call.refuse("no invitation")
    if invitation.state != "pending":
        raise call.refuse("invitation answered")
    return invitation


def accept(call: Call) -> Reply:
    """POST /invitations/accept.

    Generation A refused the one acceptance that was recorded, of a deleted person. It has nothing to tie a relation to
    a role, so that the sandbox lets nobody in there.
    """
    invitation = own_pending(call)
    if call.generation == "A":
        raise call.refuse("invitation in vain")
    domain = call.system.domains.all[invitation.domain_id]
    role = domain.roles.get(invitation.role_id)
    if role is None:
        raise call.refuse("view no role")
    if domain.role_of(call.caller):
        raise call.refuse("create in domain")
    role.members.append(call.caller)
    invitation.confirmed = invitation.updated = call.system.stamp()
    return Reply(204)


def reject(call: Call) -> Reply:
    """POST /invitations/reject"""
    invitation = own_pending(call)
    invitation.rejected = invitation.updated = call.system.stamp()
    return Reply(204)


def take_away(call: Call, domain_id: str, user_id: str) -> Reply:
    """Invitees and inviters may withdraw an invitation, and those who manage the domain's roles."""
    invitations = call.system.domains.invitations
    invitation = invitations.get((domain_id, user_id))
    concerned = invitation is not None and call.caller in (invitation.user_id, invitation.invited_by)
    if not concerned and not is_platform_admin(call):
        require(call, "manage_role", "not in domain", domain_id)
    if invitation is None:
        raise call.refuse("no invitation")
    del invitations[domain_id, user_id]
    return Reply(204)


def withdraw(call: Call) -> Reply:
    """DELETE /domains/{id}/invitations with a body (B)."""
    user_id = call.fields(WITHDRAW).get("user_id", "")
    if not user_id:
        raise invalid("missing user id")
    require_scope(call, "delete_invitation")
    if call.id not in call.system.domains.all:
        raise call.refuse("no such domain")
    return take_away(call, call.id, user_id)


def withdraw_by_path(call: Call) -> Reply:
    """DELETE /invitations/{user}/{domain} (A)."""
    return take_away(call, call.path.get("domain", ""), call.path.get("user", ""))
