# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the calling account may not look, that is told, everything else as ever,
and nothing is called missing there.
"""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from people_actions import act
from people_company import Company
from unit.review.ways import PEOPLE, WITH_DOMAINS

FACTORY = {"name": "Factory", "roles": {"viewer": []}}
PAT = "pat_Canary-0123456789"


def magistrala(company: Company, **people: t.Any) -> None:
    company.sandbox.apps["magistrala"].act("POST", "seed", {"count": 0, **people})


def reviewed(
    company: Company, folder: pathlib.Path, system: str = "magistrala", **connection: t.Any
) -> dict[tuple[str, str], str]:
    done = act(
        folder,
        "review",
        company,
        connections={system: {**company.connection(system), **connection}},
        people=PEOPLE[:6],
        profiles=WITH_DOMAINS,
        systems=[system],
        date="2026-11-23",
        dormant_days=36500,
        absence_limit=100,
        report_dir=str(folder),
    )
    assert done["failure"] == ""
    findings = json.loads(pathlib.Path(done["report"]["files"]["json"]).read_text())["findings"]
    return {(each["kind"], each["account"]): each["what"] for each in findings if each["account"] != "admin"}


def joined(company: Company) -> None:
    magistrala(company, domains=[FACTORY])
    assert {line.action for line in company.join("magistrala", *PEOPLE[:6], profiles=WITH_DOMAINS)} == {"created"}
    company.run(
        "x.magistrala_user", {**company.connection("magistrala"), "username": "jane1", "tags": ["chess", "data"]}, False
    )


def test_domains_of_others_are_told_and_nobody_lacks_a_role_there(company: Company, tmp_path: pathlib.Path) -> None:
    company.sandbox.apps["magistrala"].act("POST", "configure", {"profile": "early2025"})
    joined(company)
    assert set(reviewed(company, tmp_path)) == {("beyond", "jane1")}
    magistrala(company, accounts=[{"username": "jane7"}], domains=[{"name": "Theirs", "created_by": "jane7"}])
    found = reviewed(company, tmp_path)
    assert set(found) == {("beyond", "jane1"), ("incomplete", ""), ("orphan", "jane7")}
    assert "does not tell the calling account who is in Theirs" in found["incomplete", ""]


def test_a_personal_access_token_sees_no_domain_and_that_is_told(company: Company, tmp_path: pathlib.Path) -> None:
    joined(company)
    magistrala(company, pats=[{"token": PAT, "username": "admin"}])
    found = reviewed(company, tmp_path, api_username="", api_password="", api_token=PAT)
    assert set(found) == {("beyond", "jane1"), ("incomplete", "")}
    assert "to no personal access token" in found["incomplete", ""]


def test_a_server_without_domains_is_told_and_its_accounts_are_reviewed(
    company: Company, tmp_path: pathlib.Path
) -> None:
    joined(company)
    company.break_down("magistrala", kind="status", status=404, path="/domains")
    found = reviewed(company, tmp_path)
    assert set(found) == {("beyond", "jane1"), ("incomplete", "")}
    assert "There is no domains service at" in found["incomplete", ""]


def test_who_is_left_in_domains_without_an_account_comes_with_the_id(company: Company) -> None:
    magistrala(
        company,
        accounts=[{"username": "gone", "status": "deleted"}],
        domains=[{"name": "Attic", "roles": {"admin": ["x", "gone"]}}],
    )
    options = {"status": "all", "domains": True, "guards": True}
    for leftovers in (True, False):
        asked = {**company.connection("magistrala"), **options, "leftovers": leftovers}
        result = company.run("x.magistrala_user_info", asked, True)
        seats = {user["username"]: (user["state"], user["domains"]) for user in result["users"] if user["domains"]}
        seat = [{"domain": "Attic", "role": "admin"}]
        assert seats == {"gone": ("absent", seat), **({"x": ("absent", seat)} if leftovers else {})}
        assert result["unseen"] == []


@pytest.mark.parametrize("missing", [True, False])
def test_a_tree_that_is_not_seen_as_a_whole_is_told(company: Company, tmp_path: pathlib.Path, missing: bool) -> None:
    company.join("iq", *PEOPLE[:6], profiles=WITH_DOMAINS)
    if missing:
        company.run("x.iq_user", {**company.connection("iq"), "username": "jane1", "grants": {"set": []}}, False)
    company.break_down("iq", kind="status", status=403, path="/api/v2/roleMemberships/repository_container")
    found = reviewed(company, tmp_path, "iq")
    assert {kind for kind, _account in found} == {"incomplete"} and "not see the whole tree" in found["incomplete", ""]
