# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Exceptions that end and conflicts, through the real action, the real modules and real services."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest
from ansible.errors import AnsibleError

import report_schema
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.conflicts import clashes, read_conflicts
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.exceptions import read_exceptions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import OF_SYSTEMS
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import read_profiles
from people_actions import act
from people_company import DEVELOPER, OWNER, PROFILES, Company, person

LEAD = {
    "person": "E1",
    "profile": "lead",
    "until": "2027-01-31",
    "reason": "stands in",
    "ticket": "T-441",
    "approver": "B1",
}
OPERATOR = {"person": "E1", "access": {"iics": {"roles": ["Operator"]}}, "until": "2027-01-31", "reason": "audit"}
CONFLICT = {"name": "four eyes", "between": ["engineer", "lead"], "reason": "nobody releases their own work"}
LAST, AFTER, EARLY = "2027-01-31", "2027-02-01", "2026-12-31"


class Office:
    """Onboards with variables that somebody reviewed; ``console`` and ``fact`` are what the last run said."""

    console: t.Sequence[str] = ()
    fact: t.Mapping[str, t.Any] = {}

    def __init__(self, company: Company, folder: pathlib.Path) -> None:
        self.company, self.folder = company, folder

    def onboard(self, *people: dict[str, t.Any], date: str, check: bool = False, **given: t.Any) -> dict[str, t.Any]:
        variables = {name: value for name, value in given.items() if name.startswith("lifecycle_")}
        options = {name: value for name, value in given.items() if name not in variables}
        options = {"systems": ["iics", "iq"], "profiles": PROFILES, "report_dir": str(self.folder), **options}
        connections = self.company.connections()
        done = act(
            self.folder,
            "onboard",
            self.company,
            check=check,
            variables=variables,
            people=list(people),
            date=date,
            connections=connections,
            **options,
        )
        assert done["failure"] == ""
        self.console, self.fact = done["console"], done["report"]
        report = json.loads(pathlib.Path(done["report"]["files"]["json"]).read_text())
        report_schema.check(report)
        return t.cast("dict[str, t.Any]", report)

    def grants(self, username: str = "jane1") -> set[str]:
        return {grant["role"] for grant in self.company.accounts("iq")[username]["grants"]}

    def roles(self, username: str = "jane1@example.com") -> set[str]:
        return set(self.company.accounts("iics")[username]["roles"])


@pytest.fixture
def office(company: Company, tmp_path: pathlib.Path) -> Office:
    return Office(company, tmp_path)


def changed(report: dict[str, t.Any]) -> int:
    return int(report["counts"]["changed"])


def test_an_exception_holds_on_its_last_day_and_is_taken_away_after_it(office: Office) -> None:
    office.onboard(person(1), date=EARLY, lifecycle_exceptions=[LEAD, OPERATOR])
    assert office.grants() == {"Developer", "Owner"} and office.roles() == {"Designer", "Operator"}
    last = office.onboard(person(1), date=LAST, lifecycle_exceptions=[LEAD, OPERATOR], end_exceptions=True)
    assert not changed(last)
    listed = office.onboard(person(1), date=AFTER, lifecycle_exceptions=[LEAD, OPERATOR])
    assert not changed(listed) and any("Owner" in entry["what"] for entry in listed["old_access"])
    preview = office.onboard(
        person(1), date=AFTER, lifecycle_exceptions=[LEAD, OPERATOR], end_exceptions=True, check=True
    )
    assert changed(preview) == 1 and office.grants() == {"Developer", "Owner"}
    done = office.onboard(person(1), date=AFTER, lifecycle_exceptions=[LEAD, OPERATOR], end_exceptions=True)
    assert office.grants() == {"Developer"} and office.roles() == {"Designer"} and done["old_access"] == []
    assert not changed(
        office.onboard(person(1), date=AFTER, lifecycle_exceptions=[LEAD, OPERATOR], end_exceptions=True)
    )


def test_the_end_of_an_exception_takes_nothing_else(office: Office) -> None:
    office.onboard(person(1, profile=["engineer", "lead"]), date=EARLY)
    ended = {**OPERATOR, "until": EARLY}
    kept = office.onboard(person(1), date=AFTER, lifecycle_exceptions=[ended], end_exceptions=True)
    assert office.grants() == {"Developer", "Owner"}, "old access of another origin needs onboard_remove_old_access"
    assert office.roles() == {"Designer"} and any("Owner" in entry["what"] for entry in kept["old_access"])
    office.onboard(
        person(1, profile=["engineer", "lead"]), date=AFTER, lifecycle_exceptions=[ended], end_exceptions=True
    )
    assert office.roles() == {"Designer", "Operator"}, "what a profile gives stays"


def test_somebody_whom_no_rule_meets_loses_what_their_exception_gave_and_nothing_else(office: Office) -> None:
    rules = [{"when": {"title": "Engineer"}, "give": "engineer"}]
    law = {"lifecycle_profile_rules": rules, "profile_from": "rules"}
    office.onboard(person(1, title="Engineer"), date=EARLY, lifecycle_exceptions=[OPERATOR], **law)
    report = office.onboard(
        person(1, title="Cook"), date=AFTER, lifecycle_exceptions=[OPERATOR], end_exceptions=True, **law
    )
    assert office.roles() == {"Designer"} and office.grants() == {"Developer"}
    assert {entry["person"] for entry in report["held"]} == {"E1"}


@pytest.mark.parametrize(
    ("date", "state"), [("2026-12-31", "active"), ("2027-01-01", "ending"), (LAST, "ending"), (AFTER, "ended")]
)
def test_exceptions_are_listed_thirty_days_before_their_end(office: Office, date: str, state: str) -> None:
    report = office.onboard(person(1), person(2), date=date, check=True, lifecycle_exceptions=[LEAD])
    (told,) = report["exceptions"]
    assert (told["person"], told["state"], told["ticket"], told["approver"]) == ("E1", state, "T-441", "B1")
    page = next(office.folder.glob("*.html")).read_text()
    assert ("Exceptions that end" in page) is (state != "active")
    because = next(one["because"] for one in report["people"] if one["id"] == "E1")
    assert any(reason["source"] == "exception" and "stands in" in reason["name"] for reason in because) is (
        state != "ended"
    )


def test_exceptions_for_people_who_are_gone_or_on_no_roster_are_told(office: Office) -> None:
    gone = person(2, end="2026-11-30")
    keep = {"person": "E7", "keep": "iq", "reason": "hands over"}
    others = [
        {**LEAD, "person": "E2"},
        {**LEAD, "person": "E9"},
        {**keep, "until": LAST},
        {**keep, "until": "2026-11-01"},
    ]
    report = office.onboard(person(1), gone, date=EARLY, lifecycle_exceptions=[LEAD, *others])
    unused = [one["unused"] for one in report["exceptions"]]
    nobody = "No record of this run is about this person."
    assert unused == ["", "This person left on 2026-11-30.", nobody, "", nobody]
    assert nobody in next(office.folder.glob("*.html")).read_text()
    assert "Exceptions that do nothing (3): Jane Smith2, E9, E7" in office.console
    assert [one["unused"] for one in office.fact["exceptions"]] == unused
    chosen = office.onboard(person(1), gone, date=EARLY, lifecycle_exceptions=[LEAD, *others], only=["E1"])
    assert [one["person"] for one in chosen["exceptions"]] == [
        "E1",
        "E9",
        "E7",
        "E7",
    ], "who is not picked is known all the same"


@pytest.mark.parametrize(
    ("exception", "said"),
    [
        ({**LEAD, "until": ""}, "has no until"),
        ({**LEAD, "reason": None}, "has no reason"),
        ({**LEAD, "until": "soon"}, "must be a date"),
        ({**LEAD, "profile": ""}, "gives nothing"),
        ({**LEAD, "profile": "laed"}, "did you mean lead?"),
        ({**LEAD, "allow": "x"}, "no such conflict"),
        ({**LEAD, "forever": True}, "has 'forever'"),
        ({**OPERATOR, "access": {"iics": {"admin": True}}}, "'admin'"),
        ("E1", "must be a list of exceptions"),
    ],
)
def test_exceptions_without_end_reason_or_sense_stop_the_run(office: Office, exception: t.Any, said: str) -> None:
    given = exception if isinstance(exception, str) else [exception]
    with pytest.raises(AnsibleError) as error:
        office.onboard(person(1), date=EARLY, lifecycle_exceptions=given)
    assert said in str(error.value) and office.company.writes("iq") == office.company.writes("iics") == 0


def test_a_conflict_holds_one_person_and_an_exception_allows_it_until_its_end(office: Office) -> None:
    both = person(1, profile=["engineer", "lead"])
    law = {"lifecycle_conflicts": [CONFLICT]}
    report = office.onboard(both, person(2), date=EARLY, **law)
    assert {entry["person"] for entry in report["held"]} == {"E1"} and "four eyes" in report["held"][0]["what"]
    assert "jane2" in office.company.accounts("iq") and "jane1" not in office.company.accounts("iq")
    allowed = [{"person": "e1", "allow": "four eyes", "until": LAST, "reason": "too few people", "ticket": "T-9"}]
    report = office.onboard(both, person(2), date=EARLY, lifecycle_exceptions=allowed, **law)
    assert office.grants() == {"Developer", "Owner"} and report["held"] == []
    because = next(one["because"] for one in report["people"] if one["id"] == "E1")
    assert "four eyes is allowed until 2027-01-31, T-9: too few people" in [reason["name"] for reason in because]
    assert {
        entry["person"] for entry in office.onboard(both, date=AFTER, lifecycle_exceptions=allowed, **law)["held"]
    } == {"E1"}


def test_an_exception_cannot_give_the_second_half_of_a_conflict_by_itself(office: Office) -> None:
    report = office.onboard(person(1), date=EARLY, lifecycle_exceptions=[LEAD], lifecycle_conflicts=[CONFLICT])
    assert {entry["person"] for entry in report["held"]} == {"E1"}
    single = {**CONFLICT, "between": [{"iics": {"roles": ["Designer"]}}, {"iics": {"roles": ["Operator"]}}]}
    report = office.onboard(person(1), date=EARLY, lifecycle_exceptions=[OPERATOR], lifecycle_conflicts=[single])
    assert "iics roles Designer and iics roles Operator" in report["held"][0]["what"]


@pytest.mark.parametrize(
    ("conflict", "said"),
    [
        ({**CONFLICT, "reason": ""}, "see 'reason'"),
        ({**CONFLICT, "between": ["engineer"]}, "at least two"),
        ({**CONFLICT, "between": ["engineer", {"iics": {}}]}, "names no access"),
        ({**CONFLICT, "between": ["engineer", {"iics": {"role": "x"}}]}, "'role'"),
        ({**CONFLICT, "who": "x"}, "see 'who'"),
    ],
)
def test_conflicts_that_cannot_be_meant_are_refused(conflict: t.Any, said: str) -> None:
    with pytest.raises(InputError) as error:
        read_conflicts([conflict], "lifecycle_conflicts")
    assert said in str(error.value)
    assert read_conflicts("", "x") == () and read_exceptions(None, "x") == ()


@pytest.mark.parametrize(
    ("holdings", "count"),
    [
        ({"iq": [{"grants": [DEVELOPER, OWNER]}], "iics": []}, 1),
        ({"iq": [{"grants": [DEVELOPER]}]}, 0),
        ({"iq": [{"grants": [OWNER]}, {"grants": [{**DEVELOPER, "username": "JANE1"}]}]}, 1),
        ({"iq": [{"grants": [{"role": "developer", "organization": "DATA"}, OWNER]}]}, 1),
        ({"iq": [{"grants": [OWNER, DEVELOPER]}], "magistrala": [{"role": "admin"}]}, 2),
        ({"iq": [{"grants": [DEVELOPER]}], "magistrala": [{"role": "admin"}]}, 1),
        ({"iq": [{"grants": [DEVELOPER]}], "magistrala": [{"role": "user", "tags": ["reporting"]}]}, 1),
        ({}, 0),
    ],
)
def test_conflicts_of_what_accounts_together_hold(holdings: dict[str, t.Any], count: int) -> None:
    sides = [{"iq": {"grants": [DEVELOPER]}}, {"iq": {"grants": [OWNER]}}]
    given = [
        {"name": "grants", "between": sides, "reason": "r"},
        {"name": "across", "between": [sides[0], {"magistrala": {"role": "admin"}}, "analyst"], "reason": "r"},
    ]
    found = clashes(read_conflicts(given, "x"), (), holdings, read_profiles(PROFILES, "p"), OF_SYSTEMS)
    assert len(found) == count
    assert all(len(each.sides) == 2 and "Nobody may hold" in str(each) for each in found)
