# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading all of an organization, however it answers, and never taking a part for the whole."""

from __future__ import annotations

import pytest

from sandbox.iics.http import Request
from unit.iics.server import DESIGNER, JANE, Server, foreseen


def person(number: int) -> str:
    return f"person-{number:05}@example.com"


def test_450_people_on_three_pages(server: Server) -> None:
    server.seed(450)
    names = server.names()
    assert len(names) == len(set(names)) == 451 and set(names) >= {person(n) for n in range(1, 451)}
    assert [line.path.partition("?")[2] for line in server.app.journal if line.path.partition("?")[2]] == [
        "limit=200",
        "limit=200&skip=199",
        "limit=200&skip=398",
    ]


@pytest.mark.parametrize("people", [198, 199, 200, 397, 398, 399])
def test_at_the_edges_of_pages(server: Server, people: int) -> None:
    server.seed(people)
    assert len(server.names()) == people + 1


def test_an_unchanged_run_over_450_people(server: Server) -> None:
    server.seed(450)
    users = [{"username": person(n).upper()} for n in range(1, 451)]
    assert not server.user(users=users)["changed"]
    assert server.requests() == ["GET /users"] * 3
    assert not server.user(users=users, **DESIGNER)["changed"]
    assert server.requests() == ["GET /roles", *["GET /users"] * 3]
    assert foreseen(server, users=users, roles={"add": ["Monitor"]})["summary"]["updated"] == 450


def test_somebody_removed_between_two_pages_hides_nobody(server: Server) -> None:
    server.seed(450)
    removed = []

    def remove(request: Request) -> None:
        if request.query == "limit=200&skip=199" and not removed:
            removed.append(server.stored(person(5)))
            server.system.directory.remove_user(removed[0])

    server.system.before = remove
    names = server.names()
    assert len(names) == 450 and set(names) >= {person(n) for n in range(6, 451)}
    assert server.requests() == ["GET /users"] * 6


def test_a_listing_that_never_stands_still_is_an_error(server: Server) -> None:
    server.seed(450)

    def shuffle(request: Request) -> None:
        users = server.system.directory.users
        first = next(iter(users))
        users[first] = users.pop(first)

    server.system.before = shuffle
    result = server.run("iics_user_info")
    assert "the listing of /users kept changing while it was read" in result["msg"]
    users = [{"username": person(n)} for n in range(1, 6)] + [{"username": "nobody@example.com"}]
    gone = server.user(users=users, state="absent", check=True)
    assert gone["summary"] == {**gone["summary"], "deleted": 5, "unchanged": 1}, gone


def test_a_listing_without_the_caller_is_an_error(server: Server) -> None:
    server.faults({"kind": "empty_page", "path": ".*/users", "times": 0})
    result = server.user(username="jane@example.com", state="absent")
    assert "the listing of users came without the calling account admin@example.com" in result["msg"]
    assert server.run("iics_user_info")["failed"]


def test_a_listing_that_breaks_is_an_error(server: Server) -> None:
    server.seed(450)
    for fault in ({"kind": "truncate"}, {"kind": "html"}, {"kind": "status", "status": 500, "body": "no"}):
        server.faults({**fault, "path": ".*/users", "skip": 2, "times": 0})
        result = server.run("iics_user_info")
        assert result["failed"] and "users" not in result


@pytest.mark.parametrize(
    "item", ['{"id": 5}', "null", '{"id": "x", "userName": "y", "roles": 7, "groups": []}', '"text"']
)
def test_items_of_another_shape_are_an_error(server: Server, item: str) -> None:
    server.faults({"kind": "status", "path": ".*/users", "status": 200, "body": f"[{item}]"})
    result = server.run("iics_user_info")
    assert "GET /public/core/v3/users was answered with JSON of an unexpected shape." in result["msg"]


def test_new_accounts_that_the_filter_does_not_find_yet(server: Server) -> None:
    server.switch(read_latency=3)
    foreseen(server, **JANE, **DESIGNER)
    assert server.stored("jane@example.com").hidden_reads == 2


def test_a_filter_that_is_refused_is_no_verdict(server: Server) -> None:
    server.add("jane@example.com")
    server.faults({"kind": "status", "path": ".*/users", "status": 400, "body": "{}"})
    assert not server.user(username="jane@example.com", **DESIGNER)["changed"]
    assert server.requests() == ["GET /roles", "GET /users", "GET /users"]


def test_a_filter_that_finds_somebody_else_is_not_believed(server: Server) -> None:
    server.add("jane@example.com")
    other = server.info()[0]
    body = f'[{{"id": "{other["id"]}", "userName": "other", "roles": [], "groups": []}}]'
    server.faults({"kind": "status", "path": ".*/users", "status": 200, "body": body})
    assert not server.user(username="jane@example.com", **DESIGNER)["changed"]
    assert server.requests() == ["GET /roles", "GET /users", "GET /users"]
