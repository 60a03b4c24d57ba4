# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Asks about many things of which one may not be readable: a proxy may refuse one name, a service stumble over it."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    InputError,
    LifecycleError,
    NotFound,
    PermissionDenied,
    Refused,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each

ABOUT_ONE = (InputError, NotFound, PermissionDenied, Refused, Rejected)
MOST_IN_A_ROW = 3

Item = t.TypeVar("Item")
Result = t.TypeVar("Result")


def apart(work: t.Callable[[], Result]) -> Result | LifecycleError:
    """What ``work`` returns, or why it failed; raises LifecycleError where a sign-in is refused."""
    try:
        return work()
    except LifecycleError as error:
        if error.sign_in_refused:
            raise
        return error


def each_apart(
    work: t.Callable[[Item], Result], items: t.Sequence[Item], parallel: int
) -> list[Result | LifecycleError]:
    """``work(item)`` for every item, or why it failed for that one.

    Raises LifecycleError where that concerns all: a sign-in that is refused, or a service that seems to be gone, since
    several items in a row had no answer or a useless one.
    """
    in_a_row = 0

    def one(item: Item) -> Result | LifecycleError:
        nonlocal in_a_row
        result = apart(lambda: work(item))
        useless = isinstance(result, LifecycleError) and not isinstance(result, ABOUT_ONE)
        in_a_row = in_a_row + 1 if useless else 0
        if isinstance(result, LifecycleError) and in_a_row >= MOST_IN_A_ROW:
            raise result
        return result

    return each(one, items, parallel)
