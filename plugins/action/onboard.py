# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Onboards people: plan, then each instance, then the report, which is written in any case."""

from __future__ import annotations

import os
import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils import bytecode

with bytecode.kept():
    from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
    from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, mapping
    from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
    from ansible_collections.people.lifecycle.plugins.modules.onboard import DOCUMENTATION
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.action import PATIENCE, LifecycleAction
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.coverage import remark_on_coverage
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.entry import Settings
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.files import Report
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handover import Handover, VaultFile
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.join import join
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.launch import as_typed
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.rehearsal import Rehearsal
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import Part
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.separation import Plan, Separation
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.visit import Visit, visits
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.assignment import Policy, assign, read_policy
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions, read_decisions
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.departures import (
        Departure,
        called,
        ended,
        read_roster,
        record_of,
        vanished,
    )
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.only import Selection, read_names
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import Person, read_people
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import wanted_accounts
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import read_profiles
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_file, read_text, renamed
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import Shard, read_shard
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.yaml_files import read_yaml


class ActionModule(LifecycleAction):
    kind = "onboard"
    documentation = DOCUMENTATION
    keeps_names = True

    def work(self) -> Values:
        options = self.options
        shard = read_shard(options["shard"], "onboard_shard")
        profiles = self.profiles()
        rehearsal = Rehearsal(self, shard, profiles)
        rehearsal.check()
        decisions = read_decisions(self.reviewed, self.known)
        policy = read_policy(self.reviewed, options["profile_from"], self.known)
        whole = self.whole(policy)
        plan = wanted_accounts(
            self.people(policy),
            profiles,
            options["naming"],
            options["systems"],
            self.day("date"),
            shard=shard,
            only=self.only(whole, policy, profiles),
            decisions=decisions,
            instances=self.known,
            every=self.every(),
            policy=policy,
            whole=whole,
        )
        roster = plan["roster"]
        leavers = self.leavers(roster, plan["people"], shard, decisions)
        settings = Settings(
            batch_size=options.integer("batch_size", least=1),
            reenable=options["reenable"],
            remove_old_access=options["remove_old_access"],
            end_exceptions=options["end_exceptions"],
            reset_mail=options["reset_mail"],
            mark_id=options["mark_id"],
            decisions=decisions,
            roster=called(roster, decisions),
        )
        instances = self.instances()
        Separation(
            policy, read_profiles(profiles, "onboard_profiles", self.known), instances, settings, self.day("date")
        ).apply(plan)
        report = Report("onboard", self.run_name(), shard, self.check, options["report_dir"], options["report"])
        report.reserve()
        try:
            handover, credentials_file = self.handover(report)
        except InputError:
            report.release()
            raise
        self.lock(instances, report, PATIENCE)
        parts = rehearsal.carry_out(
            instances,
            lambda: [self.joined(visit, plan, handover) for visit in visits(instances, plan, settings)],
            report,
        )
        if options["warn_sub_organizations"]:
            remark_on_coverage(parts, instances)
        run = self.run_of(
            report,
            credentials=options["credentials"],
            credentials_file=credentials_file,
            rules=plan["rules"],
            exceptions=plan["exceptions"],
            roster=[record_of(person) for person in roster],
            leavers=leavers,
        )
        return rehearsal.result(report, self.result(run, report, plan["people"], parts, plan["waiting"]))

    def joined(self, visit: Visit, plan: Plan, handover: Handover) -> Part:
        """What becomes of the accounts of one instance, those included that cannot even be told."""
        everybody = [Line(entry["person"], entry["username"]) for entry in visit.entries.values()]
        part = self.part(visit.modules, everybody, lambda: join(visit, handover, self.progress))
        for problem in plan["refused"]:
            if problem["instance"] == visit.modules.name:
                part.lines.append(Line(problem["person"], ""))
                part.lines[-1].fail(problem["why"])
        for one in plan["held"]:
            part.lines.append(Line(one["person"], ""))
            part.lines[-1].hold(one["why"])
        return part

    def people(self, policy: Policy) -> t.Any:
        """The records, from the file where one is given; raises InputError when there are none."""
        path, people = self.file("people_file"), self.options["people"]
        columns, extra = self.columns(), policy.form.columns
        if path:
            people = read_file(path, columns, self.content_of, extra, self.known)
        elif isinstance(people, str):
            people = read_text(people, None, "onboard_people", columns, extra, self.known)
        elif isinstance(people, (list, tuple)):
            people = renamed(as_typed(people, self.task_vars, self._loader), columns, extra)
        if is_blank(people):
            raise InputError("There is nobody to onboard: give onboard_people or onboard_people_file.")
        return people

    def columns(self) -> Values:
        """What HR calls the fields of a person."""
        return mapping(self.options["columns"], "onboard_columns")

    def profiles(self) -> t.Any:
        """The profiles, from the file where one is given."""
        path = self.file("profiles_file")
        if not path:
            return self.options["profiles"]
        return read_yaml(self.content_of(path), path, "onboard_profiles")

    def only(self, whole: t.Sequence[Person], policy: Policy, profiles: t.Any) -> Selection:
        """Who is meant, of the whole roster where this run has only part of it."""
        names = read_names(self.options["only"], "onboard_only")
        if not names or not whole:
            return Selection(names)
        known = read_profiles(profiles, "onboard_profiles", self.known)
        return Selection(names, [each.person for each in assign(whole, policy, known, self.day("date"))])

    def whole(self, policy: Policy) -> list[Person]:
        """Everybody in the file with the whole roster, where one is given."""
        path = self.file("roster_file")
        records = read_file(path, self.columns(), self.content_of, policy.form.columns, self.known) if path else []
        return read_people(records, "onboard_roster_file", self.known, policy.form)

    def leavers(
        self, roster: t.Sequence[Person], ours: t.Sequence[Values], shard: Shard, decisions: Decisions
    ) -> list[Departure]:
        """Who is to be offboarded: those of this run whose last day has passed,
        and those who vanished since another run.
        """
        ids = {person["id"] for person in ours}
        found = ended([person for person in roster if person.id in ids], self.day("date").isoformat())
        path = self.file("since")
        if not path:
            return found
        if not is_blank(self.options["only"]):
            raise InputError("onboard_since compares whole rosters: leave out onboard_only, or onboard_since.")
        before = read_roster(self.content_of(path), path)
        return [*found, *shard.take(vanished(roster, before, decisions), lambda leaver: leaver.id)]

    def handover(self, report: Report) -> tuple[Handover, str]:
        """Where the new passwords go, and the file that has them."""
        path = self.options.text("credentials_file")
        if self.options["credentials"] == "none":
            return Handover(), path
        path = path or os.path.join(report.folder, f"credentials-{report.run}.yml")
        return VaultFile(path, self.options.text("credentials_vault_password")), path
