# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts that leavers keep until a date, through the real action, the real modules and real services."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest
from ansible.errors import AnsibleError

import report_schema
from people_actions import act
from people_company import DEVELOPER, OWNER, Company, person

UNTIL, LAST, AFTER = "2027-01-31", "2027-01-31", "2027-02-01"
LEAVER = {"id": "E1", "email": "jane1@example.com"}
ADMINISTRATION = {"iics": {"roles": ["Admin"]}, "iq": {"grants": [{"role": "System Administrator", "global": True}]}}
BARE: dict[str, dict[str, t.Any]] = {
    "iics": {"groups": []},
    "iq": {"grants": []},
    "magistrala": {"role": "user", "enabled": True},
}


def keep(**fields: t.Any) -> dict[str, t.Any]:
    return {
        "person": "E1",
        "keep": ["iics", "iq", "magistrala"],
        "until": UNTIL,
        "reason": "hands over",
        "ticket": "T-5",
        **fields,
    }


def offboard(
    company: Company, folder: pathlib.Path, *exceptions: t.Any, date: str = LAST, check: bool = False, **options: t.Any
) -> t.Any:
    """The result of offboarding, with the whole report below ``whole``."""
    given = {"people": [LEAVER], "connections": company.connections(), "report_dir": str(folder), **options}
    done = act(
        folder, "offboard", company, check=check, variables={"lifecycle_exceptions": [*exceptions]}, date=date, **given
    )
    report = json.loads(pathlib.Path(done["report"]["files"]["json"]).read_text())
    report_schema.check(report)
    report_schema.check(done["report"], "stats")
    return {**done, "whole": report}


def state(company: Company) -> dict[str, t.Any]:
    found = {system: company.accounts(system) for system in ("iics", "iq", "magistrala")}
    names = {"iics": "jane1@example.com", "iq": "jane1", "magistrala": "jane1"}
    return {system: accounts.get(names[system]) for system, accounts in found.items()}


@pytest.mark.parametrize("mode", ["disable", "delete"])
def test_an_account_is_kept_without_privileges_until_a_date(
    company: Company, tmp_path: pathlib.Path, mode: str
) -> None:
    profiles = {
        "chief": {
            "iics": {"roles": ["Designer", *ADMINISTRATION["iics"]["roles"]], "groups": ["Data Engineering"]},
            "iq": {"grants": [DEVELOPER, *ADMINISTRATION["iq"]["grants"]]},
            "magistrala": {"role": "admin"},
        }
    }
    for system in ("iics", "iq", "magistrala"):
        company.join(system, person(1, profile=["chief"]), profiles=profiles)
    preview = offboard(company, tmp_path, keep(), check=True, mode=mode)
    done = offboard(company, tmp_path, keep(), mode=mode)
    assert done["failure"] == "" and done["changed"]
    lines = {name: lines for person in done["whole"]["people"] for name, (lines,) in person["accounts"].items()}
    foreseen = {name: lines for person in preview["whole"]["people"] for name, (lines,) in person["accounts"].items()}
    assert {name: line["done"] for name, line in lines.items()} == {
        name: line["done"] for name, line in foreseen.items()
    }
    assert all(line["verified"] and line["closed"] is None for line in lines.values())
    for system, expected in BARE.items():
        account = state(company)[system]
        assert {name: account[name] for name in expected} == expected
    assert state(company)["iics"]["roles"] == ["Designer"], "the service insists on one role"
    assert {entry["instance"] for entry in done["report"]["kept"]} == set(BARE)
    assert "hands over" in done["report"]["kept"][0]["what"] and done["report"]["exceptions"][0]["keep"] == list(BARE)
    assert any(line.startswith("Kept until a date (3)") for line in done["console"])
    assert "Kept until a date" in next(tmp_path.glob("*.html")).read_text()
    again = offboard(company, tmp_path, keep(), mode=mode)
    assert not again["changed"] and len(again["report"]["kept"]) == 3
    over = offboard(company, tmp_path, keep(), mode=mode, date=AFTER)
    assert over["report"]["kept"] == [] and over["report"]["exceptions"][0]["state"] == "ended"
    left = state(company)
    assert left["iics"] is left["iq"] is None
    assert left["magistrala"]["state"] == "absent" if mode == "delete" else left["magistrala"]["enabled"] is False


def test_what_is_kept_is_what_was_reviewed_of_what_they_have(company: Company, tmp_path: pathlib.Path) -> None:
    company.join("iq", person(1, profile=["engineer", "lead"]))
    company.join("iics", person(1))
    reviewed = {"iq": {"grants": [{"role": "developer", "organization": "Data"}, {**OWNER, "organization": "Sales"}]}}
    done = offboard(company, tmp_path, keep(keep="iq", access=reviewed), systems=["iq", "iics"])
    assert done["failure"] == "" and state(company)["iics"] is None
    assert [grant["role"] for grant in state(company)["iq"]["grants"]] == ["Developer"], (
        "what they had not is not given"
    )


def test_nothing_is_kept_from_who_leaves_at_once_and_a_last_role_that_is_a_privilege_goes(
    company: Company, tmp_path: pathlib.Path
) -> None:
    company.join("iq", person(1))
    urgent = offboard(company, tmp_path, keep(), systems=["iq"], now={"E1": "fraud"})
    assert state(company)["iq"] is None and "offboard_now" in urgent["report"]["exceptions"][0]["unused"]
    company.join("iics", person(1, profile=["chief"]), profiles={"chief": {"iics": ADMINISTRATION["iics"]}})
    mighty = offboard(company, tmp_path, keep(), systems=["iics"])
    assert state(company)["iics"] is None and mighty["report"]["kept"] == []
    assert "its last role is a privilege" in mighty["report"]["manual"][0]["what"]


def test_the_protected_stay_as_they_are(company: Company, tmp_path: pathlib.Path) -> None:
    company.join("iq", person(1))
    before = state(company)
    done = offboard(company, tmp_path, keep(), systems=["iq"], protected=["E1"])
    assert "offboard_protected" in done["failure"] and state(company) == before and done["report"]["kept"] == []


def test_an_end_that_nobody_is_listed_for_is_told(company: Company, tmp_path: pathlib.Path) -> None:
    forgotten, holding = keep(person="E8"), keep(person="E9", until="2099-01-31")
    done = offboard(company, tmp_path, forgotten, holding, systems=["iq"], date=AFTER)
    (told,) = done["report"]["exceptions"]
    assert told["person"] == "E8" and "once more" in told["unused"]
    assert "Exceptions that do nothing (1): E8" in done["console"]


@pytest.mark.parametrize(
    ("exception", "said"),
    [
        (keep(until=""), "has no until"),
        (keep(reason=""), "has no reason"),
        (keep(keep="iqq"), "did you mean iq?"),
        (keep(profile="engineer"), "access alone"),
        (keep(keep="iq", access={"iics": {"roles": ["Designer"]}}), "access alone"),
        (keep(access={"magistrala": {"role": "admin"}}), "no leaver keeps that"),
    ],
)
def test_what_a_leaver_cannot_keep_is_refused_before_anything_is_written(
    company: Company, tmp_path: pathlib.Path, exception: t.Any, said: str
) -> None:
    with pytest.raises(AnsibleError) as error:
        offboard(company, tmp_path, exception)
    assert said in str(error.value) and sum(company.writes(system) for system in BARE) == 0
