# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out what was decided about the findings of a review:
each is found again first, and what has changed is left.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils import bytecode

with bytecode.kept():
    from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
    from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
    from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
    from ansible_collections.people.lifecycle.plugins.module_utils._core.text import refuse
    from ansible_collections.people.lifecycle.plugins.modules.review_apply import DOCUMENTATION
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Modules
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.files import Report
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leave import Leaving, leave
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.rehearsal import Rehearsal
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import Part
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.runner import of_awx
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import EVERYBODY
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.yaml_files import read_yaml, written_yaml
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.action import ReviewAction, Survey
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.case import (
        FAILED,
        Author,
        Bench,
        Case,
        judge,
        proposal,
    )
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import Finding
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.removals import (
        Removals,
        account_of,
        together,
    )
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.verdict import Verdict, read_verdicts
    from ansible_collections.people.lifecycle.plugins.plugin_utils.review.worksheet import NAME

HOW = Leaving("disable", batch_size=500)


class ActionModule(ReviewAction):
    kind = "review_apply"
    prefix = "review"
    documentation = DOCUMENTATION

    def work(self) -> Values:
        options = self.options
        rehearsal = Rehearsal(self, EVERYBODY)
        rehearsal.check()
        verdicts = self.verdicts()
        limit = options.integer("limit", least=0)
        report = Report(self.kind, self.run_name(), EVERYBODY, self.check, options["report_dir"], options["report"])
        survey = self.survey(report)
        cases = judge(verdicts, self.bench(survey))
        removals = {place.instance.name: Removals(place, cases, survey.decisions) for place in survey.places}
        count = sum(len(each.targets) for each in removals.values())
        try:
            refuse(
                [f"{count} accounts would change, and {options.name('limit')} allows {limit}."] if count > limit else []
            )
        except InputError:
            report.release()
            raise
        self.lock(survey.instances, report, patience=0)
        parts = rehearsal.carry_out(
            survey.instances,
            lambda: [self.carried_out(modules, removals[modules.name]) for modules in survey.instances],
            report,
        )
        return rehearsal.result(report, self.told(report, survey, cases, parts))

    def verdicts(self) -> list[Verdict]:
        """What was decided; raises InputError where that is nothing."""
        path, name = self.file("decisions_file"), self.options.name("decisions")
        given = read_yaml(self.content_of(path), path, NAME) if path else self.options["decisions"]
        verdicts = read_verdicts(given, path or name)
        if not verdicts and not path:
            raise InputError(f"Nothing is decided: give {name} or {self.options.name('decisions_file')}.")
        return verdicts

    def bench(self, survey: Survey) -> Bench:
        """What the decisions are held against."""
        people = {person.id: person for person in survey.roster.people}
        places = {place.instance.name: place for place in survey.places}

        def addresses(finding: Finding) -> t.Iterable[str]:
            account = account_of(places[finding.instance], finding) or {}
            person = people.get(finding.person)
            return filter(None, (str(account.get("email") or ""), *(person.emails if person else ())))

        unclear = [finding.what for finding in survey.findings if finding.kind == "incomplete"]
        author = Author(*(of_awx(self.task_vars, name) or "" for name in ("user_name", "user_email")))
        findings = {finding.id: finding for finding in survey.findings}
        return Bench(findings, people, survey.today, author, addresses, " ".join(unclear))

    def carried_out(self, modules: Modules, removals: Removals) -> Part:
        """What becomes of the accounts of one instance; each case gets its outcome."""
        part = self.part(
            modules, [*removals.blank_lines().values()], functools.partial(self.removed, modules, removals)
        )
        for target, line in zip(removals.targets.values(), part.lines, strict=True):
            for case in target.cases:
                case.follow(line)
        part.lines += removals.lines
        return part

    def removed(self, modules: Modules, removals: Removals) -> list[Line]:
        """Take access, then close accounts; a line for each target, in order."""
        takes, closings = removals.takes(), removals.closings()
        if (takes or closings) and not modules.check:
            modules.claim()
        lines = removals.blank_lines()
        modules.bring({key: lines[key] for key in takes}, [*takes.values()], **modules.traits.join_options)
        for key, closed in zip(closings, leave([*closings.values()], modules, HOW, self.progress), strict=True):
            lines[key] = together(lines[key], closed)
        return [*lines.values()]

    def told(self, report: Report, survey: Survey, cases: list[Case], parts: list[Part]) -> Values:
        """Write report and proposal, and return the result of the task."""
        author = self.bench(survey).author
        decided = [case.described(author) for case in cases]
        everybody = {person.id: person.described() for person in survey.roster.people}
        lines = [line for part in parts for line in part.lines]
        people = [
            everybody.get(who, {"id": who, "name": "", "email": "", "profile": []})
            for who in dict.fromkeys(line.person for line in lines)
        ]
        result = self.result(self.run_of(report, mode=HOW.mode, decisions=decided), report, people, parts, [])
        files, failures = result["report"]["files"], [result["failure"], *survey.unread]
        failures += [
            f"{case.verdict.mark}: {case.why}" for case in cases if case.outcome == FAILED and case.finding is None
        ]
        proposed = proposal(cases)
        if proposed and report.wanted:
            content = written_yaml({"lifecycle_account_names": proposed})
            files["account_names"] = report.write_each({"account_names.yml": f"---\n{content}"})["account_names.yml"]
        return {**result, "failure": printable(" ".join(filter(None, failures)), 20_000)}
