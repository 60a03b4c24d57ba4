# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service without a subject: it keeps every request that arrives and answers as it is told, for tests of HTTP."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import threading
import typing as t

from sandbox.control import Controlled
from sandbox.faults import Fault, answer, fresh_length, read_body
from sandbox.server import running
from sandbox.system import System

Headers = list[tuple[bytes, bytes]]


@dataclasses.dataclass
class Call:
    """One request that was processed; ``client`` is the port at the other end of its connection."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    client: int


@dataclasses.dataclass
class NoSwitches:
    pass


class Toy(System):
    """Answers 200 and ``{}``, or what ``answers`` has for the path; ``/guarded`` wants the header X-Session.

    ``POST /login`` begins a new session, unless ``locked``. ``POST /things`` adds a thing.
    """

    name = "toy"
    Switches = NoSwitches

    def start(self) -> None:
        self.calls: list[Call] = []
        self.answers: dict[str, tuple[int, Headers, bytes]] = {}
        self.session = "session-0"
        self.locked = False
        self.logins = 0
        self.things = 0
        self.lock = threading.Lock()

    def expire_sessions(self) -> None:
        self.session = "expired"

    def empty_page(self, body: bytes) -> bytes:
        return b"[]"

    async def handle(self, scope: dict, receive: t.Callable, send: t.Callable) -> None:
        body = await read_body(receive)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        self.calls.append(
            Call(scope["method"], scope["path"], scope["query_string"].decode(), headers, body, scope["client"][1])
        )
        status, own, content = self.react(scope["method"], scope["path"], headers)
        if not any(name == b"content-length" for name, value in own):
            own = fresh_length(own, content)
        await answer(send, status, own, content)

    def react(self, method: str, path: str, headers: dict[str, str]) -> tuple[int, Headers, bytes]:
        if path in self.answers:
            return self.answers[path]
        if path == "/login":
            self.logins += 1
            if self.locked:
                return reply(401, {"message": "wrong"})
            self.session = f"session-{self.logins}"
            return reply(200, {"session": self.session})
        if path.startswith("/guarded") and headers.get("x-session") != self.session:
            return reply(401, {"message": "expired"})
        if (method, path) == ("POST", "/things"):
            self.things += 1
            return reply(201, {"things": self.things})
        return reply(200, {})


def reply(status: int, data: t.Any) -> tuple[int, Headers, bytes]:
    return status, [(b"content-type", b"application/json")], json.dumps(data).encode()


@dataclasses.dataclass
class Served:
    """A running toy: its address, its application and the toy itself."""

    url: str
    app: Controlled
    toy: Toy

    def fault(self, kind: str, **options: t.Any) -> None:
        self.app.faults.append(Fault(kind, **options))

    @property
    def journal(self) -> list[tuple[str, str]]:
        return [(line.method, line.path) for line in self.app.journal]


@contextlib.contextmanager
def toy_service(**tls: t.Any) -> t.Iterator[Served]:
    toy = Toy()
    with running(toy, **tls) as sandbox:
        yield Served(sandbox.urls["toy"], sandbox.apps["toy"], toy)
