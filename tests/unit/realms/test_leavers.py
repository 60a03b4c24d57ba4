# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A leaver leaves every realm of an IQ Server: accounts, tokens and grants; a namesake keeps theirs."""

from __future__ import annotations

import typing as t

import pytest

from unit.realms.conftest import Realms, Result

DEVELOPER = {"username": "sam", "role": "Developer", "organization": "Data"}
SAM = "sam@example.com"
LOCAL = {"username": "sam", "first_name": "Sam", "last_name": "Lee", "email": SAM, "password": "Sample-password-1"}


def offboard(company: Realms, *people: t.Any, **options: t.Any) -> Result:
    return company.act("offboard", list(people) or [SAM], **options)


@pytest.mark.parametrize("realm", ["SAML", "OAUTH2"])
@pytest.mark.parametrize("grants", [[], [DEVELOPER]])
def test_somebody_who_signs_in_elsewhere_leaves(company: Realms, realm: str, grants: list[dict[str, str]]) -> None:
    company.seed(**{realm.lower(): ["sam"]}, tokens={realm: ["sam"]}, grants=grants)
    preview = offboard(company, check=True)
    done = offboard(company)
    assert not done["failure"] and done["changed"] and preview["report"]["counts"] == done["report"]["counts"]
    assert company.left("sam") == []
    again = offboard(company)
    assert not again["changed"] and [person["id"] for person in again["report"]["nowhere"]] == [SAM]


def test_one_person_in_every_realm_leaves_all_of_them(company: Realms) -> None:
    company.run("x.iq_user", company.connection("iq") | LOCAL, False)
    everywhere = ["Internal", "SAML", "OAUTH2", "Crowd"]
    company.seed(saml=["sam"], oauth2=["sam"], tokens={realm: ["sam"] for realm in everywhere}, grants=[DEVELOPER])
    assert [realm for _name, realm, _state in company.left("sam")] == everywhere
    done = offboard(company, {"email": SAM, "username": "sam"}, diff=True)
    assert not done["failure"] and company.left("sam") == []
    headers = [entry["before_header"] for entry in done["diff"]]
    assert headers == ["IQ Server sam", "IQ Server sam (SAML)", "IQ Server sam (OAUTH2)", "IQ Server sam (Crowd)"]
    assert ["grants" in entry["before"] for entry in done["diff"]] == [True, False, False, False]


def test_batches_that_part_one_person_take_all_the_same(company: Realms) -> None:
    company.run("x.iq_user", company.connection("iq") | LOCAL, False)
    company.seed(saml=["sam"], tokens={"SAML": ["sam"]}, grants=[DEVELOPER])
    done = offboard(company, batch_size=1)
    assert not done["failure"] and company.left("sam") == []


def test_a_namesake_of_another_address_stays_and_keeps_the_grants(company: Realms) -> None:
    company.run("x.iq_user", company.connection("iq") | LOCAL, False)
    company.seed(
        saml=[{"username": "sam", "email": "samuel@example.com"}], tokens={"Internal": ["sam"]}, grants=[DEVELOPER]
    )
    done = offboard(company)
    assert not done["failure"]
    assert company.left("sam") == [("sam", "SAML", "present")]
    (by_hand,) = [entry["what"] for entry in done["report"]["manual"]]
    assert "The roles of sam were left: sam in the realm SAML (samuel@example.com)" in by_hand
    assert "iq_user" not in by_hand and "revoke" not in by_hand and "force" not in by_hand


def test_a_token_without_an_account_under_a_name_that_a_rule_makes_is_a_question(company: Realms) -> None:
    company.seed(tokens={"Crowd": ["sam"]})
    done = offboard(company)
    assert [(entry["username"], entry["realm"]) for entry in done["report"]["held"]] == [("sam", "Crowd")]
    assert company.left("sam") == [("sam", "Crowd", "absent")]
    offboard(company, "sam")
    assert company.left("sam") == []


def test_a_realm_that_the_server_does_not_have_stops_nobody(company: Realms) -> None:
    company.sandbox.apps["iq"].act("POST", "configure", {"release": 130})
    company.run("x.iq_user", company.connection("iq") | LOCAL, False)
    done = offboard(company)
    assert not done["failure"] and done["report"]["counts"]["by_system"]["iq"]["deleted"] == 1


@pytest.mark.parametrize("status", [403, 409, 500])
@pytest.mark.parametrize("path", [r"/api/v2/users\?.*SAML.*", ".*[tT]oken.*SAML.*"])
def test_a_realm_that_cannot_be_read_lets_nobody_pass_for_gone(company: Realms, path: str, status: int) -> None:
    company.seed(saml=["sam"], tokens={"SAML": ["sam"]}, grants=[DEVELOPER])
    fault = {"kind": "status", "status": status, "path": path, "times": 0}
    company.sandbox.apps["iq"].act("POST", "faults", [fault])
    done = offboard(company)
    company.sandbox.apps["iq"].act("POST", "faults", [])
    assert done["failure"] and not done["changed"], done["report"]
    assert company.left("sam") == [("sam", "SAML", "present")]


def test_one_who_cannot_leave_keeps_nobody_else_in(company: Realms) -> None:
    company.seed(saml=["ann", "sam", "zoe"], tokens={"SAML": ["ann", "sam", "zoe"]})
    refused = {"kind": "status", "status": 500, "method": "DELETE", "path": "/api/v2/users/sam.*", "times": 0}
    company.sandbox.apps["iq"].act("POST", "faults", [refused])
    done = offboard(company, *(f"{name}@example.com" for name in ("ann", "sam", "zoe")))
    assert [entry["username"] for entry in done["report"]["failures"]] == ["sam"]
    assert [company.left(name) != [] for name in ("ann", "sam", "zoe")] == [False, True, False]
    company.sandbox.apps["iq"].act("POST", "faults", [])
    assert offboard(company)["changed"] and company.left("sam") == []


@pytest.mark.parametrize("is_on", [True, False])
def test_a_grant_that_may_come_back_is_said(company: Realms, is_on: bool) -> None:
    company.seed(saml=["sam"], automatic_role="Developer" if is_on else "")
    rest = offboard(company)["report"]["residual"]
    assert [entry["username"] for entry in rest if "Automatic role assignment" in entry["what"]] == (
        ["sam"] if is_on else []
    )
