# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""magistrala_user_info: exactly what was asked for, from every page."""

from __future__ import annotations

import typing as t

import pytest

from unit.magistrala.server import JANE, SEEDED, Server

ISSUE = "POST /users/tokens/issue"


@pytest.fixture
def town(server: Server) -> Server:
    """250 people, 30 of them disabled and 10 deleted, and the administrator."""
    server.seed(250, disabled=30, deleted=10)
    return server


def people(first: int, last: int) -> list[str]:
    return [f"person-{number:05d}" for number in range(first, last + 1)]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (None, ["admin", *people(1, 210)]),
        ("enabled", ["admin", *people(1, 210)]),
        ("disabled", people(211, 240)),
        ("deleted", people(241, 250)),
        ("all", ["admin", *people(1, 250)]),
    ],
)
def test_everybody_of_a_status(town: Server, status: str | None, expected: list[str]) -> None:
    assert town.names(status=status) == expected
    assert town.requests() == [ISSUE, *["GET /users"] * -(-len(expected) // 100), *town.sign_out]


def test_states_are_told(town: Server) -> None:
    users = {user["username"]: user for user in town.info(status="all")["users"]}
    states = {
        name: (users[name]["state"], users[name]["enabled"])
        for name in ("person-00210", "person-00211", "person-00241")
    }
    assert states == {
        "person-00210": ("present", True),
        "person-00211": ("present", False),
        "person-00241": ("absent", False),
    }


@pytest.mark.parametrize("number", [1, 210, 211, 240, 241, 250])
def test_one_by_exact_name(town: Server, number: int) -> None:
    name = f"person-{number:05d}"
    assert town.names(usernames=[name]) == [name]
    assert town.requests() == [ISSUE, "GET /users", *town.sign_out]
    status = "enabled" if number <= 210 else "disabled" if number <= 240 else "deleted"
    assert town.names(usernames=[name], status=status) == [name]
    assert town.names(usernames=[name], status="deleted" if status == "enabled" else "enabled") == []


def test_several_by_name_address_and_id(town: Server) -> None:
    ids = [town.stored(name).id for name in ("person-00003", "person-00245", "person-00001")]
    found = town.names(
        usernames=["person-00001", "nobody", "person-00001"], emails=["PERSON-00211@example.com"], ids=ids
    )
    assert sorted(found) == ["person-00001", "person-00003", "person-00211", "person-00245"]


@pytest.mark.parametrize("option", ["usernames", "emails", "ids"])
def test_an_empty_list_is_nobody(town: Server, option: str) -> None:
    assert town.names(**{option: []}) == []
    assert town.requests() == []


@pytest.mark.parametrize("part", ["person-0000", "erson-00001", "PERSON-00001", "person_00001", "%", "person-00001%"])
def test_parts_and_wildcards_are_no_names(town: Server, part: str) -> None:
    assert town.names(usernames=[part]) == []
    assert town.names(usernames=[part, "nobody"]) == []


def test_addresses_that_differ_by_case_are_two(server: Server) -> None:
    server.user(**JANE)
    server.user(**{**JANE, "username": "Jane", "email": "JANE@example.com"})
    assert sorted(server.names(emails=["Jane@Example.com"])) == ["Jane", "jane"]


def test_filters(server: Server) -> None:
    server.user(**JANE, tags=["data", "a+b"], metadata={"team": {"name": "data", "size": 3}})
    server.user(**{**JANE, "username": "john", "first_name": "John", "email": "john@example.org"}, tags=["data lake"])
    server.user(**{**JANE, "username": "root2", "email": "root2@example.com"}, role="admin")
    cases: list[tuple[dict[str, t.Any], list[str]]] = [
        ({"tags": ["data"]}, ["jane"]),
        ({"tags": ["data", "a+b"]}, ["jane"]),
        ({"tags": ["Data"]}, []),
        ({"tags": ["data lake"]}, ["john"]),
        ({"role": "admin"}, ["admin", "root2"]),
        ({"email": "EXAMPLE.ORG"}, ["john"]),
        ({"first_name": "jo", "last_name": "doe"}, ["john"]),
        ({"metadata": {"team": {"name": "data"}}}, ["jane"]),
        ({"metadata": {"team": {"name": "other"}}}, []),
        ({"id": server.stored("john").id[:8]}, ["john"]),
        ({"created_to": "2001-01-01"}, []),
        ({"created_from": "2001-01-01T00:00:00.5Z", "username": "j"}, ["jane", "john"]),
    ]
    for filters, expected in cases:
        assert server.names(filters=filters) == expected, filters


def test_points_in_time(server: Server) -> None:
    server.user(**JANE)
    created = server.info(usernames=["jane"])["users"][0]["created_at"]
    assert server.names(filters={"created_from": created}) == ["jane"]
    assert "jane" in server.names(filters={"created_to": created})
    assert "not a point in time" in server.info(filters={"created_from": "yesterday"})["msg"]


def test_search_needs_no_administrator(town: Server) -> None:
    result = town.info(**SEEDED, search={"username": "son-0000"})
    assert sorted(user["username"] for user in result["users"]) == people(1, 9)
    assert all(
        user["reduced"] and user["enabled"] and "email" not in user and "tags" not in user for user in result["users"]
    )
    assert sorted(town.names(search={"first_name": "pers"})) == people(1, 210), (
        "every page, but nobody disabled or deleted"
    )
    assert town.names(search={"username": "admin"}) == [], "administrators are not found"


def test_searches_that_cannot_be(town: Server) -> None:
    assert "at least one of" in town.info(search={})["msg"]
    assert "at least 3 characters of username" in town.info(search={"username": "ab"})["msg"]
    assert "enabled accounts only" in town.info(search={"username": "abc"}, status="all")["msg"]
    assert "Give only one of" in town.info(search={"username": "abc"}, profile=True)["msg"]
    assert "Give only one of" in town.info(usernames=["a"], filters={"role": "user"})["msg"]
    assert town.requests() == []


def test_the_own_profile(town: Server) -> None:
    assert town.names(**SEEDED, profile=True) == ["person-00001"]
    assert town.names(**SEEDED, usernames=["person-00001"]) == ["person-00001"]
    assert town.names(profile=True) == ["admin"]


def test_what_a_stranger_may_see(town: Server) -> None:
    ids = [town.stored(name).id for name in ("admin", "person-00241")]
    seen = town.info(**SEEDED, ids=ids)["users"]
    assert seen == [
        {"username": name, "id": user_id, "first_name": town.stored(name).first_name,
         "last_name": town.stored(name).last_name, "reduced": True}
        for name, user_id in zip(("admin", "person-00241"), ids, strict=True)
    ]  # fmt: skip
    hidden = town.info(**SEEDED, usernames=["admin"])
    assert hidden["failed"] and "administrators only" in hidden["msg"]


def test_unknown_ids_are_nobody(town: Server) -> None:
    assert town.names(ids=["00000000-0000-4000-8000-000000000000"]) == []
    assert town.names(ids=["00000000-0000-4000-8000-000000000000", "x/../y"]) == []


def test_details(new: Server) -> None:
    new.user(**JANE, private_metadata={"salary": 1})
    new.stored("jane").auth_provider = "google"
    assert "private_metadata" not in new.info(usernames=["jane"])["users"][0]
    told = new.info(usernames=["jane"], details=True)["users"][0]
    assert (told["private_metadata"], told["auth_provider"]) == ({"salary": 1}, "google")
    searched = new.info(search={"username": "jane"}, details=True)["users"][0]
    assert searched["email"] == "jane@example.com" and "reduced" not in searched


def test_details_cost_nothing_on_servers_of_early_2025(old: Server) -> None:
    old.seed(3)
    assert len(old.info(details=True)["users"]) == 4
    assert old.requests() == [ISSUE, "GET /users"]


def test_guards(town: Server) -> None:
    town.user(**JANE, role="admin")
    town.user(**{**JANE, "username": "joan", "email": "joan@example.com"}, role="admin", enabled=False)
    for options in ({"status": "all"}, {"usernames": ["person-00001"]}):
        result = town.info(guards=True, **options)
        assert (result["caller"], result["administrators"]) == ("admin", ["admin", "jane"])
    assert "caller" not in town.info()


@pytest.mark.parametrize(("skip", "options"), [(0, {}), (1, {"status": "all"}), (0, {"usernames": ["person-00001"]})])
def test_half_a_listing_is_nobody_s_answer(town: Server, skip: int, options: dict[str, t.Any]) -> None:
    town.faults({"kind": "empty_page", "path": "/users", "times": 0, "skip": skip})
    failed = town.info(**options)
    assert failed["failed"] and "Nothing can be told from half a listing" in failed["msg"]


def test_a_listing_without_the_calling_account(town: Server) -> None:
    body = '{"limit":100,"offset":0,"total":0,"users":[]}'
    town.faults({"kind": "status", "path": "/users", "method": "GET", "status": 200, "body": body, "times": 0})
    failed = town.info(status="all")
    assert failed["failed"] and "without the calling account" in failed["msg"]
    absent = town.user(users=[{"username": "person-00001"}, {"username": "person-00002"}], state="absent")
    assert absent["failed"] and "without the calling account" in absent["msg"]


@pytest.mark.parametrize(
    "body", ['{"total":"1","users":[]}', '{"users":null,"total":1}', "[]", '{"total":1,"users":[{"id":"1"}]}']
)
def test_a_listing_of_another_shape(town: Server, body: str) -> None:
    town.faults({"kind": "status", "path": "/users", "method": "GET", "status": 200, "body": body, "times": 0})
    failed = town.info()
    assert failed["failed"] and "unexpected shape" in failed["msg"]


def test_a_listing_that_moves_while_it_is_read(town: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is disabled between two pages: what was read does not add up, so it is read again."""
    listed = town.system.handle
    done: list[str] = []

    async def meddling(scope: t.Any, receive: t.Any, send: t.Any) -> None:
        await listed(scope, receive, send)
        if scope["path"] == "/users" and not done:
            done.append("once")
            town.system.table.change(town.stored("person-00001"), status="disabled")

    monkeypatch.setattr(town.system, "handle", meddling)
    assert town.names() == ["admin", *people(2, 210)]
    assert town.requests().count("GET /users") > 3


def test_whose_accounts_these_are(server: Server) -> None:
    release = {"A": "early 2025", "B": "0.18 to 0.30"}[server.generation]
    instance = {
        "name": "magistrala",
        "system": "magistrala",
        "address": server.url,
        "organization": None,
        "remarks": [],
    }
    for result in (server.info(), server.user(**JANE), server.user(check=True, **JANE)):
        assert result["instance"] == {**instance, "release": release} and result["sign_in_refused"] is False
