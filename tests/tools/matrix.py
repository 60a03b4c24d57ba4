# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection on every ansible-core that it supports, each in an environment of its own below ``build/matrix``.

``matrix [CORE ...] [quick]``: all of them, or those named, such as ``2.16``, and ``next``, the newest release that can
be had, candidates among them, which may fail: that is told, and no more. ``quick`` leaves it out, and runs the demo on
each, those unit tests that Ansible has a part in on the oldest and the newest only, and no ansible-test sanity. Without
it the demo runs twice: with modules inside Ansible's own process, and in processes of their own. Two releases are tried
side by side, each on a copy of the collection and with a log of its own.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil

import surroundings
from environments import environment
from running import BUILD, PROJECT, Commands, Outcome, StepFailed, found
from tree import Tree

QUICK = "quick"
OLDEST, NEWEST, NEXT = "2.16", "2.21", "next"
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
# What the tests themselves import; their versions are those of requirements/dev.txt.
TESTS_NEED = (
    "pytest",
    "hypothesis",
    "jsonschema",
    "starlette",
    "uvicorn",
    "httptools",
    "uvloop",
    "sonatype-iq-api-client",
    "infapy",
    "graphql-core",
)

# The vendor's client, which only tests use, asks for a newer one than old releases of requests work with.
OLD_URLLIB3 = "urllib3>=1.26,<1.27"


@dataclasses.dataclass(frozen=True)
class Row:
    """One release of ansible-core, and the Pythons that its controller runs on, the preferred one first."""

    core: str
    pythons: tuple[str, ...]

    @property
    def name(self) -> str:
        return ".".join(self.core.split(".")[:2])


ROWS = (
    Row("2.16.19", ("3.11", "3.12")),
    Row("2.17.14", ("3.11", "3.12")),
    Row("2.18.19", ("3.11", "3.12", "3.13")),
    Row("2.19.14", ("3.11", "3.12", "3.13")),
    Row("2.20.10", ("3.12", "3.13", "3.14")),
    Row("2.21.5", ("3.13", "3.12", "3.14")),
)
UPCOMING = Row(NEXT, ("3.13", "3.14", "3.12"))


def matrix(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """The demo, unit tests and ansible-test sanity on each ansible-core that a Python of this machine runs."""
    quick = QUICK in arguments
    every = ROWS if quick else (*ROWS, UPCOMING)
    names = {argument for argument in arguments if argument != QUICK} or {row.name for row in every}
    unknown = names.difference(row.name for row in every)
    if unknown:
        raise StepFailed(f"not in the matrix: {', '.join(sorted(unknown))}")
    rows = [row for row in every if row.name in names]
    pythons = {row: python for row in rows if (python := interpreter(row, tree.work))}
    if not pythons:
        raise StepFailed("no Python on this machine runs any of them")
    there = list(pythons)
    tested = [there[0], there[-1]] if quick else there

    def taken(row: Row) -> Outcome:
        log = Commands(f"matrix-{row.name}")
        try:
            with Tree() as own:
                return take(row, pythons[row], own, log, with_units=row in tested, quick=quick)
        except StepFailed as failure:
            if row is UPCOMING:
                return Outcome(
                    0, f"{NEXT} (failed, which is allowed)", (f"ansible-core {NEXT}: {failure}; see {log.log}",)
                )
            raise StepFailed(f"ansible-core {row.core}: {failure}; the output is in {log.log}") from None

    with concurrent.futures.ThreadPoolExecutor(LANES) as pool:
        longest_first = sorted(there, key=lambda row: row not in tested)
        outcomes = list(pool.map(taken, longest_first))
    remarks = [
        f"ansible-core {row.name} was left out: no Python {' or '.join(row.pythons)} on this machine"
        for row in rows
        if row not in pythons
    ]
    remarks += [remark for outcome in outcomes for remark in outcome.remarks]
    words = [outcome.words for outcome in outcomes]
    return Outcome(sum(outcome.cases for outcome in outcomes), f"ansible-core {', '.join(words)}", tuple(remarks))


def interpreter(row: Row, work: pathlib.Path) -> str | None:
    """A working interpreter for ``row``, from PATH or from pyenv."""
    path = surroundings.search_path(work / "interpreters")
    for version in row.pythons:
        program = shutil.which(f"python{version}", path=path)
        if program and surroundings.starts(program):
            return os.path.realpath(program)
    return None


def take(row: Row, python: str, tree: Tree, commands: Commands, *, with_units: bool, quick: bool) -> Outcome:
    """Everything about one row; ``cases`` are unit tests, runs of sanity tests, and those of the demo."""
    locked = ("--no-deps", "--require-hashes", "--requirement", str(lock(row)))
    packages = ("--prerelease=allow", *requirements(row)) if row is UPCOMING else locked
    folder = environment(BUILD / "matrix" / row.name, packages, commands, python=python)
    variables = {
        "PATH": f"{folder / 'bin'}{os.pathsep}{surroundings.search_path(tree.work / 'interpreters')}",
        "PYTHONPATH": str(tree.collections),
        "ANSIBLE_COLLECTIONS_PATH": str(tree.collections),
        "ANSIBLE_HOME": str(tree.work / "home"),
    }
    ways = WAYS[:1] if quick else WAYS
    for direct in ways:
        demo(row, folder, tree, commands, {**variables, "PEOPLE_LIFECYCLE_DIRECT": direct})
    left_out = (*LEFT_OUT, *OURS) if quick else LEFT_OUT
    passed = units(row, folder, tree, commands, variables, left_out) if with_units else 0
    runs = 0 if quick else sanity(folder, tree, commands, variables)
    demos = "the demo in both ways" if len(ways) > 1 else "the demo"
    done = [demos, *([f"{passed} unit tests"] if with_units else []), *([] if quick else [f"{runs} of sanity"])]
    words = f"{row.name} ({', '.join(done)})"
    print(f"    ansible-core {row.core} on {pathlib.Path(python).name}: {', '.join(done)}", flush=True)
    return Outcome(len(ways) + passed + runs, words)


def lock(row: Row) -> pathlib.Path:
    """Exact versions and hashes of ``requirements`` and of all that they need, as ``lock_matrix.py`` wrote them."""
    return PROJECT / f"requirements/matrix/{row.name}.lock"


def requirements(row: Row) -> list[str]:
    """What the environment of ``row`` holds; the oldest has the oldest libraries that the collection asks for."""
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)$", (PROJECT / "requirements/dev.txt").read_text(), re.MULTILINE))
    libraries = dict(re.findall(r"^([a-z]+)>=(\S+)$", (PROJECT / "meta/ee-requirements.txt").read_text(), re.MULTILINE))
    if row.name != OLDEST:
        libraries = {name: pins[name] for name in libraries}
    tests = {name: pins[name] for name in TESTS_NEED}
    pinned = [f"{name}=={version}" for name, version in {**libraries, **tests}.items()]
    return ["ansible-core" if row is UPCOMING else f"ansible-core=={row.core}", *pinned]


def units(
    row: Row, folder: pathlib.Path, tree: Tree, commands: Commands, variables: dict[str, str], left_out: tuple[str, ...]
) -> int:
    """The unit tests; on the newest, what Python calls deprecated in the collection's code fails them."""
    strict = ("-o", r"filterwarnings=error::DeprecationWarning:ansible_collections\.") if row.name == NEWEST else ()
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
    """The roles from end to end; on the newest, what ansible-core calls deprecated fails them."""
    commands.run(folder / "bin/python", "tests/demo/demo.py", cwd=tree.root, **variables)
    log = (tree.root / "build/demo/ansible.log").read_text()
    deprecated = re.findall(r"^\[DEPRECATION WARNING\].*", log, re.MULTILINE)
    if row.name == NEWEST and deprecated:
        raise StepFailed(f"ansible-core {row.core}: {deprecated[0]}")


def sanity(folder: pathlib.Path, tree: Tree, commands: Commands, variables: dict[str, str]) -> int:
    """ansible-test sanity as this ansible-core has it; returns the number of runs of its tests."""
    surroundings.provide_pip(commands, folder)
    command = (folder / "bin/ansible-test", "sanity", "--color", "no")
    output = commands.run(*command, cwd=tree.root, **{**variables, "HOME": str(surroundings.home())})
    return len(re.findall(r"^Running sanity test ", output, re.MULTILINE))
