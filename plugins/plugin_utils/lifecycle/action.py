# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the actions of the roles share: options, modules of each instance, a report that is written in any case."""

from __future__ import annotations

import datetime
import functools
import os
import typing as t

from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.executor import module_common

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    InputError,
    LifecycleError,
    unexpected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import text
from ansible_collections.people.lifecycle.plugins.module_utils._core.kept import Kept
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import presentable, printable
from ansible_collections.people.lifecycle.plugins.module_utils._systems import SYSTEMS, TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.direct.action import execute
from ansible_collections.people.lifecycle.plugins.plugin_utils.direct.heap import set_aside
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Modules
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.connections import Connections
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.console import account_lines, block
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.difference import cut, difference
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.files import Report
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.launch import check_launch, credential_fields
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.lock import InstanceLocks
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.options import Options, read_day, switch
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import Part, Run, build, failure, small
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.runner import check_one_host, of_awx, runner
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.sources import SourcesAction
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import (
    Instance,
    Instances,
    read_listed,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import read_systems

LONGEST_MESSAGE = 20_000
PATIENCE = 120.0  # seconds to wait for another run on the same instance


class LifecycleAction(SourcesAction):
    """An action whose ``work`` may raise LifecycleError:
    nothing was written then, and the task fails with its sentence.
    """

    kind: str
    prefix = ""  # of the role's variables, where it is another than the kind
    documentation: str
    order: t.Sequence[str] = tuple(TRAITS)  # of the systems, where the task names none
    keeps_names = False  # whether names of roles, groups and places are looked up once for the whole run
    _supports_check_mode, _supports_async = True, False

    def run(self, tmp: t.Any = None, task_vars: Values | None = None) -> Values:
        set_aside()
        result: Values = super().run(tmp, task_vars)
        self.task_vars = task_vars or {}
        self.kept = Kept(names=self.keeps_names)
        self.check = bool(self._task.check_mode)
        self.begun = datetime.datetime.now(datetime.timezone.utc)
        self.locks = InstanceLocks("", "", {}, 0, self._display.warning)
        try:
            check_one_host(self._task, self.task_vars, self.prefix or self.kind)
            self.options = Options(self.documentation, self.prefix or self.kind, self._task.args)
            for name, meant in self.options.misspelled(self.task_vars).items():
                self._display.warning(f"Nothing reads the variable {name}. Did you mean {meant}?")
            self.shows_progress = switch(self.reviewed("lifecycle_progress"), "lifecycle_progress")
            self.shows_accounts = switch(
                self.reviewed("lifecycle_account_lines"), "lifecycle_account_lines", self.in_awx
            )
            self.check = self.check or self.options.is_on("plan_only")
            check_launch(self.task_vars, self._loader)
            result.update(self.work())
        except LifecycleError as error:
            raise AnsibleActionFail(self.worded(str(error))) from None
        finally:
            self.locks.release()
            self.kept.close()
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    @property
    def in_awx(self) -> bool:
        return bool(of_awx(self.task_vars, "job_id"))

    def worded(self, message: str) -> str:
        """``message`` as it is shown, in jobs of AWX with the fields of credentials that it is about."""
        fields = credential_fields(message) if self.in_awx else ""
        return printable(" ".join(filter(None, (message, fields))), LONGEST_MESSAGE)

    def work(self) -> Values:
        """Do what the task asks and return its result."""
        raise NotImplementedError

    def instances(self) -> list[Modules]:
        """The modules of each instance to work on;
        one whose connection cannot be told is out of order, not the others.
        """
        found = []
        parallel = self.options.integer("parallel", least=1)
        for instance in read_systems(self.options["systems"], self.options.name("systems"), self.known, self.every()):
            modules = Modules(instance.name, instance.traits, self.run_module, {}, parallel, self.check)
            try:
                modules.connection = self.connections.of(instance)
            except (LifecycleError, AnsibleError) as error:
                modules.outage = str(error)
            found.append(modules)
        return found

    @functools.cached_property
    def connections(self) -> Connections:
        """The connections of all instances, the first source that knows one counting."""
        name = self.options.name("connections")
        variables = ((variable, self.task_vars.get(variable)) for variable in (name, "lifecycle_connections"))
        sources = [(name, self.options["connections"]), *variables]
        listed = read_listed(self.reviewed("lifecycle_instances"), "lifecycle_instances")
        return Connections(sources, listed, self._templar.template, self._display.warning)

    @functools.cached_property
    def known(self) -> Instances:
        """All instances by name; raises InputError for a name or a system that cannot be."""
        return self.connections.instances()

    def every(self) -> list[str]:
        """The instances to work on where the task names none, in the order of their systems."""
        return [
            name for system in self.order for name in self.connections.of_system(system, self.known, self.has_address)
        ]

    def has_address(self, instance: Instance) -> bool:
        """Whether the address of an instance that is named like its system comes from outside of all connections."""
        environment = SYSTEMS[instance.traits.name].environment
        defaults = self._with_defaults(instance.traits.info_module, {})
        return bool(os.environ.get(environment.variable(environment.address)) or defaults.get("api_url"))

    def run_module(self, name: str, arguments: Values, check: bool) -> Values:
        """Run a module where the task runs, an unnamed instance with ``module_defaults``;
        returns its result, failed or not.
        """
        before = self._task.check_mode
        self._task.check_mode = check
        try:
            given = arguments if "instance" in arguments else self._with_defaults(name, arguments)
            return execute(self, name, name.rpartition(".")[2], given, self.task_vars, self.kept)
        except AnsibleError as error:
            return {"failed": True, "msg": str(error)}
        finally:
            self._task.check_mode = before

    def _with_defaults(self, name: str, arguments: Values) -> Values:
        """``arguments`` on top of what ``module_defaults`` say for the module or its action groups."""
        if hasattr(module_common, "_apply_action_arg_defaults"):
            return t.cast(
                Values, module_common._apply_action_arg_defaults(name, self._task, dict(arguments), self._templar)
            )
        groups = self._task._parent._play._action_groups
        return t.cast(
            Values,
            module_common.get_action_args_with_defaults(
                name, dict(arguments), self._task.module_defaults, self._templar, action_groups=groups
            ),
        )

    def run_name(self) -> str:
        """The name that the task gives the run, else the number of the AWX job, else the time."""
        given = self.options.text("run")
        return given or of_awx(self.task_vars, "job_id") or self.begun.strftime("%Y%m%d-%H%M%S")

    def lock(self, instances: t.Sequence[Modules], report: Report, patience: float) -> None:
        """Have ``instances`` keep other runs away while this one writes to them;
        parts of one list let each other in.
        """
        holder = {"run": report.run, "time": self.begun.isoformat(timespec="seconds"), **runner(self.task_vars)}
        # slices of AWX are one workflow
        part = ("shard" in self.options and self.options["shard"]) or of_awx(self.task_vars, "workflow_job_id") or ""
        self.locks = InstanceLocks(
            report.folder if report.wanted else "", str(part), holder, patience, self._display.warning
        )
        for modules in instances:
            modules.lock = self.locks.take

    def run_of(self, report: Report, **more: t.Any) -> Run:
        """What the report says of this run as a whole."""
        now = datetime.datetime.now(datetime.timezone.utc)
        seconds = round((now - self.begun).total_seconds(), 1)
        return Run(self.kind, report.run, self.check, now, by=runner(self.task_vars), seconds=seconds, **more)

    def day(self, option: str) -> datetime.date:
        """The day in ``option``, else today where ``lifecycle_timezone`` is; raises InputError."""
        zone = text(self.reviewed("lifecycle_timezone"), "lifecycle_timezone")
        return read_day(self.options.text(option), zone, self.options.name(option))

    def progress(self, text: str) -> None:
        """Show a line while the run goes on: on stderr, since callbacks may write for programs on stdout."""
        if self.shows_progress:
            self._display.display(f"  {printable(text)}", stderr=True)

    def part(self, modules: Modules, everybody: t.Sequence[Line], work: t.Callable[[], list[Line]]) -> Part:
        """What becomes of the accounts of one instance;
        whatever happens there, a line for each, and the others go on.
        """
        try:
            lines = work()
        except Exception as error:
            told = error if isinstance(error, LifecycleError) else unexpected(error)
            lines = [*everybody]
            for line in lines:
                line.fail(str(told))
        return Part(modules.name, modules.traits, lines, modules.answered)

    def result(
        self, run: Run, report: Report, people: list[Values], parts: list[Part], waiting: list[Values]
    ) -> Values:
        """Write the report and return the result of the task."""
        data = build(run, people, parts, waiting)
        said = [failure(data)]
        try:
            files = report.write(data, [leaver.record for leaver in run.leavers if not leaver.doubt])
        except InputError as error:
            files = {}
            said.append(str(error))
        shown = [(part, line) for part in parts for line in part.lines]
        for line in account_lines(data) if self.shows_accounts else ():
            self._display.display(f"  {line}", stderr=True)
        diff = cut([difference(part, line) for part, line in shown if line.changes]) if self._task.diff else []
        return {
            "changed": any(line.changed for _part, line in shown),
            "key": report.key,
            "console": block(data, files),
            "failure": self.worded(" ".join(filter(None, said))),
            "report": {**presentable(small(data)), "files": files},
            **({"diff": diff} if diff else {}),
        }
