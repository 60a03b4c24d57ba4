# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Parts of a list: together everybody, nobody twice, and the same people whatever the order."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.shard import EVERYBODY, MOST, Shard, read_shard


def itself(item: str) -> str:
    return item


@given(people=st.lists(st.text(), unique_by=str.casefold), of=st.integers(1, 20), shuffled=st.randoms())
def test_together_everybody_and_nobody_twice(people: list[str], of: int, shuffled: t.Any) -> None:
    parts = [Shard(number, of).take(people, itself) for number in range(1, of + 1)]
    assert sorted(person for part in parts for person in part) == sorted(people)
    shuffled.shuffle(people)
    assert [sorted(Shard(number, of).take(people, itself)) for number in range(1, of + 1)] == [sorted(p) for p in parts]


def test_parts_are_about_equal_and_always_the_same() -> None:
    people = [f"person{number}@example.com" for number in range(10_000)]
    assert [len(Shard(number, 4).take(people, itself)) for number in range(1, 5)] == [2501, 2501, 2499, 2499]
    assert [Shard(number, 4).has("E10482") for number in range(1, 5)].index(True) == [
        Shard(number, 4).has(" e10482 ") for number in range(1, 5)
    ].index(True)


@pytest.mark.parametrize("text", [None, "", "  ", []])
def test_nothing_means_everybody(text: t.Any) -> None:
    assert read_shard(text, "onboard_shard") is EVERYBODY
    assert EVERYBODY.has("anybody")


@pytest.mark.parametrize("text", ["2/4", " 2 / 4 "])
def test_a_part(text: str) -> None:
    assert read_shard(text, "onboard_shard") == Shard(2, 4)


@pytest.mark.parametrize("text", ["0/4", "5/4", "2", "2/", "a/b", "-1/4", f"1/{MOST + 1}", True, ["1/2"], "1/4\n2/4"])
def test_what_is_no_part_is_refused(text: t.Any) -> None:
    with pytest.raises(InputError, match="onboard_shard"):
        read_shard(text, "onboard_shard")
