# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each of the three simulated systems offers to the server and to the control API."""

from __future__ import annotations

import contextlib
import dataclasses
import time
import typing as t

OPERATION = "sandbox.operation"  # where a system with GraphQL says in the scope what is asked for: "#query entities"


class Clock:
    """Seconds since the epoch that a test can move forward."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        self.offset += seconds


class System:
    """One simulated system: an ASGI application with state that can be reset, seeded and switched.

    A subclass sets ``name`` and ``Switches`` (a dataclass, one field per switch with its default), builds its state in
    ``start`` and answers requests in ``handle``. While ``refuses_sign_ins``, every password is a wrong one, and what
    was handed out before stays good.
    """

    name: t.ClassVar[str]
    Switches: t.ClassVar[type]

    def __init__(self, **switches: t.Any) -> None:
        self.base_switches = switches
        self.clock = Clock()
        self.reset()

    def reset(self, **switches: t.Any) -> None:
        """Return to the state of a fresh installation, with ``switches`` on top of those given at the start."""
        self.clock = Clock()
        self.refuses_sign_ins = False
        self.switches = self.Switches(**{**self.base_switches, **switches})
        self.start()

    def configure(self, **switches: t.Any) -> None:
        """Change switches and keep the state."""
        self.switches = dataclasses.replace(self.switches, **switches)

    def start(self) -> None:
        """Build the state of a fresh installation."""
        raise NotImplementedError

    def seed(self, count: int, **options: t.Any) -> None:
        """Add ``count`` people named ``person-00001`` and so on."""
        raise NotImplementedError

    def expire_sessions(self) -> None:
        """Make every session or token that was handed out invalid."""
        raise NotImplementedError

    @contextlib.contextmanager
    def administrator(self) -> t.Iterator[dict[str, str]]:
        """Sign in an administrator, whatever the switches say, and leave no trace of it.

        Yields the headers of their requests: none here, for a system without sign-in. Raises LookupError where nobody
        is an administrator.
        """
        yield {}

    def empty_page(self, body: bytes) -> bytes:
        """The body of a listing with its entries taken out, for the fault of the same name."""
        raise NotImplementedError

    def full_page(self, content: t.Any, turn: int) -> t.Any:
        """A page of a listing full of entries that are nobody's, and different in each ``turn``;
        for the fault ``endless``.
        """
        return content

    def inspect(self, verb: str) -> t.Any:
        """What ``GET /_sandbox/VERB`` tells about this system, as JSON. Raises KeyError for an unknown verb."""
        raise KeyError(f"no control call GET {verb}")

    async def look(self, scope: dict, receive: t.Callable) -> t.Callable:
        """Note in the scope what a request asks for, before a fault may strike; returns what gives the body again."""
        return receive

    async def handle(self, scope: dict, receive: t.Callable, send: t.Callable) -> None:
        """Answer one HTTP request (ASGI); ``scope["path"]`` is still percent-encoded."""
        raise NotImplementedError
