# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sub-organizations that no instance of a run covers are told of."""

from __future__ import annotations

import typing as t

import pytest

from people_company import person
from unit.instances.conftest import Large, Result

PROFILES = {"engineer": {"iics": {"roles": ["Designer"]}}}


def switch(company: Large, instance: str, **switches: t.Any) -> None:
    company.sandbox.apps[instance].act("POST", "configure", switches)


def remarks(result: Result) -> dict[str, list[str]]:
    return {name: each["remarks"] for name, each in result["report"]["instances"].items() if each["remarks"]}


def run(company: Large, role: str, **options: t.Any) -> Result:
    people = [person()] if role == "onboard" else ["jane1@example.com"]
    more = {"profiles": PROFILES} if role == "onboard" else {}
    return company.act(role, people, **more, **{"warn_sub_organizations": True, **options})


@pytest.mark.parametrize(
    ("role", "check"), [("onboard", True), ("onboard", False), ("offboard", True), ("offboard", False)]
)
def test_those_without_an_instance_are_told(company: Large, role: str, check: bool) -> None:
    switch(company, "iics", sub_organizations=["Interns", "EMEA"])
    switch(company, "iics_dev", organization="EMEA")
    found = run(company, role, check=check)
    assert remarks(found) == {
        "iics": [
            "No instance of this run covers the sub-organization Interns. People there need a connection with an "
            "account of its own."
        ]
    }
    assert not found["failure"] and "Informatica IICS: No instance of this run covers" in "\n".join(found["console"])
    assert remarks(run(company, role, check=check, warn_sub_organizations=False)) == {}


def test_an_instance_that_is_down_covers_what_it_expects(company: Large) -> None:
    switch(company, "iics", sub_organizations=["EMEA"])
    connections = company.connections()
    connections["iics_dev"] |= {"api_url": "http://127.0.0.1:9", "expect": "emea"}
    assert remarks(run(company, "offboard", connections=connections)) == {}
    connections["iics_dev"]["expect"] = ""
    assert list(remarks(run(company, "offboard", connections=connections))) == ["iics"]


def test_not_knowing_is_told_and_keeps_nobody(company: Large) -> None:
    run(company, "onboard")
    app = company.sandbox.apps["iics"]
    app.act("POST", "faults", [{"kind": "status", "path": "/saas/api/v2/org", "status": 403, "body": "{}"}])
    done = run(company, "offboard")
    assert done["failure"] == "" and company.where("jane1@example.com") == set()
    assert remarks(done)["iics"][0].startswith(
        "Whether it has sub-organizations that no instance covers cannot be told: "
    )
