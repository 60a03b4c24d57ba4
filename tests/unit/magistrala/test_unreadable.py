# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What cannot be read of one account, or in one domain, concerns nothing else: the others are done."""

from __future__ import annotations

import typing as t

import pytest

from unit.magistrala.server import Result, Server
from unit.magistrala.test_domains import OTHER, PERSON, held
from unreadable import answers

NAMES = ("person-00700", "person-00900", "person-01499")  # on pages behind the first, so that each is looked up
ODD = NAMES[1]
FAULTS = answers(400, 403, 404, 422, 500)


def outcomes(result: Result) -> dict[str, str]:
    return {user["username"]: user["action"] for user in result["users"]}


@pytest.mark.parametrize("fault", FAULTS, ids=str)
@pytest.mark.parametrize(
    ("entry", "done"), [({"state": "disabled"}, "disabled"), ({"state": "present", "tags": ["x"]}, "updated")], ids=str
)
def test_a_look_up_that_fails(server: Server, fault: dict[str, t.Any], entry: dict[str, t.Any], done: str) -> None:
    server.seed(1500)
    users = [{"username": name, **entry} for name in NAMES]
    spoiled = {"method": "GET", "path": f".*({ODD}|{server.stored(ODD).id}).*", "times": 0, **fault}
    server.faults(spoiled)
    foretold = server.user(check=True, users=users, retries=0)
    result = server.user(users=users, retries=0)
    assert outcomes(foretold) == outcomes(result) == {NAMES[0]: done, ODD: "failed", NAMES[2]: done}
    assert result["msg"].startswith("1 of 3 accounts in Magistrala failed: ") and ODD in result["msg"]

    server.faults()
    assert outcomes(server.user(users=users)) == {ODD: done}
    assert not server.user(users=users)["changed"]


def test_an_address_that_nobody_can_look_up(server: Server) -> None:
    server.seed(1500)
    users = [{"username": name, "email": f"new.{name}@example.com"} for name in NAMES]
    server.faults({"kind": "status", "path": f".*email=new.{ODD}.*", "times": 0, "status": 403})
    result = server.user(users=users, retries=0)
    assert outcomes(result) == {NAMES[0]: "updated", ODD: "failed", NAMES[2]: "updated"}
    assert server.stored(ODD).email == f"{ODD}@example.com"


@pytest.mark.parametrize("state", ["disabled", "absent"])
@pytest.mark.parametrize("fault", [each for each in FAULTS if each.get("status") not in (403, 404)], ids=str)
def test_a_domain_that_fails(server: Server, fault: dict[str, t.Any], state: str) -> None:
    server.seed(2)
    places = [{"name": name, "roles": {"operator": [PERSON, OTHER]}} for name in ("plant-7", "plant-8", "plant-9")]
    server.seed(0, domains=places)
    odd = next(domain for domain in server.system.domains.all.values() if domain.name == "plant-8")
    server.faults({"method": "GET", "path": f".*/domains/{odd.id}/roles/members", "times": 0, **fault})
    users = [{"username": name, "state": state, "leave_domains": True} for name in (PERSON, OTHER)]
    result = server.user(users=users, retries=0)
    assert set(outcomes(result).values()) == {"failed"}
    for user in result["users"]:
        assert user["done"][0] == "memberships" and len(user["done"]) == 2
        assert (
            f"{user['username']} may still be in domains: Who is in the domain plant-8 cannot be read" in user["error"]
        )
        assert server.stored(user["username"]).status != "enabled"
    assert held(server, "plant-7")["operator"] == held(server, "plant-9")["operator"] == []
    assert held(server, "plant-8")["operator"] == [PERSON, OTHER]

    server.faults()
    healed = server.user(users=users)
    assert not healed["failed"] and healed["changed"] and held(server, "plant-8")["operator"] == []
    assert not server.user(users=users)["changed"]


def test_roles_in_a_domain_that_fails_are_not_guessed(server: Server) -> None:
    server.seed(2)
    server.seed(0, domains=[{"name": name, "roles": {"operator": [], "viewer": []}} for name in ("plant-7", "plant-8")])
    odd = next(domain for domain in server.system.domains.all.values() if domain.name == "plant-8")
    server.faults({"kind": "status", "status": 500, "path": f".*/domains/{odd.id}/roles/members", "times": 0})
    given = [
        {"username": who, "domains": {"add": [{"domain": domain, "role": "viewer"}]}}
        for who, domain in ((PERSON, "plant-7"), (OTHER, "plant-8"))
    ]
    result = server.user(users=given, retries=0)
    assert outcomes(result) == {PERSON: "updated", OTHER: "failed"}
    assert held(server, "plant-7")["viewer"] == [PERSON] and held(server, "plant-8")["viewer"] == []
    asked = server.info(usernames=[OTHER], domains=True, unseen_domains="note", retries=0)
    assert asked["failed"] and "Who is in the domain plant-8 cannot be read" in asked["msg"]
