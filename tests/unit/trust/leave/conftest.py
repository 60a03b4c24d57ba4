# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role offboard by real playbooks, in a company of two."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import typing as t

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins import modules
from unit.trust.join.conftest import SYSTEMS, Company, company, jane, services

__all__ = ["company", "services"]
COLLECTIONS = pathlib.Path(next(iter(modules.__path__))).parents[4]
JANE = "jane.smith@example.com"
JOE = "joe.doe@example.com"


class Run:
    """The role offboard, through real playbooks."""

    def __init__(self, company: Company, folder: pathlib.Path) -> None:
        self.company = company
        self.folder = folder

    def __call__(self, people: t.Any, *options: str, **variables: t.Any) -> dict[str, t.Any]:
        """The report of one run, with what was ``printed``, the ``code`` and the ``stats`` that AWX gets."""
        given = {
            "offboard_people": people,
            "offboard_connections": {name: self.company.connection(name) for name in SYSTEMS},
            "offboard_report_dir": "reports",
            "offboard_run": "job",
            **variables,
        }
        role = {"ansible.builtin.include_role": {"name": "people.lifecycle.offboard"}}
        play = [{"hosts": "localhost", "gather_facts": False, "tasks": [role]}]
        (self.folder / "play.yml").write_text(yaml.safe_dump(play))
        before = set((self.folder / "reports").glob("*.json"))
        done = self.playbook("play.yml", given, *options)
        written = set((self.folder / "reports").glob("*.json")) - before
        report = json.loads(written.pop().read_text()) if written else {}
        return {**report, "printed": " ".join((done.stdout + done.stderr).split()), "code": done.returncode}

    def page(self) -> str:
        """The page of the first run."""
        return (self.folder / "reports/offboard-job.html").read_text()

    def playbook(self, name: str, variables: dict[str, t.Any], *options: str) -> subprocess.CompletedProcess[str]:
        (self.folder / "vars.json").write_text(json.dumps(variables))
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "IICS_", "IQ_", "MAGI"))},
            "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
            "ANSIBLE_HOME": str(self.folder / "home"),
            "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
            "ANSIBLE_SHOW_CUSTOM_STATS": "1",
            "LC_ALL": "C.UTF-8",
        }
        program = pathlib.Path(sys.executable).with_name("ansible-playbook")
        command = [program, "-i", "localhost,", "-c", "local", name, "-e", "@vars.json", *options]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def offboard(company: Company, tmp_path: pathlib.Path) -> Run:
    for system in SYSTEMS:
        company.join(system, jane(), jane(id="E2", first_name="Joe", last_name="Doe", email=JOE))
    return Run(company, tmp_path)


def names(company: Company, system: str) -> set[str]:
    """Who can sign in."""
    return {name for name, account in company.accounts(system).items() if account.get("enabled") is not False}
