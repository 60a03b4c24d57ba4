# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reviews who has what: reads the roster and each instance, and writes nothing but the report."""

from __future__ import annotations

import datetime

from ansible_collections.people.lifecycle.plugins.plugin_utils import bytecode

with bytecode.kept():
    from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
    from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
    from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import presentable, printable
    from ansible_collections.people.lifecycle.plugins.modules.review import DOCUMENTATION
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.files import Report
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.json_text import written_json
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import decoded, parse_json
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import EVERYBODY
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.action import ReviewAction
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.console import block
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.page import page
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.report import (
        build,
        compare,
        read_earlier,
        small,
        table,
    )
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.standing import carried, decided, read_decided
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.worksheet import worksheet

APPLIED = "review_apply-*.json"  # as reports are named


class ActionModule(ReviewAction):
    kind = "review"
    documentation = DOCUMENTATION

    def work(self) -> Values:
        earlier = self.earlier()
        before = read_decided(self.reports("decided", APPLIED))
        report = Report("review", self.run_name(), EVERYBODY, False, self.options["report_dir"], self.options["report"])
        survey = self.survey(report)
        data = build(self.run_of(report), survey.findings, survey.places, len(survey.roster.people), survey.today)
        data = compare(data, earlier) if earlier else data
        known = {**(carried(earlier) if earlier else {}), **before}
        data = decided(data, known, self.options.integer("open_days", 1))
        return {**self.told(report, data, survey.unread), "changed": False}

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

    def told(self, report: Report, data: Values, unread: list[str]) -> Values:
        """Write the report, and return the result of the task."""
        files: dict[str, str] = {}
        try:
            contents = {
                "json": written_json(data),
                "html": page(data),
                "csv": table(data),
                "decisions.yml": worksheet(data),
            }
            files = report.write_each(contents)
        except InputError as error:
            unread = [*unread, str(error)]
        counts = data["counts"]
        risks = ", ".join(f"{count} {risk}" for risk, count in counts["by_risk"].items())
        self.progress(
            f"{counts['findings']} findings ({risks}) about {counts['accounts']} accounts; {counts['open']} are open"
        )
        if counts["overdue"]:
            days = data["open_days"]
            self._display.warning(
                f"{counts['overdue']} findings have been open for more than {days} days. Somebody has to decide."
            )
        paths = {end.removesuffix(".yml"): path for end, path in files.items()}
        return {
            "key": report.key,
            "console": block(data, paths),
            "failure": printable(" ".join(unread), 20_000),
            "report": {**presentable(small(data)), "files": paths},
        }
