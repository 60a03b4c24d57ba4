# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""infapy, the client by the vendor's staff, reads what the modules wrote, and the modules read what infapy wrote."""

from __future__ import annotations

import typing as t

import infapy
import infapy.connections
import pytest

from unit.iics.server import DESIGNER, JANE, PASSWORD, Server, foreseen
from unit.sandbox.iics_client import DESIGNER as DESIGNER_ID
from unit.sandbox.iics_client import Client


@pytest.fixture
def vendor(server: Server) -> t.Any:
    client = Client(server.url)
    client.sign_in()
    infapy.setStreamLogger(name="test", level="ERROR")
    base = server.url + "/saas"
    return infapy.connections.Infapy(
        v2={}, v3={}, v3SessionID=client.session_id, v3BaseURL=base, v2BaseURL=base, v2icSessionID=client.session_id
    )


def test_infapy_reads_what_the_module_created(server: Server, vendor: t.Any) -> None:
    created = foreseen(server, **JANE, **DESIGNER, groups={"add": ["Platform"]}, title="Engineer")["user"]
    (jane,) = vendor.v3().users().getUserByID(created["id"])
    assert (jane["userName"], jane["title"], jane["authentication"]) == ("jane@example.com", "Engineer", "Native")
    assert [role["roleName"] for role in jane["roles"]] == ["Designer"]
    assert [group["userGroupName"] for group in jane["groups"]] == ["Platform"]
    assert vendor.v2().user().getUserByName("jane@example.com")["uuid"] == created["id"]


def test_infapy_reads_what_the_module_wrote_through_v2(server: Server, vendor: t.Any) -> None:
    mary = {**JANE, "title": "Analyst", "phone": "5555555555", "password": PASSWORD, "time_zone": "America/Chicago"}
    foreseen(server, **mary, **DESIGNER, api="v2")
    foreseen(server, username="jane@example.com", title="Lead", description="", on_profile_drift="v2_update")
    jane = vendor.v2().user().getUserByName("jane@example.com")
    assert (jane["title"], jane["timezone"], jane["emails"]) == ("Lead", "America/Chicago", "jane@example.com")
    assert vendor.v2().user().getUserById(jane["id"]) == jane


def test_the_module_takes_over_what_infapy_created(server: Server, vendor: t.Any) -> None:
    body = {"name": "jane@example.com", "firstName": "Jane", "lastName": "Smith", "email": "jane@example.com"}
    created = vendor.v3().users().createNewUser({**body, "roles": [DESIGNER_ID]})
    assert not server.user(**JANE, **DESIGNER)["changed"]
    vendor.v2().user().updateUserDetails(
        vendor.v2().user().getUserByName("jane@example.com")["id"],
        {**vendor.v2().user().getUserByName("jane@example.com"), "title": "Engineer", "phone": ""},
    )
    (shown,) = server.info(id=created["id"])
    assert shown["title"] == "Engineer" and shown["roles"] == ["Designer"]


def test_what_one_deleted_is_gone_for_the_other(server: Server, vendor: t.Any) -> None:
    jane = foreseen(server, **JANE, **DESIGNER)["user"]
    assert vendor.v3().users().deleteUser(jane["id"]).status_code == 204
    assert not server.user(username="jane@example.com", state="absent")["changed"]
    foreseen(server, **JANE, **DESIGNER)
    foreseen(server, username="jane@example.com", state="absent")
    assert [user["userName"] for user in vendor.v3().users().getAllUsers()] == ["admin@example.com"]
