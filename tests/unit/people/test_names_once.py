# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names of roles, groups and places in profiles are looked up once, whatever the batch size."""

from __future__ import annotations

import collections
import pathlib
import re
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.kept import Kept
from ansible_collections.people.lifecycle.plugins.modules import iq_user
from ansible_collections.people.lifecycle.plugins.plugin_utils.direct.host import DirectTask
from people_actions import act
from people_company import Company, person

LISTING = re.compile(r"/(roles|userGroups|organizations|applications|domains|domains/[^/]+/roles)$|#.*(tenants|roles)")
DEVELOPER = {"role": "Developer", "organization": "Data"}
APPLICATION = {"role": "Developer", "application": "data-portal"}
VIEWER = {"domain": "plant-7", "role": "viewer"}
PROFILES: dict[str, t.Any] = {
    "engineer": {
        "iics": {"roles": ["Designer"], "groups": ["Data Engineering"]},
        "iq": {"grants": [DEVELOPER, APPLICATION]},
        "magistrala": {"domains": [VIEWER]},
    },
    "wrong": {
        "iics": {"roles": ["Desinger"]},
        "iq": {"grants": [{**DEVELOPER, "organization": "Date"}]},
        "magistrala": {"domains": [{**VIEWER, "domain": "plant-77"}]},
    },
}
PEOPLE = [*(person(number) for number in range(1, 4)), person(4, profile=["wrong"])]
WORDS = {"iics": "There is no role 'Desinger'", "iq": "has no organization Date", "magistrala": "no domain 'plant-77'"}


@pytest.fixture(params=["v0.30", "atom"])
def plant(company: Company, request: pytest.FixtureRequest) -> t.Callable[[], Company]:
    """The company as it is before the first run, whenever it is asked for."""

    def fresh() -> Company:
        for app in company.sandbox.apps.values():
            app.act("POST", "reset", {})
        app = company.sandbox.apps["magistrala"]
        app.act("POST", "reset", {"profile": request.param})
        seeds: dict[str, dict[str, t.Any]] = {
            "v0.30": {"domains": [{"name": "plant-7", "roles": {"admin": ["admin"], "viewer": []}}]},
            "atom": {"people": [{"name": "a-viewer", "tenants": {"plant-7": "viewer"}}]},
        }
        app.act("POST", "seed", {"count": 0, **seeds[request.param]})
        company.forget()
        return company

    return fresh


def listings(company: Company) -> dict[str, int]:
    """How often names were listed, by path."""
    paths = [line.path.partition("?")[0] for app in company.sandbox.apps.values() for line in app.journal]
    return collections.Counter(re.sub(r"(?<=/domains/)[^/]+", "*", path) for path in paths if LISTING.search(path))


def onboard(
    company: Company, folder: pathlib.Path, size: int, direct: bool = True, **options: t.Any
) -> dict[str, t.Any]:
    """The report of a run; ``direct``: in Ansible's own process, as a role does as a rule."""
    given = {"people": PEOPLE, "profiles": PROFILES, "connections": company.connections(), "batch_size": size}
    done = act(folder, "onboard", None if direct else company, report=False, **{**given, **options})
    return t.cast("dict[str, t.Any]", done["report"])


def told(report: dict[str, t.Any]) -> list[t.Any]:
    """What a report says of everybody."""
    return [report[name] for name in ("counts", "failures", "held")]


def test_names_are_looked_up_once_whatever_the_batch_size(
    plant: t.Callable[[], Company], tmp_path: pathlib.Path
) -> None:
    company = plant()
    whole, once = onboard(company, tmp_path, 500), listings(company)
    assert len(once) == 7 and {*once.values()} == {1}
    company = plant()
    preview, first = onboard(company, tmp_path, 1, check=True), listings(company)
    company.forget()
    done, second = onboard(company, tmp_path, 1), listings(company)
    assert first == second == once
    apart = onboard(plant(), tmp_path, 1, direct=False)
    assert told(preview) == told(done) == told(apart) == told(whole), "check mode, batches and processes change nothing"


def test_names_are_looked_up_before_anybody_is_changed(plant: t.Callable[[], Company], tmp_path: pathlib.Path) -> None:
    company = plant()
    last = person(5, profile=["last"])
    profiles = {**PROFILES, "last": {"iics": {"groups": ["Data Engineering"]}, "iq": {"grants": [APPLICATION]}}}
    profiles["engineer"] = {"iics": {"roles": ["Designer"]}, "iq": {"grants": [DEVELOPER]}}
    onboard(company, tmp_path, 1, people=[person(1), last], profiles=profiles)
    for system in ("iics", "iq"):
        journal = [(line.method, line.path) for line in company.sandbox.apps[system].journal]
        looked_up = max(at for at, (_method, path) in enumerate(journal) if LISTING.search(path.partition("?")[0]))
        written = min(at for at, (method, path) in enumerate(journal) if method == "POST" and path.endswith("/users"))
        assert looked_up < written, journal


def test_a_wrong_name_concerns_the_people_of_that_profile_and_nobody_else(
    plant: t.Callable[[], Company], tmp_path: pathlib.Path
) -> None:
    company = plant()
    for outcome, options in (("created", {}), ("unchanged", {"remove_old_access": True})):
        done = onboard(company, tmp_path, 2, **options)
        assert {entry["instance"]: entry["person"] for entry in done["failures"]} == dict.fromkeys(WORDS, "E4")
        assert all(WORDS[entry["instance"]] in entry["what"] for entry in done["failures"])
        assert [each[outcome] for each in done["counts"]["by_system"].values()] == [3, 3, 3]


@pytest.mark.parametrize("once", [False, True])
def test_an_organization_that_a_task_makes_in_between_is_found_unless_a_role_runs(company: Company, once: bool) -> None:
    """The items of a loop share a sign-in, and the tasks around them may make what the next one names."""
    kept = Kept(names=once)
    grant = {**DEVELOPER, "organization": "Organization 0001"}
    asked = {**company.connection("iq"), "username": "admin", "grants": {"add": [grant]}}

    def run() -> bool:
        return bool(DirectTask(iq_user.WORK, "people.lifecycle.iq_user", asked, kept).run().get("failed"))

    assert run()
    company.sandbox.apps["iq"].act("POST", "seed", {"count": 0, "organizations": 1})
    assert run() is once
    kept.forget_names()
    assert not run()
    kept.close()
