# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the actions of the roles in this process:
the real action, the real modules, real HTTP, no playbook around them.
"""

from __future__ import annotations

import importlib
import pathlib
import types
import typing as t

from ansible.parsing.dataloader import DataLoader
from ansible.playbook.block import Block
from ansible.playbook.play import Play
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.template import Templar

from people_company import Company

ACTIONS = "ansible_collections.people.lifecycle.plugins.action."


def act(
    folder: pathlib.Path,
    name: str,
    company: Company | None = None,
    *,
    check: bool = False,
    diff: bool = False,
    variables: dict[str, t.Any] | None = None,
    **arguments: t.Any,
) -> dict[str, t.Any]:
    """The result of one action in a playbook that lies in ``folder``.

    ``company`` runs its modules; without one they run inside this process, as they do inside that of Ansible.
    """
    loader = DataLoader()
    loader.set_basedir(str(folder))
    task = Task()
    task.args, task.check_mode, task.diff = arguments, check, diff
    task._parent = Block(play=Play())
    task._parent._play._action_groups = {}  # there are no module_defaults
    shell = types.SimpleNamespace(tmpdir=None)
    connection = types.SimpleNamespace(_shell=shell, _new_stdin=None, socket_path=None, transport="local", become=None)
    kind = importlib.import_module(ACTIONS + name).ActionModule
    templar = Templar(loader=loader, variables=variables or {})
    action = kind(task, connection, PlayContext(), loader, templar, None)
    if company is not None:
        action.run_module = company.run
    return t.cast("dict[str, t.Any]", action.run(task_vars=variables or {}))
