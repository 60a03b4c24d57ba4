# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a request may be sent again, and how long to wait before. Pure, but for the throttle that workers share."""

from __future__ import annotations

import dataclasses
import email.utils
import enum
import random
import threading
import time

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import READS
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import pause

LONGEST_WAIT = 60.0
FIRST_WAIT = 0.5


class Fate(enum.Enum):
    """What happened to a request that brought no usable answer."""

    NOT_SENT = "not sent"  # no connection was made, so nothing can have been processed
    LOST = "lost"  # the connection broke after sending began: processed or not, nobody knows
    ANSWERED = "answered"  # with a status that asks for patience


REPEATABLE = ("PUT", "DELETE")
PATIENCE = (429, 502, 503, 504)


def may_repeat(method: str, fate: Fate, status: int | None, retry_after: float | None) -> bool:
    """Whether the request may be sent again as it is.

    Reads may always. PUT and DELETE say what shall be, so sending them twice does no harm. POST and PATCH are repeated
    only when they were surely not processed: no connection, 429, or 503 with Retry-After.
    """
    if fate is Fate.NOT_SENT or status == 429:
        return True
    if method in READS or method in REPEATABLE:
        return fate is Fate.LOST or status in PATIENCE
    return status == 503 and retry_after is not None


def leaves_doubt(method: str, fate: Fate, status: int | None) -> bool:
    """Whether a write that failed this way may have been processed all the same: no answer, 5xx, an unexpected 2xx."""
    if method in READS:
        return False
    return fate is Fate.LOST or (status is not None and not 300 <= status < 500)


def retry_after(header: str | None, now: float | None = None) -> float | None:
    """Seconds to wait, from a Retry-After header in either form (seconds, or a date); None when there is none."""
    if not header:
        return None
    text = header.strip()
    if text.isdecimal():
        return float(text)
    try:
        when = email.utils.parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
    return max(0.0, when - (time.time() if now is None else now))


def wait_before(repeat: int, asked: float | None) -> float:
    """Seconds to wait before repetition number ``repeat``, from 1.

    What the server asked for, else exponential with jitter; never more than a minute.
    """
    if asked is not None:
        return min(asked, LONGEST_WAIT)
    longest: float = min(FIRST_WAIT * 2 ** min(repeat - 1, 10), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1.0)


@dataclasses.dataclass
class Switch:
    """Something that is on or off for a session and for all that are beside it."""

    on: bool


class Throttle:
    """Holds back every worker of a run when the service asks one of them to slow down."""

    def __init__(self) -> None:
        self._until = 0.0
        self._lock = threading.Lock()

    def hold(self, seconds: float) -> None:
        with self._lock:
            self._until = max(self._until, time.monotonic() + seconds)

    def wait(self) -> None:
        while self._until > (now := time.monotonic()):
            pause(self._until - now)
