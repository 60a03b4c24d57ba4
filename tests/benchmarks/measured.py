# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs commands and says how long they took, and how much memory the modules among them."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import typing as t

HERE = pathlib.Path(__file__).resolve().parent


class Failed(Exception):
    """A measured command failed; its figures would mean nothing."""


class Spent(t.NamedTuple):
    """What one run took: seconds on the clock and of the processors, and the peak of its largest process.

    The sandbox, which runs beside it, does not count.
    """

    seconds: float
    cpu: float
    mebibytes: int


@dataclasses.dataclass
class Figure:
    """Several runs of one thing; ``mebibytes`` is the highest peak of a process among them."""

    seconds: list[float] = dataclasses.field(default_factory=list)
    cpu: list[float] = dataclasses.field(default_factory=list)
    mebibytes: int = 0

    def add(self, spent: Spent) -> None:
        self.seconds.append(spent.seconds)
        self.cpu.append(spent.cpu)
        self.mebibytes = max(self.mebibytes, spent.mebibytes)


def run(command: t.Sequence[str], **environment: str) -> Spent:
    """What one command and the processes that it waited for took; the bytecode of Ansible is used, as everywhere."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile("w+") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, env={**inherited, **environment}, stdout=output, stderr=subprocess.STDOUT)
        dummy, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise Failed(f"{' '.join(command)}\n{output.read()[-4000:]}")
    return Spent(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


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
        """What a playbook with ``tasks`` took; with ``watched``, its memory is that of its modules,
        in processes of their own.
        """
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
        spent = run(command, ANSIBLE_LIBRARY=str(HERE / "library"), ANSIBLE_NOCOLOR="1")
        return spent._replace(mebibytes=self.peak()) if watched else spent

    def watch(self) -> None:
        """Put an interpreter beside the playbooks that notes the memory of what it runs."""
        self.log.unlink(missing_ok=True)
        program = self.folder / "watched-python"
        program.write_text(f"#!{sys.executable}\n{(HERE / 'watched.py').read_text()}")
        program.chmod(0o755)

    def peak(self) -> int:
        """MiB of the largest process that the watching interpreter ran."""
        return max(int(line) for line in self.log.read_text().split())


def people_of(path: pathlib.Path) -> str:
    """The cheapest way to hand over a long list:
    extra variables and vars_files cost as much again as the whole task.
    """
    return f"{{{{ (lookup('ansible.builtin.file', '{path}') | from_json).people }}}}"
