# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Onboarding and offboarding in a company of five instances."""

from __future__ import annotations

import typing as t

import pytest
from ansible import template
from ansible.errors import AnsibleActionFail
from ansible.utils.display import Display

from people_company import person
from unit.instances.conftest import Large, Result

DEVELOPER, OWNER = ({"role": role, "organization": "Data"} for role in ("Developer", "Owner"))
PROFILES = {
    "engineer": {"iics": {"roles": ["Designer"]}, "iics_dev": {"roles": ["Admin"]}, "iq": {"grants": [DEVELOPER]}}
}
EMAIL = "jane1@example.com"


def trusted(text: str) -> str:
    """``text`` as it stands in a playbook, where the running ansible-core tells it from data."""
    return getattr(template, "trust_as_template", str)(text)


def actions(result: Result) -> dict[str, dict[str, int]]:
    """The counts that are not zero, by instance."""
    counts = result["report"]["counts"]["by_system"]
    return {name: {action: count for action, count in each.items() if count} for name, each in counts.items()}


def onboard(company: Large, *people: dict[str, t.Any], **options: t.Any) -> Result:
    return company.act("onboard", [*people] or [person()], **{"profiles": PROFILES, **options})


def offboard(company: Large, people: t.Any = (EMAIL,), **options: t.Any) -> Result:
    return company.act("offboard", list(people), **options)


@pytest.mark.parametrize("check", [True, False])
def test_each_instance_gets_its_accounts_once(company: Large, check: bool) -> None:
    given = onboard(company, check=check, diff=True)
    assert not given["failure"]
    one = {"created": 1}
    assert actions(given) == {"iics": one, "iics_dev": one, "iq": one, "iq_emea": one, "magistrala": {}}
    headers = [entry["before_header"] for entry in given["diff"]]
    assert headers == [
        f"Informatica IICS {EMAIL}",
        f"Informatica IICS (iics_dev) {EMAIL}",
        "IQ Server jane1",
        "IQ Server (iq_emea) jane1",
    ]
    if not check:
        again = onboard(company)
        assert not again["changed"] and {each for line in actions(again).values() for each in line} == {"unchanged"}


def test_what_is_said_of_an_instance_holds_there_and_what_is_said_of_a_system_elsewhere(company: Large) -> None:
    onboard(
        company,
        person(accounts={"iq_emea": False}),
        profiles={**PROFILES, "engineer": {**PROFILES["engineer"], "magistrala": {}}},
        naming={"iics": "{id}@prod.example.com", "iics_dev": "{id}@dev.example.com", "magistrala": "{id}"},
    )
    roles = {}
    for instance in ("iics", "iics_dev"):
        roles |= {user["username"]: user["roles"] for user in company.users(instance) if user["email"] == EMAIL}
    assert roles == {"E1@prod.example.com": ["Designer"], "E1@dev.example.com": ["Admin"]}
    assert company.where(EMAIL) == {"iics", "iics_dev", "iq", "magistrala"}


def test_a_leaver_leaves_every_instance(company: Large) -> None:
    onboard(company)
    preview = offboard(company, check=True)
    done = offboard(company)
    assert actions(preview) == actions(done) and not done["failure"]
    assert company.where(EMAIL) == set()
    assert {"iics", "iics_dev"} <= {entry["instance"] for entry in done["report"]["manual"]}
    assert not offboard(company)["changed"]


@pytest.mark.parametrize("what", ["down", "refuses", "another organization", "undefined"])
def test_one_instance_in_trouble_protects_nobody_in_another(company: Large, what: str) -> None:
    onboard(company)
    company.forget()
    connections = company.connections()
    broken = {
        "down": {"api_url": "http://127.0.0.1:9"},
        "refuses": {"api_password": "wrong-password"},
        "another organization": {"expect": "Development"},
        "undefined": {"api_password": trusted("{{ nowhere }}")},
    }[what]
    connections["iics_dev"] |= broken
    variables = {"lifecycle_connections": connections}
    done = offboard(company, connections={}, variables=variables)
    failed = done["report"]["failures"]
    assert [entry["instance"] for entry in failed] == ["iics_dev"]
    assert "Informatica IICS (iics_dev)" in done["failure"]
    tried = [line.path for line in company.sandbox.apps["iics_dev"].journal if line.path.endswith("/login")]
    assert len(tried) == (1 if what in ("refuses", "another organization") else 0)
    assert company.where(EMAIL) == {"iics_dev"}


def test_instances_that_cannot_be_told_are_not_left_out_in_silence(
    company: Large, monkeypatch: pytest.MonkeyPatch
) -> None:
    warned: list[str] = []
    monkeypatch.setattr(Display, "warning", lambda self, message, **_more: warned.append(message))
    onboard(company)
    named = {name: company.connection(name) for name in ("iics", "iq", "magistrala")}
    for variables, expected in (({}, 0), ({"lifecycle_connections": trusted("{{ nowhere }}")}, 1)):
        warned.clear()
        done = offboard(company, connections=named, variables=variables)
        assert done["failure"] == ""
        assert sum("lifecycle_connections cannot be evaluated" in text for text in warned) == expected, warned


def test_the_last_administrator_of_each_instance_stays(company: Large) -> None:
    found = {}
    onboard(company)
    for instance in ("iics", "iics_dev"):
        done = offboard(company, [{"email": "admin@example.com", "username": "admin@example.com"}], systems=[instance])
        found[instance] = [entry["instance"] for entry in done["report"]["failures"]]
    assert found == {"iics": ["iics"], "iics_dev": ["iics_dev"]}


@pytest.mark.parametrize("check", [True, False])
def test_each_instance_has_a_limit_of_its_own(company: Large, check: bool) -> None:
    both = [person(1), person(2)]
    onboard(company, *both)
    emails = [one["email"] for one in both]
    limits = {"iics": "1", "iics_dev": 2, "iq_emea": 1}
    done = offboard(company, emails, instance_limits=limits, check=check)
    assert {entry["instance"] for entry in done["report"]["failures"]} == {"iics", "iq_emea"}
    assert "2 people would lose accounts, and offboard_instance_limits allows 1 there" in done["failure"]
    if not check:
        assert company.where(emails[1]) == {"iics", "iq_emea"}
        urgent = {emails[0]: "dismissed"}
        assert not offboard(company, emails, instance_limits=limits, now=urgent)["failure"]
        assert company.where(emails[0]) == company.where(emails[1]) == set()
        assert not offboard(company, emails, instance_limits={"iics": 0, "iq": 0})["failure"]


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({"iics_deb": 1}, "offboard_instance_limits names 'iics_deb'; did you mean iics_dev"),
        ({"iics_dev": "many"}, "offboard_instance_limits.iics_dev must be a whole number"),
    ],
)
def test_limits_that_cannot_be(company: Large, limits: dict[str, t.Any], sentence: str) -> None:
    with pytest.raises(AnsibleActionFail, match=sentence):
        offboard(company, instance_limits=limits)


def test_nothing_is_asked_where_only_the_address_of_an_instance_is_known(
    company: Large, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IICS_DEV_LOGIN_URL", company.sandbox.urls["iics_dev"])
    for name in ("USERNAME", "PASSWORD"):
        monkeypatch.setenv(f"IICS_{name}", company.connection("iics")[f"api_{name.lower()}"])
    done = onboard(company, connections={**company.connections(), "iics_dev": {"system": "iics"}})
    assert [entry["instance"] for entry in done["report"]["failures"]] == ["iics_dev"]
    assert "IICS_DEV_USERNAME" in done["failure"] or "IICS_DEV_PASSWORD" in done["failure"]
    assert not company.sandbox.apps["iics_dev"].journal and company.where(EMAIL) == {"iics", "iq", "iq_emea"}


def test_decisions_speak_of_an_instance_or_of_a_system(company: Large) -> None:
    onboard(company)
    variables = {"lifecycle_protected": {"iq": [EMAIL]}}
    offboard(company, variables=variables)
    assert company.where(EMAIL) == {"iq", "iq_emea"}
    offboard(company, variables={"lifecycle_protected": {"iq_emea": [EMAIL]}})
    assert company.where(EMAIL) == {"iq_emea"}


def test_a_name_that_is_decided_for_a_system_makes_no_second_account_in_an_instance(company: Large) -> None:
    onboard(company)
    decided = {"lifecycle_account_names": {"E1": {"iq": "elsewhere"}}}
    done = onboard(company, variables=decided, systems=["iq", "iq_emea"])
    names = {
        name: sorted(user["username"] for user in company.users(name) if user["email"] == EMAIL)
        for name in ("iq", "iq_emea")
    }
    assert names == {
        "iq": ["elsewhere", "jane1"],
        "iq_emea": ["jane1"],
    }, "what is decided for an instance itself is done"
    assert actions(done)["iq_emea"] == {"unchanged": 1}


def test_instances_are_chosen_by_name(company: Large) -> None:
    assert actions(onboard(company, systems=["iics_dev", "iq"])) == {"iics_dev": {"created": 1}, "iq": {"created": 1}}
    with pytest.raises(AnsibleActionFail, match="onboard_systems names 'iics_deb'; did you mean iics_dev"):
        onboard(company, systems=["iics_deb"])


@pytest.mark.parametrize("has_address", [True, False])
def test_the_instance_of_the_environment_counts_beside_those_that_are_named(
    company: Large, monkeypatch: pytest.MonkeyPatch, has_address: bool
) -> None:
    if has_address:
        monkeypatch.setenv("IICS_LOGIN_URL", company.sandbox.urls["iics"])
    connections = {name: options for name, options in company.connections().items() if name != "iics"}
    done = onboard(company, connections=connections)
    assert list(actions(done)) == [*(["iics"] if has_address else []), "iics_dev", "iq", "iq_emea", "magistrala"]
    assert bool(done["failure"]) == has_address  # it has no password


@pytest.mark.parametrize(
    ("connections", "sentence"),
    [
        (
            {"iq_server": {"system": "iq"}},
            "An instance cannot be named iq_server: its variable IQ_SERVER_CA_PATH is that of iq",
        ),
        ({"iics_login": {"system": "iq"}}, "its variable IICS_LOGIN_URL is that of iics"),
        ({"iics": {"system": "iq"}}, "onboard_connections.iics is the instance of that name"),
        ({"emea": {"api_url": "https://iq"}}, "onboard_connections.emea needs system"),
        ({"IQ": {"system": "iq"}}, "'IQ' is no name of an instance"),
    ],
)
def test_connections_that_cannot_be(company: Large, connections: dict[str, t.Any], sentence: str) -> None:
    with pytest.raises(AnsibleActionFail, match=sentence):
        onboard(company, connections=connections)
    assert not any(app.journal for app in company.sandbox.apps.values())


LISTED = [{"name": "iics_dev", "system": "iics"}, {"name": "iq"}]


def test_listed_instances_are_those_to_work_on_and_connections_say_the_rest(company: Large) -> None:
    connections = {
        "iics_dev": {**company.connection("iics_dev"), "system": ""},
        "iq": {**company.connection("iq"), "expect": "127.0.0.1"},
    }
    variables = {
        "lifecycle_instances": LISTED,
        "lifecycle_connections": {**connections, "iq_emea": company.connection("iq_emea")},
    }
    given = onboard(company, connections={}, variables=variables)
    assert actions(given) == {"iics_dev": {"created": 1}, "iq": {"created": 1}} and not given["failure"]
    done = offboard(company, connections={}, variables=variables)
    assert list(done["report"]["instances"]) == ["iq", "iics_dev"] and not done["failure"]


def test_a_listed_instance_takes_its_own_variables_of_the_environment(
    company: Large, monkeypatch: pytest.MonkeyPatch
) -> None:
    for option, value in company.connection("iics_dev").items():
        if option.startswith("api_"):
            monkeypatch.setenv(
                f"IICS_DEV_{'LOGIN_URL' if option == 'api_url' else option.removeprefix('api_').upper()}", str(value)
            )
    given = onboard(company, connections={}, variables={"lifecycle_instances": LISTED[:1]})
    assert actions(given) == {"iics_dev": {"created": 1}}, given["failure"]


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("iics", "must be a list"),
        (["iics"], r"lifecycle_instances\[0\] must be a dictionary"),
        ([{"system": "iics"}], "needs a name"),
        ([{"name": "iq"}, {"name": "iq"}], "needs a name that no other"),
        ([{"name": "iics_dev"}], "needs system, which is one of"),
        ([{"name": "iq_server", "system": "iq"}], "iq_server"),
        ([{"name": "iq", "system": "iics"}], "cannot be of the system iics"),
        (
            [{"name": "iics_dev", "system": "iics", "api_url": "http://127.0.0.1:9"}],
            "has api_url; an instance has name and system",
        ),
        ([{"name": "iics_dev", "system": "iq"}], "is of the system iics, and iq in lifecycle_instances"),
    ],
)
def test_a_list_of_instances_that_cannot_be_is_refused(company: Large, listed: t.Any, said: str) -> None:
    connections = {"iics_dev": company.connection("iics_dev")}
    with pytest.raises(AnsibleActionFail, match=said):
        onboard(
            company, connections={}, variables={"lifecycle_instances": listed, "lifecycle_connections": connections}
        )


def test_in_awx_messages_name_the_fields_of_the_credential(company: Large) -> None:
    connections = {**company.connections(), "iics_dev": {"system": "iics", "api_url": company.sandbox.urls["iics_dev"]}}
    for variables, told in (({}, False), ({"awx_job_id": "7"}, True)):
        failure = onboard(company, connections=connections, variables=variables)["failure"]
        assert "api_password" in failure
        assert ("In the credential of the instance: " in failure and "api_password is Password" in failure) is told, (
            failure
        )
