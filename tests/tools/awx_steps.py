# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The step that tries what the collection brings along for AWX."""

from __future__ import annotations

from junit import passed
from running import LOGS, Commands, Outcome
from tree import Tree


def awx(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """Content for AWX: rules, import, jobs, slices, rulebook, execution environment."""
    report = LOGS / "awx.xml"
    chosen = arguments or ("-m", "not slow")
    commands.run("pytest", "tests/awx", f"--junit-xml={report}", *chosen, progress=r"\[ *\d+%\]$")
    count, remarks = passed(report)
    return Outcome(count, f"pytest: {count} tests", remarks)
