# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long the property tests go on: a number of cases, always the same; in a soak others, for as long as given."""

from __future__ import annotations

import os
import time
import typing as t

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

SOAK = float(os.environ.get("SOAK_SECONDS", 0))
# that share the time: for each system, good days, bad days, spoiled answers and raw bytes; Atom has no last
TESTS = 4 * 3 + 3
SHARE = SOAK / TESTS
PART = float(os.environ.get("PROPERTY_SHARE", 1))
ROUND = 50  # cases of a soak between two looks at the clock


def many(one: t.Callable[..., None], examples: int, **strategies: st.SearchStrategy[t.Any]) -> None:
    """``one`` with ``examples`` cases; in a soak again and again for one test's share of the time."""
    tried = settings(
        max_examples=ROUND if SOAK else examples,
        derandomize=not SOAK,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )(given(**strategies)(one))
    end = time.monotonic() + SHARE
    tried()
    while time.monotonic() < end:
        tried()
