# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bad days on demand: rules that make chosen requests go wrong."""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import gzip
import json
import re
import typing as t

from .meanwhile import Errand
from .system import OPERATION

KINDS = (
    "drop_before",  # connection closed, the request was not processed
    "drop_after",  # connection closed, the request was processed
    "delay",  # processed after ``seconds``
    "delay_after",  # processed at once, answered after ``seconds``
    "status",  # not processed, answered with ``status`` and ``body`` (and ``retry_after``)
    "status_after",  # processed, answered with ``status`` all the same
    "truncate",  # processed, half of the body is sent, then the connection is closed
    "html",  # processed, answered with an HTML page and status 200
    "empty_page",  # processed, the entries of the listing are left out
    "expire_sessions",  # every session ends before the request is processed
    "drip",  # processed, the body arrives byte by byte over ``seconds``
    "huge",  # not processed, answered with ``size`` bytes
    "redirect",  # not processed, answered with ``status`` and a Location of ``location``
    "echo",  # not processed, answered with ``status`` and the request's own body
)
FLOODS = (
    "announce",  # processed, the listing says that it has ``size`` entries
    "endless",  # processed, every page of the listing is full of entries that nobody has seen before
    "bomb",  # not processed, answered with ``size`` bytes of JSON, packed: small values without number
)
MEANWHILE = "meanwhile"  # processed; another client acts just before it, or just ``after`` it and before it is answered

HTML = b"<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>Please sign in</h1></body></html>"


@dataclasses.dataclass
class Fault:
    """Requests whose method and path match go wrong: ``times`` of them (0: all), after ``skip`` good ones.

    :param path: as in the journal, with or without its query, and ``#operation`` of GraphQL.
    :param requests: what another client sends ``meanwhile``: ``{"method": ..., "path": ..., "json": ...}``, see Errand.
    :param act: in place of requests, or after them, a function of the system; it may be a coroutine function.
    """

    kind: str
    method: str = ".*"
    path: str = ".*"
    times: int = 1
    skip: int = 0
    status: int = 503
    body: str = ""
    content_type: str = "application/json"
    retry_after: str | None = None
    location: str = "/"
    seconds: float = 0.1
    size: int = 0
    requests: list[dict[str, t.Any]] = dataclasses.field(default_factory=list)
    act: t.Callable[[t.Any], t.Any] | None = None
    after: bool = False
    used: int = 0

    def __post_init__(self) -> None:
        if self.kind not in (*KINDS, *FLOODS, MEANWHILE):
            raise ValueError(f"unknown kind of fault {self.kind!r}; one of {', '.join((*KINDS, *FLOODS, MEANWHILE))}")
        if (self.kind == MEANWHILE) != bool(self.requests or self.act):
            raise ValueError("meanwhile needs requests or act, other kinds have neither")
        if self.act is not None and not callable(self.act):
            raise ValueError("act is a function, which only callers in the same process can give")
        self.errands = [Errand(**request) for request in self.requests]

    def strikes(self, scope: dict) -> bool:
        """Whether it is the turn of this request, which is then counted."""
        if self.times and self.used >= self.times:
            return False
        query = scope.get("query_string", b"").decode("latin-1")
        paths = (scope["path"], scope["path"] + scope.get(OPERATION, ""), f"{scope['path']}?{query}")
        if not (re.fullmatch(self.method, scope["method"]) and any(re.fullmatch(self.path, path) for path in paths)):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.used += 1
        return True


class Recorder:
    """Keeps the answer of an application so that a fault can spoil it."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""

    async def __call__(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", []))
        else:
            self.body += message.get("body", b"")


async def answer(send: t.Callable, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def fresh_length(headers: list[tuple[bytes, bytes]], body: bytes) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name.lower() != b"content-length"]
    return [*kept, (b"content-length", str(len(body)).encode())]


async def read_body(receive: t.Callable) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def strike(
    fault: Fault, system: t.Any, handle: t.Callable, scope: dict, receive: t.Callable, send: t.Callable
) -> None:
    """Answer one request the way ``fault`` says, with ``handle`` where it is to be processed."""
    drop = scope["extensions"]["sandbox.transport"].abort
    if fault.kind == "drop_before":
        await read_body(receive)
        drop()
        return
    if fault.kind in ("status", "redirect", "huge", "echo", "bomb"):
        await answer_instead(fault, receive, send)
        return
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "expire_sessions":
        system.expire_sessions()
    kept = Recorder()
    await handle(scope, receive, kept)
    if fault.kind == "drop_after":
        drop()
        return
    if fault.kind == "delay_after":
        await asyncio.sleep(fault.seconds)
    alter(fault, kept, system)
    await deliver(fault, kept, send, drop)


def flooded(fault: Fault, body: bytes, system: t.Any) -> bytes:
    """A listing that announces too much, or of which there is always more."""
    content = json.loads(body)
    if fault.kind == "endless":
        content = system.full_page(content, fault.used)
    elif isinstance(content, dict) and "total" in content:
        content["total"] = fault.size
    return json.dumps(content).encode()


async def answer_instead(fault: Fault, receive: t.Callable, send: t.Callable) -> None:
    """Answer without asking the system."""
    sent = await read_body(receive)
    body = {"huge": b" " * fault.size, "echo": sent, "bomb": packed_values(fault.size)}.get(
        fault.kind, fault.body.encode()
    )
    headers = [(b"content-type", fault.content_type.encode())]
    if fault.kind == "bomb":
        headers.append((b"content-encoding", b"gzip"))
    if fault.retry_after is not None:
        headers.append((b"retry-after", fault.retry_after.encode()))
    if fault.kind == "redirect":
        headers.append((b"location", fault.location.encode()))
    status = 200 if fault.kind in ("huge", "bomb") else fault.status
    await answer(send, status, fresh_length(headers, body), body)


def alter(fault: Fault, kept: Recorder, system: t.Any) -> None:
    """Put something else in place of what the system answered."""
    if fault.kind == "status_after":
        kept.status, kept.body = fault.status, fault.body.encode()
    if fault.kind == "html":
        kept.status, kept.body = 200, HTML
        kept.headers = [(b"content-type", b"text/html; charset=utf-8")]
    if fault.kind == "empty_page":
        kept.body = system.empty_page(kept.body)
    if fault.kind in ("announce", "endless"):
        kept.body = flooded(fault, kept.body, system)


@functools.cache
def packed_values(size: int) -> bytes:
    """A list of empty objects, some thousand times smaller on its way."""
    return gzip.compress(b"[" + b"{}," * (size // 3) + b"{}]", 6)


async def deliver(fault: Fault, kept: Recorder, send: t.Callable, drop: t.Callable) -> None:
    """Send the answer: whole, half of it, or byte by byte."""
    if fault.kind not in ("truncate", "drip"):
        await answer(send, kept.status, fresh_length(kept.headers, kept.body), kept.body)
        return
    await send({"type": "http.response.start", "status": kept.status, "headers": kept.headers})
    if fault.kind == "truncate":
        await send({"type": "http.response.body", "body": kept.body[: len(kept.body) // 2], "more_body": True})
        await asyncio.sleep(0.05)
        drop()
        return
    for index in range(len(kept.body)):
        await asyncio.sleep(fault.seconds / max(1, len(kept.body)))
        await send({"type": "http.response.body", "body": kept.body[index : index + 1], "more_body": True})
    await send({"type": "http.response.body", "body": b""})
