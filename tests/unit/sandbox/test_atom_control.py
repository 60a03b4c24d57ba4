# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control API of the simulated Atom, and the choice between the generations of Magistrala."""

from __future__ import annotations

import json
import typing as t

import pytest
import requests

from sandbox.atom import PROFILES, AnyMagistrala, Atom
from sandbox.server import Sandbox, running
from unit.sandbox.atom_api import ADMIN_ROLE, CREATE, PEOPLE, Api


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Atom()) as sandbox:
        yield sandbox


@pytest.fixture
def api(sandbox: Sandbox) -> Api:
    return Api(sandbox)


def test_numbered_people(api: Api) -> None:
    api.app.act("POST", "seed", {"count": 4, "disabled": 1, "deleted": 1})
    api.app.act("POST", "seed", {"count": 1})
    found = api.data(PEOPLE, q="person-", deleted="all")
    rows = [(row["name"], row["status"]) for row in found["items"]]
    assert rows == [
        ("person-00005", "active"),
        ("person-00004", "inactive"),
        ("person-00003", "inactive"),
        ("person-00002", "active"),
        ("person-00001", "active"),
    ]
    assert [row["name"] for row in api.data(PEOPLE, deleted="deleted")["items"]] == ["person-00004"]


def test_named_people_with_all_that_belongs_to_them(api: Api) -> None:
    access = "atom_" + "0" * 32 + "_" + "1" * 64
    jane = {
        "name": "jane",
        "attributes": {"team": "data"},
        "password": "Jane-pass-1",
        "sign_up": "jane@example.com",
        "admin": True,
        "tenants": {"Factory": "viewer", "Office": None},
        "access_token": access,
    }
    api.app.act("POST", "seed", {"count": 0, "people": [jane, {"name": "joe", "password": None}]})
    assert api.sign_in("jane@example.com", "Jane-pass-1").status_code == 200
    assert api.data(PEOPLE, access)["total"] == 3
    told = api.people()["jane"]
    assert told.pop("id")
    assert told == {
        "name": "jane",
        "status": "active",
        "deleted": False,
        "attributes": {"team": "data"},
        "address": "jane@example.com",
        "passwords": ["Jane-pass-1"],
        "access_tokens": ["seeded"],
        "sessions": 1,
        "tenants": ["Factory", "Office"],
        "invited": [],
        "groups": ["authenticated-users"],
        "roles": [{"name": "atom-admin", "tenant": None}, {"name": "viewer", "tenant": "Factory"}],
    }
    assert api.sign_in("joe").status_code == 401
    members = {row["name"]: row["members"] for row in api.app.act("GET", "tenants", None)}
    assert members == {"Factory": ["admin", "jane"], "Office": ["admin", "jane"]}


def test_a_bad_seed_is_refused(api: Api) -> None:
    for options in ({"count": 1, "deleted": 2}, {"count": 0, "access_tokens": [{"owner": "nobody", "token": "x"}]}):
        with pytest.raises(ValueError, match=r"more people|nobody is named"):
            api.app.act("POST", "seed", options)


def test_sessions_end_and_access_tokens_stay(api: Api) -> None:
    access = "atom_" + "0" * 32 + "_" + "1" * 64
    api.app.act("POST", "seed", {"count": 0, "access_tokens": [{"owner": "admin", "token": access}]})
    api.system.expire_sessions()
    assert api.error(PEOPLE) == "session expired"
    assert api.data(PEOPLE, access)["total"] == 1


def test_refused_sign_ins_count_as_wrong_ones(api: Api) -> None:
    api.app.act("POST", "sign-ins", {"refused": True})
    assert [api.sign_in("admin", "12345678").status_code for dummy in range(6)] == [401] * 5 + [429]
    assert api.data(PEOPLE)["total"] == 1


def test_an_empty_page_keeps_its_total(api: Api) -> None:
    api.app.act("POST", "faults", [{"kind": "empty_page", "path": "/graphql"}])
    assert api.data(PEOPLE) == {"total": 1, "items": []}
    assert api.system.empty_page(b"no JSON") == b"no JSON"


def test_the_journal_tells_what_was_asked_for(api: Api) -> None:
    api.app.act("POST", "journal", {"clear": True})
    api.data(PEOPLE)
    api.data(CREATE, input={"kind": "human", "name": "jane"})
    token = api.login("admin", "12345678")["token"]
    api.data("mutation { logout }", token)
    api.ask("{ broken")
    paths = [line.path for line in api.app.journal]
    assert paths == [
        "/graphql#query entities",
        "/graphql#mutation createEntity",
        "/auth/login",
        "/graphql#session logout",
        "/graphql",
    ]
    assert [line.path for line in api.app.writes()] == ["/graphql#mutation createEntity", "/graphql"]


def test_a_fault_may_strike_one_operation(api: Api) -> None:
    fault = {"kind": "status", "path": "/graphql#mutation createEntity", "status": 502, "times": 0}
    api.app.act("POST", "faults", [fault])
    assert api.data(PEOPLE)["total"] == 1
    body = {"query": CREATE, "variables": {"input": {"kind": "human", "name": "jane"}}}
    assert api.http("POST", "/graphql", body).status_code == 502
    assert api.data(PEOPLE)["total"] == 1
    assert [line.path for line in api.app.journal][-2:] == ["/graphql#mutation createEntity", "/graphql#query entities"]


def test_another_client_acts_meanwhile(api: Api) -> None:
    body = {"query": CREATE, "variables": {"input": {"kind": "human", "name": "jane"}}}
    errand = {"method": "POST", "path": "/graphql", "json": body}
    api.app.act("POST", "faults", [{"kind": "meanwhile", "path": "/graphql", "requests": [errand]}])
    sessions = len(api.system.state.sessions)
    assert api.error(CREATE, input={"kind": "human", "name": "jane"}) == "already exists"
    assert len(api.system.state.sessions) == sessions


def test_nobody_acts_meanwhile_where_nobody_is_administrator(api: Api) -> None:
    assignments = api.system.state.assignments
    for key in [key for key, held in assignments.items() if held.role_id == ADMIN_ROLE]:
        del assignments[key]
    with pytest.raises(LookupError, match="nobody is a platform administrator"), api.system.administrator():
        pass


def test_a_reset_may_choose_another_generation() -> None:
    with running(AnyMagistrala(profile="atom")) as sandbox:
        url = sandbox.urls["magistrala"]

        def reset(**switches: t.Any) -> None:
            answer = requests.post(f"{url}/_sandbox/reset", data=json.dumps(switches), timeout=10)
            assert answer.status_code == 200, answer.text

        def kind() -> tuple[int, bool]:
            schema = requests.post(f"{url}/graphql", json={"query": "{ __typename }"}, timeout=10)
            newer = requests.post(f"{url}/graphql", json={"query": "{ entities(id: 1) { total } }"}, timeout=10)
            return schema.status_code, "missing authentication" in newer.text

        assert kind() == (200, False)
        reset(profile="atom-newer")
        assert kind() == (200, True)
        for profile in PROFILES[:-2]:
            reset(profile=profile)
            assert kind() == (404, False)
        reset()
        assert kind() == (200, False)
        refused = requests.post(f"{url}/_sandbox/reset", data='{"profile": "v9"}', timeout=10)
        assert (refused.status_code, "unknown profile" in refused.text) == (400, True)


def test_any_generation_is_controlled_as_one_system() -> None:
    system = AnyMagistrala(profile="atom")
    system.seed(1)
    system.configure(minimum_password=12)
    system.refuses_sign_ins = True
    system.clock.advance(60)
    assert (system.switches.minimum_password, system.refuses_sign_ins, system.clock.offset) == (12, True, 60)
    assert [person["name"] for person in system.inspect("people")] == ["admin", "person-00001"]
    assert len(system.state.sessions) == 0
    with system.administrator() as headers:
        assert headers["Authorization"].startswith("Bearer ")
        system.expire_sessions()
        assert [session.expires_at <= system.state.stamp() for session in system.state.sessions.values()] == [True]
    assert json.loads(system.empty_page(b'{"data":{"x":{"items":[1]}}}')) == {"data": {"x": {"items": []}}}
    system.reset()
    assert (system.refuses_sign_ins, system.clock.offset) == (False, 0)
