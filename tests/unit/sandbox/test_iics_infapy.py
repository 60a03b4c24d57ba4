# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""infapy, the vendor's staff's own client, drives the simulated IICS."""

from __future__ import annotations

import typing as t

import infapy
import infapy.connections
import infapy.exceptions
import pytest

from unit.sandbox.iics_client import DESIGNER, JANE, Client


@pytest.fixture
def vendor(iics: Client) -> t.Any:
    infapy.setStreamLogger(name="test", level="ERROR")
    base = iics.url + "/saas"
    return infapy.connections.Infapy(
        v2={}, v3={}, v3SessionID=iics.session_id, v3BaseURL=base, v2BaseURL=base, v2icSessionID=iics.session_id
    )


def test_lists_and_filters_users(iics: Client, vendor: t.Any) -> None:
    iics.seed(3)
    users = vendor.v3().users().getAllUsers()
    assert [user["userName"] for user in users][1:] == [f"person-{n:05}@example.com" for n in (1, 2, 3)]
    assert vendor.v3().users().getUserByID(users[2]["id"]) == [users[2]]


def test_creates_and_deletes_a_user(iics: Client, vendor: t.Any) -> None:
    created = vendor.v3().users().createNewUser({"name": "jane@example.com", **JANE, "roles": [DESIGNER]})
    assert (created["userName"], created["state"]) == ("jane@example.com", "Provisioned")
    assert vendor.v3().users().deleteUser(created["id"]).status_code == 204
    assert iics.find("jane@example.com") is None


def test_sees_a_failed_creation(vendor: t.Any) -> None:
    with pytest.raises(infapy.exceptions.InvalidUserDetailsProvided):
        vendor.v3().users().createNewUser({"name": "jane@example.com", **JANE})


def test_reads_roles_and_groups(vendor: t.Any) -> None:
    assert len(vendor.v3().userRoles().getAllUserRoles()) == 10
    (admin,) = vendor.v3().userRoles().getUserRoleByName("admin")
    assert admin["roleName"] == "Admin"
    assert admin["privileges"]
    (group,) = vendor.v3().userGroups().getUserGroupByName("Data Engineering")
    assert group["roles"][0]["roleName"] == "Designer"
    assert len(vendor.v3().userGroups().getAllUserGroups()) == 3


def test_creates_and_deletes_a_group(vendor: t.Any) -> None:
    groups = vendor.v3().userGroups()
    created = groups.createNewUserGroup({"name": "Analysts", "roles": [DESIGNER]})
    assert groups.getUserGroupByName("Analysts")[0]["id"] == created["id"]
    assert groups.deleteUserGroup(created["id"]).status_code == 204
    assert groups.getUserGroupByName("Analysts") == []


def test_reads_updates_and_deletes_in_v2(iics: Client, vendor: t.Any) -> None:
    iics.seed(people=[{"name": "Fred Smith", "email": "fred@example.com", "roles": ["Designer"]}])
    users = vendor.v2().user()
    fred = users.getUserByName("Fred Smith")
    assert users.getUserById(fred["id"]) == fred
    assert fred in users.getAllUsers()
    updated = users.updateUserDetails(fred["id"], {**fred, "title": "Engineer", "phone": "5555555555"})
    assert updated["title"] == "Engineer"
    assert iics.account("Fred Smith")["title"] == "Engineer"
    assert users.deleteUser(fred["id"]) == 200
    assert iics.find("Fred Smith") is None
