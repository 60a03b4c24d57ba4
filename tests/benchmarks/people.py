# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The people of the benchmarks: those whom the sandbox seeds, each with a password of its own."""

from __future__ import annotations

import json
import pathlib
import typing as t

SITUATIONS = ("create", "unchanged", "change")
PART_TO_CHANGE = 100  # every hundredth person


def people(count: int, situation: str = "unchanged") -> list[dict[str, t.Any]]:
    """As they are wanted: like the seeded ones, every hundredth with another last name in the situation ``change``."""
    wanted = []
    for number in range(1, count + 1):
        changes = situation == "change" and number % PART_TO_CHANGE == 0
        wanted.append(
            {
                "username": f"person-{number:05d}",
                "first_name": "Person",
                "last_name": "Changed" if changes else f"{number:05d}",
                "email": f"person-{number:05d}@example.com",
                "password": f"Secret-{number * 7919:09d}-word",
            }
        )
    return wanted


def people_file(folder: pathlib.Path, count: int, situation: str) -> pathlib.Path:
    path = folder / f"people-{count}-{situation}.json"
    path.write_text(json.dumps({"people": people(count, situation)}))
    return path


def changed(count: int) -> int:
    return count // PART_TO_CHANGE
