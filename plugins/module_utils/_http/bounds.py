# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How much a service may answer with, far above what real ones need: bytes, values, pages and accounts."""

from __future__ import annotations

import json
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer

ONE = 2 * 2**20  # bytes of an answer about one thing: a sign-in, an account, an error
MANY = 32 * 2**20  # bytes of a page, or of a listing that comes in one piece
LISTING = 256 * 2**20  # bytes of all pages of a listing
MOST_VALUES = 1_000_000  # in one answer: each takes some hundred bytes of memory, and three in a packed answer
MOST_ACCOUNTS = 200_000  # or other entries, of one listing
MOST_DIGITS = 40


class TooManyValues(ValueError):
    """JSON that would take far more memory than it is long."""


def whole_number(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("a number without end")
    return int(digits)


def no_number(text: str) -> t.NoReturn:
    raise ValueError(f"{text} is no JSON")


def parse_json(body: bytes) -> t.Any:
    """The value in ``body``; raises ValueError, TooManyValues and RecursionError."""
    if sum(map(body.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise TooManyValues
    return json.loads(body, parse_int=whole_number, parse_constant=no_number)


class Listing:
    """Counts what a listing brings in its pages of ``page`` entries each, so that one without end has one."""

    def __init__(self, title: str, path: str, page: int) -> None:
        self.title = title
        self.path = path
        self.most_pages = MOST_ACCOUNTS // page + 1
        self.pages = self.bytes = self.entries = 0

    def announced(self, total: int) -> None:
        """Raise BadAnswer where the service says that there is more than there can be."""
        if total > MOST_ACCOUNTS:
            raise self._refused(f"announces {total} entries, and more than {MOST_ACCOUNTS} are not read")

    def take(self, body: bytes, entries: int) -> None:
        """Count one page; raises BadAnswer where it was one too many."""
        self.pages += 1
        self.bytes += len(body)
        self.entries += entries
        if self.pages > self.most_pages or self.entries > MOST_ACCOUNTS + self.pages:
            raise self._refused(f"does not end: more than {MOST_ACCOUNTS} entries are not read")
        if self.bytes > LISTING:
            raise self._refused(f"is larger than {LISTING // 2**20} MiB")

    def _refused(self, what: str) -> BadAnswer:
        return BadAnswer(
            f"{self.title}: the listing of {self.path} {what}.",
            method="GET",
            path=self.path,
            hint="Is that the address of the service? What is named in a task is found without a listing.",
        )
