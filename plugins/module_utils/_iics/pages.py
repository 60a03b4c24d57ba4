# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Listings of v3: no total and no link to what follows, so every page is asked for until one is not full."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer
from ansible_collections.people.lifecycle.plugins.module_utils._http.bounds import MANY, Listing
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer
from ansible_collections.people.lifecycle.plugins.module_utils._iics.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import TITLE

LARGEST = 200
STEP = LARGEST - 1  # each page begins with the last item of the one before, which shows when something moved
MOST_READINGS = 3

Record = t.TypeVar("Record")


class Pages(t.Generic[Record]):
    """All items below ``path``, each turned by ``parse`` into what the caller wants."""

    def __init__(self, service: Service, path: str, parse: t.Callable[[dict[str, t.Any]], Record]) -> None:
        self.service = service
        self.path = path
        self.parse = parse

    def all(self) -> list[Record]:
        """Every item; raises BadAnswer where the listing kept changing while it was read."""
        items, complete = self.read()
        if not complete:
            raise BadAnswer(
                f"{TITLE}: the listing of {self.path} kept changing while it was read.",
                method="GET",
                path=self.path,
                hint="Run the task again when nobody else changes accounts.",
            )
        return items

    def read(self) -> tuple[list[Record], bool]:
        """Every item that was seen, and whether those are surely all."""
        seen: dict[str, Record] = {}
        for dummy in range(MOST_READINGS):
            read, complete = self._once()
            if complete:
                return list(read.values()), True
            seen |= read
        return list(seen.values()), False

    def _once(self) -> tuple[dict[str, Record], bool]:
        """One reading, and whether nothing moved between its pages."""
        listing = Listing(TITLE, self.path, STEP)
        read = self._page(0, listing)
        page, skip, still = read, 0, True
        while len(page) == LARGEST:
            last, skip = list(page)[-1], skip + STEP
            page = self._page(skip, listing)
            if page.keys() <= read.keys() and len(page) == LARGEST:
                return read, True  # the same once more: this listing knows no pages
            still = still and list(page)[:1] == [last]
            read |= page
        return read, still

    def _page(self, skip: int, listing: Listing) -> dict[str, Record]:
        query = {"limit": LARGEST, **({"skip": skip} if skip else {})}
        answer = self.service.send("GET", self.path, query=query, largest=MANY)
        items = self.service.v3.data(answer, list)
        listing.take(answer.body, len(items))
        return self.items_of(answer, items)

    def items_of(self, answer: Answer, items: t.Sequence[t.Any]) -> dict[str, Record]:
        """``items`` of ``answer`` by id; raises BadAnswer, or OutcomeUnknown where it was a write."""
        try:
            return {item["id"]: self.parse(item) for item in items}
        except (KeyError, TypeError, AttributeError, ValueError):
            raise self.service.v3.bad_answer(answer, "with JSON of an unexpected shape") from None

    def filter(self, field: str, value: str) -> list[Record]:
        """What the filter ``field==value`` finds; the caller verifies it."""
        quoted = f'"{value}"' if " " in value else value
        answer = self.service.send("GET", self.path, query={"q": f"{field}=={quoted}", "limit": 1})
        return list(self.items_of(answer, self.service.v3.data(answer, list)).values())
