# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What cannot be read of one account, at one place or in one listing: who leaves loses the rest, others are done."""

from __future__ import annotations

import typing as t

import pytest

from unit.iq.server import JANE, Grant, Server
from unreadable import answers

NAMES = ("person-00003", "person-00005", "person-00007")
DATA = {"role": "Developer", "organization": "Data"}
PLATFORM = {"role": "Owner", "organization": "Platform"}
FAULTS = answers(400, 403, 500)
LEAVERS = [{"username": name, "state": "absent"} for name in NAMES]


@pytest.fixture
def people(server: Server) -> Server:
    """Some people with two roles each, on a server that answers as no specification says."""
    server.judged = False
    server.seed(10)
    for name in NAMES:
        server.grant(name, DATA, PLATFORM)
    return server


def spoil(server: Server, fault: dict[str, t.Any], path: str) -> None:
    server.faults({"method": "GET", "path": path, "times": 0, **fault})


def memberships_of(server: Server, organization: str) -> str:
    return f".*/roleMemberships/organization/{server.owner('organization', organization).id}"


def all_that_is_left(server: Server) -> list[Grant]:
    return [grant for name in NAMES for grant in server.grants(name)]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_place_that_fails_keeps_nobody_in(people: Server, fault: dict[str, t.Any]) -> None:
    spoil(people, fault, memberships_of(people, "Platform"))
    result = people.user(users=LEAVERS, retries=0)
    assert result["summary"]["failed"] == 3 and not any(map(people.has, NAMES))
    for user in result["users"]:
        assert user["done"] == ["memberships", "delete"]
        assert user["error"].startswith(f"{user['username']} may keep roles or a token: ")
    assert all_that_is_left(people) == [PLATFORM] * 3
    assert "Grants at organization Platform cannot be read, so they are left out: " in str(result["warnings"])

    people.faults()
    healed = people.user(users=LEAVERS)
    assert not healed["failed"] and healed["changed"] and all_that_is_left(people) == []
    assert not people.user(users=LEAVERS)["changed"]


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        *(("userTokens", fault) for fault in FAULTS),
        *(("roles", fault) for fault in answers(400, 500)),  # without the permission they are known: see BUILT_IN_ROLES
    ],
    ids=str,
)
def test_a_listing_that_fails_keeps_nobody_in(people: Server, fault: dict[str, t.Any], path: str) -> None:
    spoil(people, fault, f".*/api/v2/{path}")
    result = people.user(users=LEAVERS, retries=0)
    assert result["summary"]["failed"] == 3 and not any(map(people.has, NAMES))
    people.faults()
    assert not people.user(users=LEAVERS)["failed"] and all_that_is_left(people) == []


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_grants_at_a_place_that_fails_are_not_guessed(people: Server, fault: dict[str, t.Any]) -> None:
    spoil(people, fault, memberships_of(people, "Platform"))
    wishes: list[dict[str, t.Any]] = [
        {"grants": {"add": [{**DATA, "role": "Owner"}]}},
        {"grants": {"add": [{**PLATFORM, "role": "Developer"}]}},
        {"grants": {"set": []}},
    ]
    users = [{"username": name, **wish} for name, wish in zip(NAMES, wishes, strict=True)]
    result = people.user(users=users, retries=0)
    assert [user["action"] for user in result["users"]] == ["updated", "failed", "failed"]
    assert [grant["role"] for grant in people.grants(NAMES[0])] == ["Developer", "Owner", "Owner"]
    assert people.grants(NAMES[1]) == people.grants(NAMES[2]) == [DATA, PLATFORM]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_look_up_that_fails(people: Server, fault: dict[str, t.Any]) -> None:
    odd = "person;00005"  # with a character for which each name is looked up by itself
    spoil(people, fault, ".*/users/person%3B00005.*")
    users = [LEAVERS[0], {"username": odd, "state": "absent"}, LEAVERS[2]]
    result = people.user(users=users, retries=0)
    assert [user["action"] for user in result["users"]] == ["deleted", "failed", "deleted"]
    assert result["msg"].startswith(f"1 of 3 accounts in IQ Server failed: {odd}: ")


def test_the_info_module_takes_a_place_that_fails_for_no_answer(people: Server) -> None:
    spoil(people, {"kind": "status", "status": 500}, memberships_of(people, "Platform"))
    result = people.run("iq_user_info", usernames=[NAMES[0]], grants=True, retries=0)
    assert result["failed"] and memberships_of(people, "Platform").removeprefix(".*") in result["msg"]
    assert not people.run("iq_user_info", usernames=[NAMES[0]], tokens=True, retries=0)["failed"]


def test_a_group_at_a_place_that_fails(people: Server) -> None:
    spoil(people, {"kind": "status", "status": 500}, memberships_of(people, "Platform"))
    groups = [
        {"group": "staff", "grants": {"add": [DATA]}},
        {"group": "leads", "grants": {"add": [PLATFORM]}},
    ]
    result = people.run("iq_group_grants", groups=groups, retries=0)
    assert [group["action"] for group in result["groups"]] == ["updated", "failed"]
    assert people.grants("staff", kind="GROUP") == [DATA] and people.grants("leads", kind="GROUP") == []


def test_a_server_that_is_gone_is_not_asked_for_every_place(people: Server) -> None:
    spoil(people, {"kind": "drop_before"}, ".*/roleMemberships/.*")
    result = people.user(users=[*LEAVERS, {"username": JANE["username"], "state": "absent"}], retries=0, parallel=1)
    asked = [request for request in people.requests() if "roleMemberships" in request]
    assert result["failed"] and people.writes() == [] and len(asked) == 3
