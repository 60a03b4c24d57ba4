# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role offboard by real playbooks, in a company of two."""

from __future__ import annotations

import json
import pathlib
import subprocess
import typing as t

import pytest
import yaml

import programs
import report_schema
from unit.trust.join.conftest import SYSTEMS, Company, company, jane, services

__all__ = ["company", "services"]
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
        written = {
            path for path in (self.folder / "reports").glob("offboard-*.json") if "plan" not in path.name
        } - before
        # no digest of a preview
        reports = [data for path in written if "kind" in (data := json.loads(path.read_text()))]
        report = reports.pop() if reports else {}
        if report:
            report_schema.check(report)
        return {**report, "printed": " ".join((done.stdout + done.stderr).split()), "code": done.returncode}

    def page(self) -> str:
        """The page of the first run."""
        return (self.folder / "reports/offboard-job.html").read_text()

    def playbook(self, name: str, variables: dict[str, t.Any], *options: str) -> subprocess.CompletedProcess[str]:
        (self.folder / "vars.json").write_text(json.dumps(variables))
        given = (*programs.LOCAL, name, "-e", "@vars.json", *options)
        return programs.ansible("playbook", self.folder, *given, ANSIBLE_SHOW_CUSTOM_STATS="1")


@pytest.fixture
def offboard(company: Company, tmp_path: pathlib.Path) -> Run:
    for system in SYSTEMS:
        company.join(system, jane(), jane(id="E2", first_name="Joe", last_name="Doe", email=JOE))
    return Run(company, tmp_path)


def names(company: Company, system: str) -> set[str]:
    """Who can sign in."""
    return {name for name, account in company.accounts(system).items() if account.get("enabled") is not False}
