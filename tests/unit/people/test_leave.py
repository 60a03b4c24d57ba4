# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Leavers against the sandbox."""

from __future__ import annotations

import json

import pytest

from people_company import Company, person


@pytest.mark.parametrize(
    ("system", "mode", "action"),
    [
        ("iics", "disable", "deleted"),
        ("iics", "delete", "deleted"),
        ("iq", "disable", "deleted"),
        ("iq", "delete", "deleted"),
        ("magistrala", "disable", "disabled"),
        ("magistrala", "delete", "deleted"),
    ],
)
def test_leavers_the_dry_run_first(company: Company, system: str, mode: str, action: str) -> None:
    company.join(system, person(1), person(2))
    company.forget()
    (preview,) = company.leave(system, "jane1@example.com", mode, check=True)
    assert company.writes(system) == 0
    (done,) = company.leave(system, "jane1@example.com", mode)
    assert (preview.action, done.action) == (action, action)
    assert preview.changes == done.changes
    assert (preview.verified, done.verified) == (None, True)
    company.forget()
    assert [line.action for line in company.leave(system, "jane1@example.com", mode)] in ([], ["unchanged"])
    assert company.writes(system) == 0


def test_grants_and_token_go_with_the_account(company: Company) -> None:
    company.join("iq", person(profile=["engineer", "lead"]))
    company.sandbox.apps["iq"].act("POST", "seed", {"count": 0, "tokens": {"Internal": ["jane1"]}})
    company.leave("iq", "jane1@example.com")
    left = company.run(
        "x.iq_user_info",
        company.module("iq", True).connection | {"usernames": ["jane1"], "grants": True, "tokens": True},
        True,
    )
    assert left["users"] == []


def test_people_of_an_ldap_server_leave_in_a_run_with_its_id(company: Company) -> None:
    company.sandbox.apps["iq"].act("POST", "seed", {"count": 0, "tokens": {"ldap-1": ["lee"]}})
    (line,) = company.leave("iq", "lee", realm="ldap-1")
    assert (line.action, line.realm, line.verified) == ("updated", "ldap-1", True)
    left = company.module("iq", True, realm="ldap-1").read(usernames=["lee"], tokens=True)
    assert left["users"] == []


def test_an_administrator_loses_the_role_before_the_account_is_disabled(company: Company) -> None:
    company.join("magistrala", person(profile=["lead"]))
    (line,) = company.leave("magistrala", "jane1@example.com")
    assert line.action == "disabled"
    assert {"field": "role", "before": "admin", "after": "user"} in line.changes
    assert company.accounts("magistrala")["jane1"]["role"] == "user"


def test_what_outlives_an_account_is_taken_when_the_name_is_given(company: Company) -> None:
    company.join("iq", person())
    removal = {"username": "jane1", "state": "absent", "revoke": False}
    company.run("x.iq_user", company.module("iq", False).connection | removal, False)
    (line,) = company.leave("iq", "jane1")
    assert line.action == "updated"
    assert company.leave("iq", "jane1")[0].action == "unchanged"


def test_an_account_that_will_not_go_is_a_failure(company: Company) -> None:
    company.join("iq", person())
    company.break_down("iq", kind="status", method="DELETE", path="/api/v2/users/.*", status=500, times=0)
    (line,) = company.leave("iq", "jane1@example.com")
    assert line.action == "failed"
    assert line.verified is False
    company.break_down("iq")
    assert company.leave("iq", "jane1@example.com")[0].action == "deleted"


def test_an_account_that_only_says_that_it_went_is_a_failure(company: Company) -> None:
    company.join("magistrala", person())
    now = company.accounts("magistrala")["jane1"]
    shown = {"id": now["id"], "email": now["email"], "credentials": {"username": "jane1"}, "role": "user"}
    body = json.dumps({**shown, "first_name": "Jane", "last_name": "Smith1", "status": "disabled"})
    company.break_down(
        "magistrala", kind="status", method="POST", path="/users/.*/disable", status=200, body=body, times=0
    )
    (line,) = company.leave("magistrala", "jane1@example.com")
    assert (line.action, line.verified) == ("failed", False)
    assert line.error == "The account is still open when read back."


def test_an_iics_account_that_will_not_go_loses_all_that_it_can_lose(company: Company) -> None:
    company.join("iics", person(profile=["engineer", "lead"]))
    company.sandbox.apps["iics"].act("POST", "configure", {"scheduled_jobs": ["jane1@example.com"]})
    (preview,) = company.leave("iics", "jane1@example.com", check=True)
    (line,) = company.leave("iics", "jane1@example.com")
    assert preview.action == "deleted", "nobody can know before"
    assert (line.action, line.verified, line.changed) == ("failed", False, True)
    assert "scheduled jobs" in line.error
    assert line.notes == ["The account is still there; what could be taken from it was taken."]
    now = company.accounts("iics")["jane1@example.com"]
    assert (len(now["roles"]), now.get("groups", [])) == (1, [])
