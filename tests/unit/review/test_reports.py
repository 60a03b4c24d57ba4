# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of a review: a table that no spreadsheet calculates with, a page that shows text as text, and a trend."""

from __future__ import annotations

import csv
import datetime
import io
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import Run
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instance
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import Finding
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.page import page
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.report import (
    build,
    compare,
    read_earlier,
    small,
    table,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Place
from people_reports import HOSTILE, NOW

PLACES = [Place(Instance("iq", TRAITS["iq"]))]


def report(*findings: Finding, day: str = "2026-11-23") -> dict[str, t.Any]:
    run = Run("review", "1", False, NOW, by=dict.fromkeys(("user", "host", "awx_job", "awx_user")))
    return build(run, findings, PLACES, 3, datetime.date.fromisoformat(day))


def orphan(account: str, what: str = "x") -> Finding:
    return Finding("orphan", "iq", account, what)


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", " =1", '=HYPERLINK("x")', "a;=1", 'a",=1']
)
def test_no_cell_is_a_formula(name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(table(report(orphan(name, name))), newline="")))
    assert len(rows) == 1
    for cell in rows[0].values():
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", " ")), cell
    assert name.strip() in rows[0]["account"].removeprefix("'")


@pytest.mark.parametrize("name", HOSTILE)
def test_text_from_outside_is_shown_as_text(name: str) -> None:
    plain, shown = page(report(orphan("x"))), page(report(orphan(name, name)))
    assert shown.count("<") == plain.count("<") and "<script" not in shown and "://" not in shown


def test_a_trend_tells_what_is_new_gone_and_for_how_long() -> None:
    first = report(orphan("a"), orphan("b"), day="2026-08-01")
    second = compare(report(orphan("b"), orphan("c"), day="2026-09-01"), first)
    third = compare(report(orphan("b"), orphan("c"), day="2026-11-23"), second)
    days = {each["account"]: (each["new"], each["days"]) for each in third["findings"]}
    assert [second["trend"][name] for name in ("new", "gone", "still")] == [1, 1, 1]
    assert [each["account"] for each in second["trend"]["gone_findings"]] == ["a"]
    assert days == {"b": (False, 114), "c": (False, 83)}
    assert "114 days" in page(third)


def test_nothing_is_gone_where_nobody_could_look() -> None:
    now = report()
    now["instances"]["iq"]["read"] = False
    assert compare(now, report(orphan("a")))["trend"]["gone"] == 0


def test_another_file_is_no_review() -> None:
    with pytest.raises(InputError, match="is not the report of a review"):
        read_earlier({"kind": "onboard", "people": []}, "x.json")


def test_the_fact_stays_small() -> None:
    fact = small(report(*(orphan(f"a{number}") for number in range(80))))
    assert len(fact["findings"]) == 50 and fact["left_out"] == {"orphan": 30} and fact["counts"]["findings"] == 80
