# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module of the collection: inside Ansible's own process where that is the same, in one of its own elsewhere."""

from __future__ import annotations

import contextlib
import importlib
import typing as t
import weakref

from ansible.plugins.action import ActionBase

from ansible_collections.people.lifecycle.plugins.plugin_utils import bytecode

with contextlib.suppress(ImportError):  # in Ansible's first process, so that none of its workers has to
    importlib.import_module("requests")

with bytecode.kept():
    from ansible_collections.people.lifecycle.plugins.module_utils._core.kept import Kept
    from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
    from ansible_collections.people.lifecycle.plugins.plugin_utils.direct.conditions import hindrance
    from ansible_collections.people.lifecycle.plugins.plugin_utils.direct.heap import set_aside
    from ansible_collections.people.lifecycle.plugins.plugin_utils.direct.host import DirectTask, inside

KEPT: weakref.WeakKeyDictionary[t.Any, Kept] = weakref.WeakKeyDictionary()
MODULES = "ansible_collections.people.lifecycle.plugins.modules."


class DirectAction(ActionBase):  # type: ignore[misc]
    """The action of a module; ``module`` is its name in this collection."""

    module: str
    _supports_check_mode = True
    _supports_async = True

    def __init_subclass__(cls) -> None:
        with bytecode.kept():
            importlib.import_module(MODULES + cls.module)  # in Ansible's first process, too

    def run(self, tmp: t.Any = None, task_vars: Values | None = None) -> Values:
        set_aside()
        result: Values = super().run(tmp, task_vars)
        asynchronous = bool(self._task.async_val and not self._connection.has_native_async)
        try:
            done = execute(
                self,
                self._task.action,
                self.module,
                self._task.args,
                task_vars or {},
                kept_with(self._connection),
                asynchronous,
            )
        finally:
            if not asynchronous:
                self._remove_tmp_path(self._connection._shell.tmpdir)
        return {**result, **done}


def kept_with(connection: t.Any) -> Kept:
    """The services that the items of a loop share.
    Ansible has one connection for all of them, and closes it after the last.

    To wait until the connection is collected would not do: a failure that is kept somewhere keeps it alive, and a
    worker ends without collecting anything.
    """
    if connection not in KEPT:
        connection._connect()  # Ansible makes a new one for each item otherwise
        kept, close = KEPT.setdefault(connection, Kept()), connection.close

        def close_all() -> None:
            kept.close()
            close()

        connection.close = close_all
    return KEPT[connection]


def execute(
    action: ActionBase,
    name: str,
    module: str,
    arguments: Values,
    task_vars: Values,
    kept: Kept,
    asynchronous: bool = False,
) -> Values:
    """The result of ``module``, which the user calls ``name``, with ``arguments``, by services ``kept`` from others.

    Raises AnsibleError where the module cannot even be started.
    """
    reason = hindrance(action, task_vars)
    way = f"runs in a process of its own, because {reason}" if reason else "runs inside Ansible's own process"
    action._display.vvv(f"{name} {way}")
    if reason:
        result = action._execute_module(
            module_name=name, module_args=arguments, task_vars=task_vars, wrap_async=asynchronous
        )
        return t.cast(Values, result)
    complete = dict(arguments)
    action._update_module_args(name, complete, task_vars)
    with bytecode.kept(), inside(action._loader.get_basedir()):
        work = importlib.import_module(MODULES + module).WORK
        return DirectTask(work, name, complete, kept).run()
