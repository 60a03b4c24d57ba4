# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What belongs to a leaver is closed or told; what does not is left; nobody leaves before their day."""

from __future__ import annotations

import datetime
import typing as t
import zoneinfo

import pytest

from unit.trust.leave.conftest import JANE, JOE, SYSTEMS, Run, names

PAT = "pat_" + "a" * 60


def test_whose_last_day_lies_ahead_waits_and_the_others_leave(offboard: Run) -> None:
    people = [{"id": "E1", "email": JANE, "end": "2099-12-31"}, {"id": "E2", "email": "joe.doe@example.com"}]
    report = offboard(people)
    assert report["code"] == 0, report["printed"]
    assert [(one["id"], one["why"]) for one in report["waiting"]] == [("E1", "leaves after 2099-12-31")]
    assert report["nowhere"] == [] and "Found nowhere" not in report["printed"]
    assert "jane.smith" in names(offboard.company, "iq") and "joe.doe" not in names(offboard.company, "iq")
    assert offboard([people[0]], offboard_date="2100-01-01")["waiting"] == []
    assert "jane.smith" not in names(offboard.company, "iq")


def test_somebody_urgent_does_not_wait_and_the_reason_is_kept(offboard: Run) -> None:
    report = offboard(
        [{"id": "E1", "email": JANE, "end": "2099-12-31"}], offboard_now={JANE: "ticket 4711"}, offboard_limit=0
    )
    assert report["code"] == 0 and report["urgent"] == {"E1": "ticket 4711"}
    assert "At once: ticket 4711" in offboard.page()
    assert "jane.smith" not in names(offboard.company, "iq")


def test_the_day_that_counts_is_that_of_a_time_zone(offboard: Run) -> None:
    zones = {
        zone: datetime.datetime.now(zoneinfo.ZoneInfo(zone)).date() for zone in ("Pacific/Kiritimati", "Etc/GMT+12")
    }
    assert zones["Pacific/Kiritimati"] > zones["Etc/GMT+12"]
    last_day = [{"id": "E1", "email": JANE, "end": zones["Etc/GMT+12"].isoformat()}]
    assert len(offboard(last_day, "--check", lifecycle_timezone="Etc/GMT+12")["waiting"]) == 1
    assert offboard(last_day, "--check", lifecycle_timezone="Pacific/Kiritimati")["waiting"] == []
    wrong = offboard(last_day, "--check", lifecycle_timezone="Berlin/Europe")
    assert wrong["code"] == 2 and "lifecycle_timezone must be a time zone such as Europe/Berlin" in wrong["printed"]


@pytest.mark.parametrize("field", ["frist_name", "ende"])
def test_unknown_fields_of_a_record_are_refused_with_near_names(offboard: Run, field: str) -> None:
    report = offboard([{"email": JANE, field: "x"}])
    near = {"frist_name": "first_name", "ende": "end"}[field]
    assert report["code"] == 2 and f"'{field}' is not a field of a leaver; did you mean {near}?" in report["printed"]
    assert "jane.smith" in names(offboard.company, "iq")


def test_somebody_found_nowhere_is_said_aloud(offboard: Run) -> None:
    lost = ["jane.smiht@example.com", "jane-smiht"]
    report = offboard([*lost, JANE])
    assert report["code"] == 0 and [one["id"] for one in report["nowhere"]] == lost
    assert [person["id"] for person in report["people"]] == [JANE]
    assert f"Found nowhere, so nothing was closed for them: {', '.join(lost)}" in report["printed"]
    assert '"nowhere": 2' in report["printed"].partition("CUSTOM STATS")[2]
    assert "2 found nowhere" in offboard.page() and "verdict attention" in offboard.page()
    assert offboard([*lost, JOE], offboard_unknown="fail_if_all")["code"] == 0
    for unknown in ("fail", "fail_if_all"):
        assert offboard(lost, offboard_unknown=unknown)["code"] == 2


def test_a_system_without_an_account_of_theirs_says_so(offboard: Run) -> None:
    offboard.company.by_hand("iq", "ann", email="ann.lee@example.com")
    report = offboard(["ann.lee@example.com"])
    (person,) = report["people"]
    assert {system: len(lines) for system, lines in person["accounts"].items()} == {"magistrala": 0, "iq": 1, "iics": 0}
    assert offboard.page().count("No account of theirs.") == 2


def test_several_accounts_of_one_person_are_all_closed(offboard: Run) -> None:
    offboard.company.by_hand("iq", "jsmith")
    offboard.company.by_hand("iics", "jsmith2")
    report = offboard([JANE, {"email": JANE, "id": JANE}])
    assert report["code"] == 0, report["printed"]
    assert {"jsmith", "jane.smith"}.isdisjoint(names(offboard.company, "iq"))
    assert {"jsmith2", JANE}.isdisjoint(names(offboard.company, "iics"))


def test_more_than_three_accounts_are_a_doubt_for_that_system_alone(offboard: Run) -> None:
    for number in range(3):
        offboard.company.by_hand("iq", f"js{number}")
    report = offboard([JANE])
    assert [entry["instance"] for entry in report["held"]] == ["iq"] and "jane.smith" in names(offboard.company, "iq")
    assert "jane-smith" not in names(offboard.company, "magistrala")
    every = [{"email": JANE, "accounts": {"iq": {"username": ["js0", "js1", "js2", "jane.smith"]}}}]
    assert offboard(every)["held"] == []
    assert names(offboard.company, "iq") == {"admin", "joe.doe"}


def test_service_accounts_are_listed_with_their_owner(offboard: Run) -> None:
    offboard.company.by_hand("iq", "svc-build")
    service = {
        "instance": "iq",
        "username": "svc-build",
        "owner": "platform",
        "reason": "nightly builds",
        "review_by": "2027-01-01",
    }
    report = offboard([JANE], lifecycle_service_accounts=[service])
    (entry,) = report["held"]
    assert entry["username"] == "svc-build" and "platform" in entry["what"] and "2027-01-01" in entry["what"]
    assert names(offboard.company, "iq") == {"admin", "joe.doe", "svc-build"}


def test_an_account_that_only_has_the_name_is_a_question(offboard: Run) -> None:
    offboard.company.by_hand("iq", "ann.lee", email="other@example.com")
    report = offboard(["ann.lee@example.com"])
    (entry,) = report["held"]
    assert entry["username"] == "ann.lee" and "Is it theirs?" in entry["what"]


def test_former_addresses_of_the_record_are_a_question_and_reviewed_ones_an_answer(offboard: Run) -> None:
    record = {"id": "E1", "email": "jane.brown@example.com", "former_emails": [JANE]}
    asked = offboard([record])
    assert {(entry["instance"], "Is it theirs?" in entry["what"]) for entry in asked["held"]} == {
        (each, True) for each in SYSTEMS
    }
    assert "jane.smith" in names(offboard.company, "iq")
    assert offboard([record], lifecycle_former_emails={"E1": [JANE]})["held"] == []
    assert "jane.smith" not in names(offboard.company, "iq")


@pytest.mark.parametrize(
    "variables",
    [
        {"offboard_protected": ["JANE.smith@example.com"]},
        {"offboard_protected": '["jane.smith@example.com"]'},
        {"offboard_protected": "[jane.smith@example.com]"},
        {"lifecycle_protected": ["jane.smith"]},
        {"lifecycle_protected": {"iq": ["jane.smith@example.com"]}},
    ],
)
def test_protected_people_stay_however_it_is_written(offboard: Run, variables: dict[str, t.Any]) -> None:
    report = offboard([JANE], offboard_now={JANE: "at once"}, **variables)
    assert report["code"] == 2 and "_protected" in report["printed"]
    assert "jane.smith" in names(offboard.company, "iq")


def test_a_protected_person_keeps_no_other_and_is_no_work_for_anybody(offboard: Run) -> None:
    preview = offboard([JANE, JOE], "--check", offboard_protected=[JOE])
    report = offboard([JANE, JOE], offboard_protected=[JOE])
    for run in (preview, report):
        assert run["code"] == 2 and {(one["person"], one["what"]) for one in run["failures"]} == {
            (JOE, f"{JOE} is in offboard_protected.")
        }
        assert {one["person"] for one in run["manual"]} == {JANE}
    assert preview["counts"] == report["counts"]
    assert names(offboard.company, "iq") == {"admin", "joe.doe"}


def test_the_calling_account_stays_and_the_others_are_closed(offboard: Run) -> None:
    report = offboard([JANE, "admin"], offboard_systems=["iq"])
    assert report["code"] == 2 and "admin is the account that this run uses in IQ Server." in report["printed"]
    assert names(offboard.company, "iq") == {"admin", "joe.doe"}


@pytest.mark.parametrize("people", ["[jane.smith@example.com,joe.doe@example.com]", '["jane.smith@example.com"]'])
def test_lists_as_text_are_lists(offboard: Run, people: str) -> None:
    assert offboard(people)["code"] == 0
    assert "jane.smith" not in names(offboard.company, "iq")


def test_a_disabled_administrator_loses_the_role_and_gets_the_same_lines(offboard: Run) -> None:
    offboard.company.module(
        "x.magistrala_user", {**offboard.company.connection("magistrala"), "username": "jane-smith", "role": "admin"}
    )
    offboard.company.module(
        "x.magistrala_user",
        {**offboard.company.connection("magistrala"), "username": "jane-smith", "state": "disabled"},
    )
    report = offboard([JANE])
    account = offboard.company.accounts("magistrala")["jane-smith"]
    assert (account["role"], account["enabled"]) == ("user", False)
    assert any(entry["instance"] == "magistrala" for entry in report["residual"])
    again = offboard([JANE])
    first, second = ([entry["what"].partition(" ")[0] for entry in told["residual"]] for told in (report, again))
    assert first == second
    assert any("by the role admin is cut" in entry["what"] for entry in report["residual"])
    assert again["counts"]["changed"] == 0


def test_a_role_that_a_token_cannot_take_is_a_failure_in_every_run(offboard: Run) -> None:
    company, magistrala = offboard.company, offboard.company.sandbox.apps["magistrala"]
    company.module("x.magistrala_user", {**company.connection("magistrala"), "username": "jane-smith", "role": "admin"})
    magistrala.act("POST", "seed", {"count": 0, "pats": [{"token": PAT, "username": "admin"}]})
    connections = {"magistrala": {"api_url": company.sandbox.urls["magistrala"], "api_token": PAT}}
    closings = []
    for options in (["--check"], [], [], ["--check"]):
        magistrala.journal.clear()
        report = offboard([JANE], *options, offboard_connections=connections, offboard_systems=["magistrala"])
        ((line,),) = [person["accounts"]["magistrala"] for person in report["people"]]
        assert report["code"] == 2 and (line["action"], line["closed"]) == ("failed", True)
        assert "no personal access token change the role" in line["error"] and "MAGISTRALA_PASSWORD" in line["error"]
        assert report["residual"]
        closings.append(line["done"])
        assert company.writes("magistrala") == (0 if options else len(line["done"]))
    assert closings == [["disable"], ["disable"], [], []]
    account = company.accounts("magistrala")["jane-smith"]
    assert (account["role"], account["enabled"]) == ("admin", False)
