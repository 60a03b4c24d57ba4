# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A company whose HR export has no profile column, through real playbooks."""

from __future__ import annotations

import json
import pathlib
import typing as t

import yaml

import programs
from people_company import PROFILES, Company
from people_playbook import play

EXPORT = """Personnel no;first_name;last_name;Mail;Department;Country;title;Salary
E1;Jane;Smith;jane@example.com;Data;DE;Data Engineer;1000
E2;Ann;Lee;ann@example.com;Data;US;Team Lead;2000
E3;Ola;Berg;ola@example.com;Catering;NO;Cook;3000
"""
COLUMNS = {"Personnel no": "id", "Mail": "email", "*": False}
RULES = [
    {"name": "Data", "when": {"department": "Data"}, "give": "engineer"},
    {"name": "Leads abroad", "when": {"title": "~ .*Lead", "country": {"not": "DE"}}, "give": "lead"},
    {"name": "Sales", "when": {"department": ["Sales", "~ Field .*"]}, "give": "analyst"},
]


def variables(company: Company, folder: pathlib.Path, **more: t.Any) -> dict[str, t.Any]:
    (folder / "hr.csv").write_text(EXPORT, encoding="utf-8")
    (folder / "rules.yml").write_text(yaml.safe_dump({"lifecycle_profile_rules": RULES}), encoding="utf-8")
    return {
        "onboard_people_file": "hr.csv",
        "onboard_columns": COLUMNS,
        "onboard_profiles": PROFILES,
        "onboard_connections": company.connections(),
        "lifecycle_profile_rules_file": "rules.yml",
        **more,
    }


def test_an_export_without_profiles_becomes_accounts(company: Company, tmp_path: pathlib.Path) -> None:
    done = play(tmp_path, "onboard", variables(company, tmp_path))
    assert done.code == 0, done.output
    assert done.lines("magistrala")["E1"]["action"] == done.lines("iq")["E2"]["action"] == "created"
    assert {entry["person"] for entry in done.report["held"]} == {"E3"}
    assert "department 'Catering'" in done.report["held"][0]["what"]
    assert done.report["rules"] == [
        {"name": "Data", "people": 2},
        {"name": "Leads abroad", "people": 1},
        {"name": "Sales", "people": 0},
    ]
    because = {person["id"]: [reason["name"] for reason in person["because"]] for person in done.report["people"]}
    assert because == {"E1": ["Data"], "E2": ["Data", "Leads abroad"], "E3": []}
    page = pathlib.Path(done.fact["files"]["html"]).read_text(encoding="utf-8")
    assert 'lead by rule "Leads abroad"' in page and "<td>Sales</td><td>nobody</td>" in page
    assert set(company.accounts("magistrala")["ann"]["tags"]) == {"data", "lead"}
    company.forget()
    again = play(tmp_path, "onboard", variables(company, tmp_path), "-e", '{"onboard_only": ["lead"]}')
    assert again.code == 0 and not again.report["counts"]["changed"], again.output
    assert again.report["counts"]["people"] == 1, "people can be picked by profiles that rules give"
    assert company.writes("iq") == company.writes("iics") == 0


def test_a_slice_of_an_inventory_knows_the_columns_that_rules_name(company: Company, tmp_path: pathlib.Path) -> None:
    given = variables(company, tmp_path, onboard_systems=["iq"], onboard_report_dir=str(tmp_path / "reports"))
    given.pop("onboard_people_file")
    given |= {"onboard_roster_file": "hr.csv", "onboard_only": "E2"}
    source = {
        "plugin": "people.lifecycle.roster",
        "path": "hr.csv",
        "columns": COLUMNS,
        "attributes": ["department", "country"],
    }
    (tmp_path / "roster.yml").write_text(yaml.safe_dump(source))
    (tmp_path / "vars.yml").write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    book = ("people.lifecycle.onboard_roster", "-i", "roster.yml", "-e", "@vars.yml")
    done = programs.ansible("playbook", tmp_path, *book)
    assert done.returncode == 0, done.stdout + done.stderr
    grants = company.accounts("iq")["ann"]["grants"]
    assert {grant["role"] for grant in grants} == {"Developer", "Owner"} and "jane" not in company.accounts("iq")


def test_an_event_without_a_profile_brings_what_rules_go_by(company: Company, tmp_path: pathlib.Path) -> None:
    sample = pathlib.Path(__file__).resolve().parents[3] / "extensions/eda/rulebooks/hr_event.joiner_by_rules.json"
    person = json.loads(sample.read_text())["person"]
    # an event chooses no profile by the way
    attributes = {
        **person.pop("attributes"),
        "profile": ["lead"],
        "salary": "{{ 7 * 7 }}",
    }
    given = variables(company, tmp_path, onboard_systems=["iq"], onboard_report_dir=str(tmp_path / "reports"))
    del given["onboard_people_file"]
    given |= {f"person_{name}": value for name, value in person.items()}
    given["person_attributes"] = json.dumps(attributes)  # as events and the survey of AWX hand it over
    (tmp_path / "vars.yml").write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    done = programs.ansible("playbook", tmp_path, *programs.LOCAL, "people.lifecycle.onboard_person", "-e", "@vars.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {grant["role"] for grant in company.accounts("iq")["ann.lee"]["grants"]} == {"Developer"}
