# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated Atom beyond the recording: rights, limits and passwords."""

from __future__ import annotations

import typing as t

import pytest
import requests

from sandbox.atom import Atom
from sandbox.server import Sandbox, running
from unit.sandbox.atom_api import ADMIN_ID, ADMIN_ROLE, CREATE, PEOPLE, SET_PASSWORD, TOKEN, UPDATE, Api

ASSIGN = """mutation A($subject: ID!, $role: ID!, $kind: SubjectKind!) {
  made: createRoleAssignment(input: {subjectKind: $kind, subjectId: $subject, roleId: $role}) { id }
}"""
TENANTS = "{ tenants { total items { id name } } }"


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Atom()) as sandbox:
        yield sandbox


@pytest.fixture
def api(sandbox: Sandbox) -> Api:
    return Api(sandbox)


def test_rights_of_a_group_are_those_of_its_members(api: Api) -> None:
    api.app.act("POST", "seed", {"count": 1})
    token = api.login("person-00001")["token"]
    assert api.data(PEOPLE, token)["total"] == 0
    group = api.data('mutation { createPrincipalGroup(input: {name: "crew"}) { id } }')["id"]
    person = api.people()["person-00001"]["id"]
    api.data("mutation M($g: ID!, $e: ID!) { addGroupMember(groupId: $g, entityId: $e) }", g=group, e=person)
    api.data(ASSIGN, subject=group, role=ADMIN_ROLE, kind="group")
    assert api.data(PEOPLE, token)["total"] == 2


def test_administrators_of_a_tenant_manage_it_and_nothing_else(api: Api) -> None:
    people = [{"name": "jane", "tenants": {"Factory": "tenant-admin"}}, {"name": "joe"}]
    api.app.act("POST", "seed", {"count": 0, "people": people, "tenants": ["Office"]})
    token = api.login("jane")["token"]
    joe = api.people()["joe"]["id"]
    (factory,) = api.data(TENANTS, token)["items"]
    add = "mutation A($t: ID!, $e: ID!) { addTenantMember(tenantId: $t, entityId: $e) }"
    assert api.data(add, token, t=factory["id"], e=joe) is True
    office = next(row["id"] for row in api.data(TENANTS)["items"] if row["name"] == "Office")
    assert api.error(add, token, t=office, e=joe) == "forbidden"
    assert api.error(CREATE, token, input={"kind": "human", "name": "x"}) == "forbidden"
    inside = api.data(CREATE, token, input={"kind": "human", "name": "x", "tenantId": factory["id"]})
    assert inside["status"] == "active"
    assert api.people()["joe"]["tenants"] == ["Factory"]


def test_a_scoped_token_does_only_what_its_permissions_say(api: Api) -> None:
    permissions = [{"actions": ["read", "write"], "scopeMode": "object_kind", "objectKind": "entity"}]
    token = api.data(TOKEN, input={"name": "rw", "permissions": permissions})["token"]
    jane = api.data(CREATE, token, input={"kind": "human", "name": "jane"})["id"]
    assert api.error(SET_PASSWORD, token, id=jane, password="Jane-pass-1") == "forbidden"
    assert api.error(PEOPLE, token, deleted="all") == "forbidden"
    assert api.error('{ tenant(id: "' + jane + '") { id } }', token) == "forbidden"


def test_an_access_token_ends_when_it_says(api: Api) -> None:
    token = api.data(
        TOKEN, input={"name": "x", "scoped": False, "permissions": [], "expiresAt": "2100-01-01T00:00:00Z"}
    )
    assert token["expiresAt"] == "2100-01-01T00:00:00+00:00"
    api.app.act("POST", "clock", {"advance": 100 * 366 * 86400})
    assert api.error(PEOPLE, token["token"]) == "api key expired"


def test_a_lock_ends_with_its_window(api: Api) -> None:
    api.app.act("POST", "seed", {"count": 1})
    for dummy in range(5):
        assert api.sign_in("person-00001", "wrong").status_code == 401
    locked = api.sign_in("Person-00001 ")
    assert (locked.status_code, locked.headers["Retry-After"]) == (429, "900")
    assert api.sign_in("person-00001@example.com").status_code == 200
    api.app.act("POST", "clock", {"advance": 901})
    assert api.sign_in("person-00001").status_code == 200


def test_success_does_not_reset_the_count_of_failures(api: Api) -> None:
    api.app.act("POST", "seed", {"count": 1})
    for dummy in range(4):
        assert api.sign_in("person-00001", "wrong").status_code == 401
    assert api.sign_in("person-00001").status_code == 200
    assert api.sign_in("person-00001", "wrong").status_code == 401
    assert api.sign_in("person-00001").status_code == 429


def test_requests_of_a_minute_are_counted_where_the_switch_says_so(sandbox: Sandbox) -> None:
    api = Api(sandbox, rate_limits=True)
    for dummy in range(120):
        api.data("{ health }")
    refused = api.http("POST", "/graphql", {"query": "{ health }"})
    assert (refused.status_code, refused.json()) == (429, {"error": "rate limit exceeded"})
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert api.http("GET", "/auth/session").status_code == 200
    api.app.act("POST", "clock", {"advance": int(refused.headers["Retry-After"])})
    assert api.data("{ health }") == "ok"


def test_a_password_reset_by_mail(sandbox: Sandbox) -> None:
    api = Api(sandbox, smtp=True)
    sign_up = {"name": "sue", "email": "sue@example.com", "password": "Sue-pass-1"}
    assert api.http("POST", "/auth/signup", sign_up, None).status_code == 202
    session = api.login("sue", "Sue-pass-1")["token"]
    for address in ("sue@example.com", "nobody@example.com"):
        assert api.http("POST", "/auth/password/reset/request", {"email": address}, None).status_code == 202
    (mail,) = api.app.act("GET", "outbox", None)
    reset = {"token": mail["token"], "password": "Sue-pass-2"}
    assert api.http("POST", "/auth/password/reset", reset, None).status_code == 204
    assert api.http("POST", "/auth/password/reset", reset, None).json() == {"error": "invalid password reset token"}
    assert api.http("GET", "/auth/session", token=session).json() == {"error": "session revoked"}
    assert api.sign_in("sue@example.com", "Sue-pass-1").status_code == 401
    assert api.sign_in("sue@example.com", "Sue-pass-2").status_code == 200


def test_the_only_administrator_can_lose_the_platform(api: Api) -> None:
    (held,) = api.data('{ roleAssignments(roleId: "' + ADMIN_ROLE + '") { items { id } } }')["items"]
    assert api.data("mutation D($id: ID!) { deleteRoleAssignment(id: $id) }", id=held["id"]) is True
    assert api.data(PEOPLE)["total"] == 0


def test_deleted_rows_do_not_hold_names_and_come_back_active(api: Api) -> None:
    api.app.act("POST", "seed", {"count": 2, "deleted": 1})
    gone = api.people()["person-00002"]
    assert (gone["status"], gone["deleted"], gone["passwords"]) == ("inactive", True, [])
    assert api.data("mutation R($id: ID!) { restoreEntity(id: $id) }", id=gone["id"]) is True
    assert api.people()["person-00002"] | {"status": "active", "deleted": False} == api.people()["person-00002"]
    assert api.sign_in("person-00002").status_code == 401


def test_a_cookie_alone_is_no_sign_in_for_programs(api: Api) -> None:
    cookie = {"Cookie": f"atom_token={api.token}"}
    answer = api.http("POST", "/graphql", {"query": PEOPLE}, None, **cookie).json()
    assert answer["errors"] == [{"message": "origin is not allowed"}]
    assert api.http("GET", "/auth/session", None, None, Origin="http://127.0.0.1", **cookie).status_code == 200


def test_values_of_the_database_survive(api: Api) -> None:
    jane = api.create("jane", big=12345678901234567890, tags=["b", "a", "b"])
    found = api.data(UPDATE, id=jane, input={"alias": "Jane"})
    assert found["attributes"] == {"big": 12345678901234567890, "tags": ["b", "a", "b"]}
    assert api.error(UPDATE, id=jane, input={"attributes": {"x": "\0"}}) == "database error"
    assert api.data(UPDATE, id=jane, input={"attributes": {"x": "\\u0000"}})["attributes"] == {"x": "\\u0000"}


def test_people_of_the_platform_may_ask_who_they_are(api: Api) -> None:
    session = api.http("GET", "/auth/session").json()["session"]
    assert session["entityId"] == ADMIN_ID
    assert api.http("GET", f"/auth/sessions/{session['sessionId']}").json()["entity_id"] == ADMIN_ID


def test_tenants_change_and_come_back(api: Api) -> None:
    api.app.act("POST", "seed", {"count": 0, "tenants": ["Factory", "Office"]})
    office, factory = api.data(TENANTS)["items"]
    update = "mutation U($id: ID!, $input: UpdateTenantInput!) { updateTenant(id: $id, input: $input) { name alias } }"
    assert api.data(update, id=office["id"], input={"alias": "Desk"}) == {"name": "Office", "alias": "desk"}
    assert api.error(update, id=office["id"], input={"name": "Factory"}) == "already exists"
    assert api.data("mutation D($id: ID!) { deleteTenant(id: $id) }", id=factory["id"]) is True
    assert api.data(update, id=office["id"], input={"name": "Factory"}) == {"name": "Factory", "alias": "desk"}
    restore = "mutation R($id: ID!) { restoreTenant(id: $id) { status } }"
    assert api.error(restore, id=factory["id"]) == "already exists"
    assert api.error(restore, id=office["id"]) == f"no soft-deleted tenant {office['id']} to restore"
    assert [row["name"] for row in api.data("{ tenants(deleted: deleted) { items { name } } }")["items"]] == ["Factory"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            '{"identifier": 5, "secret": "x"}',
            "identifier: invalid type: integer `5`, expected a string at line 1 column 16",
        ),
        (
            '{"identifier": null, "secret": "x"}',
            "identifier: invalid type: null, expected a string at line 1 column 19",
        ),
        (
            '{"identifier": "x", "secret": true}',
            "secret: invalid type: boolean `true`, expected a string at line 1 column 34",
        ),
    ],
)
def test_bodies_of_another_type_are_refused(api: Api, body: str, text: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = requests.post(api.url + "/auth/login", data=body, headers=headers, timeout=10)
    assert answer.status_code == 422
    assert answer.text == f"Failed to deserialize the JSON body into the target type: {text}"
