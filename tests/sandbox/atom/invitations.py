# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invitations to a tenant: sent, seen and accepted."""

from __future__ import annotations

import typing as t

from .access import MANAGE, live_tenant
from .call import Call, operation, page, uuid_of
from .errors import Refused, not_found
from .model import Invitation, Page
from .signin import normal_address
from .state import new_id
from .tenants import WRONG_TENANT, active_subject, join


@operation
def create_tenant_invitation(call: Call, tenant_id: str, input: dict[str, t.Any]) -> Invitation:
    """An open invitation of the same person is rewritten, its role included."""
    tenant = live_tenant(call, tenant_id, MANAGE)
    invitee = active_subject(call.state, input["invitee_user_id"]) if input.get("invitee_user_id") else None
    address = normal_address(input.get("invitee_email") or "")
    if invitee is None and address is None:
        raise Refused("inviteeUserId or inviteeEmail is required")
    role = call.state.roles.get(uuid_of(input["role_id"])) if input.get("role_id") else None
    if role is not None and role.tenant_id != tenant.id:
        raise Refused(WRONG_TENANT)
    who = (tenant.id, invitee.id if invitee else None, None if invitee else address)
    found = next((i for i in open_invitations(call) if (i.tenant_id, i.invitee_user_id, i.invitee_email) == who), None)
    if found is None:
        found = Invitation(new_id(), tenant.id, call.caller.id, call.state.stamp())
        call.state.invitations[found.id] = found
    else:
        found.updated_at = call.state.stamp()
    found.invitee_user_id, found.invitee_email = who[1:]
    found.invitee_name = invitee.name if invitee else None
    found.role_id, found.role_name = (role.id, role.name) if role else (None, None)
    return found


def open_invitations(call: Call) -> list[Invitation]:
    everything = reversed(call.state.invitations.values())
    return [i for i in everything if not (i.accepted_at or i.rejected_at or i.revoked_at)]


@operation
def tenant_invitations(call: Call, tenant_id: str, limit: int | None = None, offset: int | None = None) -> Page:
    tenant = live_tenant(call, tenant_id, MANAGE)
    rows = [i for i in reversed(call.state.invitations.values()) if i.tenant_id == tenant.id]
    return page(rows, limit, offset)


@operation
def my_tenant_invitations(call: Call, limit: int | None = None, offset: int | None = None) -> Page:
    return page([i for i in open_invitations(call) if i.invitee_user_id == call.caller.id], limit, offset)


@operation
def accept_tenant_invitation(call: Call, tenant_id: str) -> bool:
    wanted = uuid_of(tenant_id)
    mine = [
        i
        for i in reversed(call.state.invitations.values())
        if i.invitee_user_id == call.caller.id and i.tenant_id == wanted and not i.revoked_at
    ]
    if not mine:
        raise not_found("invitation")
    if mine[0].accepted_at:
        raise Refused("invitation already accepted", 409)
    mine[0].accepted_at = call.state.stamp()
    role = call.state.roles.get(mine[0].role_id or "")
    join(call.state, call.state.tenants[wanted], call.caller, role)
    return True


@operation
def revoke_tenant_invitation(call: Call, tenant_id: str, invitation_id: str) -> bool:
    """The operation is in the real server's interface; its refusals are those of its neighbours."""
    tenant = live_tenant(call, tenant_id, MANAGE)
    found = call.state.invitations.get(uuid_of(invitation_id))
    if found is None or found.tenant_id != tenant.id or found not in open_invitations(call):
        raise not_found("invitation")
    found.revoked_at = call.state.stamp()
    return True
