# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts that are closed leave their domains first, whatever state they are in, in both generations."""

from __future__ import annotations

import typing as t

import pytest

from unit.magistrala.server import Server, foreseen
from unit.magistrala.test_domains import OTHER, PAT, PERSON, held

CLOSED = ("disabled", "absent")


def seed(server: Server, status: str = "enabled", **more: t.Any) -> None:
    """Two people; the first is an operator of plant-7, the only administrator of plant-8, and invited to plant-9."""
    server.seed(2)
    server.stored(PERSON).status = status
    offered = [{"user": PERSON, "role": "viewer"}]
    server.seed(
        0,
        domains=[
            {"name": "plant-7", "roles": {"operator": [PERSON]}},
            {"name": "plant-8", "roles": {"admin": [PERSON], **more}},
            {"name": "plant-9", "roles": {"viewer": []}, "invitations": offered},
        ],
    )


def close(server: Server, state: str, **options: t.Any) -> dict[str, t.Any]:
    return foreseen(server, username=PERSON, state=state, leave_domains=True, **options)


def members(server: Server) -> set[str]:
    """The domains in which the first person has a role."""
    return {
        name
        for name in ("plant-7", "plant-8", "plant-9")
        if any(PERSON in people for people in held(server, name).values())
    }


@pytest.mark.parametrize("status", ["enabled", "disabled", "deleted"])
@pytest.mark.parametrize("state", CLOSED)
def test_everything_goes_where_somebody_follows(new: Server, state: str, status: str) -> None:
    seed(new, status, viewer=[OTHER])
    result = close(new, state, domain_successors={"plant-8": OTHER})
    assert result["user"]["done"][0] == "memberships"
    assert members(new) == set() and new.system.domains.invitations == {}
    assert held(new, "plant-8") == {"admin": [OTHER], "viewer": []}
    assert f"Tell {OTHER} that they become administrator of the domain plant-8." in result["user"]["notes"]
    assert new.stored(PERSON).status != "enabled"


@pytest.mark.parametrize("state", CLOSED)
def test_the_last_administrator_stays_and_all_else_is_done(new: Server, state: str) -> None:
    seed(new)
    options = {"username": PERSON, "state": state, "leave_domains": True}
    foretold = new.user(check=True, **options)
    assert new.writes() == []
    done = new.user(**options)
    again = new.user(**options)
    assert new.writes() == []
    for result in (foretold, done, again):
        assert result["failed"] and "stays the administrator of the domain plant-8" in result["user"]["error"]
    assert foretold["user"]["done"] == done["user"]["done"] != again["user"]["done"] == []
    assert foretold["diff"] == done["diff"]
    assert members(new) == {"plant-8"} and new.stored(PERSON).status != "enabled"


@pytest.mark.parametrize("follower", [PERSON, "nobody"])
def test_who_cannot_follow_is_named(new: Server, follower: str) -> None:
    seed(new)
    result = new.user(username=PERSON, state="disabled", leave_domains=True, domain_successors={"plant-8": follower})
    assert f"{follower}, who is named to follow," in result["user"]["error"]


def test_of_administrators_who_all_leave_one_stays(new: Server) -> None:
    new.seed(2)
    new.seed(0, domains=[{"name": "plant-7", "roles": {"admin": [PERSON, OTHER]}}])
    users = [{"username": name} for name in (PERSON, OTHER)]
    result = new.user(users=users, state="disabled", leave_domains=True)
    assert sorted(bool(user["error"]) for user in result["users"]) == [False, True]
    assert len(held(new)["admin"]) == 1
    assert {new.stored(name).status for name in (PERSON, OTHER)} == {"disabled"}


def test_a_domain_that_nobody_can_look_into_is_named(old: Server) -> None:
    old.seed(2)
    mine = {"name": "plant-7", "roles": {"operator": [PERSON]}, "invitations": [{"user": PERSON}]}
    old.seed(0, domains=[mine, {"name": "plant-8", "roles": {"admin": [OTHER], "viewer": [PERSON]}}])
    result = close(old, "disabled")
    assert "who is in plant-8" in str(result["user"]["notes"])
    assert held(old)["operator"] == [] and held(old, "plant-8")["viewer"] == [PERSON]
    assert old.system.domains.invitations == {}


def test_a_token_that_cannot_read_domains_still_closes_the_account(new: Server) -> None:
    seed(new)
    new.seed(0, pats=[{"token": PAT, "username": "admin"}])
    options = {"username": PERSON, "state": "disabled", "leave_domains": True, "api_token": PAT}
    foretold, done, again = new.user(check=True, **options), new.user(**options), new.user(**options)
    for result in (foretold, done, again):
        assert result["failed"] and "no personal access token" in result["user"]["error"]
    assert foretold["user"]["done"] == done["user"]["done"] == ["disable"] and again["user"]["done"] == []
    assert new.stored(PERSON).status == "disabled"


def test_a_failing_domains_service_keeps_nobody_enabled(server: Server) -> None:
    seed(server)
    server.faults({"kind": "status", "method": "GET", "path": "/domains.*", "status": 500, "body": "", "times": 0})
    result = server.user(username=PERSON, state="disabled", leave_domains=True)
    assert result["failed"] and f"{PERSON} may still be in domains" in result["user"]["error"]
    assert server.stored(PERSON).status == "disabled"


def test_one_removal_that_fails_does_not_keep_the_others(new: Server) -> None:
    seed(new)
    place = next(one for one in new.system.domains.all.values() if one.name == "plant-7")
    new.faults(
        {"kind": "status", "method": "POST", "path": f"/domains/{place.id}/.*", "status": 500, "body": "", "times": 0}
    )
    result = new.user(username=PERSON, state="absent", leave_domains=True, domain_successors={"plant-8": OTHER})
    assert result["failed"] and members(new) == {"plant-7"}
    assert new.stored(PERSON).status == "deleted"


def test_without_a_domains_service_the_account_is_closed_with_a_note(server: Server) -> None:
    server.seed(1)
    server.faults(
        {"kind": "status", "method": "GET", "path": "/domains.*", "status": 404, "body": "none\n", "times": 0}
    )
    result = server.user(username=PERSON, state="disabled", leave_domains=True)
    assert not result["failed"] and "There is no domains service at" in str(result["user"]["notes"])


def test_it_costs_the_same_whatever_the_number_of_people(new: Server) -> None:
    new.seed(20)
    new.seed(0, domains=[{"name": f"plant-{number}"} for number in range(3)])
    counts = []
    for count in (1, 20):
        users = [{"username": f"person-{number:05d}"} for number in range(1, count + 1)]
        new.user(check=True, users=users, state="disabled", leave_domains=True)
        counts.append(sum("/domains" in line for line in new.requests()))
    assert counts[0] == counts[1] == 1 + 2 * 3
