# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check the project: ``check.py`` takes all steps, the quick ones first; ``check.py STEP [ARGUMENTS]`` one of them.

The output of a step goes to ``build/logs/STEP.log``. The first step that fails ends the run.
"""

from __future__ import annotations

import sys
import time
import typing as t

import awx_steps
import docs_steps
import matrix
import release
import running_steps
import static_steps
from running import Commands, Outcome, StepFailed
from tree import Tree

Step = t.Callable[..., Outcome]
STEPS: dict[str, Step] = {
    step.__name__: step
    for step in (
        static_steps.licences,
        static_steps.build,
        static_steps.lint,
        static_steps.types,
        docs_steps.docs,
        running_steps.unit,
        running_steps.sanity,
        running_steps.integration,
        running_steps.molecule,
        awx_steps.awx,
        release.release,
    )
}
# What takes too long for every test; by name only.
ALONE: dict[str, Step] = {step.__name__: step for step in (matrix.matrix,)}
TAIL = 60


class Taken(t.NamedTuple):
    """A step that passed, and how long it took."""

    outcome: Outcome
    seconds: float


def take(step: Step, tree: Tree, arguments: list[str]) -> Taken | None:
    """Run one step; None when it failed, after saying so with the end of its log."""
    name = step.__name__
    print(f"{name}: {step.__doc__}", flush=True)
    commands = Commands(name)
    begun = time.monotonic()
    try:
        outcome = step(tree, commands, *arguments)
    except StepFailed as failure:
        print(*commands.log.read_text().splitlines()[-TAIL:], sep="\n")
        print(f"\n{name} FAILED after {time.monotonic() - begun:.0f} s: {failure}")
        print(f"the whole output is in {commands.log}")
        return None
    taken = Taken(outcome, time.monotonic() - begun)
    print(f"    {outcome.words} ({taken.seconds:.0f} s)", flush=True)
    return taken


def summary(steps: dict[str, Taken]) -> str:
    """What each step ran and how long it took; the number of all cases is the last line."""
    lines = ["", f"{'step':<12} {'passed':>7} {'seconds':>8}"]
    for name, (outcome, seconds) in steps.items():
        lines.append(f"{name:<12} {outcome.cases:>7} {seconds:>8.0f}  {outcome.words}")
        lines += [f"{'':<28}  {remark}" for remark in outcome.remarks]
    seconds = sum(taken.seconds for taken in steps.values())
    cases = sum(taken.outcome.cases for taken in steps.values())
    return "\n".join([*lines, "", f"{seconds:.0f} seconds", f"{cases} passed, 0 failed"])


def main(arguments: list[str]) -> int:
    names = arguments[:1] or list(STEPS)
    steps = {}
    with Tree() as tree:
        for name in names:
            taken = take({**STEPS, **ALONE}[name], tree, arguments[1:])
            if taken is None:
                return 1
            steps[name] = taken
    print(summary(steps))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
