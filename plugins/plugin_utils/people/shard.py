# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Divides people over several jobs: part k of n has the same people everywhere and always, whatever their order."""

from __future__ import annotations

import re
import typing as t
import zlib

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import text

MOST = 1000
Item = t.TypeVar("Item")


class Shard(t.NamedTuple):
    """Part ``number`` of ``of`` parts, counted from 1."""

    number: int
    of: int

    def has(self, who: str) -> bool:
        """Whether the person known as ``who`` belongs to this part; capital letters make no difference."""
        return zlib.crc32(who.strip().casefold().encode()) % self.of == self.number - 1

    def take(self, items: t.Iterable[Item], who: t.Callable[[Item], str]) -> list[Item]:
        """Those of ``items`` that belong to this part, in their order; ``who`` tells whom an item is about."""
        return [item for item in items if self.has(who(item))]


EVERYBODY = Shard(1, 1)


def read_shard(given: t.Any, name: str) -> Shard:
    """``given`` as ``k/n``; everybody where nothing is given. Raises InputError."""
    said = text(given, name)
    if not said:
        return EVERYBODY
    match = re.fullmatch(r"([0-9]{1,4})\s*/\s*([0-9]{1,4})", said)
    if not match or not 1 <= int(match[1]) <= int(match[2]) <= MOST:
        raise InputError(f"{name} must be a part such as 2/4, with at most {MOST} parts, not {said!r:.40}.")
    return Shard(int(match[1]), int(match[2]))
