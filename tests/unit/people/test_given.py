# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Any form in which a survey answers is understood, and nothing else."""

from __future__ import annotations

import datetime
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils import _given as given

NOTHING = [None, "", "  ", "\n", [], {}]


@pytest.mark.parametrize("value", NOTHING)
def test_nothing_is_the_default(value: t.Any) -> None:
    assert given.text(value, "x", "d") == "d"
    assert given.flag(value, "x", True) is True
    assert given.number(value, "x", 7) == 7
    assert given.words(value, "x") == []
    assert given.mapping(value, "x") == {}
    assert given.choice(value, "x", ["a", "b"], "b") == "b"


@pytest.mark.parametrize("value", [True, "true", "True", " yes ", "on", 1, "1"])
def test_yes(value: t.Any) -> None:
    assert given.flag(value, "x") is True


@pytest.mark.parametrize("value", [False, "false", "no", "off", 0, "0"])
def test_no(value: t.Any) -> None:
    assert given.flag(value, "x", True) is False


@pytest.mark.parametrize("value", ["perhaps", 2, ["true"], {"a": 1}])
def test_neither_yes_nor_no(value: t.Any) -> None:
    with pytest.raises(InputError, match="onboard_reenable must be true or false"):
        given.flag(value, "onboard_reenable")


@pytest.mark.parametrize("value", [5, "5", " 5 ", 5.0])
def test_a_number(value: t.Any) -> None:
    assert given.number(value, "x", 1) == 5


@pytest.mark.parametrize("value", ["five", 5.5, True, [5], "0", -1])
def test_no_number(value: t.Any) -> None:
    with pytest.raises(InputError, match="x must be"):
        given.number(value, "x", 1)


@pytest.mark.parametrize("value", ["a\nb\n\nc", "a, b,c", ["a", " b ", "", None, "c"], ("a", "b", "c")])
def test_lists_may_be_text(value: t.Any) -> None:
    assert given.words(value, "x") == ["a", "b", "c"]


def test_a_dictionary_is_no_list() -> None:
    with pytest.raises(InputError, match="x must be a list"):
        given.words({"a": 1}, "x")


def test_text_is_no_dictionary() -> None:
    with pytest.raises(InputError, match="x must be a dictionary"):
        given.mapping("a", "x")


def test_an_unknown_choice_is_named() -> None:
    with pytest.raises(InputError, match="x must be one of disable, delete, not 'remove'"):
        given.choice("remove", "x", ["disable", "delete"], "disable")


def test_plain_types() -> None:
    class Marked(str):
        pass

    class Number(int):
        pass

    found = given.plain({Marked("a"): [Marked("b"), Number(3), True, None, datetime.date(2027, 1, 31)]})
    assert found == {"a": ["b", 3, True, None, "2027-01-31"]}
    assert [type(item) for item in (*found, *found["a"])] == [str, str, int, bool, type(None), str]
