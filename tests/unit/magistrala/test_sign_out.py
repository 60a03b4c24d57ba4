# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run signed in for is taken back at its end, whatever became of the run."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.magistrala import SEED_PASSWORD
from unit.magistrala.server import JANE, PASSWORD, REVOKE, Server

ISSUE = "POST /users/tokens/issue"
RUNS: dict[str, tuple[str, dict[str, t.Any]]] = {
    "a change": ("magistrala_user", JANE),
    "nothing to do": ("magistrala_user", {"username": "person-00001"}),
    "an entry that fails": ("magistrala_user", {**JANE, "email": "jane"}),
    "a proof": (
        "magistrala_user",
        {"username": "person-00001", "password": SEED_PASSWORD, "verify_password": True},
    ),
    "a proof that fails": (
        "magistrala_user",
        {"username": "person-00001", "password": PASSWORD, "verify_password": True},
    ),
    "a reading": ("magistrala_user_info", {}),
    "a reading that fails": ("magistrala_user_info", {"filters": {"created_from": "yesterday"}}),
    "the own password": ("magistrala_user_password", {"password": PASSWORD}),
    "a list of tokens": ("magistrala_token", {"grant": "none", "list_refresh_tokens": True}),
}


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("check", [True, False])
def test_no_token_is_left_behind(new: Server, run: str, check: bool) -> None:
    module, options = RUNS[run]
    new.seed(2)
    new.run(module, check, **options)
    assert new.refresh_tokens() == 0
    assert new.requests().count(REVOKE) == new.requests().count(ISSUE) - run.count("a proof that fails")


@pytest.mark.parametrize("run", set(RUNS) - {"a list of tokens"})
def test_early_2025_is_sent_nothing_for_it(old: Server, run: str) -> None:
    module, options = RUNS[run]
    old.seed(2)
    old.run(module, **options)
    assert not any("revoke" in request for request in old.requests())


def test_many_proofs_leave_nothing(new: Server) -> None:
    new.seed(20)
    users = [{"username": f"person-{number:05d}", "password": SEED_PASSWORD} for number in range(1, 21)]
    assert new.user(users=users, verify_password=True, parallel=4)["summary"]["unchanged"] == 20
    assert new.refresh_tokens() == 0 and new.requests().count(REVOKE) == 21


@pytest.mark.parametrize(("kind", "status"), [("status", 403), ("status", 500), ("drop_before", 0)])
def test_a_run_that_fails_leaves_nothing(new: Server, kind: str, status: int) -> None:
    new.faults({"kind": kind, "path": "/users", "status": status, "times": 0})
    assert new.user(**JANE, retries=0)["failed"]
    assert new.refresh_tokens() == 0 and new.requests()[-1] == REVOKE


def test_a_renewed_session_takes_back_the_first_token_with_the_new_one(new: Server) -> None:
    new.seed(300)
    new.app.act("POST", "configure", {"access_token_seconds": 100})
    refused = {"kind": "status", "method": "GET", "path": "/users", "status": 401, "skip": 2}
    new.faults(refused)
    assert len(new.names(status="all", parallel=1)) == 301
    assert new.requests().count(ISSUE) == new.requests().count(REVOKE) == 2
    assert new.refresh_tokens() == 0


def test_a_server_that_does_not_take_it_back_is_no_failure(new: Server) -> None:
    new.faults({"kind": "status", "path": ".*/revoke", "status": 500, "times": 0})
    result = new.user(**JANE)
    assert result["changed"] and not result["failed"]
    assert new.requests().count(REVOKE) == 1


@pytest.mark.parametrize("check", [True, False])
def test_tokens_that_a_task_asked_for_stay(new: Server, check: bool) -> None:
    issued = new.run("magistrala_token", check, description="nightly")
    assert new.refresh_tokens() == 1 and REVOKE not in new.requests()
    refreshed = new.run("magistrala_token", check, grant="refresh", refresh_token=issued["refresh_token"])
    assert not refreshed["failed"] and new.refresh_tokens() == 1 and REVOKE not in new.requests()
    listed = new.run("magistrala_token", check, grant="none", list_refresh_tokens=True)
    assert [each["description"] for each in listed["refresh_tokens"]] == ["nightly"], "without the run's own"
    assert new.refresh_tokens() == 1
