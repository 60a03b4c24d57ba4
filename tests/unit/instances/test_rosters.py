# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a roster says of an instance: columns of user names, in roles and in plugins."""

from __future__ import annotations

import pathlib
import typing as t

import pytest
from ansible.errors import AnsibleActionFail, AnsibleFilterError

from ansible_collections.people.lifecycle.plugins.filter.roster import roster
from ansible_collections.people.lifecycle.plugins.filter.wanted_accounts import wanted_accounts
from unit.instances.conftest import Large

PROFILES = {"engineer": {"iics": {"roles": ["Designer"]}, "iq_emea": {}}}
TEXT = """id,first_name,last_name,email,profile,iics_dev_username,ad_username
E1,Jane,Smith,jane1@example.com,engineer,jane.dev@example.com,jsmith
"""
OURS = {"iics_dev": "iics", "iq_emea": "iq"}
IGNORED = {"*": False}


def usernames(company: Large, instance: str) -> set[str]:
    return {user["username"] for user in company.users(instance) if user["email"] == "jane1@example.com"}


def test_a_column_names_the_user_of_an_instance(company: Large, tmp_path: pathlib.Path) -> None:
    (tmp_path / "people.csv").write_text(TEXT)
    given = {"people_file": str(tmp_path / "people.csv"), "connections": company.connections(), "report": False}
    variables = {"lifecycle_account_names": {"E1": {"iics_dev": "jane.dev@example.com"}}}
    done = company.act("onboard", None, **given, profiles=PROFILES, columns=IGNORED, variables=variables)
    assert not done["failure"]
    assert usernames(company, "iics_dev") == {"jane.dev@example.com"}
    assert usernames(company, "iics") == {"jane1@example.com"}
    with pytest.raises(AnsibleActionFail, match="column 7: 'ad_username' is not a field of a person"):
        company.act("onboard", None, **given, profiles=PROFILES)
    left = company.act("offboard", [{"id": "E1", "accounts": {"iics_dev": {"username": "jane.dev@example.com"}}}])
    assert not left["failure"] and usernames(company, "iics_dev") == set()


def test_filters_are_told_which_instances_there_are() -> None:
    people = roster(TEXT, IGNORED, instances=OURS)
    assert people[0]["accounts"] == {"iics_dev": {"username": "jane.dev@example.com"}}
    with pytest.raises(AnsibleFilterError, match="'iics_dev_username' is not a field of a person"):
        roster(TEXT.replace(",ad_username", "").replace(",jsmith", ""))
    wanted = wanted_accounts(people, PROFILES, instances=OURS)
    assert {name: [entry["username"] for entry in wanted[name]] for name in ("iics", "iics_dev", "iq", "iq_emea")} == {
        "iics": ["jane1@example.com"],
        "iics_dev": ["jane.dev@example.com"],
        "iq": [],
        "iq_emea": ["jane1"],
    }
    assert wanted_accounts(people, PROFILES, instances=OURS, systems=["iq_emea"])["systems"] == ["iq_emea"]


@pytest.mark.parametrize("plugin", [roster, lambda text, **more: wanted_accounts([], {}, **more)])
def test_plugins_refuse_an_instance_that_cannot_be(plugin: t.Callable[..., t.Any]) -> None:
    with pytest.raises(AnsibleFilterError, match="An instance cannot be named iq_server"):
        plugin(TEXT, instances={"iq_server": "iq"})


SSO = {
    "engineer": {"iics": {"roles": ["Designer"], "authentication": "saml"}},
    "guest": {"iics": {"roles": ["Designer"]}},
}
PEOPLE = """id,first_name,last_name,email,profile
E1,Jane,Smith,jane1@example.com,engineer
E2,Max,Guest,max@example.com,guest
"""


@pytest.mark.parametrize("check", [True, False])
def test_a_profile_for_saml_works_from_csv_by_a_rule_for_the_alias(
    company: Large, tmp_path: pathlib.Path, check: bool
) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    naming = {"iics": {"username": "{email}", "alias_name": "{email_name}@idp"}, "iics_dev": {"alias_name": "{id}"}}
    given = {
        "people_file": str(tmp_path / "people.csv"),
        "systems": ["iics", "iics_dev"],
        "profiles": SSO,
        "naming": naming,
    }
    done = company.act("onboard", None, check=check, **given)
    assert not done["failure"] and done["changed"]
    if check:
        return
    aliases = {}
    for instance in given["systems"]:
        aliases[instance] = {
            user["username"]: user.get("alias_name")
            for user in company.users(instance)
            if user["email"] != "admin@example.com"
        }
    assert aliases == {
        "iics": {"jane1@example.com": "jane1@idp", "max@example.com": None},
        "iics_dev": {"jane1@example.com": "E1", "max@example.com": None},
    }
    assert not company.act("onboard", None, **given)["changed"]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"username": "{email}", "alias": "{id}"}, "onboard_naming.iics names 'alias'; known are username, alias_name"),
        ({"alias_name": "{name}"}, r"onboard_naming.iics.alias_name has the placeholder \{name\}"),
    ],
)
def test_rules_for_an_alias_that_cannot_be(company: Large, rule: dict[str, str], sentence: str) -> None:
    with pytest.raises(AnsibleActionFail, match=sentence):
        company.act("onboard", PEOPLE, profiles=SSO, naming={"iics": rule})
