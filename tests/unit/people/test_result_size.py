# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results of tasks stay small enough for AWX, which drops what is longer than 700,000 characters."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from people_actions import act
from people_company import PROFILES, SIGN_IN, Company, person

AWX_LIMIT = 700_000
MANY = 3_000


@pytest.fixture(autouse=True)
def inside(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def previewed(company: Company, people: list[dict[str, t.Any]], **options: t.Any) -> dict[str, t.Any]:
    given = {"profiles": PROFILES, "systems": "magistrala", "connections": company.connections(), **options}
    return act(pathlib.Path.cwd(), "onboard", company, check=True, diff=True, people=people, **given)


def whole(result: dict[str, t.Any]) -> dict[str, t.Any]:
    report: dict[str, t.Any] = json.loads(pathlib.Path(result["report"]["files"]["json"]).read_text())
    return report


def test_thousands_of_joiners_fit_and_what_is_left_out_is_said(company: Company) -> None:
    people = [person(number, last_name="x" * 60) for number in range(MANY)]
    result = previewed(company, people)
    assert len(json.dumps(result)) < AWX_LIMIT
    assert result["report"]["counts"]["by_system"]["magistrala"]["created"] == MANY
    *told, rest = result["diff"]
    assert rest["before_header"] == f"{MANY - len(told)} more differences are in the report"
    assert 0 < len(told) < MANY
    accounts = [line for each in whole(result)["people"] for line in each["accounts"]["magistrala"]]
    assert len(accounts) == MANY and all(line["changes"] for line in accounts)


def test_thousands_of_failures_fit_and_are_told_once(company: Company) -> None:
    people = [person(number) for number in range(MANY)]
    wrong = {system: {**company.connection(system), "api_password": "wrong"} for system in SIGN_IN}
    result = previewed(company, people, connections=wrong, systems="")
    assert len(json.dumps(result)) < AWX_LIMIT
    assert len(result["failure"]) < 5_000
    assert len(whole(result)["failures"]) == 3 * MANY
    assert result["report"]["left_out"]["failures"] == 3 * MANY - len(result["report"]["failures"])


def test_a_thousand_differences_are_cut_where_they_do_not_fit_and_counted(company: Company) -> None:
    result = previewed(company, [person(number) for number in range(1_000)])
    told = [entry for entry in result["diff"] if entry["after"]]
    left_out = [entry for entry in result["diff"] if not entry["after"]]
    assert len(told) < 1_000
    assert [entry["after_header"] for entry in left_out] == [f"{1_000 - len(told)} more differences are in the report"]


def test_all_differences_of_a_few_are_told(company: Company) -> None:
    result = previewed(company, [person(number) for number in range(20)])
    assert [entry["after_header"] for entry in result["diff"]] == [f"Magistrala jane{number}" for number in range(20)]


def test_what_is_unchanged_is_only_counted(company: Company) -> None:
    company.join("magistrala", person(1), person(2, profile=["engineer", "lead"]))
    result = previewed(company, [person(1), person(2)])
    assert result["changed"] is False
    assert "diff" not in result
    assert result["report"]["counts"]["by_system"]["magistrala"]["unchanged"] == 2
    assert [each["id"] for each in whole(result)["people"]] == ["E2"], "who has old access is told"
