# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two hundred disturbed companies through the real action: exactly what was disturbed is found, in whatever order it was read."""

from __future__ import annotations

import collections
import json
import pathlib
import types
import typing as t

import pytest

from people_actions import act
from unit.review.disturbed import NAMES, PROFILES, WAYS, Disturbed

COMPANIES = 200
LEAST = 20


def reviewed(folder: pathlib.Path, company: Disturbed) -> collections.Counter[tuple[str, str, str]]:
    """What the action finds where the info modules answer with the accounts of ``company``."""

    def run(name: str, arguments: dict[str, t.Any], check: bool) -> dict[str, t.Any]:
        system = name.rpartition(".")[2].removesuffix("_user_info")
        users = company.accounts[system]
        return {"users": company.random.sample(users, len(users)), "caller": "x", "administrators": []}

    result = act(
        folder,
        "review",
        types.SimpleNamespace(run=run),  # type: ignore[arg-type]  # nothing else of a company is used
        variables={"lifecycle_service_accounts": company.services, "lifecycle_account_names": company.names},
        people=company.people,
        profiles=PROFILES,
        naming={"iq": "{email_name}"},
        systems=list(NAMES),
        date="2026-11-23",
        absence_limit=100,
        report_dir=str(folder),
    )
    report = json.loads(pathlib.Path(result["report"]["files"]["json"]).read_text())
    assert len({each["id"] for each in report["findings"]}) == len(report["findings"]), "two findings of one id"
    return collections.Counter((each["kind"], each["instance"], each["account"]) for each in report["findings"])


@pytest.fixture(scope="module")
def companies() -> list[Disturbed]:
    made = [Disturbed(seed) for seed in range(COMPANIES)]
    for company in made:
        company.disturb()
    return made


def test_exactly_what_was_disturbed_is_found(companies: list[Disturbed], tmp_path: pathlib.Path) -> None:
    for seed, company in enumerate(companies):
        found = reviewed(tmp_path, company)
        assert found == company.expected, (seed, found - company.expected, company.expected - found)


def test_each_way_was_tried_often_and_two_on_one_account_too(companies: list[Disturbed]) -> None:
    done = sum((company.done for company in companies), collections.Counter[str]())
    assert {name: done[name] for name in WAYS if done[name] < LEAST} == {}
    kinds = [
        {kind for kind, *where in company.expected if tuple(where) == account}
        for company in companies
        for account in {(instance, name) for _kind, instance, name in company.expected}
    ]
    assert sum(len(each) > 1 for each in kinds) >= LEAST
