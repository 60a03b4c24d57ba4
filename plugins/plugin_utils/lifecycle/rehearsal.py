# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out what was approved and nothing else:
the plan is made again directly before the first write, and compared.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.action import LifecycleAction
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.approval import (
    Plan,
    basis_of,
    check_approval,
    make_plan,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Modules
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.files import Report
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import Part
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.disk import read_regular, write_whole
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.json_text import written_json
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import Shard

Work = t.Callable[[], list[Part]]  # one pass through all instances
MOST_BYTES = 50_000_000


class Rehearsal:
    """The plan of one run of ``action``, and what was approved.
    ``profiles`` are what people get, where there are any.
    """

    def __init__(self, action: LifecycleAction, shard: Shard, profiles: t.Any = None) -> None:
        self.action = action
        self.options = action.options
        self.shard = shard
        self.profiles = profiles
        self.plan: Plan | None = None
        part = f"_{shard.number}_{shard.of}" if shard.of > 1 else ""
        self.handed = f"{self.options.name('approved')}{part}"
        given = self.options["approved"]
        self.approved = action.task_vars.get(self.handed) if is_blank(given) else given

    def check(self) -> None:
        """Raise InputError where an approval is needed and there is none."""
        if self.options["require_approved"] and is_blank(self.approved) and not self.action.check:
            raise InputError(
                f"This playbook carries out approved plans only, and {self.options.name('approved')} is not given. "
                "Preview first, with --check: it leaves the digest."
            )

    def carry_out(self, instances: t.Sequence[Modules], work: Work, report: Report) -> list[Part]:
        """What becomes of all accounts by ``work``;
        raises InputError before the first write where it is not what was approved.
        """
        if self.action.check:
            parts = work()
            self.plan = self.plan_of(instances, parts)
            return parts
        if not is_blank(self.approved):
            self.rehearse(instances, work, report)
        return work()

    def rehearse(self, instances: t.Sequence[Modules], work: Work, report: Report) -> None:
        self.action.check = True
        for modules in instances:
            modules.check = True
        try:
            plan = self.plan_of(instances, work())
        finally:
            self.action.check = False
            self.action.kept.forget_names()
            for modules in instances:
                modules.check = False
        now = datetime.datetime.now(datetime.timezone.utc)
        check_approval(self.approved, plan, now, self.handed, lambda digest: kept(file_of(report, digest)))

    def plan_of(self, instances: t.Sequence[Modules], parts: t.Sequence[Part]) -> Plan:
        own = {name.partition("_")[2]: value for name, value in self.options.values.items()}
        basis = basis_of(own, {modules.name: modules.answered for modules in instances}, self.profiles)
        return make_plan(
            self.action.kind, self.shard, basis, [(part.instance, part.traits, part.lines) for part in parts]
        )

    def result(self, report: Report, result: Values) -> Values:
        """``result`` of the task with the plan of a preview, which is also written beside the report."""
        if self.plan is None:
            return {**result, "plan": {}}
        expires = self.action.begun + datetime.timedelta(hours=self.options.integer("approval_hours", least=1))
        digest = self.plan.digest(expires)
        said = f"Plan: {len(self.plan.changes)} accounts would change. To do exactly that: -e {self.handed}={digest}"
        if report.wanted:
            content = written_json(self.plan.described(expires), ensure_ascii=True)
            try:
                write_whole(file_of(report, digest), f"{content}\n".encode())
            except OSError as error:
                result = {
                    **result,
                    "failure": f"{result['failure']} The plan cannot be written: {error.strerror}.".strip(),
                }
        changed = result["changed"] and not self.options.is_on("plan_only")
        console = [*result["console"], said]
        return {**result, "changed": changed, "console": console, "plan": {self.handed: self.plan.handed_on(expires)}}


def file_of(report: Report, digest: str) -> str:
    """Where the plan of a digest lies."""
    kind, part, _time, mark = digest.split("-")
    return os.path.join(report.folder, f"{kind}-plan-{part}-{mark[:16]}.json")


def kept(path: str) -> Values:
    """The plan in a file; empty where there is none that can be read."""
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(read_regular(path, MOST_BYTES))
        return found if isinstance(found, dict) else {}
    return {}
