# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signing in, staying signed in, and signing out:
once, never with a refused password again, and only to the right host.
"""

from __future__ import annotations

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._iics.hosts import PODS, login_base
from sandbox.iics.http import Request
from sandbox.iq import Iq
from sandbox.server import running
from unit.iics.server import DESIGNER, JANE, PASSWORD, Server

WRONG = {"api_password": "Canary-wrong-password"}


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_wrong_password_is_sent_once(server: Server, status: int) -> None:
    server.switch(wrong_password_status=status)
    result = server.user(**JANE, **DESIGNER, **WRONG, retries=5)
    assert server.count("/login") == 1 and len(server.app.journal) == 1
    assert (
        result["msg"]
        == "Informatica IICS does not accept the user name and password of admin@example.com. It says: User name or "
        "password is not valid. (IDS_085) Check api_username (IICS_USERNAME), api_password (IICS_PASSWORD) and the "
        "region in api_url (IICS_LOGIN_URL). The password was tried once only, because the service locks accounts."
    )
    assert "Canary" not in str(result)


def test_a_locked_account_is_told_apart(server: Server) -> None:
    server.stored("admin@example.com").state = "Disabled"
    result = server.run("iics_user_info")
    assert server.count("/login") == 1
    assert (
        result["msg"]
        == "Informatica IICS: the account admin@example.com is locked. It says: User account is locked (IDS_086) An "
        "administrator unlocks it on the page Users of Administrator (Reset); no API can."
    )


def test_without_credentials_nothing_is_sent(server: Server) -> None:
    for missing in ("api_username", "api_password"):
        result = server.run("iics_user_info", **{missing: ""})
        assert (
            result["msg"]
            == "Informatica IICS needs api_username (IICS_USERNAME) and api_password (IICS_PASSWORD): the user name "
            "and password of an account with the role Admin."
        )
    assert server.app.journal == []
    result = server.run("iics_user_info", api_url="")
    assert result["msg"] == "api_url is not given, neither as an option nor as IICS_LOGIN_URL in the environment."


def test_credentials_come_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IICS_LOGIN_URL", f"{server.url}/saas/public/core/v3/login")
    monkeypatch.setenv("IICS_USERNAME", "admin@example.com")
    monkeypatch.setenv("IICS_PASSWORD", "Sandbox-admin-1")
    monkeypatch.setenv("IICS_API_HOSTS", "")
    result = server.run("iics_user_info", api_url=None, api_username=None, api_password=None)
    assert result["count"] == 1


def test_every_pod_has_a_sign_in_page() -> None:
    for prefix, pods in PODS.items():
        for name in (prefix, *pods, *(pod.lower() for pod in pods)):
            assert login_base(name) == f"https://{prefix}.informaticacloud.com"


@pytest.mark.parametrize("ending", ["", "/", "/saas", "/saas/public/core/v3/login", "/ma/api/v2/user/login"])
def test_a_url_may_be_that_of_a_login(ending: str) -> None:
    assert login_base(f"https://dm-us.informaticacloud.com{ending}") == "https://dm-us.informaticacloud.com"


def test_an_unknown_region_has_near_ones() -> None:
    with pytest.raises(InputError, match=r"'dm-uss' is neither a URL nor a region .* Near ones: dm-us,"):
        login_base("dm-uss")
    with pytest.raises(InputError, match="api_url is not a URL"):
        login_base("dm-us.informaticacloud.com")


def test_a_wrong_address_is_told_apart_from_a_wrong_password(server: Server) -> None:
    with running(Iq()) as other:
        result = server.run("iics_user_info", api_url=other.urls["iq"])
    assert (
        f"there is no sign-in at {other.urls['iq']}: POST /saas/public/core/v3/login was answered 404" in result["msg"]
    )
    result = server.run("iics_user_info", api_url=f"{server.url}/wrong")
    assert (
        "Check api_url (IICS_LOGIN_URL): scheme and host of the region's sign-in page, or the region's name."
        in result["msg"]
    )
    server.faults({"kind": "html", "path": ".*/login"})
    assert "was answered with an HTML page (of a proxy or a login form?)" in server.run("iics_user_info")["msg"]
    result = server.run("iics_user_info", api_url="http://127.0.0.1:9")
    assert "refuses the connection" in result["msg"] and "Check api_url" in result["msg"]


@pytest.mark.parametrize("body", ["{}", '{"products": [], "userInfo": {}}', '{"userInfo": {"sessionId": 5}}', "[1]"])
def test_a_login_without_session_is_an_error(server: Server, body: str) -> None:
    server.faults({"kind": "status", "path": ".*/login", "status": 200, "body": body})
    result = server.run("iics_user_info")
    assert result["failed"] and "POST /saas/public/core/v3/login was answered with" in result["msg"]
    assert "Unexpected" not in result["msg"]


@pytest.mark.parametrize(
    "base",
    [
        "https://evil.example.net/saas",
        "http://evil.example.net/saas",
        "https://user@127.0.0.1/saas",
        "//127.0.0.1",
        "saas",
    ],
)
def test_the_session_goes_to_no_strange_host(server: Server, base: str) -> None:
    server.switch(base_url=base)
    result = server.run("iics_user_info")
    assert "If that host is right, list it in api_hosts (IICS_API_HOSTS)." in result["msg"]
    assert [line.path.rpartition("/")[2] for line in server.app.journal] == ["login", "logout"]


def test_a_host_may_be_listed(server: Server) -> None:
    server.switch(base_url="https://pod.example.net:1/saas")
    result = server.run("iics_user_info", api_hosts=["POD.example.net"], timeout=5)
    assert "list it in api_hosts" not in result["msg"] and "pod.example.net" in result["msg"]


def test_signed_out_in_all_cases(server: Server) -> None:
    for options in (
        {**JANE, **DESIGNER},
        {**JANE, "roles": {"add": ["nonsense"]}},
        {"username": "nobody", "title": "x"},
    ):
        server.user(**options)
        assert server.count("/logout") == 1 and server.app.journal[-1].path.endswith("/logout")
    assert server.system.sessions.by_id == {}


@pytest.mark.parametrize("kind", ["expire_sessions", "drop_before", "status"])
def test_a_failing_sign_out_harms_nobody(server: Server, kind: str) -> None:
    server.faults({"kind": kind, "path": ".*/logout"})
    assert server.names() == ["admin@example.com"]
    assert server.count("/logout") == 1


def test_sessions_that_expired_are_renewed_once_for_all_workers(server: Server) -> None:
    server.seed(20)
    for status in (401, 403):
        server.switch(invalid_session_status=status)
        users = [{"username": f"person-{n:05}@example.com"} for n in range(1, 21)]
        role = "Monitor" if status == 401 else "Operator"
        server.faults({"kind": "expire_sessions", "path": ".*/addRoles", "skip": 3})
        result = server.user(users=users, roles={"add": [role]}, parallel=4)
        assert not result["failed"], result["msg"]
        assert server.count("/login") == 2
        assert all(role in server.roles(user["username"]) for user in users)


def test_sessions_end_in_v2_too(server: Server) -> None:
    server.add("jane@example.com")
    for status in (401, 403):
        server.switch(invalid_session_status_v2=status)
        server.faults({"kind": "expire_sessions", "path": ".*/api/v2/user/name/.*"})
        assert server.names(api="v2", usernames=["jane@example.com"]) == ["jane@example.com"]
        assert server.count("/login") == 2


def test_a_session_that_idled_too_long_is_renewed(server: Server) -> None:
    server.seed(5)
    late: set[str] = set()

    def slow(request: Request) -> None:
        if request.path.endswith("/addRoles") and request.path not in late:
            late.add(request.path)
            server.advance(minutes=31)

    server.system.before = slow
    users = [{"username": f"person-{n:05}@example.com"} for n in range(1, 6)]
    result = server.user(users=users, roles={"add": ["Monitor"]}, parallel=1)
    assert not result["failed"] and server.count("/login") == 6


def test_a_refused_renewal_is_not_repeated(server: Server) -> None:
    server.seed(8)

    def cut(request: Request) -> None:
        if request.path.endswith("/addRoles"):
            server.system.expire_sessions()
            server.stored("admin@example.com").passwords[-1] = (0.0, "Another-password-1")

    server.system.before = cut
    users = [{"username": f"person-{n:05}@example.com"} for n in range(1, 9)]
    result = server.user(users=users, roles={"add": ["Monitor"]}, parallel=4)
    assert result["summary"]["failed"] == 8 and server.count("/login") == 2
    assert server.stored("admin@example.com").failed_logins == 1


def test_a_service_that_accepts_no_session_is_asked_twice(server: Server) -> None:
    server.faults({"kind": "expire_sessions", "method": "GET", "times": 0})
    result = server.run("iics_user_info")
    assert server.count("/login") == 2 and "A new sign-in did not help" in result["msg"]


def test_long_jwt_sessions(server: Server) -> None:
    server.switch(session="jwt", jwt_length=16000)
    assert server.names() == ["admin@example.com"]
    assert server.names(api="v2") == ["admin@example.com"]


@pytest.mark.parametrize(("kind", "logins"), [("jwt", 2), ("id", 1)])
def test_jwt_sessions_end_even_if_they_are_used(server: Server, kind: str, logins: int) -> None:
    server.switch(session=kind)
    server.seed(450)

    def slow(request: Request) -> None:
        server.advance(minutes=14 if request.path.endswith("/users") else 0)

    server.system.before = slow
    assert len(server.names()) == 451
    assert server.count("/login") == logins


def test_only_v3_headers_go_to_v3_and_v2_headers_to_v2(server: Server) -> None:
    server.info(api="v2")
    server.info()
    for request in server.system.received:
        sent = {name for name, dummy in request.headers} & {b"infa-session-id", b"icsessionid"}
        expected = (
            set() if request.path.endswith("/login") else {b"icsessionid" if request.is_v2 else b"infa-session-id"}
        )
        assert sent == expected, request.path


@pytest.mark.parametrize("how", ["403", "empty 404"])
def test_an_account_without_the_role_admin(server: Server, how: str) -> None:
    server.switch(without_admin_role=how)
    server.add("jane@example.com", password=PASSWORD)
    result = server.user(username="x", state="absent", api_username="jane@example.com", api_password=PASSWORD)
    assert result["msg"].endswith("The account that the task runs with needs the role Admin.")
    assert "jane@example.com" in result["msg"] if how == "403" else "404" in result["msg"]
    assert server.count("/login") == 1, "the session check says that the session is still good"


@pytest.mark.parametrize(("retry_after", "logins"), [("0", 1), ("", 1)])
def test_too_many_requests_are_waited_out(server: Server, retry_after: str, logins: int) -> None:
    fault = {"kind": "status", "method": "GET", "status": 429, "times": 2, "body": "{}"}
    server.faults({**fault, "retry_after": retry_after or None})
    assert server.run("iics_user_info", retries=3)["count"] == 1
    assert server.count("/login") == logins
    server.switch(rate_limit=1, rate_window=1000)
    result = server.run("iics_user_info")
    assert "too many requests (SIM_RATE_LIMIT)" in result["msg"]
