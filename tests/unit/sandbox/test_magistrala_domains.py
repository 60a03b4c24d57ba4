# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains, their members and invitations in the simulated Magistrala, beyond what the recordings show."""

from __future__ import annotations

import typing as t

import pytest
import requests

from sandbox.magistrala import SEED_PASSWORD, Magistrala
from sandbox.server import Sandbox, running
from unit.sandbox.magistrala_api import Api

PLANT = {
    "name": "Plant-7",
    "roles": {
        "admin": ["lea"],
        "operator": {"actions": ["read", "update"], "members": ["max"]},
        "porter": {"actions": ["view_role_users", "remove_role_users"], "members": ["ida"]},
    },
    "invitations": [{"user": "kim", "role": "operator", "by": "lea"}],
}


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Magistrala()) as sandbox:
        yield sandbox


class Plant:
    """One seeded domain with an administrator, an operator, a porter and an invitation."""

    def __init__(self, sandbox: Sandbox, profile: str) -> None:
        self.api = Api(sandbox, profile=profile)
        accounts = [{"username": name} for name in ("lea", "max", "ida", "kim")]
        self.api.app.act("POST", "seed", {"count": 0, "accounts": accounts, "domains": [PLANT]})
        self.path = f"/domains/{self.told()['id']}"

    def told(self) -> dict[str, t.Any]:
        [domain] = requests.get(self.api.url + "/_sandbox/domains", timeout=10).json()
        return t.cast("dict[str, t.Any]", domain)

    def members(self) -> dict[str, list[str]]:
        return {name: role["members"] for name, role in self.told()["roles"].items()}

    def id(self, username: str) -> str:
        return self.api.system.table.usernames[username].id

    def token(self, username: str) -> str:
        return self.api.login(username, SEED_PASSWORD)["access_token"]

    def role(self, name: str) -> str:
        return f"{self.path}/roles/{self.told()['roles'][name]['id']}/members"

    def remove(self, role: str, *usernames: str, token: str | None = None) -> int:
        body = {"members": [self.id(username) for username in usernames]}
        return self.api.call("POST", self.role(role) + "/delete", body, token).status_code

    def add(self, role: str, username: str, token: str | None = None) -> requests.Response:
        return self.api.call("POST", self.role(role), {"members": [self.id(username)]}, token)


@pytest.fixture
def old(sandbox: Sandbox) -> Plant:
    return Plant(sandbox, "early2025")


@pytest.fixture
def new(sandbox: Sandbox) -> Plant:
    return Plant(sandbox, "v0.30")


def test_what_was_seeded_is_told(new: Plant) -> None:
    assert new.members() == {"admin": ["lea"], "operator": ["max"], "porter": ["ida"]}
    assert new.told()["invitations"] == [{"user": "kim", "by": "lea", "role": "operator", "state": "pending"}]
    admin, lea = requests.get(new.api.url + "/_sandbox/accounts", timeout=10).json()[:2]
    assert (admin["username"], admin["role"], admin["administrator"]) == ("admin", "admin", True)
    assert (lea["username"], lea["status"], lea["administrator"]) == ("lea", "enabled", False)


def test_a_platform_administrator_sees_into_domains_in_the_newer_generation_only(old: Plant) -> None:
    assert old.api.get("/domains").json()["total"] == 1
    assert old.api.get(old.path).json()["message"] == "failed to perform authorization over the domain"
    assert old.api.get(old.path + "/roles/members").status_code == 403
    old.api.app.act("POST", "configure", {"profile": "v0.30"})
    token = old.api.login("admin", "12345678")["access_token"]
    assert old.api.get(old.path + "/roles/members", token).json()["total"] == 3
    assert old.remove("operator", "max", token=token) == 204
    assert old.members()["operator"] == []


def test_the_least_rights_that_see_and_remove_members(old: Plant) -> None:
    porter = old.token("ida")
    assert old.api.get(old.path + "/roles/members", porter).json()["total"] == 3
    assert old.api.get(old.path, porter).status_code == 403
    assert old.remove("operator", "max", token=porter) == 204
    assert old.add("operator", "max", porter).status_code == 403


def test_the_last_administrator_of_a_domain(old: Plant) -> None:
    assert old.remove("admin", "lea", token=old.token("lea")) == 204
    assert old.add("admin", "lea").status_code == 403, "the domain is an orphan now"


def test_the_last_administrator_of_a_domain_stays_in_the_newer_generation(new: Plant) -> None:
    assert new.remove("admin", "lea") == 500
    assert new.members()["admin"] == ["lea"]
    assert new.add("admin", "kim").json() == {"members": [new.id("kim")]}
    assert new.remove("admin", "lea") == 204
    assert new.members()["admin"] == ["kim"]


def test_one_role_for_each_person_and_domain(new: Plant) -> None:
    assert new.add("porter", "max").json() == {"message": "failed to create entity"}
    assert new.add("operator", "max").json() == {"message": "failed to add policies"}
    assert new.members()["operator"] == ["max"]
    assert new.api.call("POST", new.role("porter"), {"members": [new.path[-36:]]}).status_code == 403, "nobody's id"


def test_taking_everybody_out_of_all_roles_ends_the_connection(new: Plant) -> None:
    with pytest.raises(requests.ConnectionError):
        new.api.call("DELETE", new.path + "/roles", {"members": [new.id("max")]})
    assert new.api.app.journal[-1].status is None
    assert new.members()["operator"] == ["max"]


def disabled_invitee(plant: Plant) -> str:
    """A token of the invited person, whose account has been disabled since."""
    token = plant.token("kim")
    assert plant.api.call("POST", f"/users/{plant.id('kim')}/disable").status_code == 200
    return token


def test_a_disabled_person_accepts_an_invitation(new: Plant) -> None:
    token, body = disabled_invitee(new), {"domain_id": new.path[-36:]}
    assert new.api.get("/invitations", token).json()["invitations"][0]["role_name"] == "operator"
    assert new.api.call("POST", "/invitations/accept", body, token).status_code == 204
    assert new.members()["operator"] == ["max", "kim"]
    assert new.told()["invitations"][0]["state"] == "accepted"
    assert new.api.get(new.path + "/invitations", state="pending").json()["total"] == 0
    assert new.api.call("POST", "/invitations/accept", body, token).status_code == 409


def test_a_withdrawn_invitation_is_of_no_use(new: Plant) -> None:
    token, body = disabled_invitee(new), {"user_id": new.id("kim")}
    assert new.api.call("DELETE", new.path + "/invitations", body, new.token("max")).status_code == 403
    assert new.api.call("DELETE", new.path + "/invitations", body).status_code == 204
    answer = new.api.call("POST", "/invitations/accept", {"domain_id": new.path[-36:]}, token)
    assert answer.json() == {"message": "entity not found"}
    assert new.told()["invitations"] == []


def test_invitations_of_the_older_generation(old: Plant) -> None:
    kim, lea = old.token("kim"), old.token("lea")
    assert [old.api.get("/invitations", token).json()["total"] for token in (kim, lea, old.token("max"))] == [1, 1, 0]
    assert old.api.get("/invitations", state="all").json()["total"] == 1, "a platform administrator sees all of them"
    refused = old.api.call("POST", "/invitations/accept", {"domain_id": old.path[-36:]}, kim)
    assert (refused.status_code, refused.json()["message"]) == (422, "update entity failed")
    assert old.api.call("DELETE", f"/invitations/{old.id('kim')}/{old.path[-36:]}").status_code == 204
    assert old.told()["invitations"] == []


def test_what_a_new_role_must_be(new: Plant) -> None:
    path = new.path + "/roles"
    assert new.api.call("POST", path, {"role_name": ""}).json() == {"message": "empty role name"}
    assert new.api.call("POST", path, {"role_name": "admin"}).json() == {"message": "failed to create entity"}
    assert new.api.call("POST", path, {"role_name": "x", "optional_actions": ["fly"]}).status_code == 400
    assert new.api.get(path, limit=101).json() == {"message": "invalid limit size"}
    assert new.api.get("/domains", limit=101).status_code == 200, "domains have no such limit"


def test_a_fault_empties_pages_of_domains(new: Plant) -> None:
    new.api.app.act("POST", "faults", [{"kind": "empty_page", "path": ".*/roles/members"}])
    page = new.api.get(new.path + "/roles/members").json()
    assert (page["members"], page["total"]) == ([], 3)
