# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From people and profiles to accounts."""

from __future__ import annotations

import datetime
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import wanted_accounts
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import Shard

TODAY = datetime.date(2026, 11, 23)
DEVELOPER = {"role": "Developer", "organization": "Data"}
OWNER = {"role": "Owner", "organization": "Data"}
PROFILES = {
    "engineer": {
        "iics": {"roles": ["Designer"], "groups": ["Data Engineering"]},
        "iq": {"grants": [DEVELOPER]},
        "magistrala": {"tags": ["data"], "metadata": {"team": "data"}},
    },
    "lead": {"iics": {"roles": ["Designer", "Operator"]}, "iq": {"grants": [OWNER]}, "magistrala": {"tags": ["lead"]}},
    "analyst": {"magistrala": {"tags": ["reporting"], "metadata": {"team": "analytics"}}},
    "guest": {"magistrala": {}},
}


def person(number: int = 1, **fields: t.Any) -> dict[str, t.Any]:
    record = {
        "id": f"E{number}",
        "first_name": "Jane",
        "last_name": f"Smith{number}",
        "email": f"jane{number}@example.com",
    }
    return {**record, "profile": ["engineer"], **fields}


def accounts(*people: dict[str, t.Any], **options: t.Any) -> dict[str, list[t.Any]]:
    settings = {"profiles": PROFILES, "naming": None, "systems": None, **options}
    return wanted_accounts(list(people), settings["profiles"], settings["naming"], settings["systems"], TODAY)


def refused(*people: dict[str, t.Any], **options: t.Any) -> str:
    with pytest.raises(InputError) as caught:
        accounts(*people, **options)
    return str(caught.value)


def test_one_profile() -> None:
    found = accounts(person(title="Engineer"))
    assert found["iics"][0]["username"] == "jane1@example.com"
    assert found["iics"][0]["options"]["title"] == "Engineer"
    assert found["iics"][0]["give"] == {"roles": ["Designer"], "groups": ["Data Engineering"]}
    assert found["iq"][0]["username"] == "jane1"
    assert found["iq"][0]["give"] == {"grants": [DEVELOPER]}
    assert "title" not in found["iq"][0]["options"]
    magistrala = {"tags": ["data"], "metadata": {"team": "data"}, "domains": []}
    assert found["magistrala"][0]["give"] == magistrala


def test_two_profiles_add_up_without_repetition() -> None:
    found = accounts(person(profile=["engineer", "lead"]))
    assert found["iics"][0]["give"]["roles"] == ["Designer", "Operator"]
    assert found["magistrala"][0]["give"]["tags"] == ["data", "lead"]


def test_what_only_other_profiles_give() -> None:
    found = accounts(person(profile=["lead"]))
    assert found["iics"][0]["others"]["roles"] == []
    assert found["iics"][0]["others"]["groups"] == ["Data Engineering"]
    assert found["iq"][0]["others"]["grants"] == [DEVELOPER]
    assert found["magistrala"][0]["others"]["tags"] == ["data", "reporting"]
    assert ["team", "analytics"] in found["magistrala"][0]["others"]["metadata"]


def test_without_a_profile_for_a_system_only_an_old_account_is_looked_for() -> None:
    found = accounts(person(profile=["analyst"]))
    assert found["iq"][0]["only_existing"] is True
    assert found["magistrala"][0]["only_existing"] is False


def test_an_empty_profile_gives_an_account() -> None:
    assert accounts(person(profile=["guest"]))["magistrala"][0]["only_existing"] is False


def test_no_account_where_the_record_says_so() -> None:
    assert accounts(person(accounts={"iq": False}))["iq"][0]["only_existing"] is True


def test_a_system_that_no_profile_knows_is_left_out() -> None:
    assert accounts(person(profile=["guest"]), profiles={"guest": {"magistrala": {}}})["iq"] == []


def test_what_differs_wins() -> None:
    found = accounts(person(accounts={"iq": {"username": "js", "email": "other@example.com"}}))
    assert found["iq"][0]["username"] == "js"
    assert found["iq"][0]["options"]["email"] == "other@example.com"
    assert found["iics"][0]["options"]["email"] == "jane1@example.com"


def test_chosen_systems_in_their_order() -> None:
    found = accounts(person(), systems="magistrala\niics")
    assert found["systems"] == ["magistrala", "iics"]
    assert found["iq"] == []


@pytest.mark.parametrize(
    ("fields", "why"), [({"start": "2026-12-01"}, "starts on"), ({"end": "2026-11-22"}, "ended on")]
)
def test_who_is_not_due(fields: dict[str, str], why: str) -> None:
    found = accounts(person(**fields), person(2))
    assert [entry["person"] for entry in found["iq"]] == ["E2"]
    assert found["waiting"][0]["person"] == "E1"
    assert why in found["waiting"][0]["why"]


@pytest.mark.parametrize("fields", [{"start": "2026-11-23"}, {"end": "2026-11-23"}])
def test_the_first_and_the_last_day_count(fields: dict[str, str]) -> None:
    assert accounts(person(**fields))["waiting"] == []


def told(*people: dict[str, t.Any], **options: t.Any) -> dict[str, str]:
    """Why nothing can be told of some of ``people`` in the IQ Server, by person; the others are planned there."""
    found = accounts(*people, systems="iq", **options)
    why = {problem["person"]: problem["why"] for problem in found["refused"]}
    planned = {entry["person"] for entry in found["iq"]}
    assert planned.isdisjoint(why) and planned | set(why) == {each["id"] for each in people}
    return why


def test_an_unknown_profile_is_told_of_its_person_alone() -> None:
    assert told(person(), person(2, profile=["enginer"]), person(3)) == {
        "E2": "E2: there is no profile 'enginer'; did you mean engineer?"
    }


def test_an_unknown_profile_is_told_in_each_system() -> None:
    refused = accounts(person(profile=["enginer"]))["refused"]
    assert [problem["instance"] for problem in refused] == ["iics", "iq", "magistrala"]


def test_two_people_with_one_account_are_both_refused_and_nobody_else() -> None:
    said = told(person(), person(2), person(3, first_name="Joe"), naming={"iq": "{first_name}"})
    assert set(said) == {"E1", "E2"}
    assert all(
        "Jane Smith1 (E1) and Jane Smith2 (E2) would both have the account jane in IQ Server" in why
        for why in said.values()
    )


def test_two_spellings_of_one_account() -> None:
    said = told(person(accounts={"iq": {"username": "JS"}}), person(2, accounts={"iq": {"username": "js"}}))
    assert set(said) == {"E1", "E2"} and "would both have the account js" in said["E2"]


def test_somebody_who_is_not_due_still_keeps_a_user_name() -> None:
    found = accounts(person(start="2027-01-01"), person(2), naming={"magistrala": "{id}"})
    assert [entry["username"] for entry in found["magistrala"]] == ["E2"]


def test_profiles_that_contradict_each_other() -> None:
    (problem,) = accounts(person(profile=["engineer", "analyst"]), person(2))["refused"]
    assert (problem["person"], problem["instance"]) == ("E1", "magistrala")
    assert "metadata team in Magistrala is given differently" in problem["why"]


@pytest.mark.parametrize(
    ("profiles", "said"),
    [
        ({"engineer": {"jira": {}}}, "onboard_profiles.engineer.jira: there is no such system"),
        (
            {"engineer": {"iics": {"roles": {"add": ["Designer"]}}}},
            "onboard_profiles.engineer.iics.roles says add, as tasks do. A profile has the list alone: roles: [...].",
        ),
        (
            {"engineer": {"iq": {"grants": {"add": [{"role": "Developer"}], "remove": []}}}},
            "onboard_profiles.engineer.iq.grants says add and remove, as tasks do.",
        ),
        ({"engineer": {"iq": {"roles": ["x"]}}}, "onboard_profiles.engineer.iq names 'roles'; known are grants"),
        ({"engineer": {"iq": {"grants": ["Developer"]}}}, "must be a dictionary"),
        ({"engineer": {"iq": {"grants": [{"role": "Developer"}]}}}, "a grant has a role and one of"),
    ],
)
def test_wrong_profiles(profiles: dict[str, t.Any], said: str) -> None:
    assert said in refused(person(), profiles=profiles)


def test_shards_divide_people_and_check_all_of_them() -> None:
    people = [person(number) for number in range(20)]
    parts = [wanted_accounts(people, PROFILES, None, None, TODAY, shard=Shard(part, 3)) for part in (1, 2, 3)]
    assert sorted(entry["person"] for part in parts for entry in part["iq"]) == sorted(one["id"] for one in people)
    assert all(len(part["people"]) == len(part["iq"]) for part in parts)
    odd = [*people, person(99, profile=["x"])]
    parts = [wanted_accounts(odd, PROFILES, None, ["iq"], TODAY, shard=Shard(part, 3)) for part in (1, 2, 3)]
    assert [problem["person"] for part in parts for problem in part["refused"]] == ["E99"], "told in one part"
    with pytest.raises(InputError, match="email is missing"):
        wanted_accounts([*people, person(99, email="")], PROFILES, None, None, TODAY, shard=Shard(1, 3))
