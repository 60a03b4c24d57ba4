# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps that run the collection."""

from __future__ import annotations

import concurrent.futures
import json
import re
import xml.etree.ElementTree

import junit
import surroundings
from running import BUILD, LOGS, NOTHING_YET, PROJECT, Commands, Outcome, StepFailed
from tree import Tree

# Whole companies through playbooks: about half of the time, so that both halves run side by side.
COMPANIES = ("people", "secrets", "speed", "trust")
SWITCH = "people_lifecycle_direct"
WAYS = {"true": "inside Ansible's own process", "false": "in a process of its own"}
LEAST_COVERED = 95  # per cent, of branches and of lines


def unit(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """The unit tests, in the working copy itself; all of them together also cover the plugins."""
    if arguments:
        return share("unit", commands, "pytest", *arguments)
    commands.run("coverage", "erase")
    halves = {
        "unit-companies": [f"tests/unit/{name}" for name in COMPANIES],
        "unit-rest": [f"--ignore=tests/unit/{name}" for name in COMPANIES],
    }
    measured = ("coverage", "run", "-m", "pytest")
    logs = {name: Commands(name) for name in halves}
    with concurrent.futures.ThreadPoolExecutor() as pool:
        taken = {name: pool.submit(share, name, logs[name], *measured, *halves[name]) for name in halves}
    failed_last = sorted(halves, key=lambda name: taken[name].exception() is not None)
    commands.log.write_text("".join(logs[name].log.read_text() for name in failed_last))
    done = [each.result() for each in taken.values()]
    cases = sum(outcome.cases for outcome in done)
    remarks = tuple(remark for outcome in done for remark in outcome.remarks)
    return Outcome(cases, f"pytest: {cases} tests, {coverage(commands)}", remarks)


def share(name: str, commands: Commands, *pytest: str) -> Outcome:
    """One run of pytest, with what the tests told beside passing."""
    report = LOGS / f"{name}.xml"
    report.unlink(missing_ok=True)
    try:
        commands.run(*pytest, f"--junit-xml={report}", progress=r"\[ *\d+%\]$")
    except StepFailed as failure:
        raise StepFailed("\n".join([f"{name}: {failure}", *junit.failed(report)])) from failure
    passed, skipped = junit.passed(report)
    properties = xml.etree.ElementTree.parse(report).getroot().iter("property")
    told = {node.attrib["name"]: node.attrib["value"] for node in properties}
    remarks = [f"{name}: {value}" for name, value in told.items() if not name.startswith("hypothesis-")]
    return Outcome(passed, f"pytest: {passed} tests", (*remarks, *skipped))


def coverage(commands: Commands) -> str:
    """How much of the plugins the unit tests took, in words; raises StepFailed where that is too little."""
    commands.run("coverage", "combine", "--quiet")
    commands.run("coverage", "html", "--quiet", "--directory", BUILD / "coverage-html")
    commands.run("coverage", "report")
    report = LOGS / "coverage.json"
    commands.run("coverage", "json", "--quiet", "-o", report)
    totals = json.loads(report.read_text())["totals"]
    shares = {
        "branches": 100 * totals["covered_branches"] / totals["num_branches"],
        "lines": 100 * totals["covered_lines"] / totals["num_statements"],
    }
    words = ", ".join(f"{share:.1f} % of the {kind}" for kind, share in shares.items())
    if min(shares.values()) < LEAST_COVERED:
        raise StepFailed(f"the unit tests take only {words} of plugins/; {LEAST_COVERED} % are wanted")
    return words


def sanity(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """ansible-test sanity, every test that can run here, nothing ignored."""
    ignored = tree.names("tests/sanity/ignore*.txt")
    if ignored:
        raise StepFailed(f"there is a list of ignored findings: {', '.join(ignored)}")
    surroundings.provide_pip(commands)
    output = commands.run(
        "ansible-test",
        "sanity",
        "--color",
        "no",
        "--junit",
        *arguments,
        cwd=tree.root,
        progress=r'^Running sanity test "',
        **surroundings.environment(tree.work),
    )
    absent = re.findall(r"^WARNING: (Required program .*)$", output, re.MULTILINE)
    if absent:
        raise StepFailed(absent[0])
    ran, without_files = [], set()
    for report in sorted((tree.root / "tests/output/junit").glob("ansible-test-sanity-*.xml")):
        for case in xml.etree.ElementTree.parse(report).iter("testcase"):
            test = case.attrib["name"].partition("-python-")[0]
            if case.find("skipped") is None:
                ran.append(test)
            else:
                without_files.add(test)
    remarks = sorted(set(re.findall(r"^WARNING: (Skipping .* on Python 3\.1\d .*)$", output, re.MULTILINE)))
    remarks += [f"no file for the test {test}" for test in sorted(without_files.difference(ran))]
    return Outcome(len(ran), f"ansible-test sanity: {len(ran)} runs of {len(set(ran))} tests", tuple(remarks))


def integration(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """The integration targets in both ways, against the sandbox or what ``integration_config.yml`` names."""
    config = tree.root / "tests/integration/integration_config.yml"
    own = PROJECT / config.relative_to(tree.root)
    given = own.read_text() if own.exists() else "---\n"
    begun = r"^Running ([a-z0-9_]+) integration test (role|script)$"
    ran: list[str] = []
    for direct, way in WAYS.items():
        config.write_text(f"{given}\n{SWITCH}: {direct}\n")
        output = commands.run(
            "ansible-test",
            "integration",
            "--color",
            "no",
            "-vvv",
            *arguments,
            cwd=tree.root,
            progress=begun,
            **surroundings.environment(tree.work),
        )
        taken = set(re.findall(rf" runs ({'|'.join(WAYS.values())})", output))
        if taken - {way}:
            raise StepFailed(f"with {SWITCH}: {direct}, modules ran {' and '.join(sorted(taken - {way}))}")
        targets = [name for name, kind in re.findall(begun, output, re.MULTILINE)]
        if not arguments:
            require_all(
                f"integration target {way}", tree.names("plugins/modules/*.py"), set(targets) if taken else set()
            )
        ran += targets
    return Outcome(len(ran), f"ansible-test integration, in both ways: {', '.join(dict.fromkeys(ran))}")


def molecule(tree: Tree, commands: Commands, *arguments: str) -> Outcome:
    """The molecule scenarios: first run, second run without a change, and what they verify."""
    if not (tree.root / "extensions/molecule/default").is_dir():
        return NOTHING_YET
    output = commands.run(
        "molecule",
        "test",
        *(arguments or ("--all",)),
        "--no-command-borders",
        cwd=tree.root,
        progress=r"INFO .* Executing$",
        ANSIBLE_COLLECTIONS_PATH=tree.collections,
        ANSIBLE_HOME=tree.work / "home",
        MOLECULE_NO_COLOR="1",
        NO_COLOR="1",
    )
    scenarios = sorted(set(re.findall(r"INFO +\[([a-z0-9_-]+) > [a-z]+\] Executing", output)))
    playbooks = "".join(path.read_text() for path in (tree.root / "extensions/molecule").glob("*/*.yml"))
    roles = [path.name for path in (tree.root / "roles").glob("*") if path.is_dir()]
    require_all("molecule scenario", roles, {role for role in roles if f"people.lifecycle.{role}" in playbooks})
    return Outcome(len(scenarios), f"molecule: {', '.join(scenarios)}")


def require_all(kind: str, expected: list[str], present: set[str]) -> None:
    """Raise StepFailed for each name in ``expected`` that has nothing in ``present``."""
    missing = [name for name in expected if name not in present]
    if missing:
        raise StepFailed(f"no {kind} for {', '.join(missing)}")
