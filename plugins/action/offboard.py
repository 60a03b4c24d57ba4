# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Offboards people: find and guard, then each instance, then the report, which is written in any case."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils import bytecode

with bytecode.kept():
    from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, LifecycleError
    from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import text_list
    from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
    from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
    from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
    from ansible_collections.people.lifecycle.plugins.modules.offboard import DOCUMENTATION
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle import guards
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.action import LifecycleAction
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Modules
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.coverage import remark_on_coverage
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.files import Report
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.kept import kept_listed
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leave import Leaving, leave
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import (
        Leaver,
        read_leavers,
        read_urgent,
    )
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.rehearsal import Rehearsal
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import Part, several
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.search import Search
    from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.successors import (
        Successors,
        read_successors,
        successor_options,
    )
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.assignment import EXCEPTIONS
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions, read_decisions
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.exceptions import read_exceptions
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import read_limits
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import read_naming
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_file
    from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import read_shard


class ActionModule(LifecycleAction):
    kind = "offboard"
    documentation = DOCUMENTATION
    order = tuple(reversed(TRAITS))  # the last one to get accounts is the first to lose them

    def work(self) -> Values:
        options = self.options
        decisions = read_decisions(self.reviewed, self.known)
        everybody = self.people(decisions)
        urgent = read_urgent(options["now"], everybody, "offboard_now")
        today = self.day("date")
        day = today.isoformat()
        exceptions = [
            grant for grant in read_exceptions(self.reviewed(EXCEPTIONS), EXCEPTIONS, self.known) if grant.keep
        ]
        due = [leaver for leaver in everybody if leaver.id in urgent or not leaver.end or leaver.end < day]
        shard = read_shard(options["shard"], "offboard_shard")
        rehearsal = Rehearsal(self, shard)
        rehearsal.check()
        leavers, ours = (shard.take(some, lambda leaver: leaver.id) for some in (due, everybody))
        waiting = [leaver for leaver in ours if leaver not in leavers]
        instances = self.instances()
        batch_size = options.integer("batch_size", least=1)
        limits = read_limits(options["instance_limits"], "offboard_instance_limits", self.known)
        successors = read_successors(options["successors"], "offboard_successors", self.known)
        naming = read_naming(options["naming"], "offboard_naming", self.known)
        search = Search(leavers, instances, naming, decisions, urgent, everybody, exceptions, today)
        search.run()
        counted = [leaver for leaver in due if leaver.id not in urgent]
        search.refuse(
            options.integer("limit", least=0), len(counted), text_list(options["protected"], "offboard_protected")
        )
        report = Report("offboard", self.run_name(), shard, self.check, options["report_dir"], options["report"])
        with contextlib.suppress(InputError):  # nobody stays because of a folder; writing says it again at the end
            report.reserve()
        self.lock(instances, report, patience=0)
        parts = rehearsal.carry_out(
            instances,
            lambda: [self.closed(modules, search, batch_size, successors, limits) for modules in instances],
            report,
        )
        if options["warn_sub_organizations"]:
            remark_on_coverage(parts, instances)
        told = kept_listed(exceptions, today, everybody, ours, urgent)
        run = self.run_of(report, mode=options["mode"], urgent=urgent, exceptions=told)
        people = [*search.people(), *(leaver.described() for leaver in waiting)]
        result = self.result(
            run, report, people, parts, [{"person": one.id, "why": f"leaves after {one.end}"} for one in waiting]
        )
        return rehearsal.result(report, {**result, **self.nowhere(result)})

    def nowhere(self, result: Values) -> Values:
        """What the run says of people who were found nowhere, as ``offboard_unknown`` wants it."""
        counts, unknown = result["report"]["counts"], self.options["unknown"]
        if not counts["nowhere"]:
            return {}
        names = several([person["name"] or person["id"] for person in result["report"]["nowhere"]], counts["nowhere"])
        sentence = printable(
            f"Found nowhere, so nothing was closed for them: {names}. Is the address or name right?", 2000
        )
        self._display.warning(sentence)
        everybody = counts["nowhere"] + counts["waiting"] == counts["people"]
        if unknown == "fail" or (unknown == "fail_if_all" and everybody):
            return {"failure": " ".join(filter(None, (result["failure"], sentence)))}
        return {}

    def closed(
        self, modules: Modules, search: Search, batch_size: int, successors: Successors, limits: t.Mapping[str, int]
    ) -> Part:
        """What becomes of the accounts of one instance."""

        def work() -> list[Line]:
            if modules.name in search.failures:
                raise LifecycleError(search.failures[modules.name])
            entries = search.entries(modules)
            if refusal := guards.too_many_there(entries, search.urgent, limits, modules.instance):
                raise LifecycleError(refusal)
            other = "" if self.check or not entries else modules.lock(modules)
            if other:  # nobody stays because of a lock
                self._display.warning(
                    printable(f"{modules.instance.title}: {other} works on it at the same time.", 2000)
                )
            how = Leaving(self.options["mode"], batch_size, successor_options(successors, modules.instance))
            closed = leave(entries, modules, how, self.progress)
            return [
                *(line for line in closed if line.closed is not False or line.action != "unchanged"),
                *search.held(modules),
            ]

        part = self.part(modules, [Line(leaver.id, "") for leaver in search.leavers], work)
        part.residual = search.guards[modules.name].get("residual") or ()
        return part

    def people(self, decisions: Decisions) -> list[Leaver]:
        """Everybody in the list, with what was reviewed about them; raises InputError when that is nobody."""
        path = self.file("people_file")
        given = read_file(path, None, self.content_of, (), self.known) if path else self.options["people"]
        leavers = read_leavers(given, "offboard_people", self.known)
        if not leavers:
            nobody = f"{path} has nobody in it" if path else "give offboard_people or offboard_people_file"
            raise InputError(f"Nobody leaves: {nobody}.")
        for leaver in leavers:
            leaver.decide(decisions)
        return leavers
