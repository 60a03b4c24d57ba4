# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was decided before about the findings of a review, and what has been open for too long. Pure."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.case import KEPT, PROPOSED, REMOVED
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import KINDS

Known = dict[str, Values]  # decisions by the id of their finding
ABOUT = ("mark", "decision", "reason", "until", "assigned", "by", "outcome", "why")


def read_decided(reports: t.Mapping[str, t.Any]) -> Known:
    """The decisions in ``reports`` of review_apply, by path, the latest counting; previews are left out.

    Raises InputError for other files.
    """
    for path, report in reports.items():
        if (
            not isinstance(report, dict)
            or report.get("kind") != "review_apply"
            or not isinstance(report.get("time"), str)
        ):
            raise InputError(f"{path} is not the report of review_apply, which review_decided needs.")
    known = {}
    for report in sorted(reports.values(), key=lambda report: report["time"]):
        for each in report.get("decisions", ()) if not report.get("check_mode") else ():
            if each["kind"]:
                known[each["id"]] = {**{name: each[name] for name in ABOUT}, "on": report["time"][:10]}
    return known


def carried(earlier: Values) -> Known:
    """The decisions that an earlier review knew."""
    known = {each["id"]: each["decision"] for each in earlier["findings"] if each.get("decision")}
    return {id_: {name: decision[name] for name in (*ABOUT, "on")} for id_, decision in known.items()}


def decided(report: Values, known: Known, open_days: int) -> Values:
    """The ``report`` of a review with what is ``known`` of each finding,
    and what has been open for more than ``open_days``.
    """
    today = datetime.date.fromisoformat(report["date"])
    findings = [judged(finding, known.get(finding["id"]), today, open_days) for finding in report["findings"]]
    kept = [finding for finding in findings if stands(finding)]
    waiting = [finding for finding in findings if KINDS[finding["kind"]].verbs and not stands(finding)]
    counts = {"kept": len(kept), "open": len(waiting), "overdue": sum(finding["overdue"] for finding in findings)}
    return {**report, "findings": findings, "counts": {**report["counts"], **counts}, "open_days": open_days}


def stands(finding: Values) -> bool:
    return bool(finding["decision"] and finding["decision"]["stands"])


def judged(finding: Values, decision: Values | None, today: datetime.date, open_days: int) -> Values:
    """A finding with its decision, and whether it is overdue."""
    told = None
    begun = finding.get("first_seen") or today.isoformat()
    if decision:
        same = decision["mark"] == finding["mark"]
        keeps = decision["outcome"] == KEPT
        holds = keeps and same and decision["until"] >= today.isoformat()
        told = {**decision, "stands": holds, "note": note(decision, holds, same)}
        begun = max(begun, decision["until"]) if keeps and same else begun
    days = (today - datetime.date.fromisoformat(begun)).days
    overdue = bool(KINDS[finding["kind"]].verbs) and not (told and told["stands"]) and days > open_days
    return {**finding, "decision": told, "overdue": overdue}


def note(decision: Values, holds: bool, same: bool) -> str:
    """A decision in words, with what it means today."""
    who = f"{decision['on']} by {decision['by']}"
    if decision["outcome"] == KEPT:
        end = "" if holds else "; that has ended" if same else "; it is another now"
        return f"keep until {decision['until']} ({decision['reason']}), {who}{end}"
    if decision["outcome"] == PROPOSED:
        return f"assign to {decision['assigned']}, {who}; lifecycle_account_names does not say so yet"
    if decision["outcome"] == REMOVED:
        return f"removed, {who}, and there again"
    return f"{decision['decision']}, {who}; not carried out: {decision['why']}"
