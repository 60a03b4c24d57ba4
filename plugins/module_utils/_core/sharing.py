# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entries of a task that have in common what only one may have. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import enumeration

MOST_NAMED = 5


def sharing(pairs: t.Iterable[tuple[str | None, Outcome]]) -> dict[str, list[Outcome]]:
    """The entries of those values that several of them have, by value; each pair is a value and who has it."""
    first: dict[str, Outcome] = {}
    several: dict[str, list[Outcome]] = {}
    for value, outcome in pairs:
        if value in several:
            several[value].append(outcome)
        elif value in first:
            several[value] = [first[value], outcome]
        elif value:
            first[value] = outcome
    return several


def others(several: t.Sequence[Outcome], outcome: Outcome) -> str:
    """The user names of some of ``several`` beside the one of ``outcome``."""
    names = [other.username for other in several[: MOST_NAMED + 1] if other is not outcome]
    return enumeration(names[:MOST_NAMED])
