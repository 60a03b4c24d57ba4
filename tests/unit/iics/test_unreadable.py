# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What cannot be read of one account concerns no other: a look-up that fails is no verdict, and the others are done."""

from __future__ import annotations

import typing as t

import pytest

from unit.iics.server import Server
from unreadable import answers

NAMES = tuple(f"person-{number}@example.com" for number in range(3))
ODD = NAMES[1]
FAULTS = answers(400, 403, 404, 500)
USERS = [{"username": name, "state": "absent"} for name in NAMES]


@pytest.fixture
def people(server: Server) -> Server:
    for name in NAMES:
        server.add(name)
    return server


def spoil(server: Server, fault: dict[str, t.Any], query: str) -> None:
    server.faults({"method": "GET", "path": f".*/users[?]{query}.*", "times": 0, **fault})


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_look_up_that_fails_is_made_up_for_by_the_listing(people: Server, fault: dict[str, t.Any]) -> None:
    spoil(people, fault, "q=userName%3D%3Dperson-1%40")
    result = people.user(users=USERS)
    assert not result["failed"] and result["summary"]["deleted"] == 3


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_where_the_listing_fails_too_the_others_are_done(people: Server, fault: dict[str, t.Any]) -> None:
    spoil(people, fault, "(q=userName%3D%3Dperson-1%40|limit=200)")
    result = people.user(users=USERS)
    assert {user["username"]: user["action"] for user in result["users"]} == {
        NAMES[0]: "deleted",
        ODD: "failed",
        NAMES[2]: "deleted",
    }
    assert result["msg"].startswith(f"1 of 3 accounts in Informatica IICS failed: {ODD}: ") and people.has(ODD)
    people.faults()
    assert people.user(users=USERS)["summary"]["deleted"] == 1 and not people.has(ODD)


def test_a_successor_who_cannot_be_looked_up(people: Server) -> None:
    spoil(people, {"kind": "status", "status": 500}, "(q=userName%3D%3Dperson-1%40|limit=200)")
    leaver = {"username": NAMES[0], "state": "absent", "successors": {"file_listeners": ODD}}
    result = people.user(users=[leaver, {"username": NAMES[2], "state": "absent"}])
    first, last = result["users"]
    assert (first["done"], last["action"]) == (["delete"], "deleted")
    assert f"{ODD}, which successors.file_listeners names, cannot be looked up" in first["error"]
