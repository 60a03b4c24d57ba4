# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds which of thousands of words are in a long text, in time that grows with their sum and not their product."""

from __future__ import annotations

import typing as t

STRIDE = 4
LITTLE = 10**8  # characters that can be looked through in no time


def occurring(words: t.Iterable[str], text: str) -> set[str]:
    """Those of ``words`` that ``text`` contains."""
    by_length: dict[int, list[str]] = {}
    for word in words:
        by_length.setdefault(len(word), []).append(word)
    found: set[str] = set()
    for length, group in by_length.items():
        if len(group) * len(text) <= LITTLE or length < STRIDE:
            found.update(word for word in group if word in text)
        else:
            found |= _of_one_length(group, length, text)
    return found


def _of_one_length(words: t.Sequence[str], length: int, text: str) -> set[str]:
    """Looks at every fourth place of ``text`` only: one of a word's first four characters stands at such a place."""
    size = length - STRIDE + 1
    holders: dict[str, list[str]] = {}
    for word in words:
        for at in range(STRIDE):
            holders.setdefault(word[at : at + size], []).append(word)
    found = set()
    for at in range(0, len(text), STRIDE):
        for word in holders.get(text[at : at + size], ()):
            if text.find(word, max(0, at - STRIDE + 1), at + length) >= 0:
                found.add(word)
    return found
