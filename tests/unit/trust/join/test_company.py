# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A company in which much is odd at once, by real playbooks:
who was there, who moved, who wants more, and who leaves.
"""

from __future__ import annotations

import pathlib
import typing as t

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

import people_company
from people_actions import act
from people_playbook import Done, play
from sandbox.iq import Iq
from sandbox.server import running
from unit.trust.join.conftest import DEVELOPER, PROFILES, SYSTEMS, Company, jane

HEADER = "id,first_name,last_name,email,profile,former_emails,iics_username,iq_username,magistrala_username\n"
ROSTER = """E1,Jane,Smith,jane.smith@example.com,dev,,,,
E2,Joe,Doe,Joe.Doe@EXAMPLE.com,dev,,,,
E3,Ann,Lee,ann.lee@example.com,dev,,,,
,,,,,,,,
E4,Sam,Lin,sam.lin@example.com,dev,,,,
E99,Mallory,Evil,mallory@example.net,dev,,admin@example.com,admin,admin
,,,,,,,,
"""
MARRIED = "E1,Jane,Brown,jane.brown@example.com,dev,{former},,,\n"
JANE = "jane.smith@example.com"
OWNER = {"role": "Owner", "organization": "Data"}


def onboard(company: Company, folder: pathlib.Path, roster: str, *arguments: str, **variables: t.Any) -> Done:
    (folder / "roster.csv").write_text(HEADER + roster)
    given = {
        "onboard_people_file": "roster.csv",
        "onboard_profiles": {"dev": PROFILES["dev"]},
        "onboard_connections": connections(company),
        **variables,
    }
    return play(folder, "onboard", given, *arguments)


def connections(company: Company) -> dict[str, dict[str, t.Any]]:
    return {system: company.connection(system) for system in SYSTEMS}


def held(done: Done) -> dict[str, set[str]]:
    people: dict[str, set[str]] = {}
    for entry in done.report["held"]:
        people.setdefault(entry["person"], set()).add(entry["instance"])
    return people


def test_nobody_is_taken_over_and_nobody_gets_a_second_account(company: Company, tmp_path: pathlib.Path) -> None:
    by_hand = {"iics": "jsmith_iics", "iq": "jsmith", "magistrala": "jsmith"}
    for system, name in by_hand.items():
        company.by_hand(system, name)
        others = (jane(id="E2", first_name="Joe", last_name="Doe", email="joe.doe@example.com"), ann())
        assert {line.action for line in company.join(system, *others)} == {"created"}
    more = {"iics": {"roles": {"add": ["Operator"]}}, "iq": {"grants": {"add": [OWNER]}}}
    for system, gift in more.items():  # what a profile gave that is gone
        username = {"iics": "ann.lee@example.com", "iq": "ann.lee"}[system]
        company.module(f"x.{system}_user", {**company.connection(system), "username": username, **gift})
    company.sandbox.apps["iq"].act("POST", "seed", {"count": 0, "saml": ["sam.lin"]})
    before = {system: company.accounts(system) for system in SYSTEMS}

    done = onboard(company, tmp_path, ROSTER, onboard_remove_old_access=True)
    assert done.code == 0, done.output
    assert held(done) == {"E1": {*SYSTEMS}, "E99": {*SYSTEMS}, "E4": {"iq"}}
    for entry in done.report["held"]:
        assert ("realm SAML" if entry["person"] == "E4" else "lifecycle_account_names") in entry["what"]
    unknown = {entry["instance"]: entry["what"] for entry in done.report["old_access"] if entry["person"] == "E3"}
    assert unknown == {
        "iics": "roles: Operator, which no profile knows",
        "iq": "grants: role Owner, organization Data, which no profile knows",
    }
    after = {system: company.accounts(system) for system in SYSTEMS}
    assert {name for name in after["iics"] if name not in before["iics"]} == {"sam.lin@example.com"}
    assert {name for name in after["magistrala"] if name not in before["magistrala"]} == {"sam-lin"}
    assert after["iq"].keys() == before["iq"].keys()
    for system in SYSTEMS:
        assert {name: after[system][name] for name in before[system]} == before[system], "nobody was touched"

    again = onboard(company, tmp_path, ROSTER, onboard_remove_old_access=True)
    assert again.report["counts"]["changed"] == 0 and held(again) == held(done)


def ann() -> dict[str, t.Any]:
    return jane(id="E3", first_name="Ann", last_name="Lee", email="ann.lee@example.com")


def test_somebody_who_married_is_asked_about_then_moved_and_leaves_everywhere(
    company: Company, tmp_path: pathlib.Path
) -> None:
    for system in SYSTEMS:
        company.join(system, jane(), mark_id=False)
    asked = onboard(company, tmp_path, MARRIED.format(former=JANE))
    assert held(asked) == {"E1": {*SYSTEMS}} and asked.report["counts"]["changed"] == 0
    assert all("lifecycle_former_emails" in entry["what"] for entry in asked.report["held"])

    reviewed = {"lifecycle_former_emails": {"E1": [JANE]}}
    moved = onboard(company, tmp_path, MARRIED.format(former=JANE), **reviewed)
    assert {instance: moved.lines(instance)["E1"]["action"] for instance in SYSTEMS} == {
        "iics": "unchanged",
        "iq": "updated",
        "magistrala": "updated",
    }
    told = [entry["what"] for entry in moved.report["manual"] if entry["instance"] == "iics"]
    assert any("cannot change a user name" in what for what in told) and any("email" in what for what in told)
    assert {system: len(company.accounts(system)) for system in SYSTEMS} == dict.fromkeys(SYSTEMS, 2)
    assert company.accounts("magistrala")["jane-brown"]["email"] == "jane.brown@example.com"
    assert company.accounts("iq")["jane.smith"]["email"] == "jane.brown@example.com"

    leaver = {"id": "E1", "first_name": "Jane", "last_name": "Brown", "email": "jane.brown@example.com"}
    given = {"offboard_people": [leaver], "offboard_connections": connections(company), **reviewed}
    left = play(tmp_path, "offboard", given)
    assert left.code == 0, left.output
    assert company.accounts("iics").keys() == {"admin@example.com"} and company.accounts("iq").keys() == {"admin"}
    assert company.accounts("magistrala")["jane-brown"]["enabled"] is False


def test_passwords_of_one_server_are_kept_when_another_fails(company: Company, tmp_path: pathlib.Path) -> None:
    profiles = {"dev": {"iq": {"grants": [DEVELOPER]}}}
    given = {"profiles": profiles, "people": [jane()], "systems": ["iq"], "report_dir": str(tmp_path), "run": "job"}
    given |= {
        "credentials": "vault_file",
        "credentials_file": str(tmp_path / "new.yml"),
        "credentials_vault_password": "pw",
    }
    with running(Iq()) as other:
        other.apps["iq"].act("POST", "faults", [{"kind": "status", "method": "POST", "status": 500, "times": 0}])
        second = {**company.connection("iq"), "api_url": other.urls["iq"]}
        paths = set()
        for connection in (company.connection("iq"), second):
            report = act(
                tmp_path, "onboard", people_company.Company(company.sandbox), connections={"iq": connection}, **given
            )["report"]
            paths.add(report["files"]["json"])
    assert report["counts"]["by_system"]["iq"]["failed"] == 1 and len(paths) == 2
    content = VaultLib([("default", VaultSecret(b"pw"))]).decrypt((tmp_path / "new.yml").read_bytes())
    (kept,) = yaml.safe_load(content)
    assert (kept["username"], kept["address"]) == ("jane.smith", company.sandbox.urls["iq"])
