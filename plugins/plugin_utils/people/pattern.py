# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads patterns for whole texts into a network of positions, which an automaton goes through once and never back.

A pattern has letters, ``.`` (any character), ``[a-z]``, ``[^a-z]``, ``(one|other)``, ``*``, ``+``, ``?``, ``\\`` before
a sign that shall be itself, and ``\\d``, ``\\s`` and ``\\w``. There is nothing in it that would need a second look at a
text (no back references, no counts), so that the time grows with the length of the text alone, whatever the pattern.
Pure.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError

LONGEST_PATTERN = 200
DEEPEST = 20
REPEATS = "*+?"
CLASSES: dict[str, t.Callable[[str], bool]] = {
    "d": str.isdecimal,
    "s": str.isspace,
    "w": lambda character: character.isalnum() or character == "_",
}


@dataclasses.dataclass(frozen=True)
class Characters:
    """A set of characters: single ones, ranges and classes, or all others."""

    singles: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, str], ...] = ()
    classes: tuple[str, ...] = ()
    others: bool = False

    def has(self, character: str) -> bool:
        inside = (
            character in self.singles
            or any(first <= character <= last for first, last in self.ranges)
            or any(CLASSES[name](character) for name in self.classes)
        )
        return inside is not self.others


ANY = Characters(others=True)


class Network:
    """Positions of several patterns: from each one a set of characters leads on, or nothing but free ways do."""

    def __init__(self) -> None:
        self.steps: list[tuple[Characters, int] | None] = []
        self.free: list[list[int]] = []
        self.ends: dict[int, int] = {}

    def position(self, step: tuple[Characters, int] | None = None, *free: int) -> int:
        self.steps.append(step)
        self.free.append(list(free))
        return len(self.steps) - 1

    def closure(self, positions: t.Iterable[int]) -> frozenset[int]:
        """``positions`` and all that free ways reach from them."""
        found: set[int] = set()
        waiting = list(positions)
        while waiting:
            position = waiting.pop()
            if position not in found:
                found.add(position)
                waiting += self.free[position]
        return frozenset(found)


class Reader:
    """Reads one pattern, given in ``where``, into a network; raises InputError for what it does not know."""

    def __init__(self, pattern: str, where: str, network: Network) -> None:
        self.pattern = pattern
        self.where = where
        self.network = network
        self.at = 0
        self.depth = 0

    def read(self, end: int) -> int:
        """The position before the pattern; ``end`` is the one behind it."""
        if not self.pattern:
            raise self.odd("it is empty")
        if len(self.pattern) > LONGEST_PATTERN:
            raise self.odd(f"it is longer than {LONGEST_PATTERN} characters")
        start = self.choice(end)
        if self.at < len(self.pattern):
            raise self.odd("a parenthesis is closed that was not opened")
        return start

    def odd(self, what: str) -> InputError:
        return InputError(f"{self.where}: the pattern {self.pattern!r:.80} is not understood: {what}.")

    def next(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        character = self.next()
        if not character:
            raise self.odd("it ends too early")
        self.at += 1
        return character

    def choice(self, end: int) -> int:
        starts = [self.sequence(end)]
        while self.next() == "|":
            self.at += 1
            starts.append(self.sequence(end))
        return self.network.position(None, *starts)

    def sequence(self, end: int) -> int:
        """One alternative; each part is read with a place of its own behind it,
        from which a free way leads to the next.
        """
        start = last = self.network.position()
        while self.next() not in ("", "|", ")"):
            behind = self.network.position()
            before = self.part(behind)
            if self.next() and self.next() in REPEATS:
                before, behind = self.repeated(self.take(), before, behind)
            self.network.free[last].append(before)
            last = behind
        self.network.free[last].append(end)
        return start

    def repeated(self, sign: str, before: int, behind: int) -> tuple[int, int]:
        if self.next() and self.next() in REPEATS:
            raise self.odd(f"{sign} and {self.next()} stand side by side")
        after = self.network.position()
        self.network.free[behind].append(after)
        if sign in "*+":
            self.network.free[behind].append(before)
        return (self.network.position(None, before, after) if sign in "*?" else before), after

    def part(self, behind: int) -> int:
        character = self.take()
        if character == "(":
            return self.group(behind)
        if character in "*+?{}^$]":
            raise self.odd(f"put a backslash before {character} where it shall be itself")
        characters = ANY if character == "." else self.bracket() if character == "[" else self.single(character)
        return self.network.position((characters, behind))

    def group(self, behind: int) -> int:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.odd(f"parentheses are more than {DEEPEST} deep")
        if self.next() == "?":
            raise self.odd("(? has no meaning here")
        start = self.choice(behind)
        if self.take() != ")":
            raise self.odd("a parenthesis is not closed")
        self.depth -= 1
        return start

    def single(self, character: str) -> Characters:
        """One character, or the class behind a backslash."""
        if character != "\\":
            return Characters(frozenset(character))
        escaped = self.take()
        if escaped in CLASSES:
            return Characters(classes=(escaped,))
        if escaped.isalnum():
            raise self.odd(f"\\{escaped} has no meaning here")
        return Characters(frozenset(escaped))

    def bracket(self) -> Characters:
        """What is in square brackets, behind the first of them."""
        others = self.next() == "^"
        self.at += others
        singles: set[str] = set()
        ranges: list[tuple[str, str]] = []
        classes: list[str] = []
        while self.next() != "]":
            each = self.single(self.take())
            if self.next() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                ranges.append(self.span(each, self.single(self.take())))
            else:
                singles |= each.singles
                classes += each.classes
        self.at += 1
        if not (singles or ranges or classes):
            raise self.odd("there is nothing in the brackets")
        return Characters(frozenset(singles), tuple(ranges), tuple(classes), others)

    def span(self, first: Characters, last: Characters) -> tuple[str, str]:
        if first.classes or last.classes or min(first.singles) > min(last.singles):
            raise self.odd("a range goes from a character to a later one")
        return min(first.singles), min(last.singles)
