# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An automaton that says which of many patterns match the whole of a text, in one walk through it. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils.people.pattern import Network, Reader

MOST_KEPT = 100_000  # transitions of an automaton; then it forgets them and begins anew


class State:
    """The positions where an automaton can be after some text; ``ends`` are the patterns that end there, as bits."""

    def __init__(self, positions: frozenset[int], ends: int) -> None:
        self.positions = positions
        self.ends = ends
        self.following: dict[str, State] = {}


class Automaton:
    """Several patterns at once. A state is made when a text leads there, and kept: the next text finds it.

    ``computed`` counts the transitions that had to be found out; raises InputError for a pattern that is not
    understood.
    """

    def __init__(self, patterns: t.Sequence[tuple[str, str]]) -> None:
        """``patterns`` with the place where each is given."""
        self.network = Network()
        starts = []
        for number, (pattern, where) in enumerate(patterns):
            end = self.network.position()
            self.network.ends[end] = 1 << number
            starts.append(Reader(pattern, where, self.network).read(end))
        self.starts = self.network.closure(starts)
        self.reached: dict[int, frozenset[int]] = {}
        self.computed = 0
        self.forget()

    def forget(self) -> None:
        self.kept = 0
        self.states: dict[frozenset[int], State] = {}
        self.start = self.state(self.starts)

    def state(self, positions: frozenset[int]) -> State:
        if positions not in self.states:
            ends = sum(self.network.ends[position] for position in self.network.ends.keys() & positions)
            self.states[positions] = State(positions, ends)
        return self.states[positions]

    def matches(self, text: str) -> int:
        """The patterns that match the whole of ``text``, the first one as the lowest bit."""
        if self.kept > MOST_KEPT:
            self.forget()
        state = self.start
        for character in text:
            following = state.following.get(character)
            state = following if following is not None else self.follow(state, character)
        return state.ends

    def follow(self, state: State, character: str) -> State:
        steps = filter(None, (self.network.steps[position] for position in state.positions))
        reached = frozenset().union(*(self.reach(after) for characters, after in steps if characters.has(character)))
        self.computed += 1
        self.kept += 1
        state.following[character] = self.state(reached)
        return state.following[character]

    def reach(self, position: int) -> frozenset[int]:
        """What free ways reach from a position, found out once."""
        if position not in self.reached:
            self.reached[position] = self.network.closure([position])
        return self.reached[position]
