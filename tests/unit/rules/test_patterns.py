# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Patterns of rules: what they match is what the standard library's expressions match, and none of them blows up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people import patterns
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.pattern import DEEPEST, LONGEST_PATTERN
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.patterns import MOST_KEPT, Automaton

ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[a-c-]", "\\.", "\\d", "\\s", "\\w", "-"])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from("*+?")).map(lambda two: f"({two[0]}){two[1]}"),
    ),
    max_leaves=8,
).filter(lambda pattern: len(pattern) <= LONGEST_PATTERN)
TEXTS = st.text("abc.-1 é\n", max_size=8)


@settings(deadline=None)
@given(st.lists(PATTERNS, min_size=1, max_size=4), st.lists(TEXTS, max_size=4))
def test_a_pattern_matches_what_the_standard_library_says(several: list[str], texts: list[str]) -> None:
    automaton = Automaton([(pattern, "test") for pattern in several])
    for text in texts:
        expected = [re.fullmatch(pattern, text, re.DOTALL) is not None for pattern in several]
        assert [bool(automaton.matches(text) >> number & 1) for number in range(len(several))] == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(a*)*b",
        "(a+)+b",
        "(a|a)*b",
        "(a|aa)+b",
        "(.*)*(.*)*(.*)*b",
        "(((a*)*)*)*b",
        ".*.*.*.*.*.*.*.*b",
        "(a?" * 9 + ")*" * 9 + "b",
    ],
)
def test_patterns_that_kill_backtracking_look_at_each_character_once(pattern: str) -> None:
    automaton = Automaton([(pattern, "test")])
    assert not automaton.matches("a" * 5000)
    assert automaton.computed <= 4, "the states of so plain a text are few, and each is found out once"
    assert automaton.matches("a" * 5000 + "b")


def test_states_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    automaton = Automaton([("(a|b)*a" + "(a|b)" * 9, "test")])  # has 1024 states, told apart by what was last read
    monkeypatch.setattr(patterns, "MOST_KEPT", 500)
    for number in range(1 << 11):
        automaton.matches(f"{number:011b}".replace("0", "a").replace("1", "b"))
        automaton.matches(chr(0x4E00 + number))
        assert automaton.kept <= 500 + 12 and len(automaton.states) <= 500 + 12
    assert automaton.computed > 2048


def test_what_is_forgotten_is_found_out_again() -> None:
    automaton = Automaton([("x.*", "test")])
    automaton.kept = MOST_KEPT + 1
    assert automaton.matches("xy") and not automaton.matches("yx")
    assert automaton.kept < 10


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "it is empty"),
        ("(a", "ends too early"),
        ("a)", "closed that was not opened"),
        ("(a|b", "ends too early"),
        ("[a", "ends too early"),
        ("[]", "nothing in the brackets"),
        ("[z-a]", "a range goes"),
        ("[\\d-z]", "a range goes"),
        ("a**", "side by side"),
        ("a*?", "side by side"),
        ("*a", "put a backslash before *"),
        ("a{3}", "put a backslash before {"),
        ("^a$", "put a backslash before ^"),
        ("a]", "put a backslash before ]"),
        ("a\\", "ends too early"),
        ("(a)\\1", "\\1 has no meaning"),
        ("\\bx", "\\b has no meaning"),
        ("(?=a)", "(? has no meaning"),
        ("(?P<x>a)", "(? has no meaning"),
        ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "deep"),
        ("a" * (LONGEST_PATTERN + 1), "longer than"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(pattern: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        Automaton([("fine", "the first"), (pattern, "the second")])
    assert str(error.value).startswith("the second: the pattern ") and said in str(error.value)
