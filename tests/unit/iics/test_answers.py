# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What failed answers mean: a wrong address, a missing role, an account that is gone, and sign-ins that are refused."""

from __future__ import annotations

import json
import typing as t

import pytest

from unit.iics.server import DESIGNER, JANE, Server, refused

DETAIL = "No static resource core/v3/users."
PROBLEM = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": DETAIL}
LATE = ".*/addRoles"


def people(count: int) -> list[dict[str, t.Any]]:
    return [{"username": f"person-{number:05}@example.com"} for number in range(1, count + 1)]


def problem(**more: t.Any) -> dict[str, t.Any]:
    body = json.dumps({**PROBLEM, **more})
    return {"kind": "status", "status": 404, "body": body, "content_type": "application/problem+json", "times": 0}


@pytest.mark.parametrize("module", ["iics_user_info", "iics_user"])
def test_an_address_without_the_api_is_told_with_its_detail(server: Server, module: str) -> None:
    server.switch(base_url=f"{server.url}/saas/public")
    options = {"username": "jane@example.com"} if module == "iics_user" else {}
    result = server.run(module, **options)
    assert result["msg"] == (
        f"Informatica IICS has no GET /public/core/v3/users at {server.url}/saas/public. It says: No static resource "
        f"public/core/v3/users. The sign-in led to this address; check api_url (IICS_LOGIN_URL)."
    )
    assert result["sign_in_refused"] is False


@pytest.mark.parametrize("more", [{}, {"type": None}, {"detail": None}])
def test_problems_that_are_told_in_fewer_words(server: Server, more: dict[str, t.Any]) -> None:
    server.faults({**problem(**more), "path": ".*/users"})
    message = server.run("iics_user_info")["msg"]
    assert ("Not Found" if "detail" in more else DETAIL) in message
    assert "check api_url" in message and "role Admin" not in message


def test_nobody_is_absent_in_v2_where_the_address_is_wrong(server: Server) -> None:
    server.faults({**problem(), "path": ".*/api/v2/user/name/.*"})
    result = server.run("iics_user_info", api="v2", username="jane@example.com")
    assert result["failed"] and DETAIL in result["msg"]


def test_a_delete_at_a_wrong_address_deletes_nobody(server: Server) -> None:
    server.add("jane@example.com")
    server.faults({**problem(), "method": "DELETE"})
    result = server.user(username="jane@example.com", state="absent")
    assert result["failed"] and not result["changed"] and DETAIL in result["msg"] and server.has("jane@example.com")


@pytest.mark.parametrize("kind", ["drop_before", "status"])
def test_a_repeated_delete_that_meets_404_is_looked_into(server: Server, kind: str) -> None:
    server.add("jane@example.com")
    lost = {"kind": kind, "status": 502, "method": "DELETE"}
    server.faults(lost, {"kind": "status", "status": 404, "method": "DELETE", "times": 0})
    result = server.user(username="jane@example.com", state="absent", retries=2)
    assert server.has("jane@example.com") and result["failed"] and not result["changed"]
    assert result["user"]["done"] == [] and result["user"]["account"]["state"] == "present"
    assert result["msg"].endswith("The account that the task runs with needs the role Admin.")


@pytest.mark.parametrize("kind", ["drop_after", "status_after"])
def test_a_repeated_delete_of_an_account_that_is_gone_is_done(server: Server, kind: str) -> None:
    server.add("jane@example.com")
    server.faults({"kind": kind, "status": 502, "method": "DELETE"})
    result = server.user(username="jane@example.com", state="absent", retries=2)
    assert not result["failed"] and result["user"]["done"] == ["delete"] and not server.has("jane@example.com")


def test_a_repeated_delete_that_nobody_can_look_into_is_not_said_to_be_undone(server: Server) -> None:
    server.add("jane@example.com")
    unreadable = {"kind": "status", "status": 418, "method": "GET", "skip": 1, "times": 0}
    server.faults({"kind": "drop_after", "method": "DELETE"}, unreadable)
    result = server.user(username="jane@example.com", state="absent", retries=2)
    assert not server.has("jane@example.com") and result["failed"] and result["changed"]
    assert result["user"]["done"] == ["delete"]
    assert "jane@example.com could not be read again; what is there now is not known." in str(result["user"]["notes"])


@pytest.mark.parametrize("parallel", [1, 4, 8])
def test_a_session_that_ends_among_60_changes_and_cannot_be_renewed(server: Server, parallel: int) -> None:
    server.seed(60)

    def refuse(iics: t.Any) -> None:
        iics.expire_sessions()
        iics.refuses_sign_ins = True

    server.faults({"kind": "meanwhile", "act": refuse, "path": LATE, "skip": 20})
    result = server.user(users=people(60), roles={"add": ["Monitor"]}, parallel=parallel, retries=3)
    assert server.count("/login") == 2 and server.stored("admin@example.com").failed_logins == 1
    assert result["sign_in_refused"] is True
    assert result["summary"]["updated"] + result["summary"]["failed"] == 60
    done = sum("Monitor" in server.roles(person["username"]) for person in people(60))
    assert result["summary"]["updated"] == done and 20 - parallel < done <= 20, "those under way may meet the end, too"


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_refused_sign_in_is_told_in_the_result(server: Server, status: int) -> None:
    server.switch(wrong_password_status=status, locked_status=status)
    for module in ("iics_user_info", "iics_user", "iics_user_password"):
        options = {"iics_user": JANE, "iics_user_password": {"password": "Canary-New-12345"}}.get(module, {})
        wrong = server.run(module, api_password="Canary-wrong-1", **options)
        assert wrong["failed"] and wrong["sign_in_refused"] is True and server.count("/login") == 1
    server.stored("admin@example.com").state = "Disabled"
    locked = server.user(**JANE, retries=3)
    assert "is locked" in locked["msg"] and locked["sign_in_refused"] is True and server.count("/login") == 1


def test_trouble_at_the_sign_in_is_no_refusal(server: Server) -> None:
    for fault in ({"kind": "status", "status": 500}, problem(), {"kind": "drop_before"}):
        server.faults({**fault, "path": ".*/login"})
        result = server.run("iics_user_info")
        assert result["failed"] and result["sign_in_refused"] is False, fault
    server.faults()
    assert server.run("iics_user_info")["sign_in_refused"] is False


def test_both_apis_share_one_connection(server: Server) -> None:
    server.add("jane@example.com")
    lead = {"username": "jane@example.com", "title": "Lead", "on_profile_drift": "v2_update"}
    result = server.user(**lead, **DESIGNER, parallel=1)
    assert result["changed"] and {request.is_v2 for request in server.system.received} == {True, False}
    assert len(server.system.transports) == 1


@pytest.mark.parametrize("state", ["present", "absent", "disabled"])
@pytest.mark.parametrize("there", [True, False])
def test_the_account_of_application_integration_fails_alone(server: Server, state: str, there: bool) -> None:
    server.switch(anonymous_user=there)
    hidden = server.names(anonymous=True)[-1] if there else "CAI_Anonymous_x"
    server.seed(2)
    one, other = people(2)
    users = [{**one, "state": "absent"}, {"username": hidden.upper(), "state": state}, {**other, "state": "absent"}]
    predicted = server.user(check=True, users=users)
    result = server.user(users=users)
    assert result["summary"] == predicted["summary"] == {**result["summary"], "deleted": 2, "failed": 1}
    (failed,) = [user for user in result["users"] if user["error"]]
    assert failed["username"] == hidden.upper() and failed["done"] == []
    assert "this account belongs to Application Integration itself and is never touched." in failed["error"]
    assert server.has(hidden) == there and not server.has(one["username"]) and not server.has(other["username"])


def test_a_locked_account_that_shall_be_enabled_fails_alone(server: Server) -> None:
    server.seed(2)
    server.add("locked@example.com", state="Disabled")
    one, other = people(2)
    users = [one, {"username": "locked@example.com", "enabled": True}, other]
    result = server.user(users=users, roles={"add": ["Monitor"]})
    assert result["summary"] == {**result["summary"], "updated": 2, "failed": 1}
    (failed,) = [user for user in result["users"] if user["error"]]
    assert failed["error"].startswith("locked@example.com: Informatica IICS cannot enable or disable accounts.")
    assert "enable or unlock it (Reset), on the page Users of Administrator" in failed["error"]
    assert server.roles("locked@example.com") == ["Designer"]
    assert "enable or unlock it (Reset)" in refused(server, username="locked@example.com", enabled=True)
