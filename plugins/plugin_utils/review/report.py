# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report of a review as data, and as a table for spreadsheets. Pure."""

from __future__ import annotations

import collections
import csv
import datetime
import io
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import MOST_NAMED, Run
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import KINDS, RISKS, Finding
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Place

VERSION = 1  # of the form, as docs/schemas/review.json has it
COLUMNS = (
    "id",
    "risk",
    "kind",
    "system",
    "instance",
    "account",
    "realm",
    "person",
    "name",
    "what",
    "since",
    "first_seen",
    "days",
    "decision",
)
SUMMARY = (
    "version",
    "kind",
    "run",
    "check_mode",
    "time",
    "date",
    "duration_seconds",
    "ran_by",
    "instances",
    "counts",
    "open_days",
    "trend",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 2000


def build(
    run: Run, findings: t.Sequence[Finding], places: t.Sequence[Place], people: int, today: datetime.date
) -> Values:
    """The report on ``findings``; ``people`` are on the roster."""
    titles = {place.instance.name: place.instance.title for place in places}
    return {
        "version": VERSION,
        "kind": "review",
        "run": run.id,
        "check_mode": run.check,
        "time": run.now.isoformat(timespec="seconds"),
        "date": today.isoformat(),
        "duration_seconds": run.seconds,
        "ran_by": run.by,
        "instances": {
            place.instance.name: {
                "title": place.instance.title,
                "system": place.instance.traits.name,
                "accounts": len(place.accounts),
                "read": not place.unread,
            }
            for place in places
        },
        "counts": {
            "people": people,
            "accounts": sum(len(place.accounts) for place in places),
            "findings": len(findings),
            "open": 0,
            "kept": 0,
            "overdue": 0,
            "by_risk": {risk: sum(finding.risk == risk for finding in findings) for risk in RISKS},
            "by_kind": {kind: count for kind in KINDS if (count := sum(finding.kind == kind for finding in findings))},
        },
        "open_days": 0,
        "trend": None,
        "findings": [finding.described(titles.get(finding.instance, "")) for finding in findings],
    }


def read_earlier(given: t.Any, path: str) -> Values:
    """An earlier report; raises InputError for what is none."""
    if not isinstance(given, dict) or given.get("kind") != "review" or not isinstance(given.get("findings"), list):
        raise InputError(f"{path} is not the report of a review, which review_since needs.")
    return given


def compare(report: Values, earlier: Values) -> Values:
    """``report`` with a trend: which findings are new since ``earlier``, which are gone,
    and for how long others are there.
    """
    before = {each["id"]: each for each in earlier["findings"]}
    today = datetime.date.fromisoformat(report["date"])
    findings = []
    for finding in report["findings"]:
        known = before.get(finding["id"])
        first = (known.get("first_seen") or earlier["date"]) if known else report["date"]
        days = max(0, (today - datetime.date.fromisoformat(first)).days)
        findings.append({**finding, "new": known is None, "first_seen": first, "days": days})
    now = {finding["id"] for finding in findings}
    unread = {name for name, instance in report["instances"].items() if not instance["read"]}
    gone = [each for each in earlier["findings"] if each["id"] not in now and each["instance"] not in unread]
    trend = {
        "since": earlier["date"],
        "run": str(earlier.get("run", "")),
        "new": sum(finding["new"] for finding in findings),
        "gone": len(gone),
        "still": sum(not finding["new"] for finding in findings),
        "gone_findings": gone,
    }
    return {**report, "findings": findings, "trend": trend}


def table(report: Values) -> str:
    """The findings as CSV, without anything that a spreadsheet takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for finding in report["findings"]:
        told = {**finding, "decision": (finding.get("decision") or {}).get("note", "")}
        writer.writerow([cell(told.get(column, "")) for column in COLUMNS])
    return text.getvalue().removesuffix("\r\n")


def cell(value: t.Any) -> str:
    """A value as text that stays text."""
    shown = printable(str(value), LONGEST_CELL)
    return f"'{shown}" if shown.startswith(FORMULA) else shown


def small(report: Values) -> Values:
    """The part for the fact and ``set_stats``: counts, and the first findings of each kind."""
    kept: list[Values] = []
    seen: collections.Counter[str] = collections.Counter()
    for finding in report["findings"]:
        seen[finding["kind"]] += 1
        if seen[finding["kind"]] <= MOST_NAMED:
            kept.append(finding)
    trend = {key: value for key, value in (report["trend"] or {}).items() if key != "gone_findings"} or None
    return {
        **{name: report[name] for name in SUMMARY},
        "trend": trend,
        "findings": kept,
        "left_out": {kind: count - MOST_NAMED for kind, count in seen.items() if count > MOST_NAMED},
    }
