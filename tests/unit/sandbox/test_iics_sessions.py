# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logins, lockout, sessions and logouts of the simulated IICS."""

from __future__ import annotations

import json

import pytest
import requests

from sandbox.iics import Iics
from sandbox.iics.http import Request
from unit.sandbox.iics_client import ADMIN, Client, code


def test_v3_login_leads_back_to_the_host_that_was_called(iics: Client) -> None:
    answer = iics.login()
    info = answer.json()["userInfo"]
    assert answer.status_code == 200
    assert answer.json()["products"] == [{"name": "Integration Cloud", "baseApiUrl": iics.url + "/saas"}]
    assert (len(info["sessionId"]), len(info["orgId"]), info["groups"], info["status"]) == (22, 22, {}, "Active")


def test_host_header_names_the_base_url(iics: Client) -> None:
    body = {"username": ADMIN[0], "password": ADMIN[1]}
    answer = requests.post(iics.url + "/saas/public/core/v3/login", json=body, headers={"Host": "localhost:1"})
    assert answer.json()["products"][0]["baseApiUrl"] == "http://localhost:1/saas"


@pytest.mark.parametrize(
    ("switches", "base"),
    [
        ({"base_scheme": "https"}, "https://{host}/saas"),
        ({"base_url": "https://evil.example/saas"}, "https://evil.example/saas"),
    ],
)
def test_base_url_by_switch(iics: Client, switches: dict[str, str], base: str) -> None:
    iics.switch(**switches)
    expected = base.format(host=iics.url.removeprefix("http://"))
    assert iics.login().json()["products"][0]["baseApiUrl"] == expected
    assert iics.login_v2().json()["serverUrl"] == expected


def test_scheme_of_the_request_is_kept() -> None:
    scope = {
        "method": "POST",
        "path": "/saas/public/core/v3/login",
        "query_string": b"",
        "scheme": "https",
        "headers": [(b"host", b"iics.test")],
    }
    reply = Iics().reply(Request(scope, json.dumps({"username": ADMIN[0], "password": ADMIN[1]}).encode()))
    assert json.loads(reply.body)["products"][0]["baseApiUrl"] == "https://iics.test/saas"


def test_v2_login_answers_the_user_object_and_serves_both_versions(iics: Client) -> None:
    user = iics.login_v2().json()
    assert (user["@type"], len(user["id"]), len(user["orgId"]), len(user["uuid"])) == ("user", 20, 6, 22)
    assert user["id"].startswith(user["orgId"] + "03")
    iics.session_id = user["icSessionId"]
    assert iics.v3("GET", "users").status_code == 200
    assert iics.v2("GET").status_code == 200


def test_wrong_password(iics: Client) -> None:
    v3, v2 = iics.login(password="x"), iics.login_v2(password="x")
    assert (v3.status_code, code(v3), v3.json()["error"]["details"]) == (400, "IDS_085", None)
    assert len(v3.json()["error"]["requestId"]) == 22
    assert (v2.status_code, v2.json()) == (
        403,
        {
            "@type": "error",
            "code": "UI_10000",
            "description": "User name or password is not valid.",
            "statusCode": 403,
        },
    )


@pytest.mark.parametrize("status", [400, 401, 403])
def test_status_of_a_wrong_password_by_switch(iics: Client, status: int) -> None:
    iics.switch(wrong_password_status=status, wrong_password_status_v2=status)
    assert iics.login(password="x").status_code == status
    assert iics.login_v2(password="x").status_code == iics.login_v2(password="x").json()["statusCode"] == status


def test_account_locks_after_its_attempts(iics: Client) -> None:
    iics.seed(people=[{"name": "jane", "password": "Right-one-1", "max_login_attempts": 3, "roles": ["Admin"]}])
    for _attempt in range(2):
        assert code(iics.login("jane", "x")) == "IDS_085"
    assert iics.login("jane", "Right-one-1").status_code == 200
    for _attempt in range(3):
        assert code(iics.login("jane", "x")) == "IDS_085"
    locked = iics.login("jane", "Right-one-1")
    assert (locked.status_code, code(locked)) == (400, "IDS_086")
    assert iics.account("jane")["state"] == "Disabled"
    iics.switch(locked_status=403)
    assert iics.login("jane", "Right-one-1").status_code == 403
    assert code(iics.login_v2("jane", "Right-one-1")) == "SIM_LOCKED"


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_refused_sign_ins_lock_the_account_and_leave_sessions(iics: Client, version: str) -> None:
    iics.control("sign-ins", {"refused": True})
    login, wrong, locked = {
        "v2": (iics.login_v2, "UI_10000", "SIM_LOCKED"),
        "v3": (iics.login, "IDS_085", "IDS_086"),
    }[version]
    assert [code(login()) for _attempt in range(10)] == [wrong] * 10
    assert iics.v3("GET", "users").status_code == 200, "the session that was there goes on"
    assert code(login()) == locked
    assert iics.account(ADMIN[0])["state"] == "Disabled"
    iics.control("sign-ins", {"refused": False})
    assert code(login()) == locked, "only somebody in the UI lets them in again"
    iics.control("expire", {})
    assert iics.v3("GET", "users").status_code == 401


def test_login_is_noted_on_the_account(iics: Client) -> None:
    iics.seed(people=[{"name": "jane", "password": "Right-one-1", "roles": ["Designer"]}])
    assert iics.account("jane")["lastLoginMode"] == "None"
    iics.login("jane", "Right-one-1")
    jane = iics.account("jane")
    assert jane["lastLoginMode"] == "REST"
    assert jane["lastLoginTime"].endswith(".000Z")


def test_who_has_not_activated_the_account_cannot_sign_in(iics: Client) -> None:
    iics.seed(people=[{"name": "jane", "password": "Right-one-1", "state": "Provisioned"}])
    assert code(iics.login("jane", "Right-one-1")) == "IDS_085"


def test_session_ends_after_thirty_idle_minutes(iics: Client) -> None:
    for _request in range(3):
        iics.advance(minutes=29)
        assert iics.v3("GET", "roles").status_code == 200
    iics.advance(minutes=30)
    assert iics.v3("GET", "roles").status_code == 401


def test_length_of_a_session_by_switch(iics: Client) -> None:
    iics.switch(session_minutes=5)
    iics.advance(minutes=6)
    assert iics.v3("GET", "roles").status_code == 401


def test_grace_after_the_idle_minutes(iics: Client) -> None:
    iics.switch(session_grace_minutes=2)
    iics.advance(minutes=31)
    assert iics.v3("GET", "roles").status_code == 200
    iics.advance(minutes=32)
    assert iics.v3("GET", "roles").status_code == 401


def test_jwt_session_is_long_and_ends_at_a_fixed_time(iics: Client) -> None:
    iics.switch(session="jwt", jwt_length=16000)
    iics.sign_in()
    assert len(iics.session_id) == 16000
    iics.advance(minutes=20)
    assert iics.v3("GET", "roles").status_code == 200
    iics.advance(minutes=11)
    assert iics.v3("GET", "roles").status_code == 401


def test_invalid_session(iics: Client) -> None:
    iics.session_id = "x"
    assert (iics.v3("GET", "users").status_code, iics.v2("GET").status_code) == (401, 401)
    iics.switch(invalid_session_status=403, invalid_session_status_v2=403)
    assert (iics.v3("GET", "users").status_code, iics.v2("GET").status_code) == (403, 403)


def test_each_version_reads_its_own_header(iics: Client) -> None:
    url = iics.url + "/saas"
    assert requests.get(url + "/public/core/v3/users", headers={"icSessionId": iics.session_id}).status_code == 401
    assert requests.get(url + "/api/v2/user", headers={"INFA-SESSION-ID": iics.session_id}).status_code == 401
    assert requests.get(url + "/api/v2/user", headers={"ICSESSIONID": iics.session_id}).status_code == 200


def test_session_check(iics: Client) -> None:
    def check(token: str) -> tuple[bool, int]:
        body = {"@type": "validatedToken", "userName": ADMIN[0], "icToken": token}
        answer = requests.post(iics.url + "/saas/api/v2/user/validSessionId", json=body).json()
        assert answer["@type"] == "validatedToken"
        return answer["isValidToken"], answer["timeUntilExpire"]

    assert check(iics.session_id) == (True, 29)
    iics.advance(minutes=29)
    assert check(iics.session_id) == (True, 0)
    iics.advance(minutes=1)
    assert check(iics.session_id) == (False, 0)
    assert check("x") == (False, 0)


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_logout_ends_one_session(iics: Client, version: str) -> None:
    other = iics.login().json()["userInfo"]["sessionId"]
    leave = iics.v2("POST", "/logout") if version == "v2" else iics.v3("POST", "logout")
    assert leave.status_code == 200
    assert iics.v3("GET", "users").status_code == 401
    iics.session_id = other
    assert iics.v3("GET", "users").status_code == 200


def test_logout_of_all_sessions(iics: Client) -> None:
    body = {"@type": "logout", "username": ADMIN[0], "password": ADMIN[1]}
    url = iics.url + "/ma/api/v2/user/logoutall"
    assert requests.post(url, json={**body, "password": "x"}).status_code == 403
    assert iics.v3("GET", "users").status_code == 200
    assert requests.post(url, json=body).json() == {"@type": "success"}
    assert iics.v3("GET", "users").status_code == 401


def test_administration_needs_the_admin_role(iics: Client) -> None:
    iics.seed(people=[{"name": "jane", "password": "Right-one-1", "roles": ["Designer"]}])
    iics.sign_in("jane", "Right-one-1")
    assert (iics.v3("GET", "users").status_code, iics.v2("GET").status_code) == (403, 403)
    iics.switch(without_admin_role="empty 404")
    answer = iics.v3("GET", "users")
    assert (answer.status_code, answer.text) == (404, "")


def test_admin_role_may_come_from_a_group(iics: Client) -> None:
    iics.seed(people=[{"name": "jane", "password": "Right-one-1", "groups": ["Administrators"]}])
    iics.sign_in("jane", "Right-one-1")
    assert iics.v3("GET", "users").status_code == 200


def test_incomplete_login_is_no_attempt(iics: Client) -> None:
    for _attempt in range(20):
        assert iics.login(password="").status_code == 400
    assert iics.login().status_code == 200
