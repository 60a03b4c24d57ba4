# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Offboards people: find and guard, then each instance, then the report, which is written in any case."""

from __future__ import annotations

import contextlib
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import text_list
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.modules.offboard import DOCUMENTATION
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.action import LifecycleAction
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Modules
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.files import Report
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leave import leave
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import Leaver, read_leavers
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import Run
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.search import Search
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import read_naming
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_file
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import read_shard


class ActionModule(LifecycleAction):
    kind = "offboard"
    documentation = DOCUMENTATION
    order = tuple(reversed(TRAITS))  # the last one to get accounts is the first to lose them

    def work(self) -> Values:
        options = self.options
        everybody = self.people()
        shard = read_shard(options["shard"], "offboard_shard")
        leavers = shard.take(everybody, lambda leaver: leaver.id)
        instances = self.instances()
        batch_size = options.integer("batch_size", least=1)
        search = Search(leavers, instances, read_naming(options["naming"], "offboard_naming"))
        search.run()
        protected = {name.casefold() for name in text_list(options["protected"], "offboard_protected")}
        search.refuse(len(everybody), options.integer("limit", least=0), protected)
        report = Report("offboard", self.run_name(), shard, self.check, options["report_dir"], options["report"])
        with contextlib.suppress(InputError):  # nobody stays because of a folder; writing says it again at the end
            report.reserve()
        parts = [self.closed(modules, search, batch_size) for modules in instances]
        now = datetime.datetime.now(datetime.timezone.utc)
        run = Run("offboard", report.run, self.check, now, options["mode"])
        return self.result(run, report, search.people(), parts, [])

    def closed(self, modules: Modules, search: Search, batch_size: int) -> t.Any:
        """What becomes of the accounts of one instance."""

        def work() -> list[Line]:
            if modules.name in search.failures:
                raise LifecycleError(search.failures[modules.name])
            entries = search.entries(modules)
            closed = leave(entries, modules, self.options["mode"], batch_size, self.progress)
            return [*closed, *search.held(modules)]

        return self.part(modules, [Line(leaver.id, "") for leaver in search.leavers], work)

    def people(self) -> list[Leaver]:
        """Who leaves, from the file where one is given; raises InputError when that is nobody."""
        path = self.file("people_file")
        leavers = read_leavers(read_file(path) if path else self.options["people"], "offboard_people")
        if not leavers:
            raise InputError("Nobody leaves: give offboard_people or offboard_people_file.")
        return leavers
