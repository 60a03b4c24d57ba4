# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two hundred disturbed companies through the real action:
exactly what was disturbed is found, in whatever order it was read.
"""

from __future__ import annotations

import collections
import json
import pathlib
import types
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from people_actions import act
from people_reports import report
from unit.review.disturbed import CONFLICTS, NAMES, PROFILES, WAYS, Disturbed

COMPANIES = 200
LEAST = 20


def reviewed(folder: pathlib.Path, company: Disturbed) -> collections.Counter[tuple[str, str, str]]:
    """What the action finds where the info modules answer with the accounts of ``company``."""

    def run(name: str, arguments: dict[str, t.Any], check: bool) -> dict[str, t.Any]:
        system = name.rpartition(".")[2].removesuffix("_user_info")
        users = company.accounts[system]
        unseen = company.unseen if system == "magistrala" else []
        return {
            "users": company.random.sample(users, len(users)),
            "caller": "x",
            "administrators": [],
            "unseen": unseen,
        }

    result = act(
        folder,
        "review",
        types.SimpleNamespace(run=run),  # type: ignore[arg-type]  # nothing else of a company is used
        variables={
            "lifecycle_service_accounts": company.services,
            "lifecycle_account_names": company.names,
            "lifecycle_conflicts": CONFLICTS,
            "lifecycle_exceptions": company.exceptions,
        },
        offboarded=offboarding(folder, company),
        people=company.people,
        profiles=PROFILES,
        naming={"iq": "{email_name}"},
        systems=list(NAMES),
        date="2026-11-23",
        absence_limit=100,
        report_dir=str(folder),
    )
    findings = json.loads(pathlib.Path(result["report"]["files"]["json"]).read_text())["findings"]
    assert len({each["id"] for each in findings}) == len(findings), "two findings of one id"
    return collections.Counter((each["kind"], each["instance"], each["account"]) for each in findings)


def offboarding(folder: pathlib.Path, company: Disturbed) -> list[str]:
    """The report of the offboarding of all who were closed, as the role writes it; none where nobody was."""
    lines: dict[str, list[Line]] = {}
    for system, account, person in company.closed:
        line = Line(person["id"], account["username"], "disabled", account.get("id"), closed=True)
        lines.setdefault(system, []).append(line)
    people = [
        {"id": p["id"], "name": "P", "email": p["email"], "profile": []} for _system, _account, p in company.closed
    ]
    if lines:
        path = folder / "closed.json"
        path.write_text(json.dumps(report("offboard", lines, people, mode="disable")))
        return [str(path)]
    return []


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
