# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an endpoint is, and what every one of them checks first."""

from __future__ import annotations

import dataclasses
import typing as t

from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..faults import answer, read_body
from .call import Call, Reply
from .errors import Refused
from .gojson import quote
from .pats.scopes import Check, free

JSON = (b"content-type", b"application/json")
TEXT = (b"content-type", b"text/plain; charset=utf-8")
SYSTEM = "sandbox.magistrala"


@dataclasses.dataclass(frozen=True)
class Endpoint:
    """One method on one path; as an ASGI application it does the checks that come before ``act``.

    :param pat: what a personal access token must allow.
    :param token: whether a bearer token is needed.
    :param gate: whether generation B wants the caller's e-mail address verified.
    :param typed: whether the Content-Type is looked at.
    :param registration: whether nobody asks for a token where people may register themselves.
    """

    method: str
    path: str
    act: t.Callable[[Call], Reply]
    pat: Check = free
    token: bool = True
    gate: bool = True
    typed: bool = False
    registration: bool = False
    generations: str = "AB"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = Call(scope[SYSTEM], scope, await read_body(receive))
        try:
            if self.token:
                self.identify(call)
            if self.typed and "application/json" not in call.header(b"content-type"):
                raise call.refuse("content type")
            reply = self.act(call)
        except Refused as refusal:
            reply = refusal_reply(call.generation, refusal)
        except ConnectionAbortedError:
            scope["extensions"]["sandbox.transport"].close()
            await receive()
            return
        body = b"" if reply.body is None else reply.body.encode() + b"\n"
        headers = [JSON]
        if reply.status != 204:
            headers.append((b"content-length", str(len(body)).encode()))
        if reply.location:
            headers.append((b"location", reply.location.encode()))
        await answer(send, reply.status, headers, body)

    def identify(self, call: Call) -> None:
        """Who calls, and whether the token is good for this endpoint at all. Raises Refused."""
        if self.registration and call.system.switches.self_register:
            return
        scheme, dummy, token = call.header(b"authorization").partition(" ")
        if scheme != "Bearer" or not token:
            raise call.refuse("no bearer")
        session = call.session = call.system.session(token)
        if session is None:
            raise call.refuse("bad token")
        if session.pat:
            self.pat(call)
        elif self.gate and not (session.verified or session.role == "admin" or call.system.allow_unverified):
            raise call.refuse("not verified")


def refusal_reply(generation: str, refusal: Refused) -> Reply:
    """The body of a refusal: ``error`` and ``message`` in A, only ``message`` in B, nothing where both are empty."""
    if not (refusal.error or refusal.message):
        return Reply(refusal.status)
    if generation == "A":
        return Reply(refusal.status, f'{{"error":{quote(refusal.error)},"message":{quote(refusal.message)}}}')
    return Reply(refusal.status, f'{{"message":{quote(refusal.error or refusal.message)}}}')


async def health(scope: Scope, receive: Receive, send: Send) -> None:
    """GET or HEAD /health of the users service."""
    system = scope[SYSTEM]
    body = (
        f'{{"status":"pass","version":{quote(system.switches.version)},"commit":"","description":"users service",'
        f'"build_time":"","instance_id":"{system.instance}"}}\n'
    ).encode()
    headers = [(b"content-type", b"application/health+json"), (b"content-length", str(len(body)).encode())]
    await answer(send, 200, headers, b"" if scope["method"] == "HEAD" else body)


async def metrics(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /metrics; what it counts is of no interest here."""
    await answer(send, 200, [TEXT, (b"content-length", b"0")], b"")


async def not_found(scope: Scope, receive: Receive, send: Send) -> None:
    body = b"404 page not found\n"
    await answer(send, 404, [TEXT, (b"content-length", str(len(body)).encode())], body)


class PlainRoute(Route):
    """A route that takes its own methods only (no HEAD for GET) and answers others with an empty 405."""

    def __init__(self, path: str, application: ASGIApp, *methods: str) -> None:
        super().__init__(path, Asgi(application), methods=methods)
        self.methods = set(methods)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.methods and scope["method"] not in self.methods:
            await answer(send, 405, [(b"content-length", b"0")], b"")
        else:
            await self.app(scope, receive, send)


class Asgi:
    """Keeps Starlette from taking a function for one that gets a request object."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> t.Awaitable[None]:
        return self.application(scope, receive, send)
