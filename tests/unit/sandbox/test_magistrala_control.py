# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tokens, mails, the clock and the control of the simulated Magistrala."""

from __future__ import annotations

import functools
import typing as t

import pytest
import requests

from sandbox.magistrala import SEED_PASSWORD, Magistrala
from sandbox.server import Sandbox, running
from unit.sandbox.magistrala_api import ADMIN, Api, claims, names, person


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Magistrala()) as sandbox:
        yield sandbox


@pytest.fixture
def new(sandbox: Sandbox) -> Api:
    return Api(sandbox, profile="v0.30")


def test_tokens_end_when_their_time_has_come(new: Api) -> None:
    pair = new.login(**ADMIN)
    new.system.clock.advance(3599)
    assert new.get("/users/profile").status_code == 200
    new.system.clock.advance(2)
    assert new.get("/users/profile").json() == {"message": "failed to perform authentication over the entity"}
    fresh = new.call("POST", "/users/tokens/refresh", token=pair["refresh_token"])
    assert fresh.status_code == 201
    assert new.get("/users/profile", fresh.json()["access_token"]).status_code == 200
    new.system.clock.advance(86400)
    assert new.call("POST", "/users/tokens/refresh", token=pair["refresh_token"]).status_code == 401


def test_the_window_of_a_refresh_slides_only_in_the_old_generation(sandbox: Sandbox) -> None:
    for profile, status in (("early2025", 201), ("v0.30", 401)):
        api = Api(sandbox, profile=profile)
        token = api.login(**ADMIN)["refresh_token"]
        for dummy in range(2):
            api.system.clock.advance(20 * 3600)
            answer = api.call("POST", "/users/tokens/refresh", token=token)
            token = answer.json().get("refresh_token", token)
        assert answer.status_code == status


def test_refresh_wants_a_refresh_token_and_a_content_type(new: Api) -> None:
    access = new.call("POST", "/users/tokens/refresh")
    assert (access.status_code, access.text) == (500, "")
    assert new.call("POST", "/users/tokens/refresh", headers={"Content-Type": ""}).status_code == 415


def test_a_revoked_refresh_token_is_of_no_use(new: Api) -> None:
    answer = new.call("POST", "/users/tokens/issue", ADMIN | {"description": "laptop"}, "")
    refresh = answer.json()["refresh_token"]
    token_id = claims(refresh)["jti"]
    listed = new.get("/users/tokens/refresh-tokens").json()["refresh_tokens"]
    assert {"id": token_id, "description": "laptop"} in listed
    assert new.call("POST", "/users/tokens/revoke", {"token_id": token_id}).status_code == 204
    assert new.call("POST", "/users/tokens/refresh", token=refresh).status_code == 401


def test_an_owner_revokes_their_own_and_anybody_those_of_others(new: Api) -> None:
    new.create("jane")
    first, second = (new.login("jane", "12345678") for dummy in range(2))
    ids = [claims(pair["refresh_token"])["jti"] for pair in (first, second)]
    listed = new.get("/users/tokens/refresh-tokens", first["access_token"]).json()["refresh_tokens"]
    assert [row["id"] for row in listed] == ids, "the own ones only, and the administrator has one too"
    assert live(new) == {"admin": 1, "jane": 2}
    revoke = functools.partial(new.call, "POST", "/users/tokens/revoke")
    assert revoke({"token_id": ids[0]}, first["access_token"]).status_code == 204
    assert live(new) == {"admin": 1, "jane": 1}
    assert new.call("POST", "/users/tokens/refresh", token=first["refresh_token"]).status_code == 401
    assert new.get("/users/profile", first["access_token"]).status_code == 200, "it ends with the hour"
    assert revoke({"token_id": ids[1]}).status_code == 204, "the server does not look whose it is"
    assert live(new) == {"admin": 1}
    assert revoke({"token_id": ids[1]}).status_code == 204
    assert revoke({}).json() == {"message": "missing entity id"}


def live(api: Api) -> dict[str, int]:
    return t.cast("dict[str, int]", requests.get(api.url + "/_sandbox/refresh-tokens", timeout=10).json())


@pytest.mark.parametrize(("profile", "after_refresh"), [("early2025", 2), ("v0.30", 1)])
def test_how_many_refresh_tokens_live(sandbox: Sandbox, profile: str, after_refresh: int) -> None:
    api = Api(sandbox, profile=profile)
    assert live(api) == {"admin": 1}
    jane = api.create("jane")
    api.system.clock.advance(1)
    token = api.login("jane", "12345678")["refresh_token"]
    api.system.clock.advance(1)
    assert api.call("POST", "/users/tokens/refresh", token=token).status_code == 201
    assert live(api) == {"admin": 1, "jane": after_refresh}, "B refreshes in place"
    api.system.table.remove(api.system.table.users[jane["id"]])
    assert live(api) == {"admin": 1, jane["id"]: after_refresh}, "a purge revokes nothing"
    api.system.clock.advance(86400)
    assert live(api) == {}


def test_they_end_with_all_sessions(new: Api) -> None:
    assert live(new) == {"admin": 1}
    new.app.act("POST", "expire", {})
    assert live(new) == {}
    assert new.get("/users/profile").status_code == 401


@pytest.mark.parametrize(("profile", "status"), [("early2025", 401), ("v0.30", 422)])
def test_refused_sign_ins(sandbox: Sandbox, profile: str, status: int) -> None:
    api = Api(sandbox, profile=profile)
    api.app.act("POST", "sign-ins", {"refused": True})
    assert api.call("POST", "/users/tokens/issue", ADMIN, "").status_code == status
    assert api.get("/users").status_code == 200, "the token that was there is still good"
    api.app.act("POST", "expire", {})
    assert api.get("/users").status_code == 401
    api.app.act("POST", "sign-ins", {"refused": False})
    assert api.login(**ADMIN)


def test_nothing_but_the_clock_ends_an_access_token(new: Api) -> None:
    user = new.create("jane")
    token = new.login("jane", "12345678")["access_token"]
    new.call("DELETE", f"/users/{user['id']}")
    assert new.get("/users/profile", token).json()["status"] == "deleted"
    assert new.call("POST", f"/users/{user['id']}/enable", token=token).status_code == 200
    body = {"password": "new-password", "confirm_password": "new-password"}
    assert new.call("PUT", "/password/reset", body, token).status_code == 201
    assert new.login("jane", "new-password")
    assert new.get("/users/profile", token).status_code == 200


def test_a_password_by_mail(sandbox: Sandbox) -> None:
    api = Api(sandbox, profile="early2025")
    api.create("jane")
    body = {"email": "jane@example.com"}
    assert api.call("POST", "/password/reset-request", body, "").json()["error"] == "missing host"
    headers = {"Referer": "http://ui"}
    assert api.call("POST", "/password/reset-request", body, "", headers=headers).status_code == 201
    [mail] = requests.get(api.url + "/_sandbox/outbox", timeout=10).json()
    assert api.system.outbox() == [("jane@example.com", mail["token"])]
    passwords = {"password": "new-password", "confirm_password": "new-password"}
    assert api.call("PUT", "/password/reset", passwords, mail["token"]).status_code == 401, "A wants it in the body too"
    reset = api.call("PUT", "/password/reset", passwords | {"token": mail["token"]}, mail["token"])
    assert (reset.status_code, reset.text) == (201, "{}\n")
    assert api.login("jane", "new-password")
    api.system.clock.advance(301)
    assert api.call("PUT", "/password/reset", passwords | {"token": "x"}, mail["token"]).status_code == 401


def test_an_unverified_user_waits_at_the_gate(sandbox: Sandbox) -> None:
    api = Api(sandbox, profile="v0.30-strict")
    jane = api.create("jane")
    token = api.login("jane", "12345678")["access_token"]
    path = f"/users/{jane['id']}"
    assert api.get(path, token).json() == {"message": "email not verified"}
    assert api.get("/users/profile", token).status_code == 200
    assert api.call("POST", "/users/send-verification", token=token).status_code == 200
    [(dummy, mailed)] = api.system.outbox()
    link = f"/verify-email?token={mailed}"
    assert [api.call("GET", link, token="").status_code for dummy in range(2)] == [200, 500]
    assert api.get(path, token).status_code == 401, "the flag is frozen into the token"
    assert api.get(path, api.login("jane", "12345678")["access_token"]).status_code == 200
    assert api.call("POST", "/users/send-verification", token=token).status_code == 422
    api.app.act("POST", "configure", {"allow_unverified": True})
    api.create("kim")
    assert api.get("/users/search", api.login("kim", "12345678")["access_token"], username="jane").status_code == 200


def test_self_registration_lets_anyone_become_admin(sandbox: Sandbox) -> None:
    api = Api(sandbox, self_register=True)
    assert api.call("POST", "/users", person("eve") | {"role": "admin"}, "garbage").json()["role"] == "admin"
    assert api.get("/users", api.login("eve", "12345678")["access_token"]).status_code == 200


def test_the_password_rule_is_a_setting(sandbox: Sandbox) -> None:
    api = Api(sandbox, password_regex="^.{12,}$")
    assert api.call("POST", "/users", person("jane")).json() == {"message": "password does not meet the requirements"}


def test_many_people_are_seeded_and_found(new: Api) -> None:
    new.system.seed(100_000, disabled=10, deleted=5)
    assert new.get("/users", status="all").json()["total"] == 100_001
    assert new.get("/users", status="disabled").json()["total"] == 10
    assert names(new.get("/users", email="person-77777@example.com")) == ["person-77777"]
    assert names(new.get("/users", offset=99_000, limit=1)) == ["person-00985"]
    assert new.login("person-00042", SEED_PASSWORD)
    for offset in range(0, 5000, 100):
        assert len(new.get("/users", status="all", limit=100, offset=offset).json()["users"]) == 100


def test_seeding_goes_on_where_it_ended(new: Api) -> None:
    new.app.act("POST", "seed", {"count": 2})
    new.app.act("POST", "seed", {"count": 1, "deleted": 1})
    assert names(new.get("/users", status="deleted")) == ["person-00003"]


def test_health(new: Api) -> None:
    answer = new.get("/health", "")
    assert answer.headers["Content-Type"] == "application/health+json"
    assert (answer.json()["version"], answer.json()["description"]) == ("0.0.0", "users service")
    assert new.call("POST", "/health", token="").status_code == 405


def test_faults_strike(new: Api) -> None:
    new.app.act(
        "POST",
        "faults",
        [{"kind": "empty_page", "path": "/users"}, {"kind": "expire_sessions", "path": "/users/profile"}],
    )
    page = new.get("/users").json()
    assert (page["users"], page["total"]) == ([], 1)
    assert new.get("/users").json()["users"]
    assert new.get("/users/profile").status_code == 401
    new.app.act("POST", "faults", [{"kind": "drop_after", "method": "POST", "path": "/users"}])
    new.token = new.login(**ADMIN)["access_token"]
    with pytest.raises(requests.ConnectionError):
        new.call("POST", "/users", person("jane"))
    assert names(new.get("/users", username="jane")) == ["jane"]


def test_unknown_switches_are_refused(new: Api) -> None:
    answer = requests.post(new.url + "/_sandbox/configure", json={"profile": "v9"}, timeout=10)
    assert (answer.status_code, "v9" in answer.json()["error"]) == (400, True)
    assert requests.get(new.url + "/_sandbox/nothing", timeout=10).status_code == 400
    assert requests.get(new.url + "/_sandbox/switches", timeout=10).json()["profile"] == "v0.30"
