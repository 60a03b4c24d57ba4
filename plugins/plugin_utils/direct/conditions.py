# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a task may run inside Ansible's own process: only where a process of its own would see the same."""

from __future__ import annotations

import os
import sys
import typing as t

from ansible import constants
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values

SWITCH = "people_lifecycle_direct"
VARIABLE = "PEOPLE_LIFECYCLE_DIRECT"
INTERPRETER = "ansible_python_interpreter"


def hindrance(action: ActionBase, task_vars: Values) -> str | None:
    """Why the module of ``action`` needs a process of its own, in a few words; None where it does not."""
    task, connection, shell = action._task, action._connection, action._connection._shell
    host_vars = task_vars
    if task.delegate_to:
        host_vars = (task_vars.get("ansible_delegated_vars") or {}).get(task.delegate_to) or {}

    def told(name: str) -> t.Any:
        return action._templar.template(host_vars.get(name))

    checks: tuple[tuple[bool, str], ...] = (
        (switched_off(told(SWITCH), SWITCH), f"{SWITCH} is false"),
        (switched_off(os.environ.get(VARIABLE), VARIABLE), f"{VARIABLE} is false"),
        (connection.transport != "local" or shell is None, "the connection is not local"),
        (connection.become is not None, "become is on"),
        (bool(task.async_val), "the task is asynchronous"),
        (any(task.environment or ()), "the task has an environment"),
        (bool(task.timeout), "the task has a timeout"),
        (constants.DEFAULT_KEEP_REMOTE_FILES, "the files of modules are to be kept"),
        (sys.platform == "darwin", "macOS allows no network after a fork"),
    )
    reason = next((words for applies, words in checks if applies), None)
    return reason or other_interpreter(told(INTERPRETER) or configured())


def switched_off(value: t.Any, name: str) -> bool:
    """Whether somebody says no; an empty text says nothing. Raises TypeError for what is no boolean."""
    return value is not None and value != "" and not boolean(value)


def configured() -> t.Any:
    """The interpreter that the configuration names."""
    return constants.config.get_config_value("INTERPRETER_PYTHON")


def other_interpreter(wanted: t.Any) -> str | None:
    """A reason where a Python is asked for that is not the one that runs Ansible; to be discovered means any."""
    if not wanted or str(wanted).startswith("auto"):
        return None
    here = os.path.abspath(sys.executable)
    return None if os.path.abspath(str(wanted)) == here else f"its Python is {wanted}, that of Ansible is {here}"
