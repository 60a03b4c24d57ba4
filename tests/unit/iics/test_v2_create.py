# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts created the v2 way: by its documentation's fields, in XML, and completed through v3."""

from __future__ import annotations

import typing as t

import pytest

from unit.iics.server import JANE, PASSWORD, Server, foreseen, refused

MARY: dict[str, t.Any] = {
    **JANE,
    "api": "v2",
    "title": "Analyst",
    "phone": "5555555555",
    "password": PASSWORD,
    "roles": {"add": ["Designer"]},
}
EXTRA = {
    "description": "counts",
    "time_zone": "America/Chicago",
    "security_question": "PET_NAME",
    "security_answer": "Canary-Rex-12345",
    "force_password_change": True,
    "salesforce_username": "jane@sf.example.com",
}


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("org_id", ["short", "long"])
def test_an_account_with_all_that_v2_takes(server: Server, status: int, org_id: str) -> None:
    server.switch(v2_create_status=status, v2_org_id=org_id)
    result = foreseen(server, **MARY, **EXTRA)
    mary = server.stored("jane@example.com")
    assert (mary.time_zone, mary.description) == ("America/Chicago", "counts")
    assert (mary.security_question, mary.security_answer) == ("PET_NAME", "Canary-Rex-12345")
    assert (mary.title, mary.phone, mary.email) == ("Analyst", "5555555555", "jane@example.com")
    assert mary.sf_username == "jane@sf.example.com"
    (shown,) = server.info(api="v2", username="jane@example.com")
    assert (shown["salesforce_username"], shown["time_zone"]) == ("jane@sf.example.com", "America/Chicago")
    assert (mary.password, mary.force_password_change) == (PASSWORD, True)
    assert result["user"]["id"] == mary.id, "the id of v3"
    for secret in (PASSWORD, "Canary-Rex-12345"):
        assert secret not in str(result)


def test_what_v2_has_no_names_for_is_added_through_v3(server: Server) -> None:
    server.switch(v2_sees_provisioned=False)
    memberships = {"roles": {"set": ["Designer", "Data Preview"]}, "groups": {"add": ["Platform"]}}
    foreseen(server, **{**MARY, **memberships})
    assert server.roles("jane@example.com") == ["Data Preview", "Designer"]
    assert server.groups("jane@example.com") == ["Platform"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"title": None}, "needs title."),
        ({"phone": None, "password": None}, "needs phone and password."),
        ({"roles": {"add": ["Deployer"]}}, "needs one of the roles Admin, Designer, Service Consumer (api: v2 creates"),
        ({"username": "jane"}, "api: v2 creates accounts whose user name is an e-mail address only."),
        ({"max_login_attempts": 5}, "api: v2 has no max_login_attempts."),
        (
            {"authentication": "saml", "alias_name": "j", "password": None},
            "needs password.",
        ),
    ],
)
def test_what_v2_needs_is_said_before_anything_is_written(
    server: Server, options: dict[str, t.Any], message: str
) -> None:
    assert message in refused(server, **{**MARY, **options})


def test_saml_accounts_are_created_through_v3(server: Server) -> None:
    message = refused(
        server, **{**MARY, "username": "j@example.com", "authentication": "saml", "password": None, "alias_name": "j"}
    )
    assert "needs password" in message


def test_a_failure_after_the_creation_is_mended_by_the_next_run(server: Server) -> None:
    server.faults({"kind": "status", "path": ".*/addGroups", "times": 0, "status": 400, "body": "{}"})
    options = {**MARY, "groups": {"add": ["Platform"]}}
    result = server.user(**options)
    assert result["failed"] and result["changed"] and server.has("jane@example.com")
    server.faults()
    assert foreseen(server, **options)["user"]["changes"] == ["groups"]


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "truncate", "html"])
def test_a_lost_answer_is_looked_into(server: Server, kind: str) -> None:
    server.faults({"kind": kind, "method": "POST", "path": ".*/api/v2/user"})
    result = server.user(**MARY)
    assert not result["failed"] and result["changed"] and server.has("jane@example.com")


def test_v2_without_the_caller_cannot_tell_the_organization(server: Server) -> None:
    body = (
        "<error><code>REPO_10704</code><description>Internal error.</description><statusCode>403</statusCode></error>"
    )
    fault = {"kind": "status", "path": ".*/name/.*", "status": 403, "body": body, "content_type": "application/xml"}
    server.faults(fault)
    result = server.user(**MARY)
    assert "v2 does not show the calling account admin@example.com." in result["msg"] and server.writes() == []
