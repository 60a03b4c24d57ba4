# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""v3 users of the simulated IICS: list, find, create, delete."""

from __future__ import annotations

import re
import typing as t

import pytest

from unit.sandbox.iics_client import DATA_PREVIEW, DESIGNER, JANE, PASSWORD, Client, code, names


def test_pages(iics: Client) -> None:
    iics.seed(449)
    pages = [iics.v3("GET", f"users?limit=200&skip={skip}").json() for skip in (0, 200, 400, 600)]
    assert [len(page) for page in pages] == [200, 200, 50, 0]
    assert len({user["id"] for page in pages for user in page}) == 450
    assert len(iics.v3("GET", "users").json()) == 100
    assert len(iics.v3("GET", "users?limit=0").json()) == 100


@pytest.mark.parametrize("resource", ["users", "roles", "userGroups"])
@pytest.mark.parametrize("limit", ["201", "-1", "many"])
def test_limit_is_refused_not_clamped(iics: Client, resource: str, limit: str) -> None:
    answer = iics.v3("GET", f"{resource}?limit={limit}")
    assert answer.status_code == 400
    assert code(answer) == "V3API_IDSError_003"
    assert answer.json()["error"]["message"] == "Invalid value in limit parameter: must be between 0 and 200"


@pytest.mark.parametrize("query", ["skip=-1", "skip=x", "q=email==a", "q=userName=a"])
def test_bad_query(iics: Client, query: str) -> None:
    assert iics.v3("GET", f"users?{query}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "q=userName==person-00002@example.com",
        'q=userName=="person-00002@example.com"',
        "q=userName%3D%3D%22person-00002%40example.com%22&limit=1&skip=0",
        "q=userName==person-00002@example.com%20&limit=1",
        "q=userName==Person-00002@EXAMPLE.com",
    ],
)
def test_spellings_of_the_filter(iics: Client, query: str) -> None:
    iics.seed(3)
    assert names(iics.v3("GET", f"users?{query}").json(), "userName") == ["person-00002@example.com"]


def test_filter_by_id_and_without_match(iics: Client) -> None:
    admin = iics.account("admin@example.com")
    assert iics.v3("GET", f"users?q=userId=={admin['id']}").json() == [admin]
    assert iics.v3("GET", "users?q=userId==nobody").json() == []
    assert iics.v3("GET", "users?q=userName==nobody").json() == []


def test_exact_case_by_switch(iics: Client) -> None:
    iics.switch(filter_exact_case=True)
    assert iics.find("ADMIN@example.com") is None
    assert iics.find("admin@example.com") is not None


def test_created_user_as_recorded(iics: Client) -> None:
    answer = iics.create(roles=[DATA_PREVIEW], groups=[iics.group_id("Platform")])
    user = answer.json()
    assert answer.status_code == 201
    assert user["roles"] == [
        {
            "id": DATA_PREVIEW,
            "roleName": "Data Preview",
            "description": "Role to preview data",
            "displayName": "Data Integration Data Previewer",
            "displayDescription": "Role to preview data",
        }
    ]
    assert names(user["groups"], "userGroupName") == ["Platform"]
    expected = {
        "userName": "jane@example.com",
        "firstName": "Jane",
        "email": "jane@example.com",
        "state": "Provisioned",
        "maxLoginAttempts": "10",
        "timeZoneId": "America/Los_Angeles",
        "authentication": "Native",
        "forcePasswordChange": False,
        "title": None,
        "phone": None,
        "description": None,
        "lastLoginTime": None,
        "lastLoginMode": "None",
        "createdBy": "admin@example.com",
    }
    assert {key: user[key] for key in expected} == expected
    assert re.fullmatch(r"[0-9A-Za-z]{22}", user["id"])


def test_only_the_answer_to_a_write_has_milliseconds(iics: Client) -> None:
    created = iics.create().json()
    read = iics.account("jane@example.com")
    assert created["createTime"] != created["updateTime"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", created["updateTime"])
    assert read["createTime"] == created["createTime"][:19] + ".000Z"


def test_create_switches(iics: Client) -> None:
    assert iics.create("a", password=PASSWORD).json()["state"] == "Active"
    iics.switch(create_status=200, state_with_password="Provisioned")
    answer = iics.create("b", password=PASSWORD)
    assert (answer.status_code, answer.json()["state"]) == (200, "Provisioned")


def test_saml_users(iics: Client) -> None:
    assert iics.create("a", authentication=1).status_code == 400
    user = iics.create("a", authentication=1, aliasName="a-idp").json()
    assert (user["authentication"], user["aliasName"], user["state"]) == ("SAML", "a-idp", "Active")
    iics.switch(saml_spelling="SSO", state_of_saml_user="Provisioned")
    user = iics.create("b", authentication=1, aliasName="b-idp").json()
    assert (user["authentication"], user["state"]) == ("SSO", "Provisioned")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"firstName": None}, "SIM_MISSING_FIELD"),
        ({"email": ""}, "SIM_MISSING_FIELD"),
        ({"email": "jane"}, "SIM_BAD_FIELD"),
        ({"name": "Jane Smith"}, "SIM_BAD_FIELD"),
        ({"name": "j" * 256}, "SIM_BAD_FIELD"),
        ({"name": "ADMIN@example.com"}, "SIM_DUPLICATE_USER"),
        ({"password": "short"}, "SIM_WEAK_PASSWORD"),
        ({"authentication": "0"}, "SIM_BAD_FIELD"),
        ({"authentication": 2}, "SIM_BAD_FIELD"),
        ({"maxLoginAttempts": "10"}, "SIM_BAD_FIELD"),
        ({"roles": []}, "SIM_MISSING_FIELD"),
        ({"roles": ["Designer"]}, "SIM_UNKNOWN_ROLE"),
        ({"roles": "Designer"}, "SIM_BAD_FIELD"),
        ({"groups": ["Platform"]}, "SIM_UNKNOWN_GROUP"),
    ],
)
def test_refused_creation_changes_nothing(iics: Client, fields: dict[str, t.Any], expected: str) -> None:
    answer = iics.v3("POST", "users", json={"name": "jane", **JANE, "roles": [DESIGNER], **fields})
    assert (answer.status_code, code(answer)) == (400, expected)
    assert len(iics.v3("GET", "users").json()) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"<user/>"])
def test_malformed_body(iics: Client, body: bytes) -> None:
    assert code(iics.v3("POST", "users", data=body)) == "SIM_BAD_BODY"


def test_names_with_all_allowed_characters(iics: Client) -> None:
    for name in ("o'neil_1.x-Y", "plus+sign@example.com"):
        assert iics.create(name).status_code == 201
        assert iics.account(name)["userName"] == name


def test_a_bare_plus_in_a_query_is_a_blank(iics: Client) -> None:
    iics.create("plus+sign@example.com")
    assert iics.v3("GET", "users?q=userName==plus+sign@example.com").json() == []
    assert len(iics.v3("GET", "users?q=userName==plus%2Bsign@example.com").json()) == 1


def test_phone_rule_by_switch(iics: Client) -> None:
    assert iics.create("a", phone="call me").status_code == 201
    iics.switch(phone_rule=True)
    assert iics.create("b", phone="call me").status_code == 400
    assert iics.create("b", phone="+1 555 000 0001").status_code == 201


def test_object_limit(iics: Client) -> None:
    iics.seed(996)
    assert code(iics.create("one.too.many")) == "SIM_OBJECT_LIMIT"
    iics.switch(object_limit=1001)
    assert iics.create("fits").status_code == 201


def test_unlicensed_roles(iics: Client) -> None:
    iics.switch(unlicensed_roles=["Designer"])
    assert code(iics.create("jane")) == "SIM_ROLE_NOT_LICENSED"
    assert iics.v3("GET", "roles?q=roleName==Designer").json()[0]["status"] == "Disabled"
    assert iics.v3("GET", "roles?q=roleName==Admin").json()[0]["status"] == "Enabled"


def test_anonymous_user_by_switch(iics: Client) -> None:
    iics.switch(anonymous_user=True)
    shown = names(iics.v3("GET", "users").json(), "userName")
    assert re.fullmatch("CAI_Anonymous_.{22}", shown[1])
    iics.switch(anonymous_user=False)
    assert names(iics.v3("GET", "users").json(), "userName") == ["admin@example.com"]


def test_new_user_is_found_late_by_switch(iics: Client) -> None:
    iics.switch(read_latency=2)
    iics.create("jane")
    assert [iics.find("jane") is not None for _read in range(3)] == [False, False, True]


def test_delete(iics: Client) -> None:
    iics.seed(people=[{"name": "jane", "password": PASSWORD, "groups": ["Platform", "Administrators"]}])
    jane = iics.account("jane")
    session = iics.login("jane", PASSWORD).json()["userInfo"]["sessionId"]
    answer = iics.v3("DELETE", f"users/{jane['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert iics.find("jane") is None
    assert iics.v3("GET", "userGroups?q=userGroupName==Platform").json()[0]["users"] == []
    iics.session_id = session
    assert iics.v3("GET", "users").status_code == 401


@pytest.mark.parametrize("status", [404, 400, 403])
def test_delete_of_nobody(iics: Client, status: int) -> None:
    iics.switch(unknown_user_status=status)
    assert iics.v3("DELETE", "users/nobody").status_code == status


def test_scheduled_jobs_block_a_delete(iics: Client) -> None:
    iics.seed(people=[{"name": "jane", "has_scheduled_jobs": True}, {"name": "joe"}])
    iics.switch(scheduled_jobs=["joe"])
    paths = [f"users/{iics.account(name)['id']}" for name in ("jane", "joe")]
    assert [code(iics.v3("DELETE", path)) for path in paths] == ["SIM_SCHEDULED_JOBS"] * 2
    iics.switch(delete_with_jobs="delete")
    assert [iics.v3("DELETE", path).status_code for path in paths] == [204, 204]


def test_user_of_the_identity_provider_stays_while_mapped(iics: Client) -> None:
    iics.seed(people=[{"name": "jane", "alias_name": "j", "from_identity_provider": True, "roles": ["Designer"]}])
    path = f"users/{iics.account('jane')['id']}"
    iics.switch(saml_mapping=True)
    assert code(iics.v3("DELETE", path)) == "SIM_SAML_USER"
    iics.switch(saml_mapping=False)
    assert iics.v3("DELETE", path).status_code == 204


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH"])
@pytest.mark.parametrize("resource", ["users", "roles", "userGroups"])
def test_one_object_can_only_be_deleted(iics: Client, method: str, resource: str) -> None:
    answer = iics.v3(method, f"{resource}/{DESIGNER}", json={})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE")
    assert answer.json()["error"]["message"] == "Method not supported."


def test_paths_are_case_sensitive(iics: Client) -> None:
    assert iics.v3("GET", "Users").status_code == 404
    assert iics.v3("POST", "users/ChangePassword", json={}).status_code == 405
