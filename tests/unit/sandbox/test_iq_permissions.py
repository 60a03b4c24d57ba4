# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers may do follows from their role memberships alone."""

from __future__ import annotations

import typing as t

import pytest
import requests

from sandbox.iq.permissions import DEVELOPER, OWNER, POLICY_ADMINISTRATOR, SYSTEM_ADMINISTRATOR
from sandbox.iq.seeds import PASSWORD
from sandbox.iq.state import Owner
from unit.sandbox.iq_openapi import WitnessedIq, serving

CALLER = "person-00001"
PERSON = {"username": "ted", "password": "secret", "firstName": "Ted", "lastName": "Baker", "email": "t@example.com"}


@pytest.fixture(scope="module")
def server() -> t.Iterator[WitnessedIq]:
    with serving() as system:
        yield system


@pytest.fixture
def iq(server: WitnessedIq) -> WitnessedIq:
    server.reset()
    server.seed(1)
    return server


def status(iq: WitnessedIq, method: str, path: str, body: t.Any = None, login: str = CALLER) -> int:
    answer = requests.request(method, f"{iq.url}/api/v2/{path}", json=body, auth=(login, PASSWORD), timeout=5)
    return answer.status_code


def place(iq: WitnessedIq, name: str) -> Owner:
    return next(owner for owner in iq.state.owners() if owner.name == name)


def path_of(owner: Owner) -> str:
    return f"roleMemberships/{owner.kind}/{owner.id}"


def grant_path(owner: Owner, role: str = DEVELOPER) -> str:
    return f"{path_of(owner)}/role/{role}/user/ted"


SYSTEM_ONLY: list[tuple[str, str, t.Any, int]] = [
    ("GET", "users", None, 200),
    ("GET", "users/admin", None, 200),
    ("POST", "users", PERSON, 204),
    ("PUT", "users/ted", {"firstName": "Tim"}, 200),
    ("DELETE", "users/ted", None, 204),
    ("GET", "userTokens", None, 200),
    ("GET", "userTokens/ted", None, 404),
    ("DELETE", "userTokens/userCode/none", None, 404),
    ("DELETE", "userTokens/purge", None, 204),
    ("GET", "config/userTokens", None, 200),
    ("GET", "roleMemberships/global", None, 200),
    ("GET", "roleMemberships/global/roles", None, 200),
    ("PUT", f"roleMemberships/global/role/{OWNER}/user/ted", None, 204),
    ("PUT", f"roleMemberships/global/role/{OWNER}/members", [], 204),
]


def test_system_administrator_alone(iq: WitnessedIq) -> None:
    iq.state.grant(iq.state.everything, SYSTEM_ADMINISTRATOR, "USER", CALLER)
    assert [status(iq, method, path, body) for method, path, body, dummy in SYSTEM_ONLY] == [
        row[3] for row in SYSTEM_ONLY
    ]
    data = place(iq, "Data")
    assert status(iq, "GET", path_of(data)) == 403
    assert status(iq, "PUT", grant_path(data)) == 403
    assert status(iq, "GET", "roleMemberships/repository_container") == 403
    assert visible(iq) == set()


def test_policy_administrator_alone(iq: WitnessedIq) -> None:
    iq.state.grant(iq.state.everything, POLICY_ADMINISTRATOR, "USER", CALLER)
    assert {status(iq, method, path, body) for method, path, body, dummy in SYSTEM_ONLY} == {403}
    for name in ("Root Organization", "Data", "Platform CLI"):
        assert status(iq, "GET", path_of(place(iq, name))) == 200
        assert status(iq, "PUT", grant_path(place(iq, name))) == 204
    assert status(iq, "GET", "roleMemberships/repository_container") == 200
    assert status(iq, "DELETE", f"roleMemberships/repository_container/role/{OWNER}/user/ted") == 204
    assert status(iq, "GET", "roles") == 200
    assert "Platform Tools" in visible(iq)
    assert status(iq, "POST", "organizations", {"name": "New"}) == 200


def test_owner_of_one_organization(iq: WitnessedIq) -> None:
    platform = place(iq, "Platform")
    iq.state.grant(platform, OWNER, "USER", CALLER)
    assert {status(iq, method, path, body) for method, path, body, dummy in SYSTEM_ONLY} == {403}
    assert status(iq, "GET", "roles") == 403
    assert visible(iq) == {"Platform", "Platform Tools", "Platform API", "Platform CLI"}
    for name in visible(iq):
        assert status(iq, "GET", path_of(place(iq, name))) == 200
        assert status(iq, "PUT", grant_path(place(iq, name))) == 204
        assert status(iq, "DELETE", grant_path(place(iq, name))) == 204
    for name in ("Root Organization", "Data", "Data Portal"):
        assert status(iq, "GET", path_of(place(iq, name))) == 403
        assert status(iq, "PUT", grant_path(place(iq, name))) == 403
    new = {"publicId": "new", "name": "New", "organizationId": platform.id}
    assert status(iq, "POST", "applications", new) == 200
    assert status(iq, "POST", "applications", {**new, "organizationId": place(iq, "Data").id}) == 403


def test_developer_reads_and_no_more(iq: WitnessedIq) -> None:
    portal = place(iq, "Data Portal")
    iq.state.grant(portal, DEVELOPER, "USER", CALLER)
    assert visible(iq) == {"Data Portal"}
    assert status(iq, "GET", path_of(portal)) == 200
    assert status(iq, "GET", "roleMemberships/application/data-portal/roles") == 200
    assert status(iq, "PUT", grant_path(portal)) == 403
    assert status(iq, "PUT", f"roleMemberships/application/data-portal/role/{DEVELOPER}/members", []) == 403


def test_owner_of_the_root_organization(iq: WitnessedIq) -> None:
    iq.state.grant(iq.state.root, OWNER, "USER", CALLER)
    assert status(iq, "PUT", grant_path(place(iq, "Platform CLI"))) == 204
    assert status(iq, "GET", "roleMemberships/repository_container") == 200
    iq.configure(container_inherits=False)
    assert status(iq, "GET", "roleMemberships/repository_container") == 403


def test_nobody(iq: WitnessedIq) -> None:
    assert {status(iq, method, path, body) for method, path, body, dummy in SYSTEM_ONLY} == {403}
    assert visible(iq) == set()
    assert status(iq, "GET", "roles") == 403
    assert status(iq, "GET", "userTokens/currentUser/hasToken") == 200
    assert status(iq, "POST", "userTokens/currentUser") == 200
    assert status(iq, "DELETE", "userTokens/currentUser") == 204


def test_a_grant_to_all_who_are_logged_in(iq: WitnessedIq) -> None:
    iq.state.grant(iq.state.root, DEVELOPER, "GROUP", "Authenticated Users")
    assert "Data Portal" in visible(iq)


def test_a_global_role_given_in_the_tree_is_not_global(iq: WitnessedIq) -> None:
    iq.state.grant(iq.state.root, SYSTEM_ADMINISTRATOR, "USER", CALLER)
    assert status(iq, "GET", "users") == 403


def test_a_later_user_of_the_same_name_inherits_what_was_not_revoked(iq: WitnessedIq) -> None:
    iq.state.grant(iq.state.everything, SYSTEM_ADMINISTRATOR, "USER", CALLER)
    assert status(iq, "DELETE", f"users/{CALLER}") == 204
    assert status(iq, "GET", "users") == 401
    iq.seed(1)
    assert status(iq, "GET", "users") == 200


def visible(iq: WitnessedIq) -> set[str]:
    """The names of the organizations and applications that the caller is shown."""
    names = set()
    for kind in ("organizations", "applications"):
        answer = requests.get(f"{iq.url}/api/v2/{kind}", auth=(CALLER, PASSWORD), timeout=5)
        assert answer.status_code == 200
        names |= {owner["name"] for owner in answer.json()[kind]}
    return names


@pytest.mark.parametrize("credentials", [None, ("admin", "wrong"), ("nobody", "admin123"), ("admin", "")])
def test_no_or_wrong_credentials(iq: WitnessedIq, credentials: tuple[str, str] | None) -> None:
    for path in ("users", "organizations", "userTokens/currentUser/hasToken", "no/such/path"):
        assert requests.get(f"{iq.url}/api/v2/{path}", auth=credentials, timeout=5).status_code == 401


@pytest.mark.parametrize("header", ["Basic", "Basic ???", "Basic /w==", "Bearer x", "Basic YWRtaW4="])
def test_malformed_credentials(iq: WitnessedIq, header: str) -> None:
    answer = requests.get(f"{iq.url}/api/v2/users", headers={"Authorization": header}, timeout=5)
    assert answer.status_code == 401
