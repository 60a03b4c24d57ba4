# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check the project: ``check.py`` takes all steps, the quick ones first; ``check.py STEP [ARGUMENTS]`` one of them.

The long steps run in two lanes side by side. The output of a step goes to ``build/logs/STEP.log``. Once a step has
failed, no other is begun.
"""

from __future__ import annotations

import concurrent.futures
import sys
import time
import typing as t

import awx_steps
import docs_steps
import importer
import matrix
import release
import running_steps
import static_steps
from running import Commands, Outcome, StepFailed
from tree import Tree

Step = t.Callable[..., Outcome]
QUICK: tuple[Step, ...] = (
    static_steps.licences,
    static_steps.build,
    static_steps.lint,
    static_steps.types,
    docs_steps.docs,
)
LANES: tuple[tuple[Step, ...], ...] = (
    (running_steps.unit, release.release, importer.importer),
    (running_steps.sanity, running_steps.integration, running_steps.molecule, awx_steps.awx),
)
ALONE: tuple[Step, ...] = (matrix.matrix,)  # takes too long for every test; by name only
STEPS: dict[str, Step] = {step.__name__: step for steps in (QUICK, *LANES, ALONE) for step in steps}
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
    print(f"{name}: passed, {outcome.words} ({taken.seconds:.0f} s)", flush=True)
    return taken


class Run:
    """Steps taken so far, by name; ``failed`` once one did not pass."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.taken: dict[str, Taken] = {}
        self.failed = False

    def steps(self, steps: t.Iterable[Step], *arguments: str) -> None:
        """Take ``steps`` one after the other, until one fails here or in another lane."""
        for step in steps:
            if self.failed:
                return
            taken = take(step, self.tree, list(arguments))
            if taken is None:
                self.failed = True
            else:
                self.taken[step.__name__] = taken

    def everything(self) -> None:
        self.steps(QUICK)
        with concurrent.futures.ThreadPoolExecutor(len(LANES)) as pool:
            for lane in [pool.submit(self.steps, steps) for steps in LANES]:
                lane.result()


def summary(steps: dict[str, Taken], seconds: float) -> str:
    """What each step ran and how long it took; the number of all cases is the last line."""
    lines = ["", f"{'step':<12} {'passed':>7} {'seconds':>8}"]
    for name in (name for name in STEPS if name in steps):
        outcome, took = steps[name]
        lines.append(f"{name:<12} {outcome.cases:>7} {took:>8.0f}  {outcome.words}")
        lines += [f"{'':<28}  {remark}" for remark in outcome.remarks]
    cases = sum(taken.outcome.cases for taken in steps.values())
    return "\n".join([*lines, "", f"{seconds:.0f} seconds", f"{cases} passed, 0 failed"])


def main(arguments: list[str]) -> int:
    begun = time.monotonic()
    with Tree() as tree:
        run = Run(tree)
        if arguments:
            run.steps([STEPS[arguments[0]]], *arguments[1:])
        else:
            run.everything()
    if run.failed:
        return 1
    print(summary(run.taken, time.monotonic() - begun))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
