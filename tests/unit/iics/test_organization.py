# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The organization and its sub-organizations."""

from __future__ import annotations

import json
import typing as t

import pytest

from unit.iics.server import Server

BELOW = ["Sandbox Interns", "sandbox EMEA"]


@pytest.mark.parametrize("check", [True, False])
def test_a_parent_names_its_sub_organizations(server: Server, check: bool) -> None:
    server.switch(sub_organizations=BELOW)
    result = server.run("iics_org_info", check)
    assert result["failed"] is False and result["changed"] is False
    assert [each["name"] for each in result["sub_organizations"]] == ["sandbox EMEA", "Sandbox Interns"]
    assert result["count"] == 2 and len({each["v2_id"] for each in result["sub_organizations"]}) == 2
    organization = result["organization"]
    assert organization["name"] == result["instance"]["organization"] == "Sandbox"
    assert server.run("iics_org_info", True, expect=organization["id"])["organization"] == organization


@pytest.mark.parametrize("answer", ["empty list", "left out"])
def test_an_organization_without_any(server: Server, answer: str) -> None:
    server.switch(no_sub_organizations=answer)
    result = server.run("iics_org_info", False)
    assert (result["sub_organizations"], result["count"]) == ([], 0)


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        [1],
        [{"id": "000SBX"}],
        [{"id": "000SBX", "name": "A"}, {"id": "000SBY", "name": "B"}],
        [{"id": "000SBX", "name": "A", "subOrgs": {}}],
        [{"id": "000SBX", "name": "A", "subOrgs": "all"}],
        [{"id": "000SBX", "name": "A", "subOrgs": [{"id": "1"}]}],
    ],
)
def test_an_answer_that_is_no_organization_is_never_one_without_sub_organizations(
    server: Server, content: t.Any
) -> None:
    server.faults({"path": "/saas/api/v2/org", "kind": "status", "status": 200, "body": json.dumps(content)})
    result = server.run("iics_org_info", False)
    assert result["failed"] and "JSON that is no organization" in result["msg"]


def test_an_account_that_may_not_read_it_is_told_so(server: Server) -> None:
    server.seed(people=[{"name": "plain@example.com", "roles": ["Designer"], "password": "Plain-12345"}])
    result = server.run("iics_org_info", False, api_username="plain@example.com", api_password="Plain-12345")
    assert result["failed"] and "needs the role Admin" in result["msg"]
