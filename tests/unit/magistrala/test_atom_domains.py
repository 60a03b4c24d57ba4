# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains on Atom, where they are tenants: roles given, taken and read, with how many requests."""

from __future__ import annotations

import typing as t

import pytest

from unit.magistrala.server import JANE, SEEDED, AtomServer, foreseen

PERSON, OTHER = "person-00001", "person-00002"
PAGES = 11  # of 100 accounts each, for 1,000 people and the administrator
Role = dict[str, str]


def seed(atom: AtomServer, **people: str | None) -> None:
    """Two people, and others with a role in the tenant plant-7, which has the roles viewer and operator,
    or without one.
    """
    atom.seed(2, tenants=["plant-8"])
    holders = {"vera": "viewer", "otto": "operator", **people}
    atom.seed(0, people=[{"name": name, "tenants": {"plant-7": role}} for name, role in holders.items()])


def role(name: str, domain: str = "plant-7") -> Role:
    return {"domain": domain, "role": name}


def held(atom: AtomServer, name: str = PERSON) -> tuple[list[str], list[Role]]:
    """Of which tenants somebody is a member, and with which roles, as the server itself keeps it."""
    person = atom.person(name)
    return person["tenants"], [role(each["name"], each["tenant"]) for each in person["roles"] if each["tenant"]]


def test_a_role_is_given_replaced_and_taken(atom: AtomServer) -> None:
    seed(atom)
    given = foreseen(atom, username=PERSON, domains={"add": [role("viewer")]})
    assert given["user"]["account"]["domains"] == [role("viewer")]
    assert held(atom) == (["plant-7"], [role("viewer")])
    moved = foreseen(atom, username=PERSON, domains={"add": [role("operator")]})
    assert moved["diff"][0]["before"]["domains"] == [role("viewer")]
    assert held(atom) == (["plant-7"], [role("operator")])
    taken = foreseen(atom, username=PERSON, domains={"remove": [role("operator")]})
    assert taken["user"]["done"] == ["memberships"]
    assert held(atom) == ([], [])


def test_set_takes_every_other_domain(atom: AtomServer) -> None:
    seed(atom, joe="viewer", ann=None)
    foreseen(atom, username="joe", domains={"set": [role("tenant-admin", "plant-8")]})
    assert held(atom, "joe") == (["plant-8"], [role("tenant-admin", "plant-8")])
    for name in ("joe", "ann"):
        foreseen(atom, username=name, domains={"set": []})
        assert held(atom, name) == ([], [])


def test_the_administrator_of_a_domain_has_the_name_of_other_generations_too(atom: AtomServer) -> None:
    seed(atom)
    foreseen(atom, username=PERSON, domains={"add": [role("admin", "plant-8")]})
    assert held(atom)[1] == [role("tenant-admin", "plant-8")]


def test_a_member_without_a_role_gets_one(atom: AtomServer) -> None:
    seed(atom, joe=None)
    before = atom.info(usernames=["joe"], domains=True)["users"][0]["domains"]
    assert before == [role("")]
    foreseen(atom, username="joe", domains={"add": [role("viewer")]})
    assert held(atom, "joe") == (["plant-7"], [role("viewer")])


def test_a_role_that_was_assigned_twice_is_taken_once_and_for_all(atom: AtomServer) -> None:
    seed(atom, joe="viewer")
    state = atom.system.state
    viewer = next(each for each in state.roles.values() if each.name == "viewer")
    state.assign(viewer, "entity", atom.person("joe")["id"], state.stamp())
    foreseen(atom, username="joe", domains={"remove": [role("viewer")]})
    assert held(atom, "joe") == ([], [])


def test_a_new_account_and_a_disabled_one_get_their_role(atom: AtomServer) -> None:
    seed(atom)
    assert foreseen(atom, **JANE, domains={"add": [role("viewer")]})["user"]["done"] == ["create", "memberships"]
    assert held(atom, "jane") == (["plant-7"], [role("viewer")])
    foreseen(atom, username=PERSON, state="disabled")
    foreseen(atom, username=PERSON, domains={"add": [role("viewer")]})
    assert held(atom)[1] == [role("viewer")] and atom.person(PERSON)["status"] == "inactive"
    foreseen(atom, username=PERSON, domains={"set": []})
    assert held(atom) == ([], []) and atom.person(PERSON)["status"] == "inactive"


def test_a_restored_account_has_the_given_role_alone(atom: AtomServer) -> None:
    seed(atom, joe="operator")
    atom.user(username="joe", state="absent")
    foreseen(atom, username="joe", password="Canary-Password-12345", domains={"add": [role("viewer")]})
    assert held(atom, "joe") == (["plant-7"], [role("viewer")])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (role("viewer", "plant-6"), "Magistrala has no domain 'plant-6'"),
        (role("viewr"), "Did you mean viewer?"),
    ],
)
def test_an_unknown_name_is_refused_for_one_entry(atom: AtomServer, asked: Role, said: str) -> None:
    seed(atom)
    entries = [{"username": PERSON, "domains": {"add": [asked]}}, {"username": OTHER, "tags": ["x"]}]
    result = atom.user(users=entries)
    assert said in result["users"][0]["error"] and result["users"][1]["action"] == "updated"
    assert not atom.user(username=PERSON, domains={"remove": [role("viewer", "plant-6")]})["changed"]


def test_somebody_else_was_faster(atom: AtomServer) -> None:
    seed(atom, joe="viewer")

    def leave(system: t.Any) -> None:
        tenant = next(each for each in system.state.tenants.values() if each.name == "plant-7")
        del tenant.members[system.state.directory.holder("name", "", "joe").id]

    atom.faults({"kind": "meanwhile", "path": ".*#mutation deleteRoleAssignment", "act": leave, "after": True})
    assert not atom.user(username="joe", domains={"set": []})["failed"]
    assert held(atom, "joe") == ([], [])


def test_what_the_calling_account_may_not_see(atom: AtomServer) -> None:
    atom.seed(2)
    atom.seed(0, people=[{"name": "joe", "tenants": {"plant-7": "viewer"}, "password": SEEDED["api_password"]}])
    login = {**SEEDED, "api_username": "joe"}
    told = atom.info(usernames=["joe"], domains=True, **login)
    assert not told["failed"] and "who is in plant-7" in str(told["warnings"])


def test_a_thousand_unchanged_people_and_their_tenants(atom: AtomServer) -> None:
    atom.seed(998, tenants=["plant-8"])
    atom.seed(0, people=[{"name": name, "tenants": {"plant-7": "viewer"}} for name in ("vera", "joe")])
    state = atom.system.state
    viewer = next(each for each in state.roles.values() if each.name == "viewer")
    tenant = state.tenants[viewer.tenant_id]
    for entity in state.directory.entities.values():
        if entity.name.startswith("person-"):
            tenant.members[entity.id] = state.stamp()
            state.assign(viewer, "entity", entity.id, state.stamp())
    users = [{"username": f"person-{number:05d}", "domains": {"add": [role("viewer")]}} for number in range(1, 998)]
    result = atom.user(users=users)
    assert (result["failed"], result["summary"]["unchanged"]) == (False, 997), result.get("msg")
    assert len(atom.requests()) <= PAGES + 3 + 1, atom.requests()
