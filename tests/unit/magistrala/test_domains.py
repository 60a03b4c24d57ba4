# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles in domains: given, taken and read, by an administrator of the domains, in both generations."""

from __future__ import annotations

import typing as t

import pytest

from unit.magistrala.server import JANE, Server, foreseen

PERSON, OTHER = "person-00001", "person-00002"
PAT = "pat_Canary-0123456789"
Role = dict[str, str]


def seed(server: Server, **roles: t.Any) -> None:
    """Two people, and the domain plant-7, where the calling account and ``admins`` are administrators."""
    server.seed(2)
    everybody = {"admin": ["admin"], "viewer": [], "operator": [], **roles}
    server.seed(0, domains=[{"name": "plant-7", "roles": everybody}, {"name": "plant-8"}])


def role(name: str, domain: str = "plant-7") -> Role:
    return {"domain": domain, "role": name}


def held(server: Server, name: str = "plant-7") -> dict[str, list[str]]:
    """Who has which role, as the server itself keeps it."""
    (domain,) = (domain for domain in server.system.domains.all.values() if domain.name == name)
    names = {user.id: user.username for user in server.system.table.users.values()}
    return {one.name: [names[member] for member in one.members] for one in domain.roles.values()}


def test_a_role_is_given_replaced_and_taken(server: Server) -> None:
    seed(server)
    given = foreseen(server, username=PERSON, domains={"add": [role("viewer")]})
    assert given["user"]["account"]["domains"] == [role("viewer")]
    assert held(server)["viewer"] == [PERSON]
    moved = foreseen(server, username=PERSON, domains={"add": [role("operator")]})
    assert moved["diff"][0]["before"]["domains"] == [role("viewer")]
    assert (held(server)["viewer"], held(server)["operator"]) == ([], [PERSON])
    taken = foreseen(server, username=PERSON, domains={"remove": [role("operator")]})
    assert (taken["user"]["done"], held(server)["operator"]) == (["memberships"], [])


def test_set_takes_every_other_domain(server: Server) -> None:
    seed(server, viewer=[PERSON])
    foreseen(server, username=PERSON, domains={"set": [role("admin", "plant-8")]})
    assert (held(server)["viewer"], held(server, "plant-8")["admin"]) == ([], ["admin", PERSON])
    foreseen(server, username=PERSON, domains={"set": []})
    assert held(server, "plant-8")["admin"] == ["admin"]


def test_ids_do_as_well_as_names(server: Server) -> None:
    seed(server)
    domain = next(iter(server.system.domains.all.values()))
    viewer = next(one for one in domain.roles.values() if one.name == "viewer")
    foreseen(server, username=PERSON, domains={"add": [role(viewer.id, domain.id)]})
    assert held(server)["viewer"] == [PERSON]


def test_a_new_account_gets_its_role(server: Server) -> None:
    seed(server)
    assert foreseen(server, **JANE, domains={"add": [role("viewer")]})["user"]["done"] == ["create", "memberships"]
    assert held(server)["viewer"] == ["jane"]


def test_a_disabled_account_stays_disabled_while_its_role_is_taken(server: Server) -> None:
    server.seed(1, disabled=1)
    server.seed(0, domains=[{"name": "plant-7", "roles": {"viewer": [PERSON]}}])
    result = foreseen(server, username=PERSON, domains={"set": []})
    assert result["user"]["done"] == ["memberships"]
    assert server.stored(PERSON).status == "disabled"


def test_the_last_administrator_stays_unless_another_comes_in_the_same_task(server: Server) -> None:
    seed(server)
    refused = server.user(username="admin", domains={"add": [role("viewer")]})
    assert refused["failed"] and "would have no administrator any more" in refused["user"]["error"]
    assert server.writes() == []
    successor = {"username": PERSON, "domains": {"add": [role("admin")]}}
    both = server.user(users=[successor, {"username": "admin", "domains": {"remove": [role("admin", "plant-8")]}}])
    assert [bool(user["error"]) for user in both["users"]] == [False, True]
    assert held(server)["admin"] == ["admin", PERSON]
    foreseen(server, username=PERSON, domains={"remove": [role("admin")]})


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (role("viewer", "plant-6"), "Magistrala has no domain 'plant-6'"),
        (role("viewr"), "Did you mean viewer?"),
    ],
)
def test_an_unknown_name_is_refused_and_a_near_one_is_named(server: Server, asked: Role, told: str) -> None:
    seed(server)
    result = server.user(username=PERSON, domains={"add": [asked]})
    assert told in result["user"]["error"]
    assert server.writes() == []


def test_what_is_unknown_needs_not_be_taken(server: Server) -> None:
    seed(server)
    result = server.user(username=PERSON, domains={"remove": [role("viewer", "plant-6")]})
    assert not result["failed"] and not result["changed"]


def test_of_two_domains_of_one_name_an_id_is_asked_for(server: Server) -> None:
    seed(server)
    server.seed(0, domains=[{"name": "plant-7", "route": "other"}])
    result = server.user(username=PERSON, domains={"add": [role("viewer")]})
    assert "several domains with the name plant-7" in result["user"]["error"]


def test_all_accounts_cost_one_sweep(server: Server) -> None:
    seed(server, viewer=[PERSON])
    result = server.info(status="all", domains=True)
    assert {user["username"]: user["domains"] for user in result["users"]} == {
        "admin": [role("admin"), role("admin", "plant-8")],
        PERSON: [role("viewer")],
        OTHER: [],
    }
    assert [path.rpartition("/")[2] for path in server.requests() if "/domains" in path] == [
        "domains",
        "members",
        "members",
    ]


def test_a_long_list_of_members_is_read_to_its_end(server: Server) -> None:
    server.seed(250)
    people = [f"person-{number:05d}" for number in range(1, 251)]
    server.seed(0, domains=[{"name": "plant-7", "roles": {"viewer": people}}])
    users = server.info(status="all", domains=True)["users"]
    assert sum(user["domains"] == [role("viewer")] for user in users) == 250


def test_a_domain_of_others_is_open_to_the_platform_in_the_newer_generation_only(old: Server) -> None:
    old.seed(2)
    old.seed(0, domains=[{"name": "plant-9", "roles": {"admin": [OTHER], "viewer": [PERSON]}}])
    told = old.info(status="all", domains=True)
    assert not told["failed"] and [user["domains"] for user in told["users"]] == [[], [], []]
    assert "who is in plant-9" in str(told["warnings"])
    for domains in ({"set": []}, {"add": [role("viewer", "plant-9")]}):
        result = old.user(username=PERSON, domains=domains)
        assert result["failed"] and "plant-9" in result["user"]["error"], result
        assert old.writes() == []


def test_the_platform_changes_domains_of_others(new: Server) -> None:
    new.seed(2)
    new.seed(0, domains=[{"name": "plant-9", "roles": {"admin": [OTHER], "viewer": [PERSON]}}])
    foreseen(new, username=PERSON, domains={"set": []})
    assert held(new, "plant-9") == {"admin": [OTHER], "viewer": []}


def test_a_personal_access_token_changes_no_domain_in_the_newer_generation(server: Server) -> None:
    seed(server)
    server.seed(0, pats=[{"token": PAT, "username": "admin"}])
    result = server.user(check=True, username=PERSON, domains={"add": [role("viewer")]}, api_token=PAT)
    if server.generation == "A":
        assert not result["failed"] and result["user"]["done"] == ["memberships"]
    else:
        assert "no personal access token" in result["user"]["error"]


def test_a_server_without_domains_says_so(server: Server) -> None:
    server.seed(1)
    server.faults(
        {"kind": "status", "method": "GET", "path": "/domains.*", "status": 404, "body": "none\n", "times": 0}
    )
    for domains in ({"add": [role("viewer")]}, {"set": []}):
        result = server.user(users=[{"username": PERSON, "domains": domains}, {"username": "admin", "tags": ["x"]}])
        assert [user["action"] for user in result["users"]][:1] == ["failed"]
        assert "There is no domains service at" in result["users"][0]["error"]
    result = server.user(username=PERSON, domains={"set": []}, unseen_domains="note")
    assert not result["failed"] and "There is no domains service at" in str(result["user"]["notes"])


def test_what_cannot_be_seen_is_noted_where_that_will_do(old: Server) -> None:
    old.seed(2)
    old.seed(
        0,
        domains=[{"name": "plant-9", "roles": {"admin": [OTHER]}}, {"name": "plant-7", "roles": {"viewer": [PERSON]}}],
    )
    result = old.user(username=PERSON, domains={"set": []}, unseen_domains="note")
    assert not result["failed"] and held(old)["viewer"] == []
    assert "who is in plant-9" in str(result["user"]["notes"])
