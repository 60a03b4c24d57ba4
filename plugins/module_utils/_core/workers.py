# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs one function over many items with a few threads, in the order of the input,
until one fails or the user interrupts.
"""

from __future__ import annotations

import threading
import time
import typing as t

Item = t.TypeVar("Item")
Result = t.TypeVar("Result")

LONGEST_NAP = 0.2  # seconds until a worker that waits notices that it is stopped


class Stopped(BaseException):
    """This worker shall not go on: another one failed, or the user interrupted the task. No error of an account."""


class Crew:
    """The workers of one call, which are stopped together;
    those that work for one of ``within`` are stopped with it.
    """

    def __init__(self, within: Crew | None) -> None:
        self.within = within
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set() or (self.within is not None and self.within.stopped)

    def stop(self) -> None:
        self._stop.set()


_this_thread = threading.local()


def crew_of_this_thread() -> Crew | None:
    return getattr(_this_thread, "crew", None)


def go_on() -> None:
    """Raise Stopped in a worker that shall not begin anything any more; to be called before each request."""
    crew = crew_of_this_thread()
    if crew is not None and crew.stopped:
        raise Stopped


def pause(seconds: float) -> None:
    """Sleep; raises Stopped in a worker that is stopped meanwhile."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        go_on()
        time.sleep(min(left, LONGEST_NAP))
    go_on()


def each(work: t.Callable[[Item], Result], items: t.Sequence[Item], parallel: int) -> list[Result]:
    """``work(item)`` for every item; with one worker or one item in this thread.

    After an exception no further item and no further request is begun, and the exception is raised. An interruption of
    this thread waits for nobody: the others end with the request that they are at, or with the process.
    """
    if parallel <= 1 or len(items) <= 1:
        return [work(item) for item in items]
    crew = Crew(crew_of_this_thread())
    results: dict[int, Result] = {}
    failures: list[BaseException] = []
    positions = iter(range(len(items)))  # shared: each worker takes the next one when it is free

    def take() -> None:
        _this_thread.crew = crew
        try:
            for at in positions:
                go_on()
                results[at] = work(items[at])
        except Stopped:
            pass
        except BaseException as error:
            failures.append(error)
            crew.stop()

    threads = [threading.Thread(target=take, daemon=True) for dummy in range(min(parallel, len(items)))]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    except BaseException:
        crew.stop()
        raise
    if failures:
        raise failures[0]
    go_on()
    return [results[at] for at in range(len(items))]
