# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many accounts at once: how many requests, what is left alone, and what becomes of the others when one fails."""

from __future__ import annotations

import typing as t

import pytest

from unit.magistrala.server import PASSWORD, Server

ISSUE = "POST /users/tokens/issue"


def person(number: int, **options: t.Any) -> dict[str, t.Any]:
    name = f"person-{number:05d}"
    return {
        "username": name,
        "first_name": "Person",
        "last_name": f"{number:05d}",
        "email": f"{name}@example.com",
        "password": PASSWORD,
        **options,
    }


def test_nothing_to_do_costs_the_pages_and_a_sign_in(server: Server) -> None:
    server.seed(250)
    result = server.user(users=[person(number) for number in range(1, 251)])
    assert not result["changed"] and result["summary"]["unchanged"] == 250 and result["users"] == []
    assert server.requests() == [ISSUE, *["GET /users"] * 3, *server.sign_out]


def test_few_of_many_are_looked_up_one_by_one(server: Server) -> None:
    server.seed(1500)
    result = server.user(users=[person(number) for number in (7, 700, 1499)])
    assert result["summary"]["unchanged"] == 3
    assert server.requests() == [ISSUE, *["GET /users"] * (1 + 2), *server.sign_out], (
        "a page that holds the first, and a look-up each for the others"
    )


def test_one_that_is_unchanged_costs_two_requests(server: Server) -> None:
    server.seed(1500)
    assert not server.user(**person(1234))["changed"]
    assert server.requests() == [ISSUE, "GET /users", *server.sign_out]


def test_every_action_at_once(server: Server) -> None:
    server.seed(9, disabled=2, deleted=2)
    users = [
        person(10),
        person(1, tags=["x"]),
        person(2),
        {"username": "person-00003", "state": "disabled"},
        {"username": "person-00004", "state": "absent"},
        {"username": "person-00006", "enabled": True},
        {"username": "person-00007", "state": "absent"},
        {"username": "person-00008", "state": "absent"},
        person(9, last_name="Back"),
    ]
    predicted = server.user(check=True, users=users, return_unchanged=True)
    assert server.writes() == []
    real = server.user(users=users, return_unchanged=True)
    assert real["summary"] == predicted["summary"]
    assert real["summary"] == {
        "created": 1, "updated": 1, "enabled": 2, "disabled": 1, "deleted": 2, "unchanged": 2, "failed": 0
    }  # fmt: skip
    assert [(u["username"], u["action"], u["changes"]) for u in real["users"]] == [
        (u["username"], u["action"], u["changes"]) for u in predicted["users"]
    ]
    assert real["diff"] == predicted["diff"]
    again = server.user(users=users, return_unchanged=True)
    assert not again["changed"] and server.writes() == []


def test_two_hundred_and_fifty_with_the_disabled_and_the_deleted(server: Server) -> None:
    server.seed(250, disabled=30, deleted=10)
    everyone = [person(number, tags=["all"], enabled=True) for number in range(1, 251)]
    result = server.user(users=everyone)
    assert result["summary"] == {
        "created": 0, "updated": 210, "enabled": 40, "disabled": 0, "deleted": 0, "unchanged": 0, "failed": 0
    }  # fmt: skip
    assert len(server.system.table.users) == 251
    assert all(
        user.tags == ["all"] and user.status == "enabled" for user in server.system.table.users.values() if user.tags
    )
    assert not server.user(users=everyone)["changed"]


@pytest.mark.parametrize(("on_error", "done"), [("continue", 4), ("stop", 0)])
def test_one_that_fails(server: Server, on_error: str, done: int) -> None:
    server.seed(5, disabled=1)
    users = [{"username": f"person-{number:05d}", "tags": ["x"]} for number in range(1, 6)]
    result = server.user(users=users, on_error=on_error)
    assert result["failed"] and "person-00005 is disabled" in result["msg"]
    assert result["summary"]["updated"] == done
    assert sum(user.tags == ["x"] for user in server.system.table.users.values()) == done


def test_options_beside_the_list(server: Server) -> None:
    server.seed(3)
    users = [{"username": "person-00001"}, {"username": "person-00002", "tags": ["own"]}, person(3, role="admin")]
    server.user(users=users, tags=["shared"], metadata={"a": 1}, metadata_mode="merge")
    assert [server.stored(f"person-0000{n}").tags for n in (1, 2, 3)] == [["shared"], ["own"], ["shared"]]
    assert server.stored("person-00003").role == "admin"


def test_a_failure_in_the_middle_of_an_account_is_a_change(server: Server) -> None:
    server.seed(1)
    server.faults(
        {"kind": "status", "path": ".*/tags", "status": 400, "body": '{"message":"no tags today"}', "times": 0}
    )
    result = server.user(username="person-00001", email="new@example.com", tags=["x"])
    assert result["failed"] and "no tags today" in result["msg"]
    assert result["changed"] and server.stored("person-00001").email == "new@example.com"
    server.faults()
    assert server.user(username="person-00001", email="new@example.com", tags=["x"])["user"]["changes"] == ["tags"]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_create_whose_answer_is_lost_is_looked_at_first(server: Server, kind: str) -> None:
    server.faults({"kind": kind, "method": "POST", "path": "/users"})
    result = server.user(**person(1))
    assert not result["failed"] and result["user"]["action"] == "created", result
    assert server.requests().count("POST /users") == (2 if kind == "drop_before" else 1)
    assert len(server.system.table.users) == 2
    assert not server.user(**person(1))["changed"]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "status_after"])
@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("PATCH", ".*/email", {"email": "other@example.com"}),
        ("PATCH", ".*/role", {"role": "admin"}),
        ("PATCH", ".*/username", {"new_username": "renamed"}),
        ("POST", ".*/disable", {"state": "disabled"}),
        ("DELETE", ".*", {"state": "absent"}),
    ],
)
def test_a_write_whose_answer_is_lost(
    server: Server, kind: str, method: str, path: str, options: dict[str, t.Any]
) -> None:
    server.seed(1)
    server.faults({"kind": kind, "method": method, "path": path, "status": 502})
    result = server.user(username="person-00001", **options)
    assert not result["failed"] and result["changed"], result["msg"]
    assert not server.user(username="person-00001", **options)["changed"]


def test_somebody_else_deletes_at_the_same_time(server: Server) -> None:
    server.seed(1)
    already = 409 if server.generation == "A" else 422
    server.faults({"kind": "status_after", "method": "DELETE", "status": already})
    gone = server.user(username="person-00001", state="absent")
    assert not gone["failed"] and (gone["user"]["action"], gone["user"]["done"]) == ("unchanged", []), "it was not us"
    path = f"/users/{server.stored('person-00001').id}"
    assert server.requests()[3:] == [f"DELETE {path}", f"GET {path}", *server.sign_out]


def test_a_deletion_that_is_declined(server: Server) -> None:
    server.seed(1)
    server.faults({"kind": "status", "method": "DELETE", "status": 404, "body": '{"message":"entity not found"}'})
    result = server.user(username="person-00001", state="absent")
    assert result["failed"] and "entity not found" in result["msg"], "404 is also how B says that someone may not"


def test_a_service_that_asks_for_patience(server: Server) -> None:
    server.seed(1)
    server.faults(
        {"kind": "status", "method": "PATCH", "status": 429, "retry_after": "0"},
        {"kind": "status", "method": "GET", "path": "/users", "status": 503, "retry_after": "0", "times": 2},
    )
    result = server.user(username="person-00001", tags=["x"])
    assert not result["failed"] and server.stored("person-00001").tags == ["x"]
