# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The v2 user resource of the simulated IICS, in JSON."""

from __future__ import annotations

import typing as t

import pytest

from unit.sandbox.iics_client import PASSWORD, Client, code, names

NAME = "jane@example.com"


@pytest.fixture
def jane(iics: Client) -> dict[str, t.Any]:
    """The v2 object of a user with every field set and a role that v2 has no code for."""
    person = {
        "name": NAME,
        "first_name": "Jane",
        "last_name": "Smith",
        "title": "Engineer",
        "phone": "5555555555",
        "description": "About Jane",
        "time_zone": "Europe/Berlin",
        "security_answer": "Rex",
        "roles": ["Designer", "Monitor"],
        "groups": ["Platform"],
    }
    iics.seed(people=[person])
    return read(iics)


def read(iics: Client) -> dict[str, t.Any]:
    found: dict[str, t.Any] = iics.v2("GET", f"/name/{NAME}").json()
    return found


def test_two_worlds_of_ids(iics: Client, jane: dict[str, t.Any]) -> None:
    v3 = iics.account(NAME)
    assert (jane["uuid"], jane["orgUuid"]) == (v3["id"], v3["orgId"])
    assert (len(jane["id"]), jane["id"].startswith(jane["orgId"] + "03")) == (20, True)
    assert iics.v2("GET", f"/{jane['id']}").json() == jane
    answer = iics.v2("GET", f"/{v3['id']}")
    assert (answer.status_code, answer.json()["statusCode"], code(answer)) == (403, 403, "REPO_10704")
    assert iics.v3("DELETE", f"users/{jane['id']}").status_code == 404


def test_what_v2_shows(iics: Client, jane: dict[str, t.Any]) -> None:
    assert jane["password"] == "********"
    assert jane["emails"] == NAME
    assert jane["timezone"] == "Europe/Berlin"
    assert jane["serverUrl"] == iics.url + "/saas"
    assert jane["usergroups"] == []
    assert names(jane["roles"], "name") == ["Designer"]
    assert jane["roles"][0]["@type"] == "role"
    assert "state" not in jane
    iics.seed(people=[{"name": "bare@example.com"}])
    assert "title" not in iics.v2("GET", "/name/bare@example.com").json()


def test_view_switches(iics: Client, jane: dict[str, t.Any]) -> None:
    assert jane["securityAnswer"] == "Rex"
    iics.switch(v2_org_id="long", v2_uuid_key="uuId", v2_shows_security_answer=False)
    shown = read(iics)
    assert (len(shown["orgId"]), shown["uuId"], "uuid" in shown) == (22, jane["uuid"], False)
    assert "securityAnswer" not in shown


def test_missing_user(iics: Client) -> None:
    assert iics.v2("GET", "/name/nobody").status_code == 403
    iics.switch(v2_missing_status=404)
    assert iics.v2("GET", "/name/nobody").status_code == 404


def test_who_has_not_activated_by_switch(iics: Client) -> None:
    iics.create(NAME)
    assert iics.v2("GET", f"/name/{NAME}").status_code == 200
    assert len(iics.v2("GET").json()) == 2
    iics.switch(v2_sees_provisioned=False)
    assert code(iics.v2("GET", f"/name/{NAME}")) == "REPO_10704"
    assert len(iics.v2("GET").json()) == 1


@pytest.mark.parametrize("path", ["", "/"])
def test_create(iics: Client, path: str) -> None:
    body = new_user(iics)
    answer = iics.v2("POST", path, json=body)
    assert answer.status_code == 200
    assert answer.json()["timezone"] == "America/Chicago"
    user = iics.account(NAME)
    assert (user["state"], user["email"], user["title"]) == ("Active", NAME, "Engineer")
    assert code(iics.v2("POST", path, json=body)) == "SIM_DUPLICATE_USER"
    iics.switch(v2_create_status=201)
    assert iics.v2("POST", path, json={**body, "name": "joe@example.com"}).status_code == 201


def new_user(iics: Client) -> dict[str, t.Any]:
    return {
        "orgId": iics.login_v2().json()["orgId"],
        "name": NAME,
        "firstName": "Jane",
        "lastName": "Smith",
        "title": "Engineer",
        "password": PASSWORD,
        "phone": "5555555555",
        "email": NAME,
        "roles": [{"name": "Designer"}],
        "timezone": "America/Chicago",
    }


@pytest.mark.parametrize("field", ["orgId", "name", "firstName", "lastName", "title", "phone", "password", "roles"])
def test_create_without_a_required_field(iics: Client, field: str) -> None:
    body = new_user(iics)
    del body[field]
    assert code(iics.v2("POST", json=body)) == "SIM_MISSING_FIELD"
    assert iics.find(NAME) is None


@pytest.mark.parametrize(
    "change", [{"name": "jane"}, {"orgId": "000ZZZ"}, {"roles": [{"name": "Monitor"}]}, {"roles": "Designer"}]
)
def test_refused_creation(iics: Client, change: dict[str, t.Any]) -> None:
    assert iics.v2("POST", json={**new_user(iics), **change}).status_code == 400
    assert iics.find(NAME) is None


def test_unknown_time_zone_becomes_the_default(iics: Client) -> None:
    user = iics.v2("POST", json={**new_user(iics), "timezone": "Mars/Base"}).json()
    assert user["timezone"] == "America/Los_Angeles"


def test_update_of_the_whole_object(iics: Client, jane: dict[str, t.Any]) -> None:
    changed = {**jane, "firstName": "Janet", "timezone": "Asia/Dubai", "forceChangePassword": "true"}
    answer = iics.v2("POST", f"/{jane['id']}", json=changed)
    assert answer.status_code == 200
    user = iics.account(NAME)
    assert (user["firstName"], user["timeZoneId"], user["forcePasswordChange"]) == ("Janet", "Asia/Dubai", True)
    assert (user["title"], user["description"], user["updatedBy"]) == ("Engineer", "About Jane", "admin@example.com")
    assert names(user["roles"], "roleName") == ["Monitor", "Designer"]
    assert names(user["groups"], "userGroupName") == ["Platform"]


def test_update_does_not_change_the_password_or_the_name(iics: Client) -> None:
    iics.seed(people=[{"name": NAME, "password": PASSWORD, "roles": ["Designer"]}])
    jane = {"title": "", "phone": "", **read(iics)}
    assert iics.v2("POST", f"/{jane['id']}", json={**jane, "password": "New-secret-1"}).status_code == 200
    assert iics.login(NAME, PASSWORD).status_code == 200
    renamed = iics.v2("POST", f"/{jane['id']}", json={**jane, "name": "joe@example.com"})
    assert code(renamed) == "SIM_NAME_CHANGED"


MASK = "********"


@pytest.mark.parametrize(("switch", "sent", "works"), [("ignored", MASK, PASSWORD), ("stored", MASK, MASK)])
def test_the_mask_in_an_update_is_ignored_or_taken_literally(iics: Client, switch: str, sent: str, works: str) -> None:
    iics.switch(v2_password=switch)
    iics.seed(people=[{"name": NAME, "password": PASSWORD, "title": "", "phone": ""}])
    jane = read(iics)
    assert jane["password"] == sent
    assert iics.v2("POST", f"/{jane['id']}", json=jane).status_code == 200
    assert [iics.login(NAME, password).status_code == 200 for password in (PASSWORD, MASK)] == [
        works == PASSWORD,
        works == MASK,
    ]


@pytest.mark.parametrize("switch", ["ignored", "stored"])
@pytest.mark.parametrize(
    "element", ["", "<password></password>", "<password/>"], ids=["none", "empty", "empty, in short"]
)
def test_without_a_password_the_old_one_stays(iics: Client, switch: str, element: str) -> None:
    iics.switch(v2_password=switch)
    iics.seed(people=[{"name": NAME, "password": PASSWORD}])
    jane = read(iics)
    parts = {"orgId": jane["orgId"], "name": NAME, "firstName": "Janet", "lastName": "Smith", "title": "", "phone": ""}
    members = "".join(f"<{name}>{value}</{name}>" for name, value in parts.items())
    document = f"<user>{members}{element}<roles/></user>"
    answer = iics.v2("POST", f"/{jane['id']}", data=document, headers={"Content-Type": "application/xml"})
    assert answer.status_code == 200
    assert iics.account(NAME)["firstName"] == "Janet"
    assert iics.login(NAME, PASSWORD).status_code == 200


def test_an_update_without_a_password_by_switch(iics: Client) -> None:
    iics.switch(v2_missing_password="refused")
    iics.seed(
        people=[
            {"name": NAME, "password": PASSWORD, "title": "", "phone": ""},
            {"name": "sam@example.com", "alias_name": "sam", "title": "", "phone": ""},
        ]
    )
    for name, status in ((NAME, 400), ("sam@example.com", 200)):
        user = iics.v2("GET", f"/name/{name}").json()
        del user["password"]
        assert iics.v2("POST", f"/{user['id']}", json={**user, "firstName": "New"}).status_code == status
        assert iics.account(name)["firstName"] == ("New" if status == 200 else "Person")


@pytest.mark.parametrize(("mode", "status"), [("reject-v3-id", 200), ("broken", 403), ("off", 400)])
def test_update_modes(iics: Client, jane: dict[str, t.Any], mode: str, status: int) -> None:
    iics.switch(v2_update=mode)
    assert iics.v2("POST", f"/{jane['id']}", json={**jane, "title": "Lead"}).status_code == status
    by_v3_id = iics.v2("POST", f"/{jane['uuid']}", json=jane)
    assert by_v3_id.status_code == (400 if mode == "off" else 403)
    assert iics.account(NAME)["title"] == ("Lead" if status == 200 else "Engineer")


def test_omitted_fields_are_reset_or_kept(iics: Client, jane: dict[str, t.Any]) -> None:
    part = {key: value for key, value in jane.items() if key not in ("description", "timezone", "emails")}
    assert iics.v2("POST", f"/{jane['id']}", json=part).status_code == 200
    user = iics.account(NAME)
    assert (user["description"], user["email"], user["timeZoneId"]) == (None, None, "America/Los_Angeles")
    assert code(iics.v2("POST", f"/{jane['id']}", json={"orgId": jane["orgId"], "name": NAME})) == "SIM_MISSING_FIELD"
    iics.v2("POST", f"/{jane['id']}", json=jane)
    iics.switch(v2_omitted="keep")
    only = {"orgId": jane["orgId"], "name": NAME, "title": "Lead"}
    assert iics.v2("POST", f"/{jane['id']}", json=only).status_code == 200
    user = iics.account(NAME)
    assert (user["description"], user["email"], user["timeZoneId"]) == ("About Jane", NAME, "Europe/Berlin")
    assert (user["title"], names(user["roles"], "roleName")) == ("Lead", ["Monitor", "Designer"])


def test_roles_that_v2_does_not_know(iics: Client, jane: dict[str, t.Any]) -> None:
    iics.switch(v2_unknown_roles="drop")
    iics.v2("POST", f"/{jane['id']}", json=jane)
    assert names(iics.account(NAME)["roles"], "roleName") == ["Designer"]


def test_email_change(iics: Client, jane: dict[str, t.Any]) -> None:
    iics.switch(v2_email_change="pending")
    iics.v2("POST", f"/{jane['id']}", json={**jane, "emails": "new@example.com"})
    assert iics.account(NAME)["email"] == NAME
    iics.switch(v2_email_change="at once")
    iics.v2("POST", f"/{jane['id']}", json={**jane, "emails": "new@example.com"})
    assert iics.account(NAME)["email"] == "new@example.com"


def test_delete(iics: Client, jane: dict[str, t.Any]) -> None:
    answer = iics.v2("DELETE", f"/{jane['id']}")
    assert (answer.status_code, answer.json()) == (200, {"@type": "success"})
    assert iics.find(NAME) is None
    assert iics.v2("DELETE", f"/{jane['id']}").status_code == 403


def test_delete_with_jobs_and_without_a_success_object(iics: Client, jane: dict[str, t.Any]) -> None:
    iics.switch(scheduled_jobs=[NAME])
    assert code(iics.v2("DELETE", f"/{jane['id']}")) == "SIM_SCHEDULED_JOBS"
    iics.switch(scheduled_jobs=[], v2_success_object=False)
    answer = iics.v2("DELETE", f"/{jane['id']}")
    assert (answer.status_code, answer.content) == (200, b"")


def test_methods(iics: Client, jane: dict[str, t.Any]) -> None:
    answer = iics.v2("PUT", f"/{jane['id']}", json=jane)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE, GET, POST")
    assert (answer.json()["@type"], answer.json()["statusCode"]) == ("error", 405)
