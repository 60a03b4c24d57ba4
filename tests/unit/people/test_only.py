# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run about some people: by id or profile, and never about everybody because a name was wrong."""

from __future__ import annotations

import datetime
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.only import ALL, Selection, read_names
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import read_people
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import wanted_accounts
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import Shard
from people_company import PROFILES, person

TODAY = datetime.date(2027, 1, 31)
RECORDS = [
    person(1),
    person(2, profile=["analyst"]),
    person(3, profile=["lead", "analyst"]),
    person(4, id="", email="x@example.com"),
]
PEOPLE = read_people(RECORDS, "people")


def taken(*names: str, roster: t.Sequence[t.Any] = ()) -> list[str]:
    return [one.id for one in Selection(names, roster).take(PEOPLE)]


@pytest.mark.parametrize("nothing", [None, "", " \n", []])
def test_nothing_means_everybody(nothing: t.Any) -> None:
    assert read_names(nothing, "onboard_only") == []
    assert ALL.take(PEOPLE) == PEOPLE


@pytest.mark.parametrize("given", [["E1", "analyst"], "E1,analyst", "E1\nanalyst\n", " E1 , analyst,"])
def test_a_list_commas_and_lines_say_the_same(given: t.Any) -> None:
    assert read_names(given, "onboard_only") == ["E1", "analyst"]


@pytest.mark.parametrize("given", [83, 1.5, True, False, {"E1": 1}, datetime.date(2027, 6, 1)])
def test_what_ansible_made_of_an_answer_is_no_name(given: t.Any) -> None:
    with pytest.raises(InputError, match=r"onboard_only arrived as .* put a comma behind"):
        read_names(given, "onboard_only")


@pytest.mark.parametrize("given", [",", "\n , \n", [""], [None, " "]])
def test_separators_alone_do_not_mean_everybody(given: t.Any) -> None:
    with pytest.raises(InputError, match="onboard_only has no name in it"):
        read_names(given, "onboard_only")


@pytest.mark.parametrize(
    ("names", "who"),
    [
        (["E1"], ["E1"]),
        (["e1", "E1"], ["E1"]),
        (["analyst"], ["E2", "E3"]),
        (["lead", "E1"], ["E1", "E3"]),
        (["x@example.com"], ["x@example.com"]),
    ],
)
def test_people_are_named_by_id_or_profile(names: list[str], who: list[str]) -> None:
    assert taken(*names) == who


def refused(*names: str) -> str:
    with pytest.raises(InputError) as refusal:
        taken("E1", *names)
    return str(refusal.value)


def test_a_name_of_nobody_is_refused_with_what_is_near() -> None:
    assert (
        refused("analist")
        == "Nothing was changed. onboard_only names 'analist', which is nobody's id or profile; did you mean analyst?"
    )
    assert refused("@/proc/self/environ").endswith("names '@/proc/self/environ', which is nobody's id or profile.")
    assert "did you mean analyst?" in refused("Analyst")
    assert "'nobody'" in refused("E9", "nobody") and "'E9'" in refused("E9", "nobody")


def test_a_profile_that_nobody_has_is_refused() -> None:
    assert "'steward'" in refused("steward")


def test_of_many_names_of_nobody_the_first_are_told_and_all_counted() -> None:
    everybody = read_people([person(number) for number in range(300)], "people")
    with pytest.raises(InputError) as refusal:
        Selection([f"X{number}" for number in range(500)]).take(everybody)
    assert str(refusal.value).count("onboard_only names") == 20
    assert str(refusal.value).endswith("And 480 more.")


def test_names_of_other_slices_are_known_and_bring_nobody() -> None:
    roster = read_people([*RECORDS, person(7, profile=["steward"])], "roster")
    assert taken("E1", "E7", roster=roster) == ["E1"]
    assert taken("e7", roster=roster) == taken("steward", roster=roster) == []
    with pytest.raises(InputError, match="'E8'"):
        taken("E7", "E8", roster=roster)


def test_everybody_is_checked_whoever_is_meant() -> None:
    wrong = [*RECORDS, person(9, email="nowhere")]
    with pytest.raises(InputError, match="email is not a valid address"):
        wanted_accounts(wrong, PROFILES, None, None, TODAY, only=Selection(["E1"]))


def test_whose_profile_is_unknown_is_told_only_where_they_are_meant() -> None:
    wrong = [*RECORDS, person(9, profile=["x"])]
    plans = {who: wanted_accounts(wrong, PROFILES, None, None, TODAY, only=Selection([who])) for who in ("E1", "E9")}
    assert plans["E1"]["refused"] == []
    assert {problem["person"] for problem in plans["E9"]["refused"]} == {"E9"}


def test_parts_of_those_who_are_meant_are_together_all_of_them() -> None:
    everybody = [person(number, profile=["analyst" if number % 2 else "engineer"]) for number in range(20)]
    only = Selection(["analyst", "E2"])
    plans = [
        wanted_accounts(everybody, PROFILES, None, None, TODAY, shard=Shard(part, 3), only=only) for part in (1, 2, 3)
    ]
    expected = sorted(["E2", *(f"E{number}" for number in range(20) if number % 2)])
    assert sorted(one["id"] for plan in plans for one in plan["people"]) == expected
    assert sorted(entry["person"] for plan in plans for entry in plan["magistrala"]) == expected
