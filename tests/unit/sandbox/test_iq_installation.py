# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The switches of the simulated IQ Server about the installation: release, paths, errors, authentication, limits."""

from __future__ import annotations

import json
import typing as t

import pytest
import requests

from sandbox.iq.permissions import DEVELOPER
from unit.sandbox.iq_server import ADMIN, Server

MEMBER = f"roleMemberships/organization/ROOT_ORGANIZATION_ID/role/{DEVELOPER}/user/ted"


@pytest.fixture
def iq(shared_iq: Server) -> Server:
    shared_iq.system.reset()
    return shared_iq


@pytest.mark.parametrize(
    ("value", "kind"), [("text", "text/plain"), ("json", "application/json"), ("html", "text/html"), ("empty", "")]
)
def test_error_body(iq: Server, value: str, kind: str) -> None:
    iq.switch(error_body=value)
    answer = iq.call("GET", "users/<nobody>")
    assert answer.status_code == 404
    assert answer.headers.get("Content-Type", "").split(";")[0] == kind
    assert bool(answer.content) is (value != "empty")
    assert value != "json" or json.loads(answer.content)["code"] == 404
    assert value != "html" or b"&lt;nobody&gt;" in answer.content


@pytest.mark.parametrize("value", [True, False])
def test_www_authenticate(iq: Server, value: bool) -> None:
    iq.switch(www_authenticate=value)
    assert ("WWW-Authenticate" in iq.call("GET", "users", login=None).headers) is value


@pytest.mark.parametrize(("value", "header"), [("on", "NexusIQ/1.198.2-01"), ("stripped", None)])
def test_server_header(iq: Server, value: str, header: str | None) -> None:
    iq.switch(server_header=value, release=198)
    for answer in (requests.head(iq.url + "/ping", timeout=5), iq.call("GET", "nothing"), iq.call("GET", "users")):
        assert answer.headers.get("Server") == header


@pytest.mark.parametrize("status", [400, 401, 403])
def test_csrf_mode(iq: Server, status: int) -> None:
    pair = {"X-CSRF-TOKEN": "v", "Cookie": "CLM-CSRF-TOKEN=v"}
    assert iq.status("PUT", MEMBER) == 204
    iq.switch(csrf_mode="on", csrf_status=status)
    assert iq.status("PUT", MEMBER) == status
    assert iq.status("PUT", MEMBER, headers={**pair, "X-CSRF-TOKEN": "w"}) == status
    assert iq.status("PUT", MEMBER, headers=pair) == 204
    assert iq.status("GET", "users") == 200


def test_a_session_cookie_asks_for_the_csrf_pair_as_well(iq: Server) -> None:
    assert iq.status("PUT", MEMBER, headers={"Cookie": "CLMSESSIONID=x"}) == 403


@pytest.mark.parametrize("value", ["/iq", "/a/b/"])
def test_context_path(iq: Server, value: str) -> None:
    iq.switch(context_path=value)
    base = iq.url + value.rstrip("/")
    assert requests.get(base + "/ping", timeout=5).status_code == 200
    assert requests.get(base + "/api/v2/users", auth=ADMIN, timeout=5).status_code == 200
    assert iq.status("GET", "users") == 404
    assert requests.get(iq.url + "/ping", timeout=5).status_code == 404


@pytest.mark.parametrize("form", ["text", "json", "html", "empty"])
def test_outside_of_the_context_path_nothing_is_there_and_nobody_is_asked_who_they_are(iq: Server, form: str) -> None:
    iq.switch(context_path="/iq", error_body=form)
    for path in ("/api/v2/users", "/wrong/api/v2/users/admin", "/iqapi/v2/users", "/iq"):
        for login in (ADMIN, None):
            answer = requests.get(iq.url + path, auth=login, timeout=5)
            assert (answer.status_code, "WWW-Authenticate" in answer.headers) == (404, False)
            assert ("HTTP 404 Not Found" in answer.text) is (form != "empty")


def test_refused_sign_ins(iq: Server) -> None:
    token = iq.call("POST", "userTokens/currentUser").json()
    assert iq.status("GET", "users", login=(token["userCode"], token["passCode"])) == 200
    requests.post(f"{iq.url}/_sandbox/sign-ins", json={"refused": True}, timeout=5)
    for login in (ADMIN, (token["userCode"], token["passCode"])):
        answer = iq.call("GET", "users", login=login)
        assert (answer.status_code, answer.text) == (401, "Invalid username or password")
    iq.system.reset()
    assert iq.status("GET", "users") == 200


@pytest.mark.parametrize(("value", "expected"), [("accept", 204), ("400", 400)])
def test_encoded_slash(iq: Server, value: str, expected: int) -> None:
    iq.switch(encoded_slash=value)
    assert iq.status("PUT", MEMBER.replace("ted", "a%2Fb")) == expected


@pytest.mark.parametrize(("value", "expected"), [("yes", 200), ("402", 402)])
def test_licensed(iq: Server, value: str, expected: int) -> None:
    iq.switch(licensed=value)
    assert iq.status("GET", "users") == expected
    assert requests.get(iq.url + "/ping", timeout=5).status_code == 200


def test_rate_limit(iq: Server) -> None:
    assert [iq.status("GET", "users") for dummy in range(4)] == [200] * 4
    iq.switch(rate_limit=3)
    assert [iq.status("GET", "users") for dummy in range(4)] == [200, 200, 200, 429]
    iq.system.clock.advance(300)
    assert iq.status("GET", "users") == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "first", "before"),
    [
        ("GET", "users/admin", None, 70, 404),
        ("GET", "users", None, 100, 405),
        ("GET", "roles", None, 70, 404),
        ("GET", "userTokens/currentUser/hasToken", None, 76, 404),
        ("GET", "userTokens", None, 87, 404),
        ("GET", f"roles/{DEVELOPER}", None, 198, 404),
        ("GET", "roles/new", None, 198, 404),
        ("GET", "roleMemberships/global/roles", None, 198, 404),
        ("PUT", f"roleMemberships/global/role/{DEVELOPER}/members", [], 198, 404),
        ("GET", "config/userTokens", None, 199, 404),
    ],
)
def test_release(iq: Server, method: str, path: str, body: t.Any, first: int, before: int) -> None:
    iq.switch(release=first)
    assert iq.status(method, path, body) in (200, 204)
    iq.switch(release=first - 1)
    assert iq.status(method, path, body) == before


def test_release_and_realm(iq: Server) -> None:
    iq.switch(release=135)
    assert "realm" not in iq.call("GET", "users/admin?realm=SAML").json()
    iq.switch(release=136)
    assert iq.call("GET", "users/admin").json()["realm"] == "Internal"
    assert iq.status("GET", "users/admin?realm=SAML") == 404


def test_release_and_member_type(iq: Server) -> None:
    iq.switch(release=196)
    assert [iq.status("PUT", MEMBER.replace("user", kind)) for kind in ("user", "USER", "robot")] == [204, 404, 404]
    iq.switch(release=197)
    assert [iq.status("PUT", MEMBER.replace("user", kind)) for kind in ("user", "USER", "robot")] == [204, 204, 404]


def test_release_and_token_times(iq: Server) -> None:
    iq.system.state.token_days = 7
    iq.call("POST", "userTokens/currentUser")
    keys = {}
    for release in (196, 197, 199):
        iq.switch(release=release)
        keys[release] = iq.call("GET", "userTokens/admin").json().keys()
    assert keys[196] == {"userCode", "username", "realm"}
    assert keys[197] == {*keys[196], "createTime"}
    assert keys[199] == {*keys[197], "expirationDate"}
