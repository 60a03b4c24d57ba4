# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection on every ansible-core that it supports, each in an environment of its own below ``build/matrix``.

``matrix [CORE ...] [quick | awx]``: all of them, or those named, such as ``2.16``, and ``next``, the newest release
that can be had, candidates among them, which may fail: that is told, and no more. ``quick`` leaves it out, and runs the
demo on each, those unit tests that Ansible has a part in on the oldest and the newest only, a few jobs of AWX on these
and on that of the execution environment, and no ansible-test sanity. ``awx`` runs the tests of the content for AWX and
nothing else. Without both the demo runs twice: with modules inside Ansible's own process, and in processes of their
own. Two releases are tried side by side, each on a copy of the collection and with a log of its own.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil

import awx_steps
import surroundings
from cores import IN_AWX, NEWEST, NEXT, ROWS, UPCOMING, Row, lock, requirements
from environments import environment
from running import BUILD, Commands, Outcome, StepFailed, found
from tree import Tree

QUICK, AWX = "quick", "awx"
STRICT = (NEWEST, NEXT)  # on these, what is deprecated is a failure
# Tests of the sandbox, of the documentation and of the project's tools are the same with every ansible-core.
LEFT_OUT = ("sandbox", "docs", "speed/test_benchmarks.py")
# What runs inside the collection's own code only; the quick matrix leaves it to ``make unit``.
OURS = (
    "core",
    "iics",
    "iq",
    "magistrala",
    "property",
    "entries",
    "hostile",
    "speed",
    "secrets",
    "instances",
    "realms",
    "review",
    "rules/test_patterns.py",
    "rules/test_rules.py",
    "trust/year",
    "people/test_one_odd_person.py",
    "people/test_result_size.py",
)
PROPERTY_SHARE = "0.2"  # of the cases of the property tests; make unit runs all
LANES = 2
WAYS = ("true", "false")  # modules inside Ansible's own process, and in processes of their own


@dataclasses.dataclass(frozen=True)
class Share:
    """What is tried: the demo in ``ways``, unit tests but for ``left_out`` (None: none), ``jobs`` of AWX, sanity."""

    ways: tuple[str, ...] = WAYS
    left_out: tuple[str, ...] | None = LEFT_OUT
    jobs: tuple[str, ...] = awx_steps.WITH_EVERY_CORE
    sanity: bool = True


WHOLE = Share()
ONLY_AWX = Share(ways=(), left_out=None, sanity=False)
QUICK_AT_THE_ENDS = Share(WAYS[:1], (*LEFT_OUT, *OURS), awx_steps.QUICK, sanity=False)
QUICK_IN_AWX = Share(WAYS[:1], left_out=None, jobs=awx_steps.QUICK, sanity=False)
QUICK_BETWEEN = Share(WAYS[:1], left_out=None, jobs=(), sanity=False)


def matrix(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """The demo, unit tests, jobs of AWX and sanity on each ansible-core that a Python of this machine runs."""
    quick = QUICK in arguments
    every = ROWS if quick else (*ROWS, UPCOMING)
    names = set(arguments) - {QUICK, AWX} or {row.name for row in every}
    unknown = names.difference(row.name for row in every)
    if unknown:
        raise StepFailed(f"not in the matrix: {', '.join(sorted(unknown))}")
    rows = [row for row in every if row.name in names]
    pythons = {row: python for row in rows if (python := interpreter(row, tree.work))}
    if not pythons:
        raise StepFailed("no Python on this machine runs any of them")
    shares = {row: share(row, list(pythons), arguments) for row in pythons}
    awx_steps.fetch(commands)

    def taken(row: Row) -> Outcome:
        log = Commands(f"matrix-{row.name}")
        try:
            with Tree() as own:
                return take(row, pythons[row], own, log, shares[row])
        except StepFailed as failure:
            if row is UPCOMING:
                return Outcome(
                    0, f"{NEXT} (failed, which is allowed)", (f"ansible-core {NEXT}: {failure}; see {log.log}",)
                )
            raise StepFailed(f"ansible-core {row.core}: {failure}; the output is in {log.log}") from None

    with concurrent.futures.ThreadPoolExecutor(LANES) as pool:
        longest_first = sorted(pythons, key=lambda row: shares[row].left_out is None)
        outcomes = list(pool.map(taken, longest_first))
    remarks = [
        f"ansible-core {row.name} was left out: no Python {' or '.join(row.pythons)} on this machine"
        for row in rows
        if row not in pythons
    ]
    remarks += [remark for outcome in outcomes for remark in outcome.remarks]
    words = [outcome.words for outcome in outcomes]
    return Outcome(sum(outcome.cases for outcome in outcomes), f"ansible-core {', '.join(words)}", tuple(remarks))


def share(row: Row, there: list[Row], arguments: tuple[str, ...]) -> Share:
    """What is tried on ``row``, which is one of those that are ``there``."""
    if AWX in arguments:
        return ONLY_AWX
    if QUICK not in arguments:
        return WHOLE
    if row in (there[0], there[-1]):
        return QUICK_AT_THE_ENDS
    return QUICK_IN_AWX if row.name == IN_AWX else QUICK_BETWEEN


def interpreter(row: Row, work: pathlib.Path) -> str | None:
    """A working interpreter for ``row``, from PATH or from pyenv."""
    path = surroundings.search_path(work / "interpreters")
    for version in row.pythons:
        program = shutil.which(f"python{version}", path=path)
        if program and surroundings.starts(program):
            return os.path.realpath(program)
    return None


def take(row: Row, python: str, tree: Tree, commands: Commands, wanted: Share) -> Outcome:
    """What is ``wanted`` of one row; ``cases`` are those of the demo, tests, and runs of sanity tests."""
    locked = ("--no-deps", "--require-hashes", "--requirement", str(lock(row)))
    packages = ("--prerelease=allow", *requirements(row)) if row is UPCOMING else locked
    folder = environment(BUILD / "matrix" / row.name, packages, commands, python=python)
    variables = {
        "PATH": f"{folder / 'bin'}{os.pathsep}{surroundings.search_path(tree.work / 'interpreters')}",
        "PYTHONPATH": str(tree.collections),
        "ANSIBLE_COLLECTIONS_PATH": str(tree.collections),
        "ANSIBLE_HOME": str(tree.work / "home"),
    }
    done: list[Outcome] = []
    for direct in wanted.ways:
        demo(row, folder, tree, commands, {**variables, "PEOPLE_LIFECYCLE_DIRECT": direct})
    if wanted.ways:
        done.append(Outcome(len(wanted.ways), "the demo in both ways" if len(wanted.ways) > 1 else "the demo"))
    if wanted.left_out is not None:
        passed = units(row, folder, tree, commands, variables, wanted.left_out)
        done.append(Outcome(passed, f"{passed} unit tests"))
    if wanted.jobs:
        done.append(awx_steps.with_core(row.name, folder, tree, commands, variables, wanted.jobs))
    if wanted.sanity:
        runs = sanity(folder, tree, commands, variables)
        done.append(Outcome(runs, f"{runs} of sanity"))
    words = ", ".join(outcome.words for outcome in done)
    print(f"    ansible-core {row.core} on {pathlib.Path(python).name}: {words}", flush=True)
    remarks = tuple(remark for outcome in done for remark in outcome.remarks)
    return Outcome(sum(outcome.cases for outcome in done), f"{row.name} ({words})", remarks)


def units(
    row: Row, folder: pathlib.Path, tree: Tree, commands: Commands, variables: dict[str, str], left_out: tuple[str, ...]
) -> int:
    """The unit tests; on the newest two, what Python calls deprecated in the collection's code fails them."""
    strict = ("-o", r"filterwarnings=error::DeprecationWarning:ansible_collections\.") if row.name in STRICT else ()
    output = commands.run(
        folder / "bin/python",
        "-m",
        "pytest",
        "--quiet",
        "-p",
        "no:cacheprovider",
        *strict,
        *(f"--ignore=tests/unit/{name}" for name in left_out),
        cwd=tree.root,
        PROPERTY_SHARE=PROPERTY_SHARE,
        **variables,
    )
    return found(r"([0-9]+) passed", output)


def demo(row: Row, folder: pathlib.Path, tree: Tree, commands: Commands, variables: dict[str, str]) -> None:
    """The roles from end to end; on the newest two, what ansible-core calls deprecated fails them."""
    commands.run(folder / "bin/python", "tests/demo/demo.py", cwd=tree.root, **variables)
    log = (tree.root / "build/demo/ansible.log").read_text()
    deprecated = re.findall(r"^\[DEPRECATION WARNING\].*", log, re.MULTILINE)
    if row.name in STRICT and deprecated:
        raise StepFailed(f"ansible-core {row.core}: {deprecated[0]}")


def sanity(folder: pathlib.Path, tree: Tree, commands: Commands, variables: dict[str, str]) -> int:
    """ansible-test sanity as this ansible-core has it; returns the number of runs of its tests."""
    surroundings.provide_pip(commands, folder)
    command = (folder / "bin/ansible-test", "sanity", "--color", "no")
    output = commands.run(*command, cwd=tree.root, **{**variables, "HOME": str(surroundings.home())})
    return len(re.findall(r"^Running sanity test ", output, re.MULTILINE))
