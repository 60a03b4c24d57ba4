# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes through v2 replace whole accounts:
what others change meanwhile survives, and no mask is written as a secret.
"""

from __future__ import annotations

import typing as t

import pytest

from sandbox.iics import Iics
from unit.iics.server import PASSWORD, Server, foreseen

LEAD: dict[str, t.Any] = {"username": "jane@example.com", "title": "Lead", "on_profile_drift": "v2_update"}
ANSWER = "Canary-Rex-12345"
NAMED = ".*/api/v2/user/name/.*"


@pytest.fixture
def jane(server: Server) -> Server:
    server.add("jane@example.com", password=PASSWORD, security_question="PET_NAME", security_answer=ANSWER, phone="1")
    return server


def meanwhile(server: Server, act: t.Callable[[Iics], t.Any], **when: t.Any) -> None:
    """Let somebody else ``act`` after the request that ``when`` describes."""
    server.faults({"kind": "meanwhile", "act": act, "after": True, **when})


def test_a_phone_number_that_changes_between_plan_and_write_survives(jane: Server) -> None:
    meanwhile(
        jane, lambda iics: setattr(iics.directory.user_named("jane@example.com"), "phone", "5555555555"), path=NAMED
    )
    result = jane.user(**LEAD)
    assert not result["failed"] and result["user"]["action"] == "updated"
    stored = jane.stored("jane@example.com")
    assert (stored.title, stored.phone) == ("Lead", "5555555555")


def test_a_role_that_somebody_else_takes_between_plan_and_write_is_not_given_back(jane: Server) -> None:
    jane.add("john@example.com", roles=["Designer", "Deployer"])

    def take(iics: Iics) -> None:
        john = iics.directory.user_named("john@example.com")
        john.roles = {role.id: role for role in john.roles.values() if role.name != "Deployer"}

    meanwhile(jane, take, path=NAMED)
    result = jane.user(**{**LEAD, "username": "john@example.com"})
    assert not result["failed"] and "given back" not in str(result)
    assert jane.roles("john@example.com") == ["Designer"] and jane.stored("john@example.com").title == "Lead"


def test_the_masked_password_is_never_written(jane: Server) -> None:
    jane.switch(v2_password="stored")
    foreseen(jane, **LEAD)
    assert jane.stored("jane@example.com").password == PASSWORD
    assert all(b"***" not in request.body for request in jane.system.received)


@pytest.mark.parametrize("shown", ["********", "***"])
def test_a_masked_answer_is_not_written_either(jane: Server, shown: str) -> None:
    secret = jane.stored("jane@example.com").security_answer
    jane.stored("jane@example.com").security_answer = shown
    jane.switch(v2_omitted="keep")
    jane.user(**LEAD)
    (write,) = [request for request in jane.system.received if request.is_v2 and request.method == "POST"]
    assert b"securityAnswer" not in write.body and b"<title>Lead</title>" in write.body
    assert secret == ANSWER and jane.stored("jane@example.com").title == "Lead"


def test_a_service_that_wants_a_password_with_every_update_is_not_given_the_mask(jane: Server) -> None:
    jane.switch(v2_password="stored", v2_missing_password="refused")
    result = jane.user(**LEAD)
    assert result["failed"] and not result["changed"] and result["user"]["done"] == []
    assert "The field password is required." in result["msg"] and "on_profile_drift: warn or ignore" in result["msg"]
    assert jane.stored("jane@example.com").password == PASSWORD
    assert jane.stored("jane@example.com").title != "Lead"
