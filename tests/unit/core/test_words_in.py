# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding many words in a long text finds what looking for each of them finds."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import SHORTEST_SECRET, words_in

LETTERS = st.text("ab", max_size=60)
MANY = ["".join(word) for length in (7, 8, 9) for word in itertools.product("ab", repeat=length)]


@given(LETTERS)
def test_many_words(text: str) -> None:
    assert words_in(MANY, text) == {word for word in MANY if word in text}


@given(st.sets(st.text("ab", min_size=1, max_size=9)), LETTERS)
def test_few_words(words: set[str], text: str) -> None:
    assert words_in(words, text) == {word for word in words if word in text}


@pytest.mark.parametrize("length", range(1, SHORTEST_SECRET + 2))
def test_short_words_are_found_too(length: int) -> None:
    words = ["".join(word) for word in itertools.product("ab", repeat=length)]
    assert words_in(words, "abaab") == {word for word in words if word in "abaab"}


@pytest.mark.parametrize("before", range(9))
def test_one_of_thousands_wherever_it_stands(before: int) -> None:
    words = [f"Pass-{number:05d}-word" for number in range(5000)]
    assert words_in(words, "x" * before + words[4321] + "x" * before) == {words[4321]}


def test_words_that_overlap_are_all_found() -> None:
    assert words_in(["abcdef", "defghi", "abcd"], "x abcdefghi y") == {"abcdef", "defghi", "abcd"}


def test_nothing_in_nothing() -> None:
    assert words_in([], "text") == set()
    assert words_in(MANY, "") == set()
