# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that no such service gives: told as what they are, without a traceback, and never taken for an absence."""

from __future__ import annotations

import types
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._iq.client import IqClient
from harness import run_module, writes
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running

LOGINS = {
    "iics": {"api_username": "admin@example.com", "api_password": "Sandbox-admin-1"},
    "iq": {"api_username": "admin", "api_password": "admin123"},
    "magistrala": {"api_username": "admin", "api_password": "12345678"},
}
JANE = {"first_name": "Jane", "last_name": "Doe", "email": "jane@example.com", "password": "Canary-Password-1"}
NEW: dict[str, dict[str, t.Any]] = {
    "iics": {"username": "jane@example.com", **JANE, "roles": {"add": ["Designer"]}},
    "iq": {"username": "jane", **JANE},
    "magistrala": {"username": "jane", **JANE},
}
GRANT = {"grants": {"add": [{"role": "Developer", "organization": "Data"}]}}
V3, V2 = "/saas/public/core/v3", "/saas/api/v2/user"


class Odd(t.NamedTuple):
    """A request that is answered oddly, and what a task about a new account then says."""

    module: str
    method: str
    path: str
    body: str
    said: str
    options: t.Mapping[str, t.Any] = types.MappingProxyType({})
    status: int = 200
    content_type: str = "application/json"


ODD = [
    Odd("iics_user", "POST", f"{V3}/login", "{}", "without a session"),
    Odd("iics_user", "POST", f"{V3}/login", '{"userInfo": 1, "products": []}', "without a session"),
    Odd("iics_user", "GET", rf"{V3}/users", '[{"id": "1"}]', "JSON of an unexpected shape"),
    Odd("iics_user", "GET", rf"{V3}/users", '{"users": []}', "JSON"),
    Odd("iics_user", "GET", rf"{V3}/users", "[]", "without the calling account"),
    Odd("iics_user", "GET", rf"{V3}/roles.*", '[{"roleName": 1}]', "JSON of an unexpected shape"),
    Odd(
        "iics_user_info",
        "GET",
        f"{V2}.*",
        "<people/>",
        "XML that is no list of users",
        {"api": "v2"},
        200,
        "application/xml",
    ),
    Odd(
        "iics_user_info", "GET", f"{V2}.*", "<root><user>", "not well-formed XML", {"api": "v2"}, 200, "application/xml"
    ),
    Odd(
        "iq_user",
        "GET",
        "/api/v2/users.*",
        '{"users": [{"username": 5}]}',
        "JSON of an unexpected shape",
        {"username": "Jane"},
    ),
    Odd("iq_user", "GET", "/api/v2/users/.*", '{"username": ""}', "JSON of an unexpected shape"),
    Odd("iq_user", "GET", "/api/v2/roles", '{"roles": {}}', "JSON of an unexpected shape", GRANT),
    Odd("iq_user", "GET", "/api/v2/organizations", '{"organizations": [1]}', "JSON of an unexpected shape", GRANT),
    Odd("iq_user", "GET", "/api/v2/roleMemberships.*", '{"memberMappings": 1}', "JSON of an unexpected shape", GRANT),
    Odd("magistrala_user", "POST", "/users/tokens/issue", "{}", "without a token", {}, 201),
    Odd("magistrala_user", "GET", r"/users", '{"users": [], "total": true}', "JSON of an unexpected shape"),
    Odd("magistrala_user", "GET", r"/users", '{"users": [{}], "total": 1}', "a user of an unexpected shape"),
    Odd(
        "magistrala_user",
        "GET",
        r"/users",
        '{"users": [{"id": "1", "status": "x", "credentials": {}}], "total": 1}',
        "a user of an unexpected shape",
    ),
    Odd("magistrala_user", "GET", "/users/profile", "[]", "JSON", {"username": "admin", "state": "disabled"}),
]


@pytest.fixture(scope="module")
def systems() -> t.Iterator[Sandbox]:
    with running(Iics(), Iq(), Magistrala()) as sandbox:
        yield sandbox


def run(systems: Sandbox, module: str, check: bool, **options: t.Any) -> dict[str, t.Any]:
    system = module.partition("_")[0]
    login = {"api_url": systems.urls[system], **LOGINS[system], "retries": 0}
    new = NEW[system] if module.endswith("_user") and "users" not in options else {}
    return run_module(module, check=check, **{**login, **new, **options})


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: f"{odd.module} {odd.method} {odd.path} {odd.body}"[:70])
def test_an_odd_answer_stops_the_task_before_a_write(systems: Sandbox, odd: Odd, check: bool) -> None:
    app = systems.apps[odd.module.partition("_")[0]]
    app.act("POST", "reset", {})
    fault = {"method": odd.method, "path": odd.path, "status": odd.status, "body": odd.body}
    app.act("POST", "faults", [{"kind": "status", **fault, "content_type": odd.content_type, "times": 0}])
    result = run(systems, odd.module, check, **odd.options)
    assert result["failed"] and odd.said in result["msg"], result
    assert "Traceback" not in str(result) and "Canary" not in str(result)
    assert writes(app) == []


@pytest.mark.parametrize("stored", [True, False])
def test_an_update_that_is_answered_with_what_was_before(systems: Sandbox, stored: bool) -> None:
    """Such an answer is not believed: the account is read again, and tells whether the change was stored."""
    app = systems.apps["iq"]
    app.act("POST", "reset", {})
    assert run(systems, "iq_user", False)["changed"]
    old = (
        '{"username": "jane", "firstName": "Jane", "lastName": "Doe", "email": "jane@example.com", "realm": "Internal"}'
    )
    kind = "status_after" if stored else "status"
    app.act("POST", "faults", [{"kind": kind, "method": "PUT", "status": 200, "body": old, "times": 0}])
    result = run(systems, "iq_user", False, last_name="Smith", password=None)
    if stored:
        assert not result["failed"] and result["user"]["account"]["last_name"] == "Smith", result
    else:
        assert result["failed"] and "confirmed a change of jane, and does not show it: last_name" in result["msg"], (
            result
        )


@pytest.mark.parametrize("system", ["iq", "magistrala"])
def test_an_account_that_goes_while_it_is_changed(systems: Sandbox, system: str) -> None:
    app = systems.apps[system]
    app.act("POST", "reset", {})
    assert run(systems, f"{system}_user", False)["changed"]
    gone = {
        "iq": ("PUT", "/api/v2/users/.*", "gone"),
        "magistrala": ("PATCH", "/users/.*", '{"message": "entity not found"}'),
    }
    method, path, body = gone[system]
    app.act("POST", "faults", [{"kind": "status", "method": method, "path": path, "status": 404, "body": body}])
    result = run(systems, f"{system}_user", False, last_name="Smith", password=None)
    assert result["failed"] and not result["changed"], result
    if system == "iq":
        assert "It was there when the task began; run the task again." in result["msg"]


def test_a_mistake_of_ours_costs_one_account_and_shows_no_secret(
    systems: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    systems.apps["iq"].act("POST", "reset", {})
    create = IqClient.create

    def broken(self: IqClient, plan: Plan, step: Step) -> t.Any:
        if plan.wanted.username == "jane":
            raise RuntimeError(f"cannot handle {plan.wanted.password}")
        return create(self, plan, step)

    monkeypatch.setattr(IqClient, "create", broken)
    users = [NEW["iq"], {**NEW["iq"], "username": "bob", "email": "bob@example.com"}]
    result = run(systems, "iq_user", False, users=users)
    assert result["failed"] and result["changed"]
    assert [user["action"] for user in result["users"]] == ["failed", "created"]
    assert "jane" in result["msg"] and "Canary" not in str(result) and "Traceback" not in str(result)
    again = run(systems, "iq_user", True, username="bob", email="bob@example.com", password=None)
    assert not again["changed"]
