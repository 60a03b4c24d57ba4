# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a service does not tell keeps no leaver in: all else is closed, what is left is told, the next run heals it."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

import report_schema
from people_actions import act
from people_company import OWNER, Company, person

PEOPLE = [person(number) for number in (1, 2, 3)]
ODD = {"kind": "status", "method": "GET", "status": 500, "times": 0}
PLANTS = ("plant-7", "plant-8")


@pytest.fixture
def leavers(company: Company) -> Company:
    """Three people with accounts everywhere, two roles each in IQ Server, and seats in two domains of Magistrala."""
    for system in ("iics", "iq", "magistrala"):
        company.join(system, *PEOPLE)
    iq = company.sandbox.apps["iq"].system.state
    roles = {role.name: role.id for role in iq.roles.values()}
    place = next(each for each in iq.organizations.values() if each.name == "Platform")
    for number in (1, 2, 3):
        iq.grant(place, roles[OWNER["role"]], "USER", f"jane{number}")
    seats = [{"name": name, "roles": {"operator": ["jane1", "jane2", "jane3"]}} for name in PLANTS]
    company.sandbox.apps["magistrala"].act("POST", "seed", {"count": 0, "domains": seats})
    return company


def odd_places(company: Company) -> dict[str, str]:
    """By system, the path of what its service does not tell: one look-up, one organization, one domain."""
    iq, magistrala = (company.sandbox.apps[name].system for name in ("iq", "magistrala"))
    organization = next(each.id for each in iq.state.organizations.values() if each.name == "Platform")
    domain = next(each.id for each in magistrala.domains.all.values() if each.name == "plant-8")
    return {
        "iics": ".*/users[?]q=userName%3D%3Djane2.*",
        "iq": f".*/roleMemberships/organization/{organization}",
        "magistrala": f".*/domains/{domain}/roles/members",
    }


def seats(company: Company, domain: str) -> list[str]:
    (found,) = (each for each in company.sandbox.apps["magistrala"].system.domains.all.values() if each.name == domain)
    return [member for role in found.roles.values() if role.name == "operator" for member in role.members]


def roles_in_iq(company: Company) -> list[tuple[str, str]]:
    """Where our people have roles."""
    owners = company.sandbox.apps["iq"].system.state.owners()
    members = {(owner.name, name) for owner in owners for held in owner.members.values() for _kind, name in held}
    return sorted((place, name) for place, name in members if name.startswith("jane"))


def test_leavers_leave_though_a_service_does_not_tell_all(leavers: Company, tmp_path: pathlib.Path) -> None:
    for system, path in odd_places(leavers).items():
        leavers.sandbox.apps[system].act("POST", "faults", [{**ODD, "path": path}])
    options: dict[str, t.Any] = {
        "connections": leavers.connections(),
        "people": [{"id": each["id"], "email": each["email"]} for each in PEOPLE],
        "mode": "delete",
        "report_dir": str(tmp_path),
    }
    result = act(tmp_path, "offboard", leavers, **options)
    report = json.loads(pathlib.Path(result["report"]["files"]["json"]).read_text())
    report_schema.check(report)
    found = [(each["id"], system, lines) for each in report["people"] for system, lines in each["accounts"].items()]
    lines = {(system, who): line for who, system, (line,) in found}
    assert len(lines) == 3 * len(PEOPLE)
    for (system, who), line in lines.items():
        assert line["done"][-1] == "delete" and line["closed"], (system, who)
        assert line["action"] == ("deleted" if system == "iics" else "failed")
    for number, each in enumerate(PEOPLE, 1):
        left = lines["iq", each["id"]]
        assert "may keep roles or a token" in left["error"]
        assert f"the entry of {each['id']} says accounts: {{iq: {{username: jane{number}}}}}" in " ".join(left["notes"])
        assert "may still be in domains: Who is in the domain plant-8" in lines["magistrala", each["id"]]["error"]
    assert seats(leavers, "plant-7") == [] and len(seats(leavers, "plant-8")) == 3
    assert roles_in_iq(leavers) == [("Platform", f"jane{number}") for number in (1, 2, 3)]

    for system in odd_places(leavers):
        leavers.sandbox.apps[system].act("POST", "faults", [])
    for number, each in enumerate(options["people"], 1):
        each["accounts"] = {"iq": {"username": f"jane{number}"}}
    healed = act(tmp_path, "offboard", leavers, **options)
    assert not healed.get("failed") and healed["changed"]
    assert seats(leavers, "plant-8") == [] and roles_in_iq(leavers) == []
    assert not act(tmp_path, "offboard", leavers, **options)["changed"]
