# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs one function over many items with a few threads, in the order of the input."""

from __future__ import annotations

import collections
import typing as t

Item = t.TypeVar("Item")
Result = t.TypeVar("Result")


def each(work: t.Callable[[Item], Result], items: t.Sequence[Item], parallel: int) -> list[Result]:
    """``work(item)`` for every item; with one worker or one item in this thread.

    After an exception no further item is begun, and the exception is raised.
    """
    if parallel <= 1 or len(items) <= 1:
        return [work(item) for item in items]
    from concurrent.futures import ThreadPoolExecutor  # only when it is needed

    results: dict[int, Result] = {}
    positions = iter(range(len(items)))  # shared: each worker takes the next one when it is free

    def take() -> None:
        try:
            for at in positions:
                results[at] = work(items[at])
        except BaseException:
            collections.deque(positions, maxlen=0)  # nothing is left for the others
            raise

    workers = min(parallel, len(items))
    with ThreadPoolExecutor(workers) as pool:
        for taken in [pool.submit(take) for dummy in range(workers)]:
            taken.result()
    return [results[at] for at in range(len(items))]
