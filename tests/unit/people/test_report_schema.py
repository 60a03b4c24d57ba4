# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The published form of reports; reports of real runs are checked by it wherever a test runs a role."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

import report_schema
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import ACTIONS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import LISTS, SUMMARY, VERSION
from people_actions import act
from people_company import PROFILES, Company, person

AWX = {"awx_job_id": 4711, "tower_job_id": 4711, "awx_user_name": "jo"}
KEEP = {"person": "jane1@example.com", "keep": "magistrala", "until": "2098-12-31", "reason": "hands over"}


def both(company: Company, folder: pathlib.Path, kind: str, people: t.Any, **options: t.Any) -> tuple[t.Any, t.Any]:
    """The report and the stats of one run."""
    profiles = {"profiles": PROFILES} if kind == "onboard" else {}
    given = {"connections": company.connections(), "report_dir": str(folder), "people": people, **profiles}
    small = act(folder, kind, company, variables={**AWX, "lifecycle_exceptions": [KEEP]}, **given, **options)["report"]
    return json.loads(pathlib.Path(small["files"]["json"]).read_text()), small


def test_of_joiners_and_leavers_of_every_sort(company: Company, tmp_path: pathlib.Path) -> None:
    everybody = [person(1), person(2, profile=["lead"]), person(3, start="2099-01-01"), person(4, profile=["nobody"])]
    everybody.append(person(7, end="2020-01-01"))
    company.join("magistrala", person(5, email="other@example.com", accounts={"magistrala": {"username": "jane6"}}))
    everybody.append(person(6))
    leavers = ["jane1@example.com", {"id": "E2", "email": "jane2@example.com"}, "nobody@example.com"]
    waits = {"id": "E9", "email": "jane9@example.com", "end": "2099-01-01"}
    told = []
    for check in (True, False):
        told += both(company, tmp_path, "onboard", everybody, check=check)
    for mode in ("disable", "delete"):
        told += both(company, tmp_path, "offboard", [*leavers, waits], mode=mode, now={"E2": "fraud"})
    company.break_down("iq", kind="status", method="GET", status=500, times=0)
    told += both(company, tmp_path, "offboard", leavers)
    for report, small in zip(told[::2], told[1::2], strict=True):
        report_schema.check(report)
        report_schema.check(small, "stats")
        assert report["ran_by"]["awx_job"] == "4711"
        assert report["ran_by"]["awx_user"] == "jo"
    first, last = told[0], told[-2]
    assert first["instances"]["iq"]["address"] == company.sandbox.urls["iq"]
    assert first["instances"]["magistrala"]["release"]
    assert last["instances"]["iq"]["address"] == company.sandbox.urls["iq"], (
        "an instance that fails is named all the same"
    )
    elsewhere = ("old_access", "decisions")  # of movers, and of runs that carry out what a review asked
    for name in {*LISTS, "people"} - {*elsewhere}:
        assert any(report[name] for report in told[::2]), f"no report of this test has {name}"


def test_every_key_is_documented() -> None:
    forms = report_schema.schema()["$defs"]
    assert forms["action"]["enum"] == list(ACTIONS)
    assert forms["report"]["properties"]["version"]["const"] == VERSION
    assert {*SUMMARY, *LISTS, "changes", "left_out", "files"} == set(forms["stats"]["properties"])


def test_a_key_that_nobody_knows_is_noticed(company: Company, tmp_path: pathlib.Path) -> None:
    report, _small = both(company, tmp_path, "onboard", [person(1)])
    for broken in (
        {**report, "titel": 1},
        {**report, "version": 1},
        {key: report[key] for key in report if key != "held"},
    ):
        with pytest.raises(report_schema.jsonschema.ValidationError):
            report_schema.check(broken)
