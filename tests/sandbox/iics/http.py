# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests and replies of the simulated IICS, and how a refusal looks in v2 and in v3."""

from __future__ import annotations

import dataclasses
import json
import typing as t
import urllib.parse

from . import xml
from .ids import long_id

JSON = b"application/json;charset=UTF-8"
XML = b"application/xml;charset=UTF-8"
PROBLEM = b"application/problem+json"
PUBLIC = "/saas/public/"


class Request:
    """One HTTP request with its whole body; the path is still percent-encoded."""

    __slots__ = ("body", "headers", "method", "path", "query", "scheme")

    def __init__(self, scope: dict[str, t.Any], body: bytes) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: str = scope["query_string"].decode("ascii", "replace")
        self.scheme: str = scope["scheme"]
        self.headers: list[tuple[bytes, bytes]] = scope["headers"]
        self.body = body

    def header(self, name: bytes) -> str:
        """The value of a header, given in lower case; empty where it was not sent."""
        for key, value in self.headers:
            if key == name:
                return value.decode("latin-1")
        return ""

    @property
    def is_v2(self) -> bool:
        return "/api/v2/" in self.path

    @property
    def session_header(self) -> bytes:
        """Where the session is in requests to each of the APIs."""
        if self.path.startswith("/mftsaas/"):
            return b"ids-session-id"
        return b"icsessionid" if self.is_v2 else b"infa-session-id"

    @property
    def sends_xml(self) -> bool:
        return "xml" in self.header(b"content-type")

    @property
    def wants_xml(self) -> bool:
        accept = self.header(b"accept")
        return "xml" in accept and "json" not in accept


@dataclasses.dataclass(slots=True)
class Reply:
    status: int
    body: bytes = b""
    content_type: bytes = JSON
    headers: list[tuple[bytes, bytes]] = dataclasses.field(default_factory=list)


class Refusal(Exception):
    """A request that is answered with an error; ``details`` are pairs of code and message (v3 only)."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: t.Sequence[tuple[str, str]] = (),
        headers: t.Sequence[tuple[bytes, bytes]] = (),
    ) -> None:
        super().__init__(code, message)
        self.status, self.code, self.message = status, code, message
        self.details, self.headers = details, list(headers)


class UnknownPath(Exception):
    """A path below ``/saas/public`` that the v3 API does not have."""


class EmptyNotFound(Exception):
    """Answered with a bare 404."""


def json_reply(status: int, data: t.Any) -> Reply:
    return Reply(status, json.dumps(data, separators=(",", ":")).encode())


def v2_reply(request: Request, status: int, data: t.Any) -> Reply:
    """An object or a list of the v2 API, as JSON or as XML, whichever the client accepts."""
    if request.wants_xml:
        return Reply(status, xml.document(data), XML)
    return json_reply(status, data)


def problem_reply(request: Request) -> Reply:
    """What real organizations answer to an unknown v3 path: the problem details of RFC 7807."""
    problem = {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": f"No static resource {urllib.parse.unquote(request.path.removeprefix(PUBLIC))}.",
        "instance": request.path,
        "properties": None,
    }
    return dataclasses.replace(json_reply(404, problem), content_type=PROBLEM)


def refusal_reply(request: Request, refusal: Refusal) -> Reply:
    """The error object of the API version that was called."""
    if request.is_v2:
        reply = v2_reply(
            request,
            refusal.status,
            {
                "@type": "error",
                "code": refusal.code,
                "description": refusal.message,
                "statusCode": refusal.status,
            },
        )
    else:
        details = [{"code": code, "message": message} for code, message in refusal.details] or None
        error = {"code": refusal.code, "message": refusal.message, "requestId": long_id(), "details": details}
        reply = json_reply(refusal.status, {"error": error})
    reply.headers = refusal.headers
    return reply
