# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who leaves Atom loses every tenant, invitation, group and role of the platform,
whatever stands in the way of one of them.
"""

from __future__ import annotations

import json
import typing as t

import pytest

from sandbox.atom.model import Invitation
from sandbox.atom.seeding import tenant_named
from sandbox.atom.state import ADMIN, new_id
from unit.magistrala.server import AtomServer, foreseen

LEA = "lea"
STATES = ("disabled", "absent")
HELD = {"tenants": ["plant-7"], "groups": ["Operators", "Guests"], "invited": ["plant-8"]}
FORBIDDEN = json.dumps({"data": None, "errors": [{"message": "forbidden", "path": ["r0"]}]})


def seed(atom: AtomServer, **more: t.Any) -> None:
    """Somebody with a tenant, an invitation to another, two groups, and two roles of which one was assigned twice."""
    lea = {
        "name": LEA,
        "attributes": {"email": "Lea@example.com"},
        "tenants": {"plant-7": "viewer"},
        "invited": ["plant-8"],
    }
    roles = ["auditor", "operator", "operator"]
    atom.seed(
        0,
        people=[
            {**lea, "groups": HELD["groups"], "platform_roles": roles, **more},
            {"name": "joe", "groups": ["Operators"]},
        ],
    )


def invite(atom: AtomServer, address: str) -> None:
    """By its address, which may be that of an account."""
    state = atom.system.state
    tenant = tenant_named(state, "plant-8")
    invitation = Invitation(new_id(), tenant.id, ADMIN, state.stamp(), invitee_email=address)
    state.invitations[invitation.id] = invitation


def left(atom: AtomServer) -> dict[str, t.Any]:
    """What somebody has yet, as the server keeps it; the group that everybody joins by themselves is not counted."""
    person = atom.person(LEA)
    groups = [name for name in person["groups"] if name in HELD["groups"]]
    return {"tenants": person["tenants"], "groups": groups, "roles": person["roles"], "invited": person["invited"]}


@pytest.mark.parametrize("state", STATES)
def test_everything_goes(atom: AtomServer, state: str) -> None:
    seed(atom)
    invite(atom, "lea@example.com")
    invite(atom, "somebody.else@example.com")
    result = foreseen(atom, username=LEA, state=state, leave_domains=True)
    before = result["diff"][0]["before"]
    assert (before["groups"], before["platform_roles"]) == (["Guests", "Operators"], ["auditor", "operator"])
    assert {"domain": "plant-8", "role": "", "invitation": "pending"} in before["domains"]
    assert left(atom) == {"tenants": [], "groups": [], "roles": [], "invited": []}
    open_still = [each.invitee_email for each in atom.system.state.invitations.values() if not each.revoked_at]
    assert open_still == ["somebody.else@example.com"]
    assert atom.person("joe")["groups"][-1] == "Operators", "others stay"


def test_nobody_who_only_gets_disabled_loses_them(atom: AtomServer) -> None:
    seed(atom)
    foreseen(atom, username=LEA, state="disabled")
    assert len(left(atom)["roles"]) == 4 and left(atom)["groups"] == HELD["groups"]


@pytest.mark.parametrize("state", STATES)
def test_what_cannot_be_taken_is_named_and_keeps_nothing_else(atom: AtomServer, state: str) -> None:
    seed(atom, groups=["Operators"])
    atom.faults(
        {"kind": "status", "path": ".*#mutation removeGroupMember", "status": 200, "body": FORBIDDEN, "times": 0}
    )
    result = atom.user(username=LEA, state=state, leave_domains=True)
    assert result["failed"] and f"{LEA} keeps the group Operators: " in result["user"]["error"]
    assert left(atom) == {"tenants": [], "groups": ["Operators"], "roles": [], "invited": []}
    assert atom.person(LEA)["status"] == "inactive"


def test_where_nobody_can_look_the_account_is_closed_and_fails(atom: AtomServer) -> None:
    seed(atom)
    atom.faults({"kind": "status", "path": ".*entityGroups.*", "status": 200, "body": FORBIDDEN, "times": 0})
    result = atom.user(username=LEA, state="disabled", leave_domains=True)
    assert result["failed"] and f"{LEA} may still have roles of the platform and groups: " in result["user"]["error"]
    assert atom.person(LEA)["status"] == "inactive" and left(atom)["tenants"] == []


def test_many_leave_with_few_requests(atom: AtomServer) -> None:
    atom.seed(20, tenants=[f"plant-{number}" for number in range(8)])
    users = [{"username": f"person-{number:05d}"} for number in range(1, 21)]
    counts = []
    for count in (1, 20):
        atom.user(check=True, users=users[:count], state="disabled", leave_domains=True)
        counts.append(len(atom.asked()))
    assert counts[1] == counts[0], "whose groups and roles are asked for, twenty-five at once"
