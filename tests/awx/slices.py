# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A roster as AWX knows it, and its slices as AWX makes them."""

from __future__ import annotations

import copy
import csv
import json
import pathlib
import subprocess
import typing as t

from awx import jobs
from awx.backend import Backend

Values = dict[str, t.Any]
PROFILES = {
    "data-engineer": {"iics": {"roles": ["Designer"]}, "iq": {}, "magistrala": {"tags": ["data"]}},
    "analyst": {"iics": {"roles": ["Monitor"]}, "iq": {}, "magistrala": {"tags": ["analysis"]}},
}


def write_roster(folder: pathlib.Path, count: int) -> pathlib.Path:
    """A roster of ``count`` people with its inventory file."""
    with (folder / "people.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "first_name", "last_name", "email", "profile"])
        for number in range(1, count + 1):
            profile = "data-engineer" if number % 2 else "analyst"
            rows.writerow(
                [f"E{number:05}", f"First{number}", f"Last{number}", f"person{number:05}@example.com", profile]
            )
    source = folder / "roster.yml"
    source.write_text("plugin: people.lifecycle.roster\npath: people.csv\n")
    return source


def jobs_of(
    parts: t.Sequence[Values], systems: Backend, folder: pathlib.Path, first: int, **more: t.Any
) -> list[jobs.Job]:
    environment = systems.credentials(folder / "credentials")
    project: Values = {"profiles": PROFILES, "roster": folder / "people.csv"}
    return [
        jobs.Job(folder / str(first + place), "onboard_roster.yml", first + place, more, environment, part, **project)
        for place, part in enumerate(parts)
    ]


def summaries(done: t.Sequence[jobs.Done]) -> Values:
    """What all jobs handed on, as one dictionary; nothing overwrites anything."""
    together: Values = {}
    for one in done:
        assert one.status == "successful", one.output
        assert not together.keys() & one.artifacts.keys()
        together |= one.artifacts
    return together


def synchronized(source: pathlib.Path) -> Values:
    """The inventory that AWX stores after it has read the file ``source``."""
    environment = {**jobs.surroundings(), "ANSIBLE_COLLECTIONS_PATH": str(jobs.COLLECTIONS)}
    environment["ANSIBLE_HOME"] = str(source.parent / "home")
    environment["ANSIBLE_INVENTORY_UNPARSED_FAILED"] = "True"
    command = ["ansible-inventory", "-i", str(source), "--list", "--export"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise ValueError(done.stderr)
    inventory: Values = json.loads(done.stdout)
    inventory["_meta"].pop("profile", None)
    return inventory


def hosts(inventory: Values) -> list[str]:
    return sorted(inventory["_meta"]["hostvars"])


def sliced(inventory: Values, count: int, disabled: t.Collection[str] = ()) -> list[Values]:
    """The inventories of the jobs of a template with ``count`` slices: every count-th enabled host, by name.

    There are not more jobs than hosts, where disabled hosts count; groups stay, without the hosts of other slices.
    """
    everybody = hosts(inventory)
    number = min(count, len(everybody))
    enabled = [host for host in everybody if host not in disabled]
    return [part(inventory, set(enabled[index::number])) for index in range(number)]


def part(inventory: Values, members: set[str]) -> Values:
    cut = copy.deepcopy(inventory)
    cut["_meta"]["hostvars"] = {host: values for host, values in cut["_meta"]["hostvars"].items() if host in members}
    for name, group in cut.items():
        if name != "_meta" and "hosts" in group:
            group["hosts"] = [host for host in group["hosts"] if host in members]
    return cut


def distributed(work: t.Sequence[jobs.Job]) -> list[jobs.Done]:
    """Run jobs at the same time as AWX runs them on other nodes: transmit, worker and process, joined by pipes."""
    pipelines = []
    for job in work:
        job.prepare()
        ident = str(job.number)
        node, out = job.folder.with_name(job.folder.name + "-node"), job.folder.with_name(job.folder.name + "-out")
        node.mkdir()
        out.mkdir()
        transmit = start(["transmit", str(job.folder), "-p", job.playbook, "--ident", ident], subprocess.DEVNULL)
        worker = start(["worker", "--private-data-dir", str(node)], transmit.stdout)
        process = start(["process", str(out), "--ident", ident], worker.stdout, subprocess.DEVNULL)
        pipelines.append((transmit, worker, process, out / "artifacts" / ident))
    done = []
    for transmit, worker, process, artifacts in pipelines:
        for one in (process, worker, transmit):
            if one.stdout:
                one.stdout.close()
            one.wait(1200)
        done.append(jobs.Done(artifacts))
    return done


def start(arguments: list[str], source: t.Any, sink: t.Any = subprocess.PIPE) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*jobs.RUNNER, *arguments], env=jobs.surroundings(), stdin=source, stdout=sink, stderr=subprocess.DEVNULL
    )
