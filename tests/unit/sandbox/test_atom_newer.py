# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is known of servers after v0.40, in the simulated Atom."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.atom import Atom
from sandbox.server import Sandbox, running
from unit.sandbox.atom_api import ADMIN_ID, CREATE, PEOPLE, UPDATE, Api

CHANGE = "mutation C($old: String!, $new: String!) { changeOwnPassword(currentPassword: $old, newPassword: $new) }"
REFRESH = """mutation R($old: String!) {
  refreshToken(input: {refreshToken: $old}) { token refreshToken sessionId }
}"""


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Atom(newer=True)) as sandbox:
        yield sandbox


@pytest.fixture
def api(sandbox: Sandbox) -> Api:
    return Api(sandbox)


def test_addresses_are_unique(api: Api) -> None:
    jane = api.create("jane", email="Jane@Example.com ")
    assert api.error(CREATE, input={"name": "x", "kind": "human", "attributes": {"email": "jane@example.com"}}) == (
        "already exists"
    )
    joe = api.create("joe", email="joe@example.com")
    assert api.error(UPDATE, id=joe, input={"attributes": {"email": "JANE@example.com"}}) == "already exists"
    assert api.people()["jane"]["attributes"] == {"email": "Jane@Example.com "}
    api.data("mutation D($id: ID!) { deleteEntity(id: $id) }", id=jane)
    assert api.data(UPDATE, id=joe, input={"attributes": {"email": "jane@example.com"}})["name"] == "joe"


def test_what_is_no_address_is_not_taken_for_one(api: Api) -> None:
    jane = api.create("jane", email="jane@example.com")
    api.create("joe", email="nobody")
    api.data(UPDATE, id=jane, input={"attributes": {"first_name": "Jane"}})
    assert api.people()["jane"]["address"] == "jane@example.com"
    api.data(UPDATE, id=jane, input={"attributes": {"email": "none"}})
    assert [api.people()[name]["address"] for name in ("jane", "joe")] == [None, None]


def test_an_unverified_address_may_keep_people_out(sandbox: Sandbox) -> None:
    api = Api(sandbox, allow_unverified=False)
    api.app.act("POST", "seed", {"count": 1})
    api.app.act("POST", "seed", {"count": 1, "verified": True})
    refused = api.sign_in("person-00001")
    assert (refused.status_code, refused.json()) == (401, {"error": "email verification required"})
    assert api.sign_in("person-00001", "wrong").json() == {"error": "invalid credentials"}
    welcome = api.sign_in("person-00002").json()
    assert (welcome["email_verified"], welcome["verification_required"]) == (True, False)


def test_people_change_their_own_password(api: Api) -> None:
    api.app.act("POST", "seed", {"count": 1})
    token = api.login("person-00001")["token"]
    assert api.error(CHANGE, token, old="wrong", new="New-password-1") == "invalid credentials"
    assert api.error(CHANGE, token, old="Sandbox-person-1", new="short") == "password must be at least 8 characters"
    assert api.data(CHANGE, token, old="Sandbox-person-1", new="New-password-1") is True
    assert api.people()["person-00001"]["passwords"] == ["New-password-1"]
    assert api.http("GET", "/auth/session", token=token).status_code == 200


def test_people_change_little_of_themselves(api: Api) -> None:
    access = "atom_" + "a" * 32 + "_" + "b" * 64
    rows = [{"name": "jane", "attributes": {"team": "data", "last_name": "Doe"}, "access_token": access}]
    api.app.act("POST", "seed", {"count": 0, "people": rows})
    jane, token = api.people()["jane"]["id"], api.login("jane")["token"]
    found = api.data(UPDATE, token, id=jane, input={"attributes": {"first_name": "Jane", "last_name": None}})
    assert found["attributes"] == {"first_name": "Jane", "team": "data"}
    for changes in ({"status": "suspended"}, {"attributes": {"team": "x"}}, {"alias": "jane"}, {"attributes": ["x"]}):
        assert api.error(UPDATE, token, id=jane, input=changes) == "forbidden"
    assert api.error(UPDATE, access, id=jane, input={"name": "jane-2"}) == "forbidden"
    replaced = api.data(UPDATE, id=jane, input={"attributes": {"first_name": "J"}})
    assert replaced["attributes"] == {"first_name": "J"}


def test_errors_have_codes(api: Api) -> None:
    cases = [
        (api.ask(UPDATE, id=ADMIN_ID.replace("1", "9"), input={}), "NOT_FOUND"),
        (api.ask(PEOPLE, None), "UNAUTHENTICATED"),
        (api.ask(PEOPLE, "nonsense"), "UNAUTHENTICATED"),
        (api.ask("{ nothing }"), "BAD_REQUEST"),
        (api.ask(CREATE, input={"kind": "human", "name": "admin"}), "CONFLICT"),
    ]
    for answer, code in cases:
        (error,) = answer["errors"]
        assert (error["extensions"]["code"], error["extensions"]["retryable"]) == (code, False)
        assert error["extensions"]["requestId"]
    assert api.http("POST", "/graphql", {"query": "{ health }"}).headers["X-Request-ID"]


def test_a_lock_is_retryable(api: Api) -> None:
    for dummy in range(5):
        api.sign_in("admin", "wrong")
    query = 'mutation { login(input: {identifier: "admin", secret: "x"}) { token } }'
    (error,) = api.ask(query, None)["errors"]
    assert (
        error["extensions"] | {"code": "RATE_LIMITED", "retryable": True, "retryAfterSeconds": 900}
        == (error["extensions"])
    )


def test_codes_and_refresh_tokens_have_switches_of_their_own(sandbox: Sandbox) -> None:
    api = Api(sandbox, error_codes=False)
    assert "extensions" not in api.ask("{ nothing }")["errors"][0]
    assert "refresh_token" not in api.login("admin", "12345678")
    with pytest.raises(ValueError, match="refresh_tokens needs newer"):
        Atom(refresh_tokens=True)


def test_a_refresh_token_is_good_once(sandbox: Sandbox) -> None:
    api = Api(sandbox, refresh_tokens=True)
    first = api.login("admin", "12345678")
    api.app.act("POST", "clock", {"advance": 3601})
    assert api.error(PEOPLE) == "session expired"
    second = api.data(REFRESH, None, old=first["refresh_token"])
    assert second["sessionId"] == first["session_id"]
    assert api.data(PEOPLE, second["token"])["total"] == 1
    assert api.error(REFRESH, None, old=first["refresh_token"]) == "session revoked"
    assert api.error(PEOPLE, second["token"]) == "session revoked"


def test_more_filters_and_an_order(api: Api) -> None:
    api.create("b", first_name="Zoe", tags=["x"])
    jane = api.create("a", first_name="Ada")
    query = """query Q($id: ID, $part: JSON, $order: EntityOrder, $dir: SortDirection) {
      entities(kind: human, id: $id, attributesContains: $part, order: $order, dir: $dir) { items { name } }
    }"""

    def names(**variables: t.Any) -> list[str]:
        return [row["name"] for row in api.data(query, **variables)["items"]]

    assert names(id=jane) == ["a"]
    assert names(part={"tags": ["x"]}) == ["b"]
    assert names(order="first_name", dir="asc") == ["a", "b", "admin"]
    assert names(order="name", dir="desc") == ["b", "admin", "a"]
    assert names() == ["a", "b", "admin"]
