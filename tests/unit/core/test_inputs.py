# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Any form in which a survey answers is understood, and nothing else."""

from __future__ import annotations

import datetime
import json
import typing as t

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import (
    is_blank,
    mapping,
    plain,
    text,
    text_list,
)

NOTHING = [None, "", "  ", "\n", [], {}]


@pytest.mark.parametrize("value", NOTHING)
def test_nothing_is_the_default(value: t.Any) -> None:
    assert is_blank(value)
    assert text(value, "x", "d") == "d"
    assert text_list(value, "x") == []
    assert mapping(value, "x") == {}


@pytest.mark.parametrize("value", [0, False, "0", [""], {"": None}])
def test_something_is_not_nothing(value: t.Any) -> None:
    assert not is_blank(value)


@pytest.mark.parametrize(
    ("value", "read"), [(" a ", "a"), (7, "7"), (1.5, "1.5"), (datetime.date(2027, 1, 31), "2027-01-31")]
)
def test_text(value: t.Any, read: str) -> None:
    assert text(value, "x") == read


@pytest.mark.parametrize("value", [True, ["a"], {"a": 1}])
def test_what_is_not_text(value: t.Any) -> None:
    with pytest.raises(InputError, match="x must be text"):
        text(value, "x")


@pytest.mark.parametrize(
    "value",
    [
        "a\nb\n\nc",
        "a, b,c",
        ["a", " b ", "", None, "c"],
        ("a", "b", "c"),
        '["a", "b", "c"]',
        ' ["a","b","c"]\n',
        "[a, b, c]",
        "- a\n- b\n- c\n",
    ],
)
def test_lists_may_be_text(value: t.Any) -> None:
    assert text_list(value, "x") == ["a", "b", "c"]


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)))
def test_a_list_that_somebody_wrote_as_json_or_yaml_is_that_list(items: list[str]) -> None:
    for written in (
        json.dumps(items),
        json.dumps(items, ensure_ascii=False),
        yaml.safe_dump(items, allow_unicode=True),
    ):
        assert text_list(written, "x") == items


@pytest.mark.parametrize(
    "value", ["a], b", "[a, b", "'a', 'b'", '"a"', "a, {b", "[a, b]]", "a@example.com]", "{a, b", "a\n]", "{'a': 1"]
)
def test_text_that_keeps_a_bracket_or_a_quote_is_refused_and_names_nobody(value: str) -> None:
    with pytest.raises(InputError, match=r"x (holds|begins like a list)"):
        text_list(value, "x")


@pytest.mark.parametrize("value", [{"a": 1}, "{a: 1}", '{"a": 1}'])
def test_a_dictionary_is_no_list(value: t.Any) -> None:
    with pytest.raises(InputError, match="x must be a list"):
        text_list(value, "x")


@pytest.mark.parametrize("value", [{"a": 1}, '{"a": 1}', "{a: 1}"])
def test_a_dictionary_may_be_text(value: t.Any) -> None:
    assert mapping(value, "x") == {"a": 1}


@pytest.mark.parametrize("value", ["a", ["a"], "[a]", 7, {1: "a"}, "{1: a}"])
def test_what_is_no_dictionary_is_refused_and_not_quoted(value: t.Any) -> None:
    with pytest.raises(InputError) as refused:
        mapping(value, "x")
    assert str(refused.value) == "x must be a dictionary."


def test_a_secret_in_what_is_no_dictionary_is_not_quoted() -> None:
    for value in ("Canary-1", ["Canary-1"], "{Canary-1", "[Canary-1", "{'a': Canary-1]"):
        with pytest.raises(InputError) as refused:
            mapping(value, "x")
        assert "Canary" not in str(refused.value)


def test_plain_types() -> None:
    class Marked(str):
        pass

    class Number(int):
        pass

    found = plain({Marked("a"): [Marked("b"), Number(3), True, None, datetime.date(2027, 1, 31)]})
    assert found == {"a": ["b", 3, True, None, "2027-01-31"]}
    assert [type(item) for item in (*found, *found["a"])] == [str, str, int, bool, type(None), str]
