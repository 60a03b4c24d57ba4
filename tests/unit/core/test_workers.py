# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Workers share the items, keep the order of the results, and stop at the first exception."""

from __future__ import annotations

import random
import threading
import time

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each


@pytest.mark.parametrize("parallel", (1, 2, 4, 50))
@pytest.mark.parametrize("count", (0, 1, 2, 30))
def test_results_are_in_the_order_of_the_items(parallel: int, count: int) -> None:
    def work(item: int) -> int:
        time.sleep(random.uniform(0, 0.002))
        return item * item

    assert each(work, range(count), parallel) == [item * item for item in range(count)]


def test_as_many_work_at_a_time_as_asked_for() -> None:
    together = threading.Barrier(3, timeout=10)
    assert each(lambda item: together.wait() in range(3), range(9), 3) == [True] * 9


@pytest.mark.parametrize("parallel", (1, 3))
def test_nothing_is_begun_after_an_exception(parallel: int) -> None:
    begun: list[int] = []

    def work(item: int) -> None:
        begun.append(item)
        if item == 5:
            raise KeyError(item)
        time.sleep(0.005)

    with pytest.raises(KeyError, match="5"):
        each(work, range(1000), parallel)
    assert 5 in begun
    assert len(begun) <= 5 + 2 * parallel
