# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding many words in a long text finds what looking for each of them finds."""

from __future__ import annotations

import itertools
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils import _occurring
from ansible_collections.people.lifecycle.plugins.module_utils._occurring import occurring

LETTERS = st.text("ab", max_size=60)
MANY = ["".join(word) for length in (7, 8, 9) for word in itertools.product("ab", repeat=length)]


@pytest.fixture(autouse=True, scope="module")
def long_text() -> t.Iterator[None]:
    """Takes every text for a long one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_occurring, "LITTLE", 0)
        yield


@given(LETTERS)
def test_many_words(text: str) -> None:
    assert occurring(MANY, text) == {word for word in MANY if word in text}


@given(st.sets(st.text("ab", min_size=1, max_size=9)), LETTERS)
def test_few_words(words: set[str], text: str) -> None:
    assert occurring(words, text) == {word for word in words if word in text}


@pytest.mark.parametrize("before", range(9))
def test_one_of_thousands_wherever_it_stands(before: int) -> None:
    words = [f"Pass-{number:05d}-word" for number in range(5000)]
    assert occurring(words, "x" * before + words[4321] + "x" * before) == {words[4321]}


def test_nothing_in_nothing() -> None:
    assert occurring([], "text") == set()
    assert occurring(MANY, "") == set()


def test_a_short_text_is_looked_through_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_occurring, "LITTLE", 10**8)
    monkeypatch.setattr(_occurring, "_of_one_length", None)
    assert occurring(MANY, "abababa") == {word for word in MANY if word in "abababa"} != set()
