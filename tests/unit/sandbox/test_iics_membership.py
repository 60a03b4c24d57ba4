# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles and groups of people in the simulated IICS, changed from both sides."""

from __future__ import annotations

import typing as t

import pytest
import requests

from unit.sandbox.iics_client import DESIGNER, Client, code, names

NAME = "jane.o'neil@example.com"
PATH = "users/name/jane.o%27neil%40example.com"


@pytest.fixture
def jane(iics: Client) -> str:
    """The id of a user with the role Designer in the group Platform."""
    iics.seed(people=[{"name": NAME, "roles": ["Designer"], "groups": ["Platform"]}])
    return str(iics.account(NAME)["id"])


def change(iics: Client, path: str, verb: str, items: t.Any) -> requests.Response:
    return iics.v3("PUT", f"{path}/{verb}", json={verb.removeprefix("add").removeprefix("remove").lower(): items})


def roles(iics: Client) -> list[str]:
    return names(iics.account(NAME)["roles"], "roleName")


def groups(iics: Client) -> list[str]:
    return names(iics.account(NAME)["groups"], "userGroupName")


@pytest.mark.parametrize("by_name", [False, True])
def test_roles_by_id_and_by_name(iics: Client, jane: str, by_name: bool) -> None:
    path = PATH if by_name else f"users/{jane}"
    answer = change(iics, path, "addRoles", ["Monitor", "Data Integration Data Previewer"])
    assert (answer.status_code, answer.content) == (204, b"")
    assert roles(iics) == ["Designer", "Monitor", "Data Preview"]
    assert change(iics, path, "removeRoles", ["Designer"]).status_code == 204
    assert roles(iics) == ["Monitor", "Data Preview"]


@pytest.mark.parametrize("by_name", [False, True])
def test_groups_by_id_and_by_name(iics: Client, jane: str, by_name: bool) -> None:
    path = PATH if by_name else f"users/{jane}"
    assert change(iics, path, "addGroups", ["Data Engineering"]).status_code == 204
    assert change(iics, path, "removeGroups", ["Platform"]).status_code == 204
    assert groups(iics) == ["Data Engineering"]
    assert roles(iics) == ["Designer"]


def test_membership_status_by_switch(iics: Client, jane: str) -> None:
    iics.switch(membership_status=200)
    answer = change(iics, f"users/{jane}", "addRoles", ["Monitor"])
    assert (answer.status_code, answer.content) == (200, b"")


def test_role_names_only_count_by_switch(iics: Client, jane: str) -> None:
    answer = change(iics, f"users/{jane}", "addRoles", ["Data Preview"])
    assert (answer.status_code, code(answer)) == (400, "SIM_UNKNOWN_NAME")
    iics.switch(strict_display_names=False)
    assert change(iics, f"users/{jane}", "addRoles", ["Data Preview"]).status_code == 204
    assert roles(iics) == ["Designer", "Data Preview"]


def test_last_direct_role_stays(iics: Client, jane: str) -> None:
    answer = change(iics, f"users/{jane}", "removeRoles", ["Designer"])
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (400, "V3API_IDSError_048")
    assert error["message"] == f"Failed to remove role(s) from the user {jane}"
    assert names(error["details"], "code") == ["V3API_IDSError_044"]
    assert roles(iics) == ["Designer"]
    change(iics, f"users/{jane}", "addRoles", ["Monitor"])
    assert change(iics, f"users/{jane}", "removeRoles", ["Designer"]).status_code == 204
    assert roles(iics) == ["Monitor"]


def test_last_group_of_who_has_no_role(iics: Client) -> None:
    iics.seed(people=[{"name": NAME, "groups": ["Platform"]}])
    sides = [(PATH, "removeGroups", ["Platform"]), ("userGroups/name/Platform", "removeUsers", [NAME])]
    assert [code(change(iics, *side)) for side in sides] == ["SIM_LAST_GROUP"] * 2
    iics.switch(last_group="removable")
    assert change(iics, *sides[0]).status_code == 204
    assert groups(iics) == []


def test_no_operation(iics: Client, jane: str) -> None:
    path = f"users/{jane}"
    before = iics.find(NAME)
    assert change(iics, path, "addRoles", ["Designer"]).status_code == 204
    assert change(iics, path, "removeGroups", ["Administrators"]).status_code == 204
    assert iics.find(NAME) == before
    iics.switch(noop_membership="error")
    assert code(change(iics, path, "addRoles", ["Designer", "Monitor"])) == "SIM_NO_CHANGE"
    assert code(change(iics, path, "removeGroups", ["Administrators"])) == "SIM_NO_CHANGE"
    assert roles(iics) == ["Designer"]


def test_good_and_bad_names_in_one_call(iics: Client, jane: str) -> None:
    assert change(iics, f"users/{jane}", "addRoles", ["Monitor", "Nothing"]).status_code == 400
    assert roles(iics) == ["Designer"]
    iics.switch(mixed_membership="partial")
    assert change(iics, f"users/{jane}", "addRoles", ["Monitor", "Nothing"]).status_code == 400
    assert roles(iics) == ["Designer", "Monitor"]


@pytest.mark.parametrize("items", [[], "Monitor", [1], None])
def test_bad_list(iics: Client, jane: str, items: t.Any) -> None:
    assert change(iics, f"users/{jane}", "addRoles", items).status_code == 400


def test_unknown_owner(iics: Client) -> None:
    assert change(iics, "users/nobody", "addRoles", ["Monitor"]).status_code == 404
    assert change(iics, "users/name/nobody", "addGroups", ["Platform"]).status_code == 404
    assert change(iics, "userGroups/name/nothing", "addUsers", [NAME]).status_code == 404


def test_mapped_memberships_cannot_change(iics: Client, jane: str) -> None:
    iics.switch(saml_mapping=True, saml_mapping_fixes="everybody")
    answers = [
        change(iics, f"users/{jane}", "addRoles", ["Monitor"]),
        change(iics, f"users/{jane}", "addGroups", ["Data Engineering"]),
        change(iics, "userGroups/name/Platform", "removeUsers", [NAME]),
    ]
    assert [code(answer) for answer in answers] == ["SIM_SAML_MAPPING"] * 3
    iics.switch(saml_mapping_fixes="saml users")
    assert change(iics, f"users/{jane}", "addRoles", ["Monitor"]).status_code == 204


@pytest.mark.parametrize("of", ["groups", "roles"])
def test_what_is_mapped_is_shown(iics: Client, of: str) -> None:
    organization = iics.v3("GET", "users").json()[0]["orgId"]
    path = f"Orgs/{organization}/SAMLConfig/{of[:-1]}Mappings?limit=1"
    assert iics.v3("GET", path).json() == {"count": 0, f"{of[:-1]}Mappings": []}
    iics.switch(saml_mapping=True, saml_mapping_of=of, saml_mapping_count="text")
    shown = iics.v3("GET", path).json()
    assert shown["count"] == "1" and shown[f"{of[:-1]}Mappings"][0]["roleName"] == "Designer"
    assert iics.v3("GET", path.replace(organization, "another")).status_code == 404


def test_unlicensed_role_cannot_be_added(iics: Client, jane: str) -> None:
    iics.switch(unlicensed_roles=["Monitor"])
    assert code(change(iics, f"users/{jane}", "addRoles", ["Monitor"])) == "SIM_ROLE_NOT_LICENSED"
    iics.switch(unlicensed_roles=[])
    assert change(iics, f"users/{jane}", "addRoles", ["Monitor"]).status_code == 204


@pytest.mark.parametrize("by_name", [False, True])
def test_both_sides_agree(iics: Client, jane: str, by_name: bool) -> None:
    path = "userGroups/name/Data%20Engineering" if by_name else f"userGroups/{iics.group_id('Data Engineering')}"
    assert change(iics, path, "addUsers", [NAME]).status_code == 204
    assert groups(iics) == ["Platform", "Data Engineering"]
    group = iics.v3("GET", "userGroups", params={"q": "userGroupName==Data Engineering"}).json()[0]
    assert names(group["users"], "userName") == [NAME]
    assert change(iics, path, "removeUsers", [NAME]).status_code == 204
    assert groups(iics) == ["Platform"]


def test_roles_of_a_group(iics: Client) -> None:
    path = "userGroups/name/Platform"
    assert change(iics, path, "removeRoles", ["Monitor"]).status_code == 204
    last = change(iics, path, "removeRoles", ["Deployer"])
    assert names(last.json()["error"]["details"], "code") == ["V3API_IDSError_044"]
    assert change(iics, path, "addRoles", ["Application Integration Business Manager"]).status_code == 204
    group = iics.v3("GET", "userGroups?q=userGroupName==platform").json()[0]
    assert names(group["roles"], "roleName") == ["Deployer", "Business Manager"]


def test_groups_come_and_go_with_their_people(iics: Client, jane: str) -> None:
    created = iics.v3("POST", "userGroups", json={"name": "Analysts", "roles": [DESIGNER], "users": [jane]})
    assert created.status_code == 201
    assert groups(iics) == ["Platform", "Analysts"]
    again = iics.v3("POST", "userGroups", json={"name": "analysts", "roles": [DESIGNER]})
    assert code(again) == "SIM_DUPLICATE_GROUP"
    assert code(iics.v3("POST", "userGroups", json={"name": "Empty", "roles": []})) == "SIM_MISSING_FIELD"
    assert iics.v3("DELETE", f"userGroups/{created.json()['id']}").status_code == 204
    assert groups(iics) == ["Platform"]


def test_custom_roles(iics: Client, jane: str) -> None:
    privileges = iics.v3("GET", "roles?q=roleName==Admin&expand=privileges").json()[0]["privileges"]
    wanted = {"name": "Reader", "description": "Reads", "privileges": [privileges[0]["id"]]}
    assert code(iics.v3("POST", "roles", json={**wanted, "privileges": []})) == "V3API_IDSError_088"
    role = iics.v3("POST", "roles", json=wanted).json()
    assert (role["systemRole"], role["displayName"], role["privileges"]) == (False, "Reader", privileges[:1])
    assert code(iics.v3("POST", "roles", json=wanted)) == "SIM_DUPLICATE_ROLE"
    change(iics, f"users/{jane}", "addRoles", ["Reader"])
    assert code(iics.v3("DELETE", f"roles/{role['id']}")) == "SIM_ROLE_IN_USE"
    change(iics, f"users/{jane}", "removeRoles", ["Reader"])
    assert iics.v3("DELETE", f"roles/{role['id']}").status_code == 204
    assert iics.v3("GET", "roles?q=roleName==Reader").json() == []


def test_system_roles_belong_to_the_platform(iics: Client) -> None:
    (role,) = iics.v3("GET", 'roles?q=roleName=="business manager"').json()
    (user,) = iics.v3("GET", "users").json()
    assert role["displayName"] == "Application Integration Business Manager"
    assert (role["systemRole"], role["orgId"] != user["orgId"], "privileges" in role) == (True, True, False)
    assert len(iics.v3("GET", "roles?limit=4&skip=8").json()) == 2
    assert names(iics.v3("GET", f"roles?q=roleId=={DESIGNER}").json(), "roleName") == ["Designer"]
