# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control API below ``/_sandbox/`` that every simulated system has, and the journal of its requests.

====== ==================== ==========================================================================
POST   /_sandbox/reset      fresh state; the body may hold switches
POST   /_sandbox/configure  change switches, keep the state
POST   /_sandbox/seed       ``{"count": N}`` and options of the system
POST   /_sandbox/sign-ins   ``{"refused": true}``: every password is a wrong one from now on, until false or a reset
POST   /_sandbox/expire     every session and token that was handed out ends
POST   /_sandbox/clock      ``{"advance": SECONDS}``
GET    /_sandbox/journal    requests so far: method, path with query (and ``#operation`` of GraphQL), status
POST   /_sandbox/journal    ``{"on": false}`` stops recording, ``{"clear": true}`` empties it
GET    /_sandbox/writes     those of the journal that are no reads and no sign-ins
GET    /_sandbox/meanwhile  requests so far of the other client of the fault of that name; the journal has none of them
POST   /_sandbox/faults     a list of rules (see faults.py), in place of the present ones
GET    /_sandbox/switches   the switches as they are
GET    /_sandbox/...        whatever else the system can tell (Magistrala: ``outbox``, ``refresh-tokens``)
====== ==================== ==========================================================================
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import typing as t

from .faults import MEANWHILE, Fault, Recorder, answer, fresh_length, read_body, strike
from .meanwhile import ask
from .system import OPERATION, System

PREFIX = "/_sandbox/"


@dataclasses.dataclass
class Request:
    """One line of the journal; status is None where the connection was dropped."""

    method: str
    path: str
    status: int | None


class Disturbed(Exception):
    """Another client could not do what a fault ``meanwhile`` says."""


class Controlled:
    """A system with its journal, its faults and its control API, as one ASGI application."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.faults: list[Fault] = []
        self.journal: list[Request] = []
        self.meanwhile: list[Request] = []
        self.journal_on = True

    async def __call__(self, scope: dict, receive: t.Callable, send: t.Callable) -> None:
        path = scope["raw_path"].decode("ascii")
        if path.startswith(PREFIX):
            await self.control(scope["method"], path[len(PREFIX) :], receive, send)
            return
        scope["path"] = path
        if not self.faults and not self.journal_on:
            await self.system.handle(scope, receive, send)
            return
        line = self.note(scope)

        async def send_noting(message: dict) -> None:
            if message["type"] == "http.response.start":
                line.status = message["status"]
                line.path += scope.get(OPERATION, "")
            await send(message)

        if self.faults:
            await self.bad_day(scope, receive, send_noting)
        else:
            await self.system.handle(scope, receive, send_noting)

    async def bad_day(self, scope: dict, receive: t.Callable, send: t.Callable) -> None:
        """Answer one request while there are faults: at most one spoils it, and other clients may act meanwhile.

        Where another client cannot do what it should, the request is answered with 500 and the reason.
        """
        receive = await self.system.look(scope, receive)
        struck = [fault for fault in self.faults if fault.kind == MEANWHILE and fault.strikes(scope)]
        spoiler = next((fault for fault in self.faults if fault.kind != MEANWHILE and fault.strikes(scope)), None)

        async def handle(scope: dict, receive: t.Callable, send: t.Callable) -> None:
            kept = Recorder()
            await self.system.handle(scope, receive, kept)
            await self.intervene(fault for fault in struck if fault.after)
            await answer(send, kept.status, kept.headers, kept.body)

        try:
            await self.intervene(fault for fault in struck if not fault.after)
            if spoiler:
                await strike(spoiler, self.system, handle, scope, receive, send)
            else:
                await handle(scope, receive, send)
        except Disturbed as error:
            body = json.dumps({"error": f"meanwhile: {error}"}).encode()
            await answer(send, 500, fresh_length([(b"content-type", b"application/json")], body), body)

    async def intervene(self, faults: t.Iterable[Fault]) -> None:
        """Let another client do what ``faults`` say. Raises Disturbed where it cannot."""
        try:
            for fault in faults:
                for errand in fault.errands:
                    status = (await ask(self.system, errand)).status
                    self.meanwhile.append(Request(errand.method, errand.path, status))
                if fault.act:
                    result = fault.act(self.system)
                    if inspect.isawaitable(result):
                        await result
        except Exception as error:
            raise Disturbed(f"{type(error).__name__}: {error}") from error

    def note(self, scope: dict) -> Request:
        query = scope["query_string"].decode("ascii", "replace")
        line = Request(scope["method"], scope["path"] + ("?" + query if query else ""), None)
        if self.journal_on:
            self.journal.append(line)
        return line

    def writes(self) -> list[Request]:
        """The journal without what only reads or signs in."""
        quiet = ("login", "logout", "tokens/issue", "tokens/refresh", "tokens/revoke", "validSessionId")
        return [
            line
            for line in self.journal
            if line.method not in ("GET", "HEAD", "OPTIONS")
            and not re.search("#(query|session) ", line.path)
            and not line.path.split("?")[0].endswith(quiet)
        ]

    async def control(self, method: str, verb: str, receive: t.Callable, send: t.Callable) -> None:
        try:
            raw = await read_body(receive)
            status, result = 200, self.act(method, verb, json.loads(raw) if raw.strip() else {})
        except (KeyError, TypeError, ValueError) as error:
            status, result = 400, {"error": f"{type(error).__name__}: {error}"}
        body = json.dumps(result).encode()
        await answer(send, status, fresh_length([(b"content-type", b"application/json")], body), body)

    def act(self, method: str, verb: str, data: t.Any) -> t.Any:
        """Carry out one control request; returns what is answered as JSON."""
        if method == "GET":
            return self.tell(verb)
        changes = {
            "reset": self.reset,
            "configure": self.system.configure,
            "seed": self.system.seed,
            "sign-ins": self.refuse_sign_ins,
            "expire": self.system.expire_sessions,
            "clock": self.forward,
            "journal": self.keep_journal,
        }
        if (method, verb) == ("POST", "faults"):
            self.faults = [Fault(**rule) for rule in data]
        elif method == "POST" and verb in changes:
            changes[verb](**data)
        else:
            raise KeyError(f"no control call {method} {verb}")
        return {}

    def tell(self, verb: str) -> t.Any:
        """What a GET asks for."""
        if verb == "journal":
            return [dataclasses.asdict(line) for line in self.journal]
        if verb == "writes":
            return [dataclasses.asdict(line) for line in self.writes()]
        if verb == "meanwhile":
            return [dataclasses.asdict(line) for line in self.meanwhile]
        if verb == "switches":
            return dataclasses.asdict(self.system.switches)
        return self.system.inspect(verb)

    def reset(self, **switches: t.Any) -> None:
        self.faults.clear()
        self.journal.clear()
        self.meanwhile.clear()
        self.journal_on = True
        self.system.reset(**switches)

    def forward(self, advance: float) -> None:
        """Let ``advance`` seconds pass."""
        self.system.clock.advance(advance)

    def refuse_sign_ins(self, refused: bool) -> None:
        self.system.refuses_sign_ins = refused

    def keep_journal(self, on: bool | None = None, clear: bool = False) -> None:
        self.journal_on = self.journal_on if on is None else on
        if clear:
            self.journal.clear()
            self.meanwhile.clear()
