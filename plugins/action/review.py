# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reviews who has what: reads the roster and each instance, and writes nothing but the report."""

from __future__ import annotations

import datetime
import glob
import os

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import text_list
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import presentable, printable
from ansible_collections.people.lifecycle.plugins.modules.review import DOCUMENTATION
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.files import Report
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import read_decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.json_text import written_json
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import decoded, parse_json
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import EVERYBODY
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.action import ReviewAction
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.find import find
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.offboarded import Offboarded, read_offboarded
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.page import page
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.report import (
    build,
    compare,
    read_earlier,
    small,
    table,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Terms

OFFBOARDINGS = "offboard-*.json"  # as reports are named


class ActionModule(ReviewAction):
    kind = "review"
    documentation = DOCUMENTATION

    def work(self) -> Values:
        options, today = self.options, self.day("date")
        decisions = read_decisions(self.reviewed, self.known)
        terms = Terms(today, decisions, options.integer("dormant_days", 1), options.integer("absence_limit", 1))
        offboarded = self.offboarded()
        roster = self.roster(decisions, offboarded.people.values())
        earlier = self.earlier()
        instances = self.instances()
        report = Report("review", self.run_name(), EVERYBODY, False, options["report_dir"], options["report"])
        report.reserve()
        places = [self.place(modules) for modules in instances]
        findings = find(places, roster, terms, offboarded)
        data = build(self.run_of(report), findings, places, len(roster.people), today)
        data = compare(data, earlier) if earlier else data
        unread = [f"{place.instance.title} was not read: {place.unread}" for place in places if place.unread]
        return {**self.told(report, data, unread), "changed": False}

    def earlier(self) -> Values | None:
        """The report that this one is compared with, if one is given."""
        path = self.file("since")
        if not path:
            return None
        earlier = read_earlier(parse_json(decoded(self.content_of(path), path), path), path)
        try:
            datetime.date.fromisoformat(earlier["date"])
        except (KeyError, TypeError, ValueError):
            raise InputError(f"{path} does not say of which day it is.") from None
        return earlier

    def offboarded(self) -> Offboarded:
        """What the reports of offboarding say that are given, each as a file, or all in a folder."""
        option = self.options.name("offboarded")
        reports = {}
        for name in text_list(self.options["offboarded"], option):
            folder = os.path.abspath(os.path.expanduser(name))
            inside = sorted(glob.glob(os.path.join(glob.escape(folder), OFFBOARDINGS))) if os.path.isdir(folder) else []
            for path in inside or [self.path(name, option)]:
                content = self.content_of(path)
                if content.strip():  # another run has just begun with it
                    reports[path] = parse_json(decoded(content, path), path)
        return read_offboarded(reports, self.known)

    def told(self, report: Report, data: Values, unread: list[str]) -> Values:
        """Write the report, and return the result of the task."""
        files: dict[str, str] = {}
        try:
            files = report.write_each({"json": written_json(data), "html": page(data), "csv": table(data)})
        except InputError as error:
            unread = [*unread, str(error)]
        counts = data["counts"]
        risks = ", ".join(f"{count} {risk}" for risk, count in counts["by_risk"].items())
        self.progress(f"{counts['findings']} findings ({risks}) about {counts['accounts']} accounts")
        return {
            "key": report.key,
            "failure": printable(" ".join(unread), 20_000),
            "report": {**presentable(small(data)), "files": files},
        }
