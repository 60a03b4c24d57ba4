# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role with reviewed decisions and files, through real playbooks."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

import programs
from unit.trust.join.conftest import DEVELOPER, Company

ROSTER = """id,first_name,last_name,email,profile,magistrala_username
E1,Jane,Smith,jane.smith@example.com,dev,
E99,Mallory,Evil,mallory@example.net,dev,admin
E3,Ann,Lee,ann.lee@example.com,nonsense,
"""


def onboard(company: Company, folder: pathlib.Path, *options: str, **variables: t.Any) -> dict[str, t.Any]:
    """Run the role; returns its report, with what it printed as ``printed`` and its exit status as ``code``."""
    profiles = {"dev": {"iq": {"grants": [DEVELOPER]}, "magistrala": {"tags": ["dev"]}}}
    given = {
        "onboard_profiles": profiles,
        "onboard_systems": ["iq", "magistrala"],
        "onboard_connections": {name: company.connection(name) for name in ("iq", "magistrala")},
        "onboard_report_dir": "reports",
        "onboard_run": "job",
        **variables,
    }
    role = {"ansible.builtin.include_role": {"name": "people.lifecycle.onboard"}}
    (folder / "play.yml").write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": [role]}]))
    (folder / "vars.json").write_text(json.dumps(given))
    done = programs.ansible("playbook", folder, *programs.LOCAL, "play.yml", "-e", "@vars.json", *options)
    written = sorted((folder / "reports").glob("onboard-job*.json"), key=lambda path: path.stat().st_mtime_ns)
    report = json.loads(written[-1].read_text()) if written else {}
    return {**report, "printed": done.stdout + done.stderr, "code": done.returncode}


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "roster.csv").write_text(ROSTER)
    return tmp_path


def test_a_hostile_row_and_a_mistyped_profile_stop_nobody_else(company: Company, folder: pathlib.Path) -> None:
    report = onboard(company, folder, onboard_people_file="roster.csv")
    assert report["code"] == 2, report["printed"]
    assert [entry["person"] for entry in report["held"]] == ["E99"]
    assert {entry["person"] for entry in report["failures"]} == {"E3"}
    assert "there is no profile 'nonsense'" in report["failures"][0]["what"]
    assert company.accounts("iq").keys() == {"admin", "jane.smith", "mallory"}
    assert company.accounts("magistrala")["admin"]["email"] == "admin@example.com"


def test_an_encrypted_roster_and_reviewed_files_are_read(company: Company, folder: pathlib.Path) -> None:
    secret = VaultSecret(b"open sesame")
    (folder / "people.csv").write_bytes(
        VaultLib([("default", secret)]).encrypt("\n".join(ROSTER.splitlines()[:2]) + "\n")
    )
    (folder / "names.yml").write_text(yaml.safe_dump({"lifecycle_account_names": {"E1": {"iq": "jsmith"}}}))
    (folder / "password").write_text("open sesame")
    report = onboard(
        company,
        folder,
        "--vault-password-file=password",
        onboard_people_file="people.csv",
        lifecycle_account_names_file="names.yml",
    )
    assert report["code"] == 0, report["printed"]
    assert "jsmith" in company.accounts("iq") and "jane-smith" in company.accounts("magistrala")


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"lifecycle_account_names": {"E1": {"iqs": "x"}}}, "lifecycle_account_names.E1 names 'iqs'; did you mean iq?"),
        ({"lifecycle_former_emails": {"E1": ["x"]}}, "is not a valid e-mail address"),
        ({"lifecycle_service_accounts": [{"username": "x"}]}, "owner, reason, review_by"),
        ({"lifecycle_protected": "[jane"}, "lifecycle_protected"),
    ],
)
def test_decisions_that_are_not_understood_stop_the_run(
    company: Company, folder: pathlib.Path, variables: dict[str, t.Any], said: str
) -> None:
    report = onboard(company, folder, onboard_people_file="roster.csv", **variables)
    assert report["code"] == 2 and said in " ".join(report["printed"].split())
    assert company.writes("iq") == company.writes("magistrala") == 0
