# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of an account on Atom: predicted, done, and found to be done; with what only Atom does otherwise."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.atom.state import ADMIN_ROLE, EVERYBODY
from sandbox.server import Sandbox
from unit.magistrala.server import JANE, PASSWORD, AtomServer, foreseen

PERSON = "person-00001"
NEW_PASSWORD = "Canary-New-Password-1"


def only_role(atom: AtomServer, name: str) -> list[str]:
    return [role["name"] for role in atom.person(name)["roles"]]


def test_the_life_of_an_account(atom: AtomServer) -> None:
    created = foreseen(
        atom, **JANE, tags=["a", "b"], metadata={"team": {"site": "Ulm"}}, profile_picture="https://x.example/j"
    )
    assert created["user"]["done"] == ["create"] and atom.can_sign_in("jane", PASSWORD)
    assert atom.person("jane")["attributes"] == {
        "email": "jane@example.com",
        "first_name": "Jane",
        "last_name": "Doe",
        "profile_picture": "https://x.example/j",
        "tags": ["a", "b"],
        "team": {"site": "Ulm"},
    }
    changed = foreseen(atom, username="jane", last_name="Brown", tags=[], metadata={"cost": 7}, profile_picture="")
    assert changed["user"]["done"] == ["update"]
    assert atom.person("jane")["attributes"] == {
        "cost": 7,
        "email": "jane@example.com",
        "first_name": "Jane",
        "last_name": "Brown",
    }
    foreseen(atom, username="jane", new_username="jane.brown")
    assert foreseen(atom, username="jane.brown", state="disabled")["user"]["account"]["enabled"] is False
    assert foreseen(atom, username="jane.brown", enabled=True)["user"]["action"] == "enabled"
    assert foreseen(atom, username="jane.brown", state="absent")["user"]["action"] == "deleted"
    assert atom.person("jane.brown")["deleted"]


def test_creating_is_one_request_and_leaves_nothing_where_a_part_fails(atom: AtomServer) -> None:
    foreseen(atom, **JANE, role="admin", enabled=False)
    assert only_role(atom, "jane") == ["atom-admin"] and atom.person("jane")["status"] == "inactive"
    joe = {**JANE, "username": "joe", "email": "joe@example.com", "password": "short"}
    result = atom.user(**joe)
    assert "password must be at least 8 characters" in result["msg"]
    assert not result["changed"] and result["user"]["done"] == []
    assert atom.asked()[1] == "mutation createEntity createPassword"
    assert atom.person("joe") is None


def test_a_lost_answer_to_a_creation_makes_one_account_with_its_password(atom: AtomServer) -> None:
    atom.faults({"kind": "drop_after", "path": ".*createEntity.*"})
    result = atom.user(**JANE)
    assert not result["failed"] and result["user"]["done"] == ["create"], result
    assert [each["name"] for each in atom.system.inspect("people")].count("jane") == 1
    assert atom.can_sign_in("jane", PASSWORD)


def test_attributes_of_others_are_kept(atom: AtomServer) -> None:
    known = {"username": "x", "auth_provider": "google", "system": True, "picture": "https://x.example/old"}
    atom.seed(0, people=[{"name": "joe", "attributes": {**known, "email": "joe@example.com", "team": 1}}])
    result = foreseen(atom, username="joe", metadata={"team": 2}, profile_picture="https://x.example/new")
    assert result["user"]["account"]["metadata"] == {"team": 2}
    new = {"picture": "https://x.example/new", "profile_picture": "https://x.example/new"}
    assert atom.person("joe")["attributes"] == {**known, **new, "email": "joe@example.com", "team": 2}


def test_what_others_write_between_reading_and_writing_stays(atom: AtomServer) -> None:
    atom.seed(1)

    def write(system: t.Any) -> None:
        entity = system.state.directory.holder("name", "", PERSON)
        entity.attributes = {**entity.attributes, "written_by": "somebody else"}

    atom.faults({"kind": "meanwhile", "path": ".*#query entities roleAssignments", "act": write})
    result = atom.user(username=PERSON, metadata={"mine": 1}, metadata_mode="merge")
    assert not result["failed"], result
    attributes = atom.person(PERSON)["attributes"]
    assert (attributes["written_by"], attributes["mine"]) == ("somebody else", 1)


def test_disabled_accounts_are_changed_without_being_enabled(atom: AtomServer) -> None:
    atom.seed(1, disabled=1)
    foreseen(atom, username=PERSON, tags=["x"])
    assert atom.person(PERSON)["status"] == "inactive"
    foreseen(atom, username=PERSON, role="admin")
    assert (atom.person(PERSON)["status"], only_role(atom, PERSON)) == ("inactive", ["atom-admin"])


def test_roles_are_assignments_and_all_of_them_go(atom: AtomServer) -> None:
    atom.seed(1)
    foreseen(atom, username=PERSON, role="admin")
    state = atom.system.state
    owner = atom.person(PERSON)["id"]
    state.assign(state.roles[ADMIN_ROLE], "entity", owner, state.stamp())
    assert only_role(atom, PERSON) == ["atom-admin", "atom-admin"]
    foreseen(atom, username=PERSON, role="user")
    assert only_role(atom, PERSON) == []


def test_the_calling_administrator_keeps_role_and_account(atom: AtomServer) -> None:
    for options in ({"role": "user"}, {"state": "disabled"}, {"state": "absent"}):
        assert "the account that this task runs with" in atom.user(username="admin", **options)["msg"]
        assert atom.writes() == []


def test_a_password_is_set_for_somebody_and_is_the_only_one(atom: AtomServer) -> None:
    atom.seed(0, people=[{"name": "joe", "sign_up": "joe@example.com", "verified": True}])
    result = atom.user(username="joe", password=NEW_PASSWORD, update_password="always")
    assert result["user"]["done"] == ["password"]
    assert "joe: sessions that are open now outlive the change of the password." in result["user"]["notes"]
    assert atom.person("joe")["passwords"] == [NEW_PASSWORD]
    foreseen(atom, username="joe", password=NEW_PASSWORD, update_password="always", verify_password=True)
    assert "has a different password" in atom.user(username="joe", password=PASSWORD, verify_password=True)["msg"]


def test_a_password_for_a_disabled_account(atom: AtomServer) -> None:
    atom.seed(1, disabled=1)
    atom.user(username=PERSON, password=NEW_PASSWORD, update_password="always")
    assert atom.person(PERSON)["passwords"] == [NEW_PASSWORD] and atom.person(PERSON)["status"] == "inactive"


def test_disabling_revokes_access_tokens_and_keeps_the_password(atom: AtomServer) -> None:
    token = f"atom_{'0' * 31}1_{'a' * 64}"
    atom.seed(1, access_tokens=[{"owner": PERSON, "token": token}])
    result = foreseen(atom, username=PERSON, state="disabled")
    assert result["user"]["done"] == ["revoke_tokens", "disable"]
    assert atom.person(PERSON)["access_tokens"] == []
    foreseen(atom, username=PERSON, enabled=True)
    assert atom.can_sign_in(PERSON, "Sandbox-person-1")


def test_a_locked_account_proves_nothing(atom: AtomServer) -> None:
    atom.seed(2)
    for dummy in range(5):
        assert "different password" in atom.user(username=PERSON, password=PASSWORD, verify_password=True)["msg"]
    result = atom.user(
        users=[
            {"username": PERSON, "password": "Sandbox-person-1", "verify_password": True},
            {"username": "person-00002", "password": "Sandbox-person-1", "verify_password": True},
        ],
        return_unchanged=True,
    )
    locked, other = result["users"]
    assert "whether the password is right cannot be told" in locked["error"]
    assert other["error"] is None and other["action"] == "unchanged"
    assert not result["sign_in_refused"]
    assert atom.requests().count("POST /auth/login") == 3, "own sign-in, and one attempt for each"


def test_an_unverified_address_does_not_make_a_password_wrong(magistrala: Sandbox) -> None:
    atom = AtomServer(magistrala, allow_unverified=False)
    atom.seed(0, people=[{"name": "joe", "sign_up": "joe@example.com"}])
    foreseen(atom, username="joe", password="Sandbox-person-1", verify_password=True, update_password="always")


def restorable(atom: AtomServer, **more: t.Any) -> None:
    atom.seed(
        0, people=[{"name": "joe", "attributes": {"email": "joe@example.com"}, "tenants": {"plant": None}, **more}]
    )
    atom.user(username="joe", state="absent")


@pytest.mark.parametrize("given", [{"password": NEW_PASSWORD}, {}])
def test_a_restored_account_has_nothing_of_before(atom: AtomServer, given: dict[str, str]) -> None:
    restorable(atom)
    result = foreseen(atom, username="joe", tags=["back"], **given)
    joe = atom.person("joe")
    assert (joe["status"], joe["deleted"], joe["tenants"], joe["roles"]) == ("active", False, [], [])
    assert joe["passwords"] == [*given.values()]
    assert ("no password" in str(result["user"]["notes"])) is not bool(given)


def test_a_restored_administrator_needs_a_role(atom: AtomServer) -> None:
    restorable(atom, admin=True)
    for dummy in range(2):
        result = atom.user(username="joe", password=NEW_PASSWORD)
        assert "give the role that the account shall have. It is deleted again." in result["msg"]
        assert not result["changed"] and atom.person("joe")["deleted"]
        assert only_role(atom, "joe") == ["atom-admin"]
    foreseen(atom, username="joe", password=NEW_PASSWORD, role="user")
    assert only_role(atom, "joe") == [] and atom.can_sign_in("joe", NEW_PASSWORD)


def test_a_restoration_that_fails_half_way_deletes_again(atom: AtomServer) -> None:
    restorable(atom)
    atom.faults({"kind": "status", "status": 500, "path": ".*removeTenantMember.*", "times": 0})
    result = atom.user(username="joe", password=NEW_PASSWORD)
    assert result["failed"] and atom.person("joe")["deleted"]
    assert atom.person("joe")["passwords"] == []


def test_names_and_addresses_of_deleted_accounts_are_free(atom: AtomServer) -> None:
    restorable(atom)
    foreseen(atom, **{**JANE, "email": "joe@example.com"})
    foreseen(atom, username="jane", new_username="joe")
    assert [each["deleted"] for each in atom.system.inspect("people") if each["name"] == "joe"] == [True, False]
    assert foreseen(atom, username="joe", last_name="Brown")["user"]["action"] == "updated"


def test_an_address_belongs_to_one_account(atom: AtomServer) -> None:
    atom.seed(1)
    result = atom.user(**{**JANE, "email": f"{PERSON}@EXAMPLE.com"})
    assert f"The e-mail address {PERSON}@EXAMPLE.com is taken by {PERSON}" in result["msg"]


def test_what_atom_has_no_place_for(atom: AtomServer) -> None:
    said = atom.user(**JANE, private_metadata={"x": 1})["msg"]
    assert "has no private_metadata: whatever it keeps of people can be read by everybody" in said
    assert "metadata names role" in atom.user(**JANE, metadata={"role": "x"})["msg"]


def test_an_administrator_by_a_group(atom: AtomServer) -> None:
    atom.seed(1)
    state = atom.system.state
    state.assign(state.roles[ADMIN_ROLE], "group", EVERYBODY, state.stamp())
    assert atom.info(usernames=[PERSON], guards=True)["administrators"] == ["admin", PERSON]
    foreseen(atom, username=PERSON, state="disabled")
    assert atom.info(usernames=[PERSON], guards=True)["administrators"] == ["admin"]


@pytest.mark.parametrize("named", ["x%", "a_b", "back\\slash", '"quoted"'])
def test_names_that_mean_something_to_the_search(atom: AtomServer, named: str) -> None:
    atom.seed(3)
    foreseen(atom, **{**JANE, "username": named})
    assert atom.names(usernames=[named], status="all") == [named]
    foreseen(atom, username=named, state="absent")


def test_an_account_by_its_id(atom: AtomServer) -> None:
    atom.seed(2, disabled=1)
    owner = atom.person("person-00002")["id"]
    foreseen(atom, id=owner.upper(), username="renamed")
    assert atom.person("renamed")["id"] == owner
    assert "There is no account with the id" in atom.user(**JANE, id="no-uuid")["msg"]
