# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the action plugins share: running a module with its defaults, and results that stay small."""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
import typing as t

from ansible import constants
from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.executor import module_common
from ansible.plugins.action import ActionBase

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, LifecycleError
from ansible_collections.people.lifecycle.plugins.plugin_utils._batches import CHANGED, Row, Values, summary
from ansible_collections.people.lifecycle.plugins.plugin_utils._systems import Rules

MOST_CHARACTERS = 200_000  # of each list in a result; AWX drops results above 700,000


class LifecycleAction(ActionBase):  # type: ignore[misc]
    """An action whose ``work`` may raise LifecycleError; the task then fails with its sentence."""

    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp: t.Any = None, task_vars: Values | None = None) -> Values:
        result: Values = super().run(tmp, task_vars)
        self.task_vars = task_vars or {}
        self.check = bool(self._task.check_mode)
        try:
            result.update(self.work(self._task.args))
        except LifecycleError as error:
            raise AnsibleActionFail(str(error)) from None
        finally:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def work(self, arguments: Values) -> Values:
        """Do what the task asks and return its result."""
        raise NotImplementedError

    def run_module(self, name: str, arguments: Values, check: bool) -> Values:
        """Run a module where the task runs, with its ``module_defaults``; returns its result, failed or not."""
        before = self._task.check_mode
        self._task.check_mode = check
        try:
            return t.cast(
                Values,
                self._execute_module(
                    module_name=name, module_args=self.with_defaults(name, arguments), task_vars=self.task_vars
                ),
            )
        finally:
            self._task.check_mode = before

    def with_defaults(self, name: str, arguments: Values) -> Values:
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

    def find_file(self, name: str, option: str) -> str:
        """The path of the file that ``option`` names: beside the playbook, else in the working directory.

        A playbook that is imported from the collection has the collection's folder beside it; AWX starts it in the folder
        of the project. Raises InputError where there is no such file.
        """
        try:
            return str(self._find_needle("files", name))
        except AnsibleError:
            path = os.path.abspath(os.path.expanduser(name))
            if os.path.isfile(path):
                return path
            raise InputError(f"There is no file {name}, given in {option}.") from None

    def progress(self, text: str) -> None:
        self._display.display(f"  {text}")

    def result_of(self, rules: Rules, rows: t.Sequence[Row]) -> Values:
        """The result about ``rows``: what is not unchanged, as far as it is not too long; all of it in ``details``."""
        told = [dataclasses.asdict(row) for row in rows]
        said = [one for one in told if one["action"] != "unchanged" or one["notes"] or one["old"] or one["error"]]
        users = shortened(said)
        diff = shortened([difference(rules, row) for row in rows if row.changes]) if self._task.diff else []
        return {
            "changed": any(row.changed or row.action in CHANGED for row in rows),
            "system": rules.name,
            "summary": summary(rows),
            "users": users,
            "left_out": len(said) - len(users),
            "failures": sum(row.action == "failed" for row in rows),
            "details": self.keep({"system": rules.name, "rows": told}),
            **({"diff": diff} if diff else {}),
        }

    def keep(self, data: Values) -> str:
        """Write ``data`` into a file of this run of Ansible, which removes it at its end; returns the path."""
        folder = os.path.join(constants.DEFAULT_LOCAL_TMP, "people.lifecycle")
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=folder, suffix=".json")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)
        return path

    def kept(self, path: t.Any, name: str) -> Values:
        """What an action of this run has kept; raises InputError."""
        try:
            with open(str(path), encoding="utf-8") as file:
                return t.cast(Values, json.load(file))
        except (OSError, ValueError):
            raise InputError(f"{name} must be the details of an action in the same run of Ansible.") from None


def shortened(items: t.Sequence[Values]) -> list[Values]:
    """The first of ``items`` that together stay below the limit."""
    kept, length = [], 0
    for item in items:
        length += len(json.dumps(item))
        if length > MOST_CHARACTERS:
            break
        kept.append(item)
    return kept


def difference(rules: Rules, row: Row) -> Values:
    """One entry for ``--diff``."""
    header = f"{rules.title} {row.username}"
    return {
        "before_header": header,
        "after_header": header,
        "before": {c["field"]: c["before"] for c in row.changes if c["before"] is not None},
        "after": {c["field"]: c["after"] for c in row.changes if c["after"] is not None},
    }
