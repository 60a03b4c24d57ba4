# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generation C (v0.40 and later): no users API any more, only enough of its successor to be recognised.

The proxy no longer routes ``/users``. What Atom answers in detail is not simulated; the texts below are the sandbox's.
"""

from __future__ import annotations

import json
import typing as t

from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from ..faults import answer, read_body
from .api import SYSTEM, PlainRoute

PAGE = (
    b"<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n"
    b"<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


async def send_json(send: Send, status: int, content: dict[str, t.Any]) -> None:
    body = json.dumps(content).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await answer(send, status, headers, body)


async def graphql(scope: Scope, receive: Receive, send: Send) -> None:
    """GraphQL: status 200, failures in ``errors[].message``."""
    await read_body(receive)
    await send_json(send, 200, {"data": None, "errors": [{"message": "not simulated"}]})


async def auth(scope: Scope, receive: Receive, send: Send) -> None:
    """The REST calls around sign-in: ``{"error": text}``."""
    await read_body(receive)
    await send_json(send, 401, {"error": "not simulated"})


async def health(scope: Scope, receive: Receive, send: Send) -> None:
    await send_json(send, 200, {"status": "pass", "version": scope[SYSTEM].switches.version})


async def not_found(scope: Scope, receive: Receive, send: Send) -> None:
    """The proxy's own page."""
    await read_body(receive)
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(PAGE)).encode())]
    await answer(send, 404, headers, PAGE)


def router() -> Router:
    routes = [
        PlainRoute("/graphql", graphql, "POST"),
        PlainRoute("/auth/{rest:path}", auth, "GET", "POST"),
        PlainRoute("/health", health, "GET", "HEAD"),
    ]
    return Router(routes, redirect_slashes=False, default=not_found)
