# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tries the content for AWX: a step of its own, and a part of the matrix."""

from __future__ import annotations

import pathlib
import sys

from junit import passed
from running import BUILD, LOGS, Commands, Outcome
from tree import Tree

CACHE = BUILD / "awx"
# The rulebook brings an ansible-core of its own; the definition of the execution environment is for another program.
WITH_EVERY_CORE = (
    "tests/awx",
    "--ignore=tests/awx/test_rulebook.py",
    "--ignore=tests/awx/test_execution_environment.py",
)
QUICK = ("tests/awx/test_answers.py", "tests/awx/test_approved.py")


def awx(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """Content for AWX: rules, import, jobs, slices, rulebook, execution environment."""
    report = LOGS / "awx.xml"
    chosen = arguments or ("-m", "not slow")
    commands.run("pytest", "tests/awx", f"--junit-xml={report}", *chosen, progress=r"\[ *\d+%\]$")
    count, remarks = passed(report)
    return Outcome(count, f"pytest: {count} tests", remarks)


def fetch(commands: Commands) -> None:
    """Have the collection awx.awx in ``CACHE``, for environments that cannot fetch it themselves."""
    commands.run(sys.executable, "tests/awx/tools.py")


def with_core(
    name: str, folder: pathlib.Path, tree: Tree, commands: Commands, variables: dict[str, str], jobs: tuple[str, ...]
) -> Outcome:
    """The tests ``jobs`` on a copy of the collection, with the ansible-core and the ansible-runner in ``folder``."""
    report = LOGS / f"matrix-{name}-awx.xml"
    options = ("--quiet", "-p", "no:cacheprovider", "-m", "not slow", f"--junit-xml={report}")
    commands.run(
        folder / "bin/python", "-m", "pytest", *options, *jobs, cwd=tree.root, AWX_TESTS_CACHE=CACHE, **variables
    )
    count, remarks = passed(report)
    return Outcome(count, f"{count} tests of AWX", tuple(f"ansible-core {name}: {remark}" for remark in remarks))
