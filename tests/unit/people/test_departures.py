# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who leaves as the roster has it is listed, and a file with them is for the role offboard."""

from __future__ import annotations

import json
import pathlib
import stat
import typing as t

import pytest
import yaml
from ansible.errors import AnsibleActionFail

import report_schema
from people_actions import act
from people_company import PROFILES, Company, person

IQ = {"systems": ["iq"]}


class Office:
    """Onboards in a folder, with one day for all runs; ``full`` is the report in the JSON file."""

    def __init__(self, company: Company, folder: pathlib.Path) -> None:
        self.company = company
        self.folder = folder
        self.given = {"connections": company.connections(), "report_dir": str(folder), "profiles": PROFILES, **IQ}

    def onboard(self, *people: t.Any, date: str = "2027-03-01", **options: t.Any) -> dict[str, t.Any]:
        result = act(self.folder, "onboard", self.company, people=list(people), date=date, **self.given, **options)
        report_schema.check(result["report"], "stats")
        full = json.loads(pathlib.Path(result["report"]["files"]["json"]).read_text())
        report_schema.check(full)
        assert full["leavers"] == result["report"]["leavers"]
        return {**result, **result["report"], "full": full}


@pytest.fixture
def office(company: Company, tmp_path: pathlib.Path) -> Office:
    return Office(company, tmp_path)


def test_who_ended_or_vanished_is_listed_and_leaves_by_the_file(office: Office, company: Company) -> None:
    first = office.onboard(person(1), person(2), person(3, former_emails=["jane33@example.com"]), person(4))
    assert first["leavers"] == [] and "leavers" not in first["files"]
    later = office.onboard(
        person(1), person(2, end="2027-02-28"), person(4, end="2027-03-01"), since=first["files"]["json"]
    )
    assert [(one["id"], one["why"], one["in_file"]) for one in later["leavers"]] == [
        ("E2", "ended on 2027-02-28", True),
        ("E3", "not on the roster any more", True),
    ]
    assert later["counts"]["leavers"] == 2
    path = pathlib.Path(later["files"]["leavers"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert f"To be offboarded (2): Jane Smith2, Jane Smith3; offboard_people_file: {path}" in later["console"]
    assert "To be offboarded" in pathlib.Path(later["files"]["html"]).read_text()
    records = yaml.safe_load(path.read_text())
    assert [record["id"] for record in records] == ["E2", "E3"]
    assert records[1]["former_emails"] == ["jane33@example.com"]
    left = act(
        office.folder,
        "offboard",
        company,
        people_file=str(path),
        date="2027-03-01",
        **office.given | {"profiles": None},
    )
    assert left["report"]["counts"]["by_system"]["iq"]["deleted"] == 2
    assert company.accounts("iq").keys() == {"admin", "jane1", "jane4"}


def test_whoever_may_be_there_under_another_id_is_listed_and_not_in_the_file(office: Office) -> None:
    since = office.onboard(person(1), person(2), person(3))["files"]["json"]
    renamed = person(22, last_name="Smith2", email="jane22@example.com")
    later = office.onboard(person(11, email="jane1@example.com"), renamed, person(3), since=since)
    why = {one["id"]: (one["why"], one["in_file"]) for one in later["leavers"]}
    assert why == {
        "E1": (
            "not on the roster any more, but jane1@example.com is an address of E11; are they the same person?",
            False,
        ),
        "E2": ("not on the roster any more, but E22 is new and has this name; are they the same person?", False),
    }
    assert "leavers" not in later["files"]
    assert "To be offboarded (2): Jane Smith1, Jane Smith2; 2 of them to be decided first" in later["console"]


def test_parts_of_a_roster_list_those_of_their_part_only(office: Office) -> None:
    people = [person(number) for number in range(1, 9)]
    since = office.onboard(*people, shard="1/2")["files"]["json"]
    parts = [office.onboard(*people[:5], shard=f"{number}/2", since=since)["leavers"] for number in (1, 2)]
    assert all(parts), "each part has some of them"
    assert sorted(one["id"] for part in parts for one in part) == ["E6", "E7", "E8"]


def test_what_is_no_whole_roster_is_refused_before_anything_is_written(office: Office, company: Company) -> None:
    people = [person(number) for number in range(1, 13)]
    since = office.onboard(*people)["files"]["json"]
    company.forget()
    with pytest.raises(AnsibleActionFail, match=r"11 of the 12 people .* give the whole one in onboard_roster_file"):
        office.onboard(person(1, title="Chief"), since=since)
    with pytest.raises(AnsibleActionFail, match="leave out onboard_only"):
        office.onboard(*people, since=since, only="E1")
    assert company.writes("iq") == 0
    (office.folder / "whole.json").write_text(json.dumps(people[:11]))
    told = office.onboard(person(1), since=since, roster_file=str(office.folder / "whole.json"))
    assert [one["id"] for one in told["leavers"]] == ["E12"]
    assert len(told["full"]["roster"]) == 11


@pytest.mark.parametrize(
    "content", ["", "[]", '{"roster": [{}], "kind": "onboard"}', '{"roster": [], "kind": "offboard"}']
)
def test_a_file_that_is_no_report_of_an_onboarding_is_refused(office: Office, content: str) -> None:
    (office.folder / "since.json").write_text(content)
    with pytest.raises(AnsibleActionFail, match="no report of an onboarding with its roster"):
        office.onboard(person(1), since=str(office.folder / "since.json"))
