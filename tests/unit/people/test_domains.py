# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Profiles that give roles in domains of Magistrala:
joiners, movers and returners, in every generation with domains.
"""

from __future__ import annotations

import typing as t

import pytest

from people_company import Company, person
from sandbox.atom import Atom


def role(name: str, domain: str = "plant-7") -> dict[str, str]:
    return {"domain": domain, "role": name}


PROFILES = {
    "engineer": {"magistrala": {"domains": [role("viewer"), role("viewer", "plant-8")]}},
    "lead": {"magistrala": {"domains": [role("operator")]}},
    "analyst": {"magistrala": {"tags": ["reporting"]}},
}
Roles = dict[str, list[str]]


@pytest.fixture(params=["early2025", "v0.30", "atom"])
def plant(company: Company, request: pytest.FixtureRequest) -> Company:
    app = company.sandbox.apps["magistrala"]
    app.act("POST", "reset", {"profile": request.param})
    names = ("plant-7", "plant-8")
    if request.param == "atom":
        holders = [{"name": f"a-{role}", "tenants": dict.fromkeys(names, role)} for role in ("viewer", "operator")]
        app.act("POST", "seed", {"count": 0, "people": holders})
        return company
    domains = [{"name": name, "roles": {"admin": ["admin"], "viewer": [], "operator": []}} for name in names]
    app.act("POST", "seed", {"count": 0, "domains": domains})
    return company


def join(company: Company, *people: dict[str, t.Any], **options: t.Any) -> list[t.Any]:
    """The lines of a run, which check mode foretold, and which a second run leaves alone."""
    company.forget()
    foreseen = company.join("magistrala", *people, check=True, profiles=PROFILES, **options)
    assert company.writes("magistrala") == 0
    done = company.join("magistrala", *people, profiles=PROFILES, **options)
    assert [(line.action, line.changes) for line in foreseen] == [(line.action, line.changes) for line in done]
    company.forget()
    again = company.join("magistrala", *people, profiles=PROFILES, **options)
    assert {line.action for line in again} <= {"unchanged"} and company.writes("magistrala") == 0
    return done


def held(company: Company, name: str = "jane1") -> list[dict[str, str]]:
    module = company.module("magistrala", True)
    found = module.run("x.magistrala_user_info", {**module.connection, "usernames": [name], "domains": True}, True)
    return t.cast("list[dict[str, str]]", found["users"][0]["domains"])


def disable(company: Company, name: str) -> None:
    asked = {**company.connection("magistrala"), "username": name, "state": "disabled"}
    assert company.run("x.magistrala_user", asked, False)["changed"]


def test_joiners_get_the_roles_of_their_profiles(plant: Company) -> None:
    join(plant, person(1), person(2, profile=["lead"]))
    assert held(plant) == [role("viewer"), role("viewer", "plant-8")]
    assert held(plant, "jane2") == [role("operator")]


def test_movers_get_another_role_and_keep_the_rest_until_it_is_asked_for(plant: Company) -> None:
    join(plant, person(1))
    (line,) = join(plant, person(1, profile=["lead"]))
    assert held(plant) == [role("operator"), role("viewer", "plant-8")]
    assert line.old and "plant-8" in line.old[0]
    join(plant, person(1, profile=["lead"]), remove_old_access=True)
    assert held(plant) == [role("operator")]


def test_returners_have_exactly_what_the_profiles_give(plant: Company) -> None:
    join(plant, person(1), person(2))
    for name in ("jane1", "jane2"):
        disable(plant, name)
    join(plant, person(1, profile=["lead"]), person(2, profile=["analyst"]), reenable=True)
    assert (held(plant), held(plant, "jane2")) == ([role("operator")], [])


def test_returners_come_back_where_a_domain_cannot_be_seen(plant: Company) -> None:
    join(plant, person(1), person(2))
    app = plant.sandbox.apps["magistrala"]
    if isinstance(app.system.system, Atom):
        pytest.skip("an administrator of the platform sees every tenant")
    disable(plant, "jane1")
    app.act("POST", "seed", {"count": 0, "domains": [{"name": "plant-9", "roles": {"admin": ["jane2"]}}]})
    (line,) = plant.join("magistrala", person(1, profile=["lead"]), profiles=PROFILES, reenable=True)
    assert line.action == "enabled" and held(plant) == [role("operator")]
    assert ("plant-9" in " ".join(line.notes)) is (app.system.generation == "A")
