# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may do what on Atom: people of themselves, and nobody takes the last administrator."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.atom import SEED_PASSWORD
from unit.magistrala.server import NGINX, SEEDED, AtomServer, foreseen

PERSON = "person-00001"


def test_people_change_their_own_names(atom: AtomServer) -> None:
    atom.seed(1)
    before = atom.person(PERSON)["attributes"]
    result = foreseen(atom, username=PERSON, last_name="Brown", **SEEDED)
    assert result["user"]["done"] == ["update"]
    assert atom.person(PERSON)["attributes"] == {**before, "last_name": "Brown"}
    picture = "https://x.example/me"
    assert (
        foreseen(atom, username=PERSON, profile_picture=picture, **SEEDED)["user"]["account"]["profile_picture"]
        == picture
    )
    assert atom.user(username=PERSON, new_username="brown", **SEEDED)["user"]["done"] == ["update"]
    assert atom.can_sign_in("brown", SEED_PASSWORD)


def test_newer_servers_let_people_change_little_else(atom: AtomServer) -> None:
    atom.seed(1)
    before = atom.person(PERSON)["attributes"]
    result = atom.user(username=PERSON, last_name="Brown", tags=["x"], **SEEDED)
    assert result["failed"] is atom.system.switches.newer
    if result["failed"]:
        assert "must be an administrator of the platform" in result["msg"]
        assert not result["changed"] and atom.person(PERSON)["attributes"] == before


def operator(atom: AtomServer) -> dict[str, str]:
    """Credentials of somebody who may do all that an administrator may, by another role."""
    atom.seed(2)
    atom.other_role(PERSON)
    return SEEDED


@pytest.mark.parametrize("asked", [{"role": "user"}, {"state": "disabled"}, {"state": "absent"}])
def test_the_last_administrator_stays_one(atom: AtomServer, asked: dict[str, str]) -> None:
    login = operator(atom)
    for check in (True, False):
        result = atom.user(check, username="admin", **asked, **login)
        assert "admin: nobody who can sign in would be left with the role admin" in result["msg"]
        assert atom.writes() == []
    foreseen(atom, username="person-00002", role="admin", **login)
    foreseen(atom, username="admin", **asked, **login)
    assert atom.info(guards=True, **login)["administrators"] == ["person-00002"]


def test_all_administrators_in_one_task(atom: AtomServer) -> None:
    login = operator(atom)
    foreseen(atom, username="person-00002", role="admin", **login)
    leavers = [{"username": name, "state": "disabled"} for name in ("admin", "person-00002")]
    result = atom.user(users=leavers, **login)
    assert result["summary"]["failed"] == 2 and atom.writes() == []


def only_graphql(atom: AtomServer) -> None:
    """A proxy that hands on GraphQL and answers everything else with a page of its own."""
    page = {"kind": "status", "status": 404, "body": NGINX, "content_type": "text/html"}
    atom.faults({**page, "path": "/(auth|users)/.*", "times": 0})


def test_behind_a_proxy_that_hands_on_graphql_alone(atom: AtomServer) -> None:
    only_graphql(atom)
    atom.seed(1)
    foreseen(atom, username=PERSON, tags=["x"])
    assert atom.asked()[0] == "query __typename"
    assert (atom.asked()[1], atom.asked()[-1]) == ("session login", "session logout")
    assert atom.person("admin")["sessions"] == 0
    proof: dict[str, t.Any] = {"username": PERSON, "verify_password": True}
    assert not atom.user(**proof, password=SEED_PASSWORD)["failed"]
    assert "has a different password" in atom.user(**proof, password="Canary-wrong-password")["msg"]
    refused = atom.info(api_password="wrong-Canary-password")
    assert "does not accept the user name and password of admin" in refused["msg"] and refused["sign_in_refused"]
    assert atom.asked() == ["query __typename", "session login"]


def test_a_server_of_another_kind_is_not_taken_for_atom(atom: AtomServer) -> None:
    atom.faults({"kind": "status", "status": 404, "body": NGINX, "content_type": "text/html", "times": 0})
    result = atom.info()
    assert "there is no users service at" in result["msg"] and "Check api_url" in result["msg"]
