# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated IQ Server as an HTTP server: paths, bodies, methods, seeds and faults; and the contract's own teeth."""

from __future__ import annotations

import json
import typing as t
from urllib.parse import quote, urlencode

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_core.exceptions import OpenAPIError

from sandbox.iq import Iq
from sandbox.iq.message import Refusal, refused
from sandbox.iq.permissions import DEVELOPER
from sandbox.iq.routes import ROUTES
from unit.sandbox.iq_openapi import Exchange, WitnessedIq, contract, serving

ADMIN = ("admin", "admin123")
PROPERTIES = ["username", "password", "firstName", "realm", "name", "publicId", "organizationId", "id", "type"]
PROPERTIES += ["parentOrganizationId", "contactUserName", "permissionCategories", "permissions", "internalName"]
WORDS = ["global", "organization", "application", "ROOT_ORGANIZATION_ID", "sandbox-application", DEVELOPER]
WORDS += ["user", "group", "admin", "a/b"]
TED = {"username": "ted", "password": "secret", "firstName": "Ted", "lastName": "Baker", "email": "t@example.com"}


@pytest.fixture(scope="module")
def server() -> t.Iterator[WitnessedIq]:
    with serving() as system:
        yield system


@pytest.fixture
def iq(server: WitnessedIq) -> WitnessedIq:
    server.reset()
    return server


def call(iq: WitnessedIq, method: str, path: str, body: t.Any = None, **options: t.Any) -> requests.Response:
    return requests.request(method, iq.url + path, json=body, auth=ADMIN, timeout=5, **options)


def control(iq: WitnessedIq, verb: str, body: t.Any) -> None:
    answer = requests.post(f"{iq.url}/_sandbox/{verb}", json=body, timeout=5)
    assert answer.status_code == 200, answer.text


def test_ping_needs_no_login(iq: WitnessedIq) -> None:
    for method in ("GET", "HEAD"):
        answer = requests.request(method, iq.url + "/ping", timeout=5)
        assert answer.status_code == 200 and answer.headers["Server"] == "NexusIQ/1.204.2-01"


@pytest.mark.parametrize(
    ("encoded", "name"),
    [
        ("a%20b%2Fc%40x%2B%C3%A9%25%26%3F%23", "a b/c@x+é%&?#"),
        ("a%20b%2Fc@x+%C3%A9%25&%3F%23", "a b/c@x+é%&?#"),
        ("user@corp.example.com", "user@corp.example.com"),
        ("%2520", "%20"),
    ],
)
def test_names_in_paths_are_decoded_once(iq: WitnessedIq, encoded: str, name: str) -> None:
    assert call(iq, "POST", "/api/v2/users", {**TED, "username": name}).status_code == 204
    assert call(iq, "GET", f"/api/v2/users/{encoded}").json()["username"] == name
    assert call(iq, "DELETE", f"/api/v2/users/{encoded}").status_code == 204


@pytest.mark.parametrize("path", ["/api/v2/users/%FF", "/api/v2/userTokens/%C3"])
def test_names_in_paths_must_be_utf8(iq: WitnessedIq, path: str) -> None:
    assert call(iq, "GET", path).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PATCH", "/api/v2/users/ted", 405),
        ("PUT", "/api/v2/users", 405),
        ("POST", "/api/v2/users/ted", 405),
        ("GET", "/api/v2/userTokens/currentUser", 405),
        ("GET", "/api/v2/users/ted/password", 404),
        ("GET", "/api/v2/users/", 404),
        ("GET", "/api/v2/nothing", 404),
        ("GET", "/", 404),
        ("GET", "/api/v2/roleMemberships/repository/x", 404),
        ("GET", "/api/v2/roleMemberships/repository/x/roles", 404),
        ("GET", "/api/v2/roleMemberships/everything", 404),
        ("GET", "/api/v2/roleMemberships/everything/roles", 404),
        ("HEAD", "/api/v2/roleMemberships/organization/ROOT_ORGANIZATION_ID", 200),
    ],
)
def test_methods_and_paths(iq: WitnessedIq, method: str, path: str, status: int) -> None:
    assert call(iq, method, path).status_code == status


@pytest.mark.parametrize("missing", sorted(TED))
@pytest.mark.parametrize("value", ["", None, 5, []])
def test_creation_needs_five_strings(iq: WitnessedIq, missing: str, value: t.Any) -> None:
    assert call(iq, "POST", "/api/v2/users", {**TED, missing: value}).status_code == 400
    without = {name: text for name, text in TED.items() if name != missing}
    assert call(iq, "POST", "/api/v2/users", without).status_code == 400
    assert len(call(iq, "GET", "/api/v2/users").json()["users"]) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"ted"', b"null", b"\xff"])
def test_malformed_bodies(iq: WitnessedIq, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    for method, path in (("POST", "/api/v2/users"), ("PUT", "/api/v2/users/admin")):
        assert call(iq, method, path, data=body, headers=headers).status_code == 400


@pytest.mark.parametrize(("kind", "status"), [("text/plain", 415), ("application/json; charset=UTF-8", 204)])
def test_content_type(iq: WitnessedIq, kind: str, status: int) -> None:
    answer = call(iq, "POST", "/api/v2/users", data=json.dumps(TED).encode(), headers={"Content-Type": kind})
    assert answer.status_code == status


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(PROPERTIES) | st.text(), inner),
)


@settings(deadline=None, max_examples=300)
@given(
    line=st.sampled_from([(r.method, r.pattern) for r in ROUTES]),
    words=st.lists(st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=[])), min_size=5, max_size=5),
    query=st.dictionaries(st.sampled_from(["realm", "createdAfter", "organizationName", "property"]), st.text()),
    body=JSON | st.dictionaries(st.sampled_from(PROPERTIES), JSON),
)
def test_any_request_is_answered_or_refused(
    line: tuple[str, tuple[str, ...]], words: list[str], query: dict[str, str], body: t.Any
) -> None:
    method, pattern = line
    segments = iter(words)
    path = "/api/v2/" + "/".join(quote(next(segments), "", errors="replace") if p == "{}" else p for p in pattern)
    headers = {b"authorization": b"Basic YWRtaW46YWRtaW4xMjM=", b"content-type": b"application/json"}
    try:
        answer = Iq().respond(method, path, urlencode(query).encode(), headers, json.dumps(body).encode())
    except Refusal as refusal:
        answer = refused(refusal, "text")
    assert answer.status in (200, 204, 400, 403, 404, 405)
    assert answer.status != 200 or json.loads(answer.body) is not None


def test_deeply_nested_bodies(iq: WitnessedIq) -> None:
    headers = {"Content-Type": "application/json"}
    assert call(iq, "POST", "/api/v2/users", data=b"[" * 100_000, headers=headers).status_code == 400


@pytest.mark.parametrize("cookie", ["a/b=c", "=;;=", "CLMSESSIONID", 'CLM-CSRF-TOKEN="v'])
def test_odd_cookies(iq: WitnessedIq, cookie: str) -> None:
    expected = 403 if cookie == "CLMSESSIONID" else 204
    assert call(iq, "POST", "/api/v2/users", TED, headers={"Cookie": cookie}).status_code == expected


def test_no_answer_holds_a_password(iq: WitnessedIq) -> None:
    secret = "canary-secret"
    call(iq, "POST", "/api/v2/users", {**TED, "password": secret})
    call(iq, "POST", "/api/v2/users", {**TED, "password": secret})
    call(iq, "PUT", "/api/v2/users/ted", {"password": secret, "email": "new@example.com"})
    call(iq, "GET", "/api/v2/users")
    call(iq, "PUT", "/api/v2/users/ted", {"password": secret, "username": "tim"})
    assert len(iq.exchanges) == 5
    assert not any(secret.encode() in exchange.answer for exchange in iq.exchanges)


def test_texts_are_kept_byte_by_byte(iq: WitnessedIq) -> None:
    fields = {"firstName": "  Zoë ", "lastName": "O'Brien\t", "email": "MiXed@Example.COM"}
    call(iq, "POST", "/api/v2/users", {**TED, **fields})
    assert call(iq, "GET", "/api/v2/users/ted").json() == {"username": "ted", "realm": "Internal", **fields}


def test_seed(iq: WitnessedIq) -> None:
    control(iq, "seed", {"count": 3, "organizations": 2, "applications": 5})
    control(iq, "seed", {"count": 4, "organizations": 2, "applications": 6})
    users = call(iq, "GET", "/api/v2/users").json()["users"]
    assert [user["username"] for user in users[1:]] == [f"person-{number:05d}" for number in range(1, 5)]
    assert {key: users[1][key] for key in ("firstName", "lastName", "email")} == {
        "firstName": "Person",
        "lastName": "00001",
        "email": "person-00001@example.com",
    }
    assert len(call(iq, "GET", "/api/v2/organizations").json()["organizations"]) == 5 + 2
    assert len(call(iq, "GET", "/api/v2/applications").json()["applications"]) == 5 + 6


def test_reset_returns_to_a_fresh_server(iq: WitnessedIq) -> None:
    iq.seed(5)
    control(iq, "reset", {"release": 135})
    assert len(call(iq, "GET", "/api/v2/users").json()["users"]) == 1
    assert iq.switches.release == 135


@pytest.mark.parametrize("path", ["/api/v2/users", "/api/v2/roles", "/api/v2/userTokens", "/api/v2/organizations"])
def test_empty_page(iq: WitnessedIq, path: str) -> None:
    iq.seed(0, tokens={"Internal": ["admin"]})
    full = call(iq, "GET", path).json()
    control(iq, "faults", [{"kind": "empty_page"}])
    empty = call(iq, "GET", path).json()
    assert full != empty
    assert empty == ([] if isinstance(full, list) else {name: [] for name in full})


def test_sessions_do_not_exist_and_so_cannot_expire(iq: WitnessedIq) -> None:
    control(iq, "faults", [{"kind": "expire_sessions"}])
    assert call(iq, "GET", "/api/v2/users").status_code == 200


def test_the_journal_holds_no_secret(iq: WitnessedIq) -> None:
    call(iq, "POST", "/api/v2/users", {**TED, "password": "canary-secret"})
    text = requests.get(iq.url + "/_sandbox/journal", timeout=5).text
    assert "canary-secret" not in text and "/api/v2/users" in text


def exchange(method: str, path: str, status: int, body: t.Any = None, answer: t.Any = None) -> Exchange:
    """An exchange that a test can bend; bodies are given as JSON values."""
    kind = {"content-type": "application/json"}
    return Exchange(
        method,
        path,
        "",
        {"authorization": "Basic eDp5", **(kind if body is not None else {})},
        b"" if body is None else json.dumps(body).encode(),
        status,
        kind if answer is not None else {},
        b"" if answer is None else json.dumps(answer).encode(),
    )


USER = {"username": "ted", "firstName": "Ted", "lastName": "Baker", "email": "t@example.com"}
GOOD = [
    exchange("GET", "/api/v2/users/ted", 200, answer=USER),
    exchange("GET", "/api/v2/users/ted", 404),
    exchange("POST", "/api/v2/users", 204, TED),
    exchange("PUT", "/api/v2/users/ted", 200, {}, USER),
    exchange("PUT", "/api/v2/roleMemberships/global/role/x/user/ted", 204),
    exchange("PUT", "/api/v2/roleMemberships/organization/x/role/y/GROUP/a%2Fb", 204),
]
BAD = [
    exchange("GET", "/api/v2/users/ted", 200, answer={**USER, "password": "secret"}),
    exchange("GET", "/api/v2/users/ted", 200, answer={**USER, "email": None}),
    exchange("GET", "/api/v2/users/ted", 200, answer={"username": "ted"}),
    exchange("GET", "/api/v2/users", 200, answer={"users": [{**USER, "id": "1"}]}),
    exchange("GET", "/api/v2/users/ted/password", 404),
    exchange("GET", "/api/v2/userTokens/ted", 200, answer={"userCode": "a", "passCode": "b"}),
    exchange("POST", "/api/v2/users", 204, USER),
    exchange("POST", "/api/v2/users", 204, {**TED, "password": ""}),
    exchange("POST", "/api/v2/users", 204),
    exchange("POST", "/api/v2/users", 201, TED),
    exchange("POST", "/api/v2/users", 204, TED, {}),
    exchange("PUT", "/api/v2/users/ted", 200, {"phone": "1"}, USER),
    exchange("PUT", "/api/v2/users/ted", 200, {"email": None}, USER),
    exchange("PUT", "/api/v2/roleMemberships/global/role/x/robot/ted", 204),
    exchange("PUT", "/api/v2/roleMemberships/galaxy/role/x/user/ted", 204),
]


@pytest.mark.parametrize("good", GOOD, ids=lambda e: f"{e.method} {e.path} {e.status}")
def test_the_contract_accepts(good: Exchange) -> None:
    assert contract().check(good)


@pytest.mark.parametrize("bad", BAD, ids=lambda e: f"{e.method} {e.path} {e.status}")
def test_the_contract_refuses(bad: Exchange) -> None:
    rules = contract()
    with pytest.raises((OpenAPIError, AssertionError)):
        rules.check(bad)


def test_the_contract_needs_credentials() -> None:
    bare = exchange("GET", "/api/v2/users/ted", 200, answer=USER)
    del bare.headers["authorization"]
    rules = contract()
    with pytest.raises(OpenAPIError):
        rules.check(bare)
