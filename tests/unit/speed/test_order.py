# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many accounts at once: everything is read before the first write, and the writes and results have their order."""

from __future__ import annotations

import itertools
import random
import typing as t

import pytest

from harness import writes
from unit.magistrala.server import PASSWORD, Server

KINDS = {"create": "created", "update": "updated", "disable": "disabled", "delete": "deleted", "leave": "unchanged"}
EACH = 8


def people() -> list[dict[str, t.Any]]:
    """Eight of each kind, in a random order."""
    numbers = itertools.count(1)
    users: list[dict[str, t.Any]] = []
    for kind in KINDS:
        for dummy in range(EACH):
            number = f"{next(numbers):05d}"
            if kind == "create":
                users.append(person(f"new-{number}", number))
            elif kind == "update":
                users.append({**person(f"person-{number}", number), "tags": ["changed"]})
            elif kind == "leave":
                users.append(person(f"person-{number}", number))
            else:
                users.append({"username": f"person-{number}", "state": "disabled" if kind == "disable" else "absent"})
    random.shuffle(users)
    return users


def person(username: str, number: str) -> dict[str, t.Any]:
    return {
        "username": username,
        "first_name": "Person",
        "last_name": number,
        "email": f"{username}@example.com",
        "password": PASSWORD,
    }


def changes(server: Server) -> list[str]:
    return [f"{line.method} {line.path}" for line in writes(server.app)]


def kind_of(write: str) -> str:
    method, path = write.split()
    if method == "PATCH":
        return "update"
    if method == "DELETE":
        return "delete"
    return "disable" if path.endswith("/disable") else "create"


@pytest.mark.parametrize("parallel", (1, 4, 16))
def test_writes_go_from_creates_to_deletions(server: Server, parallel: int) -> None:
    server.seed(EACH * len(KINDS))
    users = people()
    result = server.user(users=users, parallel=parallel, return_unchanged=True)
    assert result["summary"] == {**dict.fromkeys(KINDS.values(), EACH), "enabled": 0, "failed": 0}
    kinds = [kind for kind, dummy in itertools.groupby(map(kind_of, changes(server)))]
    assert kinds == ["create", "update", "disable", "delete"]


def test_everything_is_read_before_the_first_write(server: Server) -> None:
    server.seed(EACH * len(KINDS) + 200)
    server.user(users=people(), parallel=4)
    requests = server.requests()
    first_write = requests.index("POST /users")
    assert requests[:first_write].count("GET /users") == 3
    assert "GET /users" not in requests[first_write:]


@pytest.mark.parametrize("check", (True, False))
def test_results_are_in_the_order_of_the_task(server: Server, check: bool) -> None:
    server.seed(EACH * len(KINDS))
    users = people()
    result = server.user(check=check, users=users, parallel=16, return_unchanged=True)
    assert [user["username"] for user in result["users"]] == [user["username"] for user in users]
    changed = [user["username"] for user in result["users"] if user["action"] != "unchanged"]
    assert [difference["after_header"].split()[-1] for difference in result["diff"]] == changed


def test_the_unchanged_are_left_out_but_counted(server: Server) -> None:
    server.seed(EACH * len(KINDS))
    result = server.user(users=people())
    assert len(result["users"]) == EACH * (len(KINDS) - 1)
    assert result["summary"]["unchanged"] == EACH
