# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What disabled, deleted and purged people can still do in the simulated Magistrala."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.magistrala import SEED_PASSWORD, Magistrala
from sandbox.server import Sandbox, running
from unit.sandbox.magistrala_api import Api, person

PAT = "pat_of_lea"


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Magistrala()) as sandbox:
        yield sandbox


class Leaver:
    """A person with every kind of credential, in a domain, with or without the platform's role."""

    def __init__(self, sandbox: Sandbox, profile: str, role: str = "user") -> None:
        self.api = Api(sandbox, profile=profile)
        self.api.system.seed(
            0,
            accounts=[{"username": "lea", "role": role, "verified": True}],
            domains=[{"name": "Plant", "roles": {"operator": ["lea"]}}],
            pats=[{"token": PAT, "username": "lea"}],
        )
        pair = self.api.login("lea", SEED_PASSWORD)
        self.access, self.refresh = pair["access_token"], pair["refresh_token"]
        self.path = f"/users/{self.api.system.table.usernames['lea'].id}"

    def close(self, how: str) -> None:
        method, path = ("DELETE", self.path) if how == "deleted" else ("POST", self.path + "/disable")
        assert self.api.call(method, path).ok
        if how == "purged":
            assert self.api.call("DELETE", self.path).ok
            self.api.app.act("POST", "configure", {"purge_after": 0})
            self.api.system.purge(self.api.system.clock.now())

    def statuses(self) -> dict[str, int]:
        """What each route answers now; the account is closed again where it enabled itself."""
        api, token = self.api, self.access
        new_pat = api.call("POST", "/pats", {"name": "late", "duration": "87600h"}, token)
        found = {
            "sign in": api.call("POST", "/users/tokens/issue", {"username": "lea", "password": SEED_PASSWORD}, ""),
            "profile": api.get("/users/profile", token),
            "profile by PAT": api.get("/users/profile", PAT),
            "new PAT": new_pat,
            "domains": api.get("/domains", token),
            "domains by PAT": api.get("/domains", PAT),
            "refresh": api.call("POST", "/users/tokens/refresh", token=self.refresh),
            "change password": api.call(
                "PATCH", "/users/secret", {"old_secret": SEED_PASSWORD, "new_secret": "New-password-1"}, token
            ),
            "create administrator": api.call("POST", "/users", person("eve") | {"role": "admin"}, PAT),
            "enable oneself": api.call("POST", self.path + "/enable", token=token),
        }
        return {name: answer.status_code for name, answer in found.items()}


EVERYWHERE = {
    "profile": 200,
    "profile by PAT": 200,
    "new PAT": 201,
    "domains": 200,
    "domains by PAT": 200,
    "enable oneself": 200,
}
CASES = {
    ("early2025", "disabled"): {"sign in": 401, "refresh": 401, "change password": 401, "create administrator": 403},
    ("early2025", "deleted"): {"sign in": 401, "refresh": 201, "change password": 401, "create administrator": 403},
    ("v0.30", "disabled"): {"sign in": 404, "refresh": 401, "change password": 404, "create administrator": 404},
    ("v0.30", "deleted"): {"sign in": 404, "refresh": 201, "change password": 404, "create administrator": 404},
    ("v0.30", "purged"): {
        "sign in": 404,
        "profile": 404,
        "profile by PAT": 404,
        "refresh": 401,
        "change password": 404,
        "create administrator": 404,
        "enable oneself": 404,
    },
}


@pytest.mark.parametrize(("profile", "how"), CASES)
def test_what_a_closed_account_can_still_do(sandbox: Sandbox, profile: str, how: str) -> None:
    leaver = Leaver(sandbox, profile)
    leaver.close(how)
    assert leaver.statuses() == EVERYWHERE | CASES[profile, how]


@pytest.mark.parametrize("profile", ["early2025", "v0.30"])
@pytest.mark.parametrize("how", ["disabled", "deleted"])
def test_the_role_of_a_closed_account_still_makes_administrators(sandbox: Sandbox, profile: str, how: str) -> None:
    leaver = Leaver(sandbox, profile, role="admin")
    leaver.close(how)
    assert leaver.statuses()["create administrator"] == 201
    taken = leaver.api.call("PATCH", leaver.path + "/role", {"role": "user"})
    assert taken.ok, "the account had enabled itself"
    leaver.api.create("kim")
    leaver.close(how)
    assert leaver.api.call("POST", "/users", person("mallory"), leaver.access).status_code in (403, 404)
    assert leaver.api.get("/users", PAT).status_code in (403, 404)


@pytest.mark.parametrize(("profile", "status"), [("early2025", 422), ("v0.30", 404)])
def test_the_role_of_a_closed_account_cannot_be_taken(sandbox: Sandbox, profile: str, status: int) -> None:
    leaver = Leaver(sandbox, profile, role="admin")
    leaver.close("disabled")
    assert leaver.api.call("PATCH", leaver.path + "/role", {"role": "user"}).status_code == status


def test_the_refresh_of_a_deleted_person_has_no_end_in_the_older_generation(sandbox: Sandbox) -> None:
    for profile, statuses in (("early2025", [201] * 4), ("v0.30", [201, 401, 401, 401])):
        leaver = Leaver(sandbox, profile)
        leaver.close("deleted")
        found, token = [], leaver.refresh
        for dummy in range(4):
            leaver.api.system.clock.advance(20 * 3600)
            answer = leaver.api.call("POST", "/users/tokens/refresh", token=token)
            found.append(answer.status_code)
            token = answer.json().get("refresh_token", token)
        assert found == statuses


def test_memberships_survive_the_purge(sandbox: Sandbox) -> None:
    leaver = Leaver(sandbox, "v0.30")
    leaver.close("purged")
    [domain] = leaver.api.system.inspect("domains")
    assert domain["roles"]["operator"]["members"] == [leaver.path.removeprefix("/users/")]
    assert leaver.api.get(f"/domains/{domain['id']}", leaver.access).status_code == 200


def test_the_gate_of_the_strict_server(sandbox: Sandbox) -> None:
    api = Api(sandbox, profile="v0.30-strict")
    jane = api.create("Jane-B")
    assert jane["credentials"]["username"] == "Jane-B", "capitals stay"
    token = api.login("Jane-B", "12345678")["access_token"]
    path = f"/users/{jane['id']}"
    let_through = {
        ("GET", "/users/profile"): None,
        ("GET", "/users/tokens/refresh-tokens"): None,
        ("POST", "/users/tokens/revoke"): {"token_id": "x"},
        ("PATCH", path + "/email"): {"email": "jane@example.org"},
    }
    assert [api.call(method, route, body, token).ok for (method, route), body in let_through.items()] == [True] * 4
    stopped = [("GET", path), ("POST", path + "/disable"), ("PATCH", path + "/tags"), ("GET", "/domains")]
    answers = [api.call(method, route, {"tags": []} if method == "PATCH" else None, token) for method, route in stopped]
    assert [answer.json() for answer in answers] == [{"message": "email not verified"}] * 4
