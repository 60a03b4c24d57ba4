# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The switches of the simulated IQ Server about people, tokens, roles and memberships, each in all positions."""

from __future__ import annotations

import dataclasses
import pathlib
import re
import typing as t

import pytest
import requests

from sandbox.iq import Switches
from sandbox.iq.permissions import DEVELOPER, SYSTEM_ADMINISTRATOR
from sandbox.iq.seeds import PASSWORD
from sandbox.iq.state import User
from unit.sandbox.iq_server import Server

TED = {
    "username": "Ted",
    "password": "secret",
    "firstName": "Ted",
    "lastName": "Baker",
    "email": "ted@example.com",
}
MEMBER = f"roleMemberships/organization/ROOT_ORGANIZATION_ID/role/{DEVELOPER}/user/ted"
LAST_ADMINISTRATOR = f"roleMemberships/global/role/{SYSTEM_ADMINISTRATOR}/user/admin"


@pytest.fixture
def iq(shared_iq: Server) -> Server:
    shared_iq.system.reset()
    return shared_iq


@pytest.mark.parametrize(("value", "realm"), [("yes", "Internal"), ("no", "missing"), ("null", None)])
def test_return_realm(iq: Server, value: str, realm: str | None) -> None:
    iq.switch(return_realm=value)
    for user in (iq.call("GET", "users/admin").json(), iq.call("GET", "users").json()["users"][0]):
        assert user.get("realm", "missing") == realm
    assert iq.call("PUT", "users/admin", {}).json().get("realm", "missing") == realm


@pytest.mark.parametrize("value", [400, 409])
def test_dup_status(iq: Server, value: int) -> None:
    iq.switch(dup_status=value)
    assert iq.status("POST", "users", TED) == 204
    assert iq.status("POST", "users", TED) == value
    assert iq.status("POST", "organizations", {"name": "Data"}) == value


SAFE_PUTS = [
    ("put_password", {"password": "other"}, "ignore", 200),
    ("put_password", {"password": "other"}, "400", 400),
    ("put_realm", {"realm": "SAML"}, "ignore", 200),
    ("put_realm", {"realm": "SAML"}, "400", 400),
    ("put_null", {"firstName": None}, "ignore", 200),
    ("put_null", {"firstName": None}, "400", 400),
    ("unknown_property", {"phone": "1"}, "ignore", 200),
    ("unknown_property", {"phone": "1"}, "400", 400),
    ("put_empty", {"firstName": ""}, "400", 400),
]


@pytest.mark.parametrize(("switch", "body", "value", "expected"), SAFE_PUTS)
def test_puts_that_change_nothing(iq: Server, switch: str, body: t.Any, value: str, expected: int) -> None:
    iq.switch(**{switch: value})
    iq.call("POST", "users", TED)
    before = iq.call("GET", "users/Ted").json()
    assert iq.status("PUT", "users/Ted", body) == expected
    assert iq.call("GET", "users/Ted").json() == before
    assert iq.status("GET", "userTokens/currentUser/hasToken", login=("Ted", "secret")) == 200


def test_put_empty_may_be_stored(iq: Server) -> None:
    iq.switch(put_empty="store")
    assert iq.call("PUT", "users/admin", {"firstName": ""}).json()["firstName"] == ""


@pytest.mark.parametrize(("value", "other_case"), [(True, 200), (False, 404)])
def test_case_insensitive_users(iq: Server, value: bool, other_case: int) -> None:
    iq.call("POST", "users", TED)
    iq.switch(case_insensitive_users=value)
    assert iq.status("GET", "users/tED") == other_case
    assert iq.status("PUT", "users/tED", {}) == other_case
    assert iq.status("POST", "users", {**TED, "username": "TED"}) == (400 if value else 204)
    assert iq.call("GET", "users/Ted").json()["username"] == "Ted"


@pytest.mark.parametrize(("value", "expected"), [(True, 200), (False, 400)])
def test_case_insensitive_realm(iq: Server, value: bool, expected: int) -> None:
    iq.switch(case_insensitive_realm=value)
    assert iq.status("GET", "users?realm=internal") == expected


@pytest.mark.parametrize(("value", "listing", "one"), [("400", 400, 400), ("nobody", 200, 404)])
def test_unknown_realm(iq: Server, value: str, listing: int, one: int) -> None:
    iq.switch(unknown_realm=value)
    assert iq.status("GET", "users?realm=Crowd") == listing
    assert iq.status("GET", "users/admin?realm=Crowd") == one
    assert iq.status("GET", "userTokens?realm=Crowd") == 200


@pytest.mark.parametrize(("value", "expected"), [("400", 400), ("accept", 204)])
def test_create_realm(iq: Server, value: str, expected: int) -> None:
    iq.switch(create_realm=value)
    assert iq.status("POST", "users", {**TED, "realm": "SAML"}) == expected
    assert iq.status("GET", "users/Ted?realm=SAML") == (200 if expected == 204 else 404)
    assert iq.status("POST", "users", {**TED, "realm": "Nowhere"}) == 400


@pytest.mark.parametrize("value", ["insertion", "random"])
def test_list_order(iq: Server, value: str) -> None:
    iq.switch(list_order=value)
    iq.system.seed(100)
    names = [user["username"] for user in iq.call("GET", "users").json()["users"]]
    assert (names == sorted(names)) is (value == "insertion")
    assert len(set(names)) == 101


@pytest.mark.parametrize("value", [True, False])
def test_cascade_on_delete(iq: Server, value: bool) -> None:
    iq.switch(cascade_on_delete=value)
    iq.call("POST", "users", TED)
    iq.call("POST", "userTokens/currentUser", login=("Ted", "secret"))
    iq.call("PUT", MEMBER.replace("ted", "Ted"))
    iq.call("DELETE", "users/Ted")
    assert iq.status("GET", "userTokens/Ted") == (404 if value else 200)
    mappings = iq.call("GET", "roleMemberships/organization/ROOT_ORGANIZATION_ID").json()["memberMappings"]
    assert bool(mappings) is not value


@pytest.mark.parametrize(("value", "expected"), [("refused", 401), ("accepted", 200)])
def test_orphan_token(iq: Server, value: str, expected: int) -> None:
    iq.switch(orphan_token=value)
    iq.call("POST", "users", TED)
    token = iq.call("POST", "userTokens/currentUser", login=("Ted", "secret")).json()
    login = (token["userCode"], token["passCode"])
    assert iq.status("GET", "userTokens/currentUser/hasToken", login=login) == 200
    iq.call("DELETE", "users/Ted")
    assert iq.status("GET", "userTokens/currentUser/hasToken", login=login) == expected


@pytest.mark.parametrize("status", [400, 403])
@pytest.mark.parametrize("switch", ["protect_admin", "protect_self", "protect_last_administrator"])
def test_protected_from_deletion(iq: Server, switch: str, status: int) -> None:
    iq.switch(protect_status=status, **{switch: True})
    iq.system.seed(1)
    assert iq.status("DELETE", "users/person-00001") == 204
    assert iq.status("DELETE", "users/admin") == status
    iq.switch(**{switch: False})
    assert iq.status("DELETE", "users/admin") == 204
    assert iq.status("GET", "users") == 401


def test_protect_last_administrator_from_losing_the_role(iq: Server) -> None:
    iq.switch(protect_last_administrator=True)
    members = f"roleMemberships/global/role/{SYSTEM_ADMINISTRATOR}/members"
    assert iq.status("DELETE", LAST_ADMINISTRATOR) == 400
    assert iq.status("PUT", members, []) == 400
    assert iq.status("PUT", LAST_ADMINISTRATOR.replace("admin", "other")) == 204
    assert iq.status("DELETE", LAST_ADMINISTRATOR) == 204


@pytest.mark.parametrize("value", [204, 404])
def test_revoke_missing(iq: Server, value: int) -> None:
    iq.switch(revoke_missing=value)
    assert iq.status("DELETE", MEMBER) == value
    assert [iq.status("PUT", MEMBER), iq.status("PUT", MEMBER), iq.status("DELETE", MEMBER)] == [204, 204, 204]
    assert iq.status("DELETE", MEMBER) == value


@pytest.mark.parametrize("value", [400, 404])
def test_validate_member(iq: Server, value: int) -> None:
    iq.switch(validate_member=value)
    assert iq.status("PUT", MEMBER + "?validateMember=true") == value
    assert iq.status("PUT", MEMBER + "?validateMember=false") == 204


@pytest.mark.parametrize(("value", "count"), [(True, 1), (False, 2)])
def test_case_insensitive_memberships(iq: Server, value: bool, count: int) -> None:
    iq.switch(case_insensitive_memberships=value)
    iq.call("PUT", MEMBER)
    iq.call("PUT", MEMBER.replace("ted", "TED"))
    mappings = iq.call("GET", "roleMemberships/organization/ROOT_ORGANIZATION_ID").json()["memberMappings"]
    assert len(mappings[0]["members"]) == count


@pytest.mark.parametrize(("value", "roles"), [(True, 7), (False, 2)])
def test_roles_without_members(iq: Server, value: bool, roles: int) -> None:
    iq.switch(roles_without_members=value)
    assert len(iq.call("GET", "roleMemberships/global").json()["memberMappings"]) == roles
    assert len(iq.call("GET", "roleMemberships/global/roles").json()["membersByRole"]) == roles


@pytest.mark.parametrize(("value", "spelling"), [("lower", "global"), ("upper", "GLOBAL"), ("absent", None)])
def test_global_owner(iq: Server, value: str, spelling: str | None) -> None:
    iq.switch(global_owner=value)
    member = iq.call("GET", "roleMemberships/global").json()["memberMappings"][0]["members"][0]
    assert (member.get("ownerId"), member.get("ownerType")) == (spelling, spelling)


@pytest.mark.parametrize("value", [True, False])
def test_container_inherits(iq: Server, value: bool) -> None:
    iq.switch(container_inherits=value)
    iq.call("PUT", MEMBER)
    assert bool(iq.call("GET", "roleMemberships/repository_container").json()["memberMappings"]) is value


@pytest.mark.parametrize(
    ("value", "system_administrator", "nobody"),
    [("administrators", 200, 403), ("policy_administrator", 403, 403), ("everyone", 200, 200)],
)
def test_view_roles(iq: Server, value: str, system_administrator: int, nobody: int) -> None:
    iq.switch(view_roles=value)
    iq.system.seed(2)
    iq.call("PUT", LAST_ADMINISTRATOR.replace("admin", "person-00001"))
    assert iq.status("GET", "roles", login=("person-00001", PASSWORD)) == system_administrator
    assert iq.status("GET", "roles", login=("person-00002", PASSWORD)) == nobody
    assert iq.status("GET", "roles") == 200


@pytest.mark.parametrize("value", [403, 404])
def test_hidden_owner(iq: Server, value: int) -> None:
    iq.switch(hidden_owner=value)
    iq.system.seed(1)
    for path in ("organizations/ROOT_ORGANIZATION_ID", "roleMemberships/organization/ROOT_ORGANIZATION_ID"):
        assert iq.status("GET", path, login=("person-00001", PASSWORD)) == value


@pytest.mark.parametrize(("value", "more"), [("full", {"username", "realm", "createTime"}), ("codes", set())])
def test_token_answer(iq: Server, value: str, more: set[str]) -> None:
    iq.switch(token_answer=value)
    assert iq.call("POST", "userTokens/currentUser").json().keys() == {"userCode", "passCode", *more}


@pytest.mark.parametrize(
    ("switch", "value", "method", "path"),
    [
        ("delete_missing_token", 404, "DELETE", "userTokens/currentUser"),
        ("delete_missing_token", 204, "DELETE", "userTokens/currentUser"),
        ("read_missing_token", 404, "GET", "userTokens/admin"),
        ("read_missing_token", 400, "GET", "userTokens/admin"),
        ("unknown_user_code", 404, "DELETE", "userTokens/userCode/abc"),
        ("unknown_user_code", 204, "DELETE", "userTokens/userCode/abc"),
    ],
)
def test_tokens_that_are_not_there(iq: Server, switch: str, value: int, method: str, path: str) -> None:
    iq.switch(**{switch: value})
    assert iq.status(method, path) == value


@pytest.mark.parametrize("value", [400, 409])
def test_second_token(iq: Server, value: int) -> None:
    iq.switch(second_token=value)
    assert [iq.status("POST", "userTokens/currentUser") for dummy in range(2)] == [200, value]


@pytest.mark.parametrize(("value", "left"), [("ldap", 404), ("orphans", 200)])
def test_purge(iq: Server, value: str, left: int) -> None:
    iq.switch(purge=value)
    iq.system.seed(0, tokens={"ldap-1": ["lars", "lena"], "Internal": ["admin"]})
    iq.system.state.add_user(User("lars", "Lars", "L", "l@example.com", "ldap-1"))
    assert iq.status("DELETE", "userTokens/purge") == 204
    assert iq.status("GET", "userTokens/admin") == 200
    iq.switch(unknown_realm="nobody")
    assert iq.status("GET", "userTokens/lars?realm=ldap-1") == left
    assert iq.status("GET", "userTokens/lena?realm=ldap-1") == 404


@pytest.mark.parametrize("wrong", [{"return_realm": "maybe"}, {"dup_status": "400"}, {"release": "204"}, {"nosuch": 1}])
def test_wrong_switches_are_refused(iq: Server, wrong: dict[str, t.Any]) -> None:
    answer = requests.post(f"{iq.url}/_sandbox/configure", json=wrong, timeout=5)
    assert answer.status_code == 400
    assert iq.system.switches == Switches()


@pytest.mark.parametrize("switch", [field.name for field in dataclasses.fields(Switches)])
def test_every_switch_is_turned_by_a_test(switch: str) -> None:
    source = "".join(file.read_text() for file in pathlib.Path(__file__).parent.glob("test_iq_*.py"))
    assert re.search(rf"iq\.switch\((.*, )?{switch}=|\"{switch}\"", source)
