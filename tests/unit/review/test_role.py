# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role by real playbooks: a company that is as its records say is clean, and each way to disturb it is found,
no other.
"""

from __future__ import annotations

import csv
import json
import pathlib
import typing as t

import pytest
from ansible.errors import AnsibleActionFail

import report_schema
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import KINDS
from people_actions import act
from people_company import PROFILES, SIGN_IN, Company, person
from people_playbook import Done, Values, play
from unit.review.ways import PEOPLE as EVERYBODY
from unit.review.ways import WITH_DOMAINS, Ways

TODAY = "2026-11-23"
PEOPLE = [person(number) for number in range(1, 9)]
SERVICES = [
    {"instance": system, "username": name, "owner": "Platform", "reason": "runs the roles", "review_by": "2027-06-30"}
    for system, (name, _password) in SIGN_IN.items()
]
OWN = {("administrator", system, name) for system, (name, _password) in SIGN_IN.items()}
Found = set[tuple[str, str, str]]
SEED = 20261123
SETTLED = {"review_people": EVERYBODY, "review_profiles": WITH_DOMAINS}
UNCLEAR_THERE = {("unclear", "iq_down", "")}


@pytest.fixture
def settled(company: Company) -> Company:
    """Everybody has what the profiles say."""
    for system in TRAITS:
        assert {line.action for line in company.join(system, *PEOPLE)} == {"created"}
    company.forget()
    return company


def reviewed(folder: pathlib.Path, company: Company, *arguments: str, **variables: t.Any) -> Done:
    given = {
        "review_people": PEOPLE,
        "review_profiles": PROFILES,
        "review_connections": company.connections(),
        "review_date": TODAY,
        "review_dormant_days": 36500,
        "lifecycle_service_accounts": SERVICES,
    }
    return play(folder, "review", {**given, **variables}, *arguments)


def found(done: Done) -> Found:
    return {(each["kind"], each["instance"], each["account"]) for each in done.report["findings"]}


def test_every_disturbance_is_found_and_nothing_else(company: Company, tmp_path: pathlib.Path) -> None:
    Ways.settle(company)
    before = reviewed(tmp_path, company, "--check", review_run="before", review_date="2026-11-01", **SETTLED)
    assert found(before) == OWN
    head, risks, kind, decide, where = before.console
    assert (head.split(":")[0], risks, kind) == ("Access review before", "3 findings: 3 high", "Administrator: 3")
    assert (decide, where) == tuple(
        f"{what}: {before.fact['files'][key]}" for what, key in (("To decide in", "decisions"), ("Report", "html"))
    )
    ways = Ways(company, tmp_path, SEED)
    ways.everything()
    services = [{**each, "review_by": "2026-01-31"} if each["instance"] == "iq" else each for each in SERVICES]
    down = {"iq_down": {**company.connection("iq"), "system": "iq", "api_url": "http://127.0.0.1:9"}}
    variables = {
        **ways.variables,
        "lifecycle_service_accounts": services,
        "review_connections": {**company.connections(), **down},
        "review_systems": [*TRAITS, "iq_down"],
        "review_dormant_days": 3650,
    }
    done = reviewed(tmp_path, company, review_since=before.fact["files"]["json"], review_run="after", **variables)
    assert "IQ Server (iq_down) was not read" in done.failure, done.output
    assert f"Since 2026-11-01: {len(done.report['findings']) - len(OWN)} new, 0 gone" in done.failure
    expected = ways.expected | OWN | {("service", "iq", "admin"), ("incomplete", "iq_down", ""), *UNCLEAR_THERE}
    assert found(done) == expected
    assert {kind for kind, _instance, _account in expected} == set(KINDS), "a kind that nothing here tries"
    assert [company.writes(system) for system in TRAITS] == [0, 0, 0]
    trend = done.report["trend"]
    assert (trend["new"], trend["gone"], trend["still"]) == (len(done.report["findings"]) - len(OWN), 0, len(OWN))
    assert {each["days"] for each in done.report["findings"] if not each["new"]} == {22}
    rows = list(csv.DictReader(pathlib.Path(done.fact["files"]["csv"]).read_text().splitlines()))
    assert [row["id"] for row in rows] == [each["id"] for each in done.report["findings"]]
    realms = {
        each["account"]: each["realm"] for each in done.report["findings"] if each["instance"] == "iq" and each["realm"]
    }
    assert realms == {"twin-saml": "SAML", "lost-oauth": "OAUTH2", "ghost-saml": "SAML"}
    again = looked(
        tmp_path, company, ways.variables | {"lifecycle_service_accounts": services}, **actions_options(variables)
    )
    assert [each["mark"] for each in again["findings"]] == [each["mark"] for each in done.report["findings"]]


def actions_options(variables: Values) -> Values:
    """The options of the action out of the variables of the role."""
    return {name.removeprefix("review_"): value for name, value in variables.items() if name.startswith("review_")}


def looked(folder: pathlib.Path, company: Company, variables: Values | None = None, **options: t.Any) -> Values:
    """The result of the action alone, with what it wrote."""
    given = {
        "people": PEOPLE,
        "profiles": PROFILES,
        "connections": company.connections(),
        "date": TODAY,
        "dormant_days": 36500,
        "report_dir": str(folder / "reports"),
    }
    known = {"lifecycle_service_accounts": SERVICES, **(variables or {})}
    result = act(folder, "review", company, variables=known, **{**given, **options})
    report = json.loads(pathlib.Path(result["report"]["files"]["json"]).read_text())
    report_schema.check(report)
    return {
        **result,
        "findings": report["findings"],
        "found": {(each["kind"], each["instance"], each["account"]) for each in report["findings"]},
    }


def test_what_nobody_used_for_long_is_told(settled: Company, tmp_path: pathlib.Path) -> None:
    seed = {
        "name": "jane9@example.com",
        "email": "jane9@example.com",
        "roles": ["Designer"],
        "groups": ["Data Engineering"],
    }
    settled.sandbox.apps["iics"].act("POST", "seed", {"count": 0, "people": [seed]})
    people = [*PEOPLE, person(9)]
    done = looked(tmp_path, settled, people=people, systems=["iics"], dormant_days=30, date="2099-01-01")
    assert ("dormant", "iics", "jane9@example.com") in done["found"]
    assert {kind for kind, _instance, _account in done["found"]} == {"administrator", "dormant", "service"}


def test_an_instance_that_is_down_is_told_and_nothing_is_said_about_it(
    settled: Company, tmp_path: pathlib.Path
) -> None:
    connections = settled.connections()
    connections["iq"]["api_url"] = "http://127.0.0.1:9"
    done = looked(tmp_path, settled, connections=connections)
    assert "IQ Server was not read" in done["failure"]
    assert {each for each in done["found"] if each[1] == "iq"} == {("incomplete", "iq", "")}
    assert {each for each in done["found"] if each[1] != "iq"} == {each for each in OWN if each[1] != "iq"}


def test_part_of_a_roster_makes_nobody_an_orphan(settled: Company, tmp_path: pathlib.Path) -> None:
    done = looked(tmp_path, settled, people=PEOPLE[:2])
    assert done["found"] == OWN | {("incomplete", system, "") for system in TRAITS}
    whole = looked(tmp_path, settled, people=PEOPLE[:2], absence_limit=100)
    assert sum(kind == "orphan" for kind, _instance, _account in whole["found"]) == 3 * 6


def test_a_listing_without_people_makes_nobody_miss_an_account(company: Company, tmp_path: pathlib.Path) -> None:
    done = looked(tmp_path, company)
    assert done["found"] == OWN | {("incomplete", system, "") for system in TRAITS}


def test_people_who_left_and_are_on_no_roster_keep_their_name(settled: Company, tmp_path: pathlib.Path) -> None:
    done = looked(tmp_path, settled, people=PEOPLE[:-1], leavers="jane8@example.com", systems="magistrala")
    assert done["found"] == {("administrator", "magistrala", "admin"), ("leaver", "magistrala", "jane8")}


def test_a_row_that_names_no_profile_is_told(settled: Company, tmp_path: pathlib.Path) -> None:
    people = [{**PEOPLE[0], "profile": ["enginer"]}, *PEOPLE[1:]]
    done = looked(tmp_path, settled, people=people, systems="iq")
    assert done["found"] == {("administrator", "iq", "admin"), ("unclear", "iq", "")}


def test_rules_say_what_somebody_shall_have_as_in_onboarding(settled: Company, tmp_path: pathlib.Path) -> None:
    rules = [{"name": "everybody in data", "when": {"department": "Data"}, "give": ["engineer"]}]
    bare = [{field: value for field, value in each.items() if field != "profile"} for each in PEOPLE]
    people = [{**each, "Dept": "Data"} for each in bare[:-1]] + [{**bare[-1], "Dept": "Sales"}]
    done = looked(
        tmp_path,
        settled,
        people=people,
        systems="iq",
        columns={"Dept": "department"},
        variables={"lifecycle_profile_rules": rules},
    )
    assert done["found"] == {("administrator", "iq", "admin"), ("unclear", "iq", "")}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"people": []}, "There is nobody on the roster: give review_people"),
        ({"since": "none.json"}, "There is no file none.json, given in review_since"),
        ({"absence_limit": 0}, "review_absence_limit must be a whole number, at least 1"),
    ],
)
def test_what_is_wrong_is_refused(company: Company, tmp_path: pathlib.Path, options: Values, said: str) -> None:
    with pytest.raises(AnsibleActionFail, match=said):
        looked(tmp_path, company, **options)
