# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run needs of the task that it works for, whichever process it runs in."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.kept import Kept
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values


class Task(t.Protocol):
    """The host of a run: its checked options, whether anything may be written, the services that are signed in already, and how its result is handed over."""

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
