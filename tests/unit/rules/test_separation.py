# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conflicts of what a run would give and what accounts hold already, through the real action and real services."""

from __future__ import annotations

import typing as t

import pytest

from people_company import DEVELOPER, OWNER, Company, person
from unit.rules.test_exceptions_and_conflicts import AFTER, CONFLICT, EARLY, LAST, OPERATOR, Office, changed, office

__all__ = ["office"]
ACROSS = {
    "name": "build and own",
    "between": [{"iics": {"roles": ["Designer"]}}, {"iq": {"grants": [OWNER]}}],
    "reason": "r",
}


def held(report: dict[str, t.Any]) -> set[str]:
    return {entry["person"] for entry in report["held"]}


def test_the_second_is_not_given_to_whom_an_account_gives_the_first(office: Office, company: Company) -> None:
    office.onboard(person(1, profile=["lead"]), date=EARLY)
    company.forget()
    law = {"lifecycle_conflicts": [CONFLICT]}
    for check in (True, False):
        report = office.onboard(person(1), person(2), date=EARLY, check=check, **law)
        assert held(report) == {"E1"}
        assert "jane1" in report["held"][0]["what"] and "has lead already" in report["held"][0]["what"]
    assert office.grants() == {"Owner"} and office.grants("jane2") == {"Developer"}
    assert office.roles("jane2@example.com") == {"Designer"}, "the others are done"
    allowed = [{"person": "E1", "allow": "four eyes", "until": LAST, "reason": "too few people", "ticket": "T-9"}]
    report = office.onboard(person(1), date=EARLY, lifecycle_exceptions=allowed, **law)
    assert office.grants() == {"Developer", "Owner"} and not held(report)
    because = next(one["because"] for one in report["people"] if one["id"] == "E1")
    assert "four eyes is allowed until 2027-01-31, T-9: too few people" in [reason["name"] for reason in because]
    both = office.onboard(person(1, title="Engineer"), date=AFTER, **law)
    assert not held(both) and not changed(both), "what is held already is for the review; nothing is given here"


def test_a_mover_whose_old_access_goes_in_the_same_run_is_not_held(office: Office) -> None:
    office.onboard(person(1, profile=["lead"]), date=EARLY)
    report = office.onboard(person(1), date=EARLY, lifecycle_conflicts=[CONFLICT], remove_old_access=True)
    assert not held(report) and office.grants() == {"Developer"} and office.roles() == {"Designer"}


@pytest.mark.parametrize("other", ["jane1", "somebody"])
def test_what_an_account_in_another_instance_holds_counts(office: Office, company: Company, other: str) -> None:
    profiles = {"owner": {"iq": {"grants": [OWNER]}}}
    company.join("iq", person(1, profile=["owner"], accounts={"iq": {"username": other}}), profiles=profiles)
    report = office.onboard(person(1), person(2), date=EARLY, lifecycle_conflicts=[ACROSS], systems=["iics"])
    assert not held(report), "an instance that is no part of the run is not asked"
    company.sandbox.apps["iics"].act("POST", "reset", {})
    report = office.onboard(person(1), person(2), date=EARLY, lifecycle_conflicts=[ACROSS])
    assert held(report) == {"E1"} and f"{other} in IQ Server has" in report["held"][0]["what"]
    assert "jane1@example.com" not in company.accounts("iics") and "jane2@example.com" in company.accounts("iics")


def test_nobody_gets_a_side_while_nobody_can_say_whether_they_have_the_other(office: Office, company: Company) -> None:
    company.break_down("iq", kind="status", method="GET", status=500, times=0)
    iics_only = {"engineer": {"iics": {"roles": ["Designer"]}}, "operator": {"iics": {"roles": ["Operator"]}}}
    people = [person(1), person(2, profile=["operator"])]
    report = office.onboard(*people, date=EARLY, lifecycle_conflicts=[ACROSS], profiles=iics_only)
    assert held(report) == {"E1"} and "Nobody can say" in report["held"][0]["what"]
    assert set(company.accounts("iics")) >= {"jane2@example.com"} and "jane1@example.com" not in company.accounts(
        "iics"
    )


def test_who_is_held_loses_what_an_exception_gave_that_has_ended_all_the_same(office: Office) -> None:
    office.onboard(
        person(1, profile=["lead"]),
        date=EARLY,
        lifecycle_exceptions=[{**OPERATOR, "access": {"iq": {"grants": [DEVELOPER]}}}],
    )
    law = {"lifecycle_conflicts": [CONFLICT], "end_exceptions": True}
    ended = {**OPERATOR, "access": {"iq": {"grants": [{**DEVELOPER}]}}, "until": EARLY}
    report = office.onboard(person(1, profile=["analyst", "engineer"]), date=AFTER, lifecycle_exceptions=[ended], **law)
    assert held(report) == {"E1"} and office.grants() == {"Owner", "Developer"}, "a profile of theirs gives it now"
    analyst = {"iics": {"roles": ["Designer"]}}
    profiles = {"engineer": analyst, "lead": {"iq": {"grants": [OWNER]}}}
    report = office.onboard(person(1), date=AFTER, lifecycle_exceptions=[ended], profiles=profiles, **law)
    assert held(report) == {"E1"} and office.grants() == {"Owner"}


def test_a_company_without_conflicts_is_asked_nothing_more(office: Office, company: Company) -> None:
    office.onboard(person(1), date=EARLY)
    company.calls.clear()
    office.onboard(person(1), date=EARLY)
    plain = len(company.calls)
    company.calls.clear()
    apart = {"name": "x", "between": [{"iq": {"grants": [OWNER]}}, {"iics": {"roles": ["Operator"]}}], "reason": "r"}
    office.onboard(person(1), date=EARLY, lifecycle_conflicts=[apart])
    assert len(company.calls) == plain, "nobody gets a side of it"
