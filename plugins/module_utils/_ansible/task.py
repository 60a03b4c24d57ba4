# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run needs of the task that it works for, whichever process it runs in, and what there is to run."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.kept import Kept
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec, System


class Task(t.Protocol):
    """The host of a run: its checked options, whether anything may be written, the services that are signed in already,
    and how its result is handed over.
    """

    params: Values
    check_mode: bool
    verbosity: int

    @property
    def kept(self) -> Kept | None:
        """Services that stay signed in for the next task of this process, if there is one."""

    def warn(self, warning: str) -> None:
        """Show a warning."""

    def succeed(self, result: Values) -> None:
        """Hand the result over."""

    def fail(self, message: str, result: Values) -> None:
        """Hand the result of a task that failed over."""


class Work(t.Protocol):
    """What a module is: its options with their constraints, and its work for a host."""

    @property
    def system(self) -> System:
        """The system that it is about."""

    @property
    def spec(self) -> Spec:
        """The options."""

    @property
    def constraints(self) -> Values:
        """What must hold of several options together, as argument specs say it."""

    @property
    def shares_sign_in(self) -> bool:
        """Whether tasks of one loop share a sign-in."""

    def work(self, task: Task, client: Client) -> Values:
        """The result, with ``msg`` where something failed."""

    def empty(self) -> Values:
        """The result of a task that failed as a whole."""
