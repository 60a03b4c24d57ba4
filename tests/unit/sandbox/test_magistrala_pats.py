# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Personal access tokens of the simulated Magistrala, beyond what the recordings show."""

from __future__ import annotations

import base64
import typing as t
import uuid

import pytest
import requests

from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running
from unit.sandbox.magistrala_api import Api, person

SEEDED = "pat_seeded"


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Magistrala()) as sandbox:
        yield sandbox


@pytest.fixture(params=["early2025", "v0.30"])
def api(sandbox: Sandbox, request: pytest.FixtureRequest) -> Api:
    return Api(sandbox, profile=request.param)


def made(api: Api, duration: str = "24h", **fields: t.Any) -> dict[str, t.Any]:
    answer = api.call("POST", "/pats", {"name": "ci", "duration": duration} | fields)
    assert answer.status_code == 201, answer.text
    return t.cast("dict[str, t.Any]", answer.json())


def test_a_token_names_its_owner_and_itself(api: Api) -> None:
    pat = made(api)
    ids = base64.b64decode(pat["secret"].split("_")[1])
    admin = api.system.table.usernames["admin"].id
    assert (str(uuid.UUID(bytes=ids[:16])), str(uuid.UUID(bytes=ids[16:]))) == (admin, pat["id"])
    [told] = requests.get(api.url + "/_sandbox/pats", timeout=10).json()
    assert (told["user"], told["name"], told["token"], told["valid"]) == ("admin", "ci", pat["secret"], True)


def test_a_token_ends_when_its_maker_said_or_revokes_or_deletes_it(api: Api) -> None:
    scope = {"users": {"read": ["*"]}}
    revoked, deleted, short = made(api, scope=scope), made(api, scope=scope), made(api, "1h30m", scope=scope)

    def accepted() -> list[int]:
        tokens = [pat["secret"] for pat in (revoked, deleted, short)]
        return [api.get("/users/profile", token).status_code for token in tokens]

    assert accepted() == [200, 200, 200]
    assert api.call("PATCH", f"/pats/{revoked['id']}/secret/revoke").status_code == 204
    assert api.call("DELETE", f"/pats/{deleted['id']}").status_code == 204
    assert accepted() == [401, 401, 200]
    assert [pat["name"] for pat in api.get("/pats").json()["pats"]] == ["ci", "ci"]
    assert api.get(f"/pats/{revoked['id']}").json()["revoked"] is True
    api.system.clock.advance(5401)
    api.token = api.login("admin", "12345678")["access_token"]
    assert accepted() == [401, 401, 401]


def test_tokens_are_no_business_of_tokens(api: Api) -> None:
    token = made(api, scope={"users": {"read": ["*"]}})["secret"]
    assert [api.call(method, "/pats", {"name": "x"}, token).status_code for method in ("GET", "POST")] == [401, 401]


def test_scopes_of_the_older_generation(sandbox: Sandbox) -> None:
    api = Api(sandbox, profile="early2025")
    jane = api.create("jane")["id"]
    api.system.seed(0, pats=[{"token": SEEDED, "username": "admin", "scopes": ["read", "list"]}])
    assert [api.get(path, SEEDED).status_code for path in ("/users", "/users/profile", f"/users/{jane}")] == [200] * 3
    refused = api.call("PATCH", f"/users/{jane}/tags", {"tags": ["x"]}, SEEDED)
    assert (refused.status_code, refused.json()["message"]) == (403, "failed to authorize PAT")
    narrow = made(api, scope={"users": {"update": [jane]}})["secret"]
    assert api.call("PATCH", f"/users/{jane}/role", {"role": "admin"}, narrow).status_code == 200
    assert api.call("PATCH", f"/users/{api.create('kim')['id']}/tags", {"tags": ["x"]}, narrow).status_code == 403


def test_no_scope_opens_roles_in_the_newer_generation(sandbox: Sandbox) -> None:
    api = Api(sandbox, profile="v0.30")
    jane, domain = api.create("jane")["id"], api.call("POST", "/domains", {"name": "P", "route": "p"}).json()["id"]
    pat = made(api)
    entry = {"domain_id": domain, "entity_type": "domains", "operation": "role_list_members", "entity_id": "*"}
    assert api.call("PATCH", f"/pats/{pat['id']}/scope/add", {"scopes": [entry]}).status_code == 200
    answer = api.get(f"/domains/{domain}/roles/members", pat["secret"])
    assert (answer.status_code, answer.text) == (500, "")
    assert api.call("PATCH", f"/users/{jane}/role", {"role": "admin"}, pat["secret"]).status_code == 403
    assert api.call("POST", "/users", person("kim") | {"role": "admin"}, pat["secret"]).status_code == 201


def test_a_member_needs_a_scope_to_see_a_domain_in_the_newer_generation(sandbox: Sandbox) -> None:
    api = Api(sandbox, profile="v0.30")
    api.create("jane")
    api.token = api.login("jane", "12345678")["access_token"]
    domain, pat = api.call("POST", "/domains", {"name": "P", "route": "p"}).json()["id"], made(api)
    assert api.get("/domains", pat["secret"]).json()["total"] == 1
    assert api.get(f"/domains/{domain}", pat["secret"]).status_code == 403
    entry = {"domain_id": domain, "entity_type": "domains", "operation": "read", "entity_id": "*"}
    api.call("PATCH", f"/pats/{pat['id']}/scope/add", {"scopes": [entry]})
    assert api.get(f"/domains/{domain}", pat["secret"]).status_code == 200
    assert api.call("PATCH", f"/domains/{domain}", {"name": "Q"}, pat["secret"]).status_code == 403


@pytest.mark.parametrize("duration", ["", "1", "1d", "soon"])
def test_durations_that_are_none(api: Api, duration: str) -> None:
    assert api.call("POST", "/pats", {"name": "ci", "duration": duration}).status_code == 400
