# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Counts the work of a function in calls instead of seconds: the same on any machine, however busy."""

from __future__ import annotations

import collections
import sys
import types
import typing as t


def calls(work: t.Callable[[], t.Any]) -> int:
    """How many functions, those in C too, ``work`` calls."""
    counted: collections.Counter[str] = collections.Counter()

    def note(frame: types.FrameType, event: str, argument: t.Any) -> None:
        counted[event] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted["call"] + counted["c_call"]
