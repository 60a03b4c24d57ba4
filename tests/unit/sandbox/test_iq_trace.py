# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the acceptance tests of the vendor's Terraform provider do to a real server, replayed in our own words."""

from __future__ import annotations

import re
import typing as t

import pytest
import requests

from unit.sandbox.iq_openapi import WitnessedIq, contract, serving, specification

DEVELOPER = "1da70fae1fd54d6cb7999871ebdb9a36"
SERVER = re.compile(r"NexusIQ/(\d+)\.(\d+)\.(\d+)-(\d+)")


@pytest.fixture
def iq() -> t.Iterator[WitnessedIq]:
    with serving() as system:
        yield system
    if specification():
        assert contract().check_all(system.exchanges) == len(system.exchanges)


def call(iq: WitnessedIq, method: str, path: str, status: int, body: t.Any = None) -> t.Any:
    """One step, with the look at the server's version that the provider puts before each."""
    with requests.Session() as session:
        session.auth = ("admin", "admin123")
        probe = session.get(f"{iq.url}/api/v2/users/admin")
        assert probe.status_code == 200
        version = SERVER.fullmatch(probe.headers["Server"])
        assert version and version[2] == "204"
        answer = session.request(method, f"{iq.url}/api/v2/{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json() if status == 200 else answer.content


def user(name: str) -> dict[str, str]:
    return {
        "username": name,
        "password": "randomthing",
        "firstName": "Example",
        "lastName": "User",
        "email": f"{name}@example.com",
        "realm": "Internal",
    }


def test_trace(iq: WitnessedIq) -> None:
    first, second = user("aB3dE6gH9j"), user("Zy8xW5vU2t")
    shown = {name: value for name, value in first.items() if name != "password"}

    assert call(iq, "POST", "users", 204, first) == b""
    assert call(iq, "GET", f"users/{first['username']}?realm=Internal", 200) == shown

    renamed = {**shown, "firstName": "Example Esq"}
    assert call(iq, "PUT", f"users/{first['username']}", 200, renamed) == renamed
    assert call(iq, "GET", f"users/{first['username']}?realm=Internal", 200) == renamed

    call(iq, "POST", "users", 204, second)
    found = call(iq, "GET", "organizations?organizationName=Sandbox%20Organization", 200)["organizations"]
    assert [organization["name"] for organization in found] == ["Sandbox Organization"]
    owner = found[0]["id"]
    applications = call(iq, "GET", "applications?publicId=sandbox-application", 200)["applications"]
    assert [application["organizationId"] for application in applications] == [owner]
    roles = {role["name"]: role["id"] for role in call(iq, "GET", "roles", 200)["roles"]}
    assert roles["Developer"] == DEVELOPER
    assert call(iq, "GET", f"roles/{DEVELOPER}", 200)["name"] == "Developer"

    membership = f"roleMemberships/organization/{owner}/role/{DEVELOPER}/user/{second['username']}"
    assert call(iq, "PUT", membership, 204) == b""
    mappings = call(iq, "GET", f"roleMemberships/organization/{owner}", 200)["memberMappings"]
    member = {
        "ownerId": owner,
        "ownerType": "ORGANIZATION",
        "type": "USER",
        "userOrGroupName": second["username"],
    }
    assert mappings == [{"roleId": DEVELOPER, "members": [member]}]

    assert call(iq, "DELETE", membership, 204) == b""
    assert call(iq, "GET", f"roleMemberships/organization/{owner}", 200)["memberMappings"] == []
    for leaver in (first, second):
        assert call(iq, "DELETE", f"users/{leaver['username']}?realm=Internal", 204) == b""
        call(iq, "GET", f"users/{leaver['username']}?realm=Internal", 404)

    token = call(iq, "POST", "userTokens/currentUser", 200)
    assert token["userCode"] and token["passCode"]
    assert call(iq, "GET", "userTokens/currentUser/hasToken", 200) == {"userTokenExists": True}
    assert call(iq, "DELETE", "userTokens/currentUser", 204) == b""


def test_fresh_server_as_documented(iq: WitnessedIq) -> None:
    admin = {"username": "admin", "firstName": "Admin", "lastName": "BuiltIn", "email": "admin@localhost"}
    assert call(iq, "GET", "users", 200) == {"users": [{**admin, "realm": "Internal"}]}
    holders = {
        row["roleId"]: [member["userOrGroupName"] for member in row["members"]]
        for row in call(iq, "GET", "roleMemberships/global", 200)["memberMappings"]
    }
    assert holders == {"1b92fae3e55a411793a091fb821c422d": ["admin"], "b9646757e98e486da7d730025f5245f8": ["admin"]}


def test_documented_samples(iq: WitnessedIq) -> None:
    ted = {
        "username": "ted",
        "password": "secret",
        "firstName": "Ted",
        "lastName": "Baker",
        "email": "tedbaker@example.com",
    }
    call(iq, "POST", "users", 204, ted)
    changed = {"firstName": "Teddy", "lastName": "Norman", "email": "tnorman@example.com"}
    assert call(iq, "PUT", "users/ted", 200, changed) == {"username": "ted", "realm": "Internal", **changed}
    partial = call(iq, "PUT", "users/ted", 200, {"email": "tnorman@new.com"})
    assert partial == {"username": "ted", "realm": "Internal", **changed, "email": "tnorman@new.com"}
    call(iq, "DELETE", "users/ted", 204)
