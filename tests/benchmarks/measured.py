# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs commands and says how long they took, and how much memory the modules among them."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import resource
import subprocess
import sys
import time
import typing as t

HERE = pathlib.Path(__file__).resolve().parent


class Failed(Exception):
    """A measured command failed; its figures would mean nothing."""


class Spent(t.NamedTuple):
    """What one run took: seconds on the clock, and of the processors (without the sandbox, which runs beside it)."""

    seconds: float
    cpu: float


@dataclasses.dataclass
class Figure:
    """Several runs of one thing; ``mebibytes`` is the highest peak of a module process where that was watched."""

    seconds: list[float] = dataclasses.field(default_factory=list)
    cpu: list[float] = dataclasses.field(default_factory=list)
    mebibytes: int = 0

    def add(self, spent: Spent) -> None:
        self.seconds.append(spent.seconds)
        self.cpu.append(spent.cpu)


def run(command: t.Sequence[str], **environment: str) -> Spent:
    """What one command took; the bytecode of Ansible is used, as everywhere."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, begun = cpu_of_children(), time.perf_counter()
    done = subprocess.run(command, env={**inherited, **environment}, capture_output=True, text=True, check=False)
    spent = Spent(time.perf_counter() - begun, cpu_of_children() - before)
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return spent


def cpu_of_children() -> float:
    """Processor seconds of the processes that ended so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def several(rounds: int, prepare: t.Callable[[], t.Any], measure: t.Callable[[], Spent]) -> Figure:
    """``measure`` so many times, each after ``prepare``, which is not measured."""
    figure = Figure()
    for dummy in range(rounds):
        prepare()
        figure.add(measure())
    return figure


class Playbooks:
    """Writes playbooks for the local machine into ``folder`` and runs them."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.log = folder / "memory.log"

    def time(self, name: str, *tasks: dict[str, t.Any], watched: bool = False, **play: t.Any) -> Spent:
        """What a playbook with ``tasks`` took; with ``watched``, ``peak`` then tells the memory of its modules."""
        interpreter = str(self.folder / "watched-python") if watched else "{{ ansible_playbook_python }}"
        variables = {"ansible_python_interpreter": interpreter, **play.pop("vars", {})}
        content = {"hosts": "localhost", "connection": "local", "gather_facts": False, "vars": variables, **play}
        if tasks:
            content["tasks"] = list(tasks)
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps([content]))
        if watched:
            self.watch()
        command = ["ansible-playbook", "-i", "localhost,", str(path)]
        return run(command, ANSIBLE_LIBRARY=str(HERE / "library"), ANSIBLE_NOCOLOR="1")

    def watch(self) -> None:
        """Put an interpreter beside the playbooks that notes the memory of what it runs."""
        self.log.unlink(missing_ok=True)
        program = self.folder / "watched-python"
        program.write_text(f"#!{sys.executable}\n{(HERE / 'watched.py').read_text()}")
        program.chmod(0o755)

    def peak(self) -> int:
        """MiB of the largest process that ran with ``watched``."""
        return max(int(line) for line in self.log.read_text().split())


def people_of(path: pathlib.Path) -> str:
    """The cheapest way to hand over a long list: extra variables and vars_files cost as much again as the whole task."""
    return f"{{{{ (lookup('ansible.builtin.file', '{path}') | from_json).people }}}}"
