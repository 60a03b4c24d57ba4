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
        static_steps.docs,
        running_steps.unit,
        running_steps.sanity,
        running_steps.integration,
        running_steps.molecule,
    )
}
TAIL = 60


def take(step: Step, tree: Tree, arguments: list[str]) -> Outcome | None:
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
    print(f"    {outcome.words} ({time.monotonic() - begun:.0f} s)", flush=True)
    return outcome


def summary(outcomes: dict[str, Outcome], seconds: float) -> str:
    """What each step ran, and the number of all cases as the last line."""
    lines = []
    for name, outcome in outcomes.items():
        lines.append(f"{name:<12} {outcome.cases:>6}  {outcome.words}")
        lines += [f"{'':<20} {remark}" for remark in outcome.remarks]
    cases = sum(outcome.cases for outcome in outcomes.values())
    return "\n".join(["", *lines, f"{seconds:.0f} seconds", f"{cases} passed, 0 failed"])


def main(arguments: list[str]) -> int:
    names = arguments[:1] or list(STEPS)
    begun = time.monotonic()
    outcomes = {}
    with Tree() as tree:
        for name in names:
            outcome = take(STEPS[name], tree, arguments[1:])
            if outcome is None:
                return 1
            outcomes[name] = outcome
    print(summary(outcomes, time.monotonic() - begun))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
