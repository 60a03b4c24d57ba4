# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading accounts: some, filtered, all; their state explained, their roles and groups by name; v3 and v2."""

from __future__ import annotations

import typing as t

import pytest

from unit.iics.server import Server

PEOPLE: list[dict[str, t.Any]] = [
    {"name": "jane@example.com", "first_name": "Jane", "roles": ["Designer", "Data Preview"], "groups": ["Platform"]},
    {"name": "John", "email": "J.Doe@example.com", "last_name": "Doe", "groups": ["Administrators"]},
    {"name": "Fred Smith", "state": "Provisioned", "roles": ["Designer"], "email": "fred@example.com"},
    {"name": "locked@example.com", "state": "Disabled", "roles": ["Admin"]},
    {"name": "expired@example.com", "state": None, "roles": ["Service Consumer"]},
]


@pytest.fixture
def people(server: Server) -> Server:
    server.seed(people=PEOPLE)
    return server


def test_one_account_in_full(people: Server) -> None:
    jane = people.stored("jane@example.com")
    (shown,) = people.info(username="Jane@Example.com", effective_roles=True)
    assert shown.pop("created_at") == shown.pop("updated_at")
    assert shown == {
        "username": "jane@example.com",
        "id": jane.id,
        "first_name": "Jane",
        "last_name": "jane@example.com",
        "email": "jane@example.com",
        "title": "",
        "phone": "",
        "description": "",
        "time_zone": "America/Los_Angeles",
        "authentication": "native",
        "max_login_attempts": 10,
        "force_password_change": False,
        "created_by": "System built-in user",
        "updated_by": "System built-in user",
        "status": "active",
        "status_meaning": "The account can sign in.",
        "effective_roles": ["Data Preview", "Deployer", "Designer", "Monitor"],
        "state": "present",
        "enabled": True,
        "roles": ["Data Preview", "Designer"],
        "groups": ["Platform"],
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"usernames": ["JOHN", "nobody"]}, ["John"]),
        ({"usernames": []}, []),
        ({"emails": []}, []),
        ({"emails": ["j.doe@EXAMPLE.com"]}, ["John"]),
        ({"usernames": ["fred smith"], "emails": ["JANE@example.com"]}, ["jane@example.com", "Fred Smith"]),
        ({"contains": "SMITH"}, ["Fred Smith"]),
        ({"contains": "doe"}, ["John"]),
        ({"status": ["disabled", "password_expired"]}, ["locked@example.com", "expired@example.com"]),
        ({"status": ["provisioned"]}, ["Fred Smith"]),
        ({"roles": ["data integration data previewer"]}, ["jane@example.com"]),
        ({"roles": ["Admin"], "status": ["disabled"]}, ["locked@example.com"]),
        ({"groups": ["platform", "nothing"]}, ["jane@example.com"]),
        ({"groups": []}, []),
        (
            {"usernames": ["John", "jane@example.com", "Fred Smith", "nobody", "x"]},
            ["jane@example.com", "John", "Fred Smith"],
        ),
    ],
)
def test_who_is_found(people: Server, query: dict[str, t.Any], names: list[str]) -> None:
    assert people.names(**query) == names


def test_by_id(people: Server) -> None:
    john = people.stored("John")
    assert people.names(ids=[john.id, "nothing"], usernames=["john", "jane@example.com"]) == [
        "jane@example.com",
        "John",
    ]
    assert people.names(id=john.id) == ["John"]
    assert people.requests() == ["GET /users"]
    assert people.names(id=john.id.swapcase()) == []


def test_states_are_explained(people: Server) -> None:
    told = {user["status"]: (user.get("enabled"), user["status_meaning"]) for user in people.info()}
    assert {status: enabled for status, (enabled, dummy) in told.items()} == {
        "active": True,
        "provisioned": None,
        "disabled": False,
        "password_expired": None,
    }
    assert all(meaning.endswith(".") for dummy, meaning in told.values())


def test_a_state_that_nobody_documented(server: Server) -> None:
    server.add("jane@example.com", state="Dormant")
    (jane,) = server.info(username="jane@example.com")
    assert jane["status"] == "dormant" and "status_meaning" not in jane and "enabled" not in jane


def test_the_hidden_account_is_shown_when_asked_for(server: Server) -> None:
    server.switch(anonymous_user=True)
    assert server.names() == ["admin@example.com"]
    hidden = server.names(anonymous=True)[-1]
    assert hidden.startswith("CAI_Anonymous_") and server.names(username=hidden) == [hidden]
    guards = server.run("iics_user_info", guards=True)
    assert (guards["count"], guards["administrators"]) == (1, ["admin@example.com"])


def test_guards(people: Server) -> None:
    result = people.run("iics_user_info", guards=True)
    assert (result["caller"], result["administrators"]) == ("admin@example.com", ["John", "admin@example.com"])
    assert people.requests() == ["GET /users", "GET /userGroups"]
    result = people.run("iics_user_info", guards=True, usernames=["jane@example.com"])
    assert (result["count"], result["administrators"]) == (1, ["John", "admin@example.com"])
    assert "caller" not in people.run("iics_user_info")


def test_v2_by_id_by_name_with_blanks_and_all(people: Server) -> None:
    fred = people.stored("Fred Smith")
    (shown,) = people.info(api="v2", username="Fred Smith")
    assert (shown["id"], shown["v2_id"], shown["roles"]) == (fred.id, fred.v2_id, ["Designer"])
    assert people.requests() == ["GET /v2/user/name/Fred%20Smith"]
    assert people.names(api="v2", ids=[fred.v2_id, "000SBX030000000000ZZ"]) == ["Fred Smith"]
    assert people.names(api="v2", emails=["FRED@example.com"]) == ["Fred Smith"]
    assert people.names(api="v2", contains="fred") == ["Fred Smith"]
    assert len(people.names(api="v2")) == 6
    for status in (403, 404):
        people.switch(v2_missing_status=status)
        assert people.names(api="v2", username="nobody") == []
        assert people.requests() == ["GET /v2/user/name/nobody"]
    people.switch(v2_sees_provisioned=False)
    assert "Fred Smith" not in people.names(api="v2")


def test_v2_says_what_it_cannot_tell(server: Server) -> None:
    result = server.run("iics_user_info", api="v2", status=["active"], effective_roles=True)
    assert result["msg"] == "api: v2 does not know status and effective_roles; use api: v3."


@pytest.mark.parametrize("shown", [True, False])
def test_v2_never_shows_secrets(server: Server, shown: bool) -> None:
    server.switch(v2_shows_security_answer=shown)
    server.add("jane@example.com", security_question="PET_NAME", security_answer="Canary-Rex-12345")
    result = server.run("iics_user_info", api="v2")
    assert "Canary" not in str(result) and "****" not in str(result["users"])
    assert [user.get("security_question") for user in result["users"]] == [None, "PET_NAME"]
