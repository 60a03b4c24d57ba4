# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The quirks of Magistrala's users service that clients must cope with, in both generations."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.magistrala import Magistrala, rules
from sandbox.server import Sandbox, running
from unit.sandbox.magistrala_api import ADMIN, Api, claims, names, person

WENT_WRONG = "something went wrong with the request"


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Magistrala()) as sandbox:
        yield sandbox


@pytest.fixture
def old(sandbox: Sandbox) -> Api:
    return Api(sandbox, profile="early2025")


@pytest.fixture
def new(sandbox: Sandbox) -> Api:
    return Api(sandbox, profile="v0.30")


def test_the_same_refusal_in_both_shapes(sandbox: Sandbox) -> None:
    body = person("jane") | {"email": ""}
    answer = Api(sandbox, profile="early2025").call("POST", "/users", body)
    assert (answer.status_code, answer.json()) == (400, {"error": "missing email", "message": WENT_WRONG})
    answer = Api(sandbox, profile="v0.30").call("POST", "/users", body)
    assert (answer.status_code, answer.json()) == (400, {"message": "missing email"})


def test_a_new_user_as_go_writes_it(new: Api) -> None:
    body = person("jane") | {
        "first_name": "<J&>",
        "metadata": {"b": 1.0, "a": 12345678901234567890},
        "tags": ["x", "x"],
    }
    answer = new.call("POST", "/users", body)
    user = answer.json()
    assert answer.headers["Location"] == f"/users/{user['id']}"
    assert (
        answer.text
        == f'{{"id":"{user["id"]}","first_name":"\\u003cJ\\u0026\\u003e","last_name":"Doe","tags":["x","x"],'
        '"metadata":{"a":12345678901234567000,"b":1},"status":"enabled","role":"user",'
        '"credentials":{"username":"jane"},'
        f'"email":"jane@example.com","created_at":"{user["created_at"]}","updated_at":"0001-01-01T00:00:00Z",'
        '"verified_at":"0001-01-01T00:00:00Z"}\n'
    )


@pytest.mark.parametrize(
    ("profile", "login", "statuses"),
    [
        ("early2025", "jane", {"12345678": 201, "wrongwrong": 401}),
        ("v0.30", "jane", {"12345678": 201, "wrongwrong": 422}),
        ("early2025", "nobody", {"12345678": 401}),
        ("v0.30", "nobody", {"12345678": 404}),
        ("v0.30", "jane@example.com", {"12345678": 201}),
        ("v0.30", "JANE@example.com", {"12345678": 404}),
    ],
)
def test_login(sandbox: Sandbox, profile: str, login: str, statuses: dict[str, int]) -> None:
    api = Api(sandbox, profile=profile)
    api.create("jane")
    got = {
        password: api.call("POST", "/users/tokens/issue", {"username": login, "password": password}, "").status_code
        for password in statuses
    }
    assert got == statuses


def test_checks_come_in_the_real_order(new: Api) -> None:
    text = {"Content-Type": "text/plain"}
    assert new.call("POST", "/nope", "{", "").status_code == 404
    assert new.call("PUT", "/users", "{", "").status_code == 405
    assert new.call("POST", "/users", "{", "", headers=text).status_code == 401
    assert new.call("POST", "/users", "{", headers=text).status_code == 415
    assert new.call("POST", "/users", "{").status_code == 400
    jane = new.login(username=new.create("jane")["credentials"]["username"], password="12345678")
    assert new.call("POST", "/users", {"first_name": ""}, jane["access_token"]).status_code == 400
    assert new.call("POST", "/users", person("kim"), jane["access_token"]).status_code == 404


def test_request_bodies_are_read_as_go_reads_them(new: Api) -> None:
    body = (
        '{"First_Name":"a","LAST_NAME":"b","email":"c@d","metadata":null,'
        '"credentials":{"Username":"e","secret":"12345678"}}x'
    )
    assert new.call("POST", "/users", body).status_code == 201
    for field, reason in (("status", "invalid status"), ("role", "invalid client role")):
        answer = new.call("POST", "/users", person("f") | {field: None})
        assert (answer.status_code, answer.json()["message"]) == (400, reason)
    assert new.call("POST", "/users", person("f") | {"status": "", "role": ""}).status_code == 201


def test_odd_bodies_do_not_break_the_server(new: Api) -> None:
    deep = '{"metadata":' + '{"a":' * 20_000 + "1" + "}" * 20_001
    for body in (
        deep,
        "[" * 100_000,
        '{"first_name":NaN}',
        b"\xff",
        '"x"',
        "{}{",
        '{"tags":[1]}',
        '{"created_at":"x"}',
    ):
        assert new.call("POST", "/users", body).status_code == 400
    user = new.create("jane", first_name="\ud800", metadata={"\ud800": 1e21, "b": [1e-7, 0.00001, True, None]})
    assert user["first_name"] == "\ufffd"
    assert new.get(f"/users/{user['id']}").text.count('{"b":[1e-7,0.00001,true,null],"\ufffd":1e+21}') == 1
    assert new.get("/users", limit="9" * 5000).status_code == 400


def test_a_strict_user_name_only_in_the_new_generation(sandbox: Sandbox) -> None:
    odd = ("a b", "a.b", "a__b", "a--b", "_a", "a" * 33)
    old = Api(sandbox, profile="early2025")
    assert [
        old.call("POST", "/users", person(name) | {"email": f"u{i}@x"}).status_code for i, name in enumerate(odd)
    ] == [201] * 6
    new = Api(sandbox, profile="v0.30")
    assert {new.call("POST", "/users", person(name) | {"email": "u@x"}).json()["message"] for name in odd} == {
        "invalid username"
    }


def test_addresses_are_judged_loosely() -> None:
    good = (
        "a@b",
        "a.b@c.d",
        "Bob <bob@example.com>",
        ' "Bob B." <bob@x> ',
        " a@b.c ",
        "jürgen@bücher.example",
        "a @ b",
        "a@[1.2.3.4]",
    )
    bad = ("", "nope", "a@", "@b", "a b@c.d", ".a@b", "a..b@c", "a@b.", "a@b, c@d", "Bob bob@x", "a" * 5000)
    assert [text for text in good if not rules.is_address(text)] == []
    assert [text for text in bad if rules.is_address(text)] == []


def test_almost_any_picture_is_a_reference() -> None:
    good = ("", "not a url", "https://x/y.png?a b#c", "http://x:80", "mailto:x y", "/a:b", "//host/p", "a%20b")
    bad = ("http://a b", "a%zz", "http://x:y/", "a b:c", ":x", "a\nb", "http://h%zz/")
    assert [text for text in good if not rules.is_reference(text)] == []
    assert [text for text in bad if rules.is_reference(text)] == []


def test_a_deleted_user_keeps_its_names_until_the_purge(new: Api) -> None:
    user = new.create("jane")
    assert new.call("DELETE", f"/users/{user['id']}").status_code == 204
    again = new.call("DELETE", f"/users/{user['id']}")
    assert (again.status_code, again.json()) == (422, {"message": "status already assigned"})
    assert new.call("POST", "/users", person("jane")).json() == {"message": "email id already registered"}
    assert names(new.get("/users")) == ["admin"]
    assert names(new.get("/users", status="deleted")) == ["jane"]
    assert new.call("POST", f"/users/{user['id']}/enable").json()["status"] == "enabled"
    new.call("DELETE", f"/users/{user['id']}")
    new.system.clock.advance(31 * 86400)
    new.token = new.login(**ADMIN)["access_token"]
    assert new.get(f"/users/{user['id']}").status_code == 404
    assert new.call("POST", "/users", person("jane")).status_code == 201


def test_deleting_twice_in_the_old_generation(old: Api) -> None:
    user = old.create("jane")
    assert [old.call("DELETE", f"/users/{user['id']}").status_code for dummy in range(2)] == [204, 409]


def test_a_disabled_user_cannot_be_changed(sandbox: Sandbox) -> None:
    for profile, status, text in (("early2025", 422, "update entity failed"), ("v0.30", 404, "entity not found")):
        api = Api(sandbox, profile=profile)
        path = f"/users/{api.create('jane')['id']}"
        assert api.call("POST", path + "/disable").json()["status"] == "disabled"
        answer = api.call("PATCH", path, {"first_name": "Janice"})
        assert (answer.status_code, answer.json()["message"]) == (status, text)
        assert api.call("POST", path + "/disable").status_code == 422


def test_tags_and_picture_can_be_cleared_only_in_the_new_generation(sandbox: Sandbox) -> None:
    for profile, kept in (("early2025", True), ("v0.30", False)):
        api = Api(sandbox, profile=profile)
        user = api.create("jane", tags=["a"], profile_picture="http://x")
        api.call("PATCH", f"/users/{user['id']}/tags", {"tags": []})
        api.call("PATCH", f"/users/{user['id']}/picture", {"profile_picture": ""})
        seen = api.view(user)
        assert ("tags" in seen, "profile_picture" in seen) == (kept, kept)


def test_metadata_is_replaced_as_a_whole_and_every_patch_leaves_a_trace(new: Api) -> None:
    user = new.create("jane", metadata={"a": 1, "b": 2})
    path = f"/users/{user['id']}"
    assert new.call("PATCH", path, {"metadata": {"c": 3}}).json()["metadata"] == {"c": 3}
    before = new.view(user)
    after = new.call("PATCH", path, {}).json()
    assert after["metadata"] == {"c": 3}
    assert after["updated_at"] > before["updated_at"]


def test_the_present_email_is_refused_by_the_new_generation(sandbox: Sandbox) -> None:
    for profile, status in (("early2025", 200), ("v0.30", 400)):
        api = Api(sandbox, profile=profile)
        user = api.create("jane")
        assert api.call("PATCH", f"/users/{user['id']}/email", {"email": user["email"]}).status_code == status


def test_some_answers_of_the_old_generation_misstate_the_role(old: Api) -> None:
    user = old.create("jane", role="admin", profile_picture="http://x")
    answer = old.call("PATCH", f"/users/{user['id']}/username", {"username": "janice"}).json()
    assert (answer["role"], answer.get("profile_picture")) == ("user", None)
    assert old.view(user)["role"] == "admin"


def test_making_an_admin_twice_fails_and_a_role_left_out_demotes(sandbox: Sandbox) -> None:
    for profile, status in (("early2025", 409), ("v0.30", 422)):
        api = Api(sandbox, profile=profile)
        path = f"/users/{api.create('jane')['id']}/role"
        assert [api.call("PATCH", path, {"role": "admin"}).status_code for dummy in range(2)] == [200, status]
        assert api.call("PATCH", path, {}).json()["role"] == "user"


def test_a_demoted_admin_with_an_old_token(new: Api) -> None:
    jane = new.create("jane", role="admin")
    token = new.login("jane", "12345678")["access_token"]
    assert new.get("/users", token).status_code == 200
    new.call("PATCH", f"/users/{jane['id']}/role", {"role": "user"})
    assert new.get(f"/users/{jane['id']}", token).status_code == 403
    assert new.get("/users/profile", token).status_code == 200
    fresh = new.login("jane", "12345678")["access_token"]
    assert new.get(f"/users/{jane['id']}", fresh).status_code == 200
    assert new.get("/users", fresh).status_code == 404


def test_what_strangers_see(sandbox: Sandbox) -> None:
    for profile, extra in (("early2025", set[str]()), ("v0.30", {"metadata", "verified_at"})):
        api = Api(sandbox, profile=profile)
        jane = api.create("jane", tags=["a"], metadata={"k": 1}, status="disabled")
        api.create("kim")
        token = api.login("kim", "12345678")["access_token"]
        seen = api.get(f"/users/{jane['id']}", token).json()
        assert (
            seen.keys()
            == {"id", "first_name", "last_name", "status", "role", "credentials", "created_at", "updated_at"} | extra
        )
        assert (seen["status"], seen["created_at"]) == ("enabled", "0001-01-01T00:00:00Z")


def test_paging_and_order(sandbox: Sandbox) -> None:
    old = Api(sandbox, profile="early2025")
    old.system.seed(3)
    assert names(old.get("/users", limit=2, offset=1, dir="desc")) == ["person-00001", "person-00002"]
    assert old.get("/users").json()["offset"] == 0
    new = Api(sandbox, profile="v0.30")
    new.system.seed(3)
    assert names(new.get("/users", limit=2)) == ["person-00003", "person-00002"]
    assert "offset" not in new.get("/users").json()
    assert names(new.get("/users", order="username", dir="asc", offset=3)) == ["person-00003"]
    assert new.get("/users", only_total="true").json() == {"limit": 10, "total": 4, "users": []}
    for wrong in (
        {"limit": 101},
        {"limit": 0},
        {"limit": "x"},
        {"limit": [1, 2]},
        {"order": "x"},
        {"dir": "x"},
        {"status": "x"},
    ):
        assert new.get("/users", **wrong).status_code == 400


def test_filters(new: Api) -> None:
    for name, tags in (("jane_doe", ["a", "b"]), ("janexdoe", ["a"]), ("JaneDoe", ["b"])):
        new.create(name, tags=tags, metadata={"team": name, "n": {"x": [1, 2]}})
    assert names(new.get("/users", username="JANE")) == ["JaneDoe", "janexdoe", "jane_doe"]
    assert names(new.get("/users", username="jane_doe")) == ["janexdoe", "jane_doe"], "_ stands for any character"
    assert names(new.get("/users", username="jane\\_doe")) == ["jane_doe"]
    assert names(new.get("/users", username="j%doe", email="x")) == ["JaneDoe", "janexdoe", "jane_doe"]
    assert names(new.get("/users", tags="a,b")) == ["JaneDoe", "janexdoe", "jane_doe"]
    assert names(new.get("/users", tags="a+b")) == ["jane_doe"]
    assert names(new.get("/users", metadata='{"n":{"x":[2]},"team":"JaneDoe"}')) == ["JaneDoe"]
    assert names(new.get("/users", created_to="2001-01-01T00:00:00Z")) == []


def test_search_finds_enabled_people_only(new: Api) -> None:
    new.system.seed(12, disabled=1, deleted=1)
    answer = new.get("/users/search", username="PERSON", limit=1000)
    assert answer.json()["total"] == 10
    assert {frozenset(user) for user in answer.json()["users"]} == {
        frozenset(
            {
                "id",
                "first_name",
                "last_name",
                "status",
                "role",
                "credentials",
                "created_at",
                "updated_at",
                "verified_at",
            }
        )
    }
    assert names(new.get("/users/search", username="admin")) == []
    assert new.get("/users/search", username="pe").status_code == 400
    assert new.get("/users/search", email="person").status_code == 400


def test_a_user_of_an_identity_provider_keeps_what_the_provider_knows(new: Api) -> None:
    path = f"/users/{new.create('jane', auth_provider='google')['id']}"
    refused = new.call("PATCH", path, {"first_name": "x"})
    assert (refused.status_code, refused.text) == (500, "")
    assert new.call("PATCH", path, {"metadata": {"x": 1}}).status_code == 200


def test_claims(sandbox: Sandbox) -> None:
    old = claims(Api(sandbox, profile="early2025").token)
    assert (old["iss"], old["type"], old["exp"] - old["iat"], "sub" in old) == ("supermq.auth", 0, 3600, False)
    new = claims(Api(sandbox, profile="v0.30").token)
    assert (new["iss"], new["role"], new["exp"] - new["iat"], "user" in new) == ("magistrala.auth", 2, 3600, False)
