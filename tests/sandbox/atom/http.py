# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests and answers as HTTP has them."""

from __future__ import annotations

import dataclasses
import json
import typing as t
import urllib.parse

from .errors import Refused, unauthenticated

JSON = "application/json"
TEXT = "text/plain; charset=utf-8"
COOKIE = "atom_token"


@dataclasses.dataclass(slots=True)
class Request:
    method: str
    path: str
    headers: dict[bytes, bytes]
    query: dict[str, str]
    body: bytes
    client: str

    @classmethod
    def of(cls, scope: dict[str, t.Any], body: bytes) -> Request:
        query = dict(urllib.parse.parse_qsl(scope["query_string"].decode("ascii", "replace")))
        client = (scope.get("client") or ("", 0))[0]
        return cls(scope["method"], scope["path"], dict(scope["headers"]), query, body, client)

    def header(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def token(self) -> str | None:
        """The token that is sent along. Raises Refused.

        A cookie stands in for the header, but then the request must come from a page that is allowed to; the words of
        that refusal are the sandbox's.
        """
        header = self.header(b"authorization")
        if header:
            scheme, blank, token = header.partition(" ")
            if scheme != "Bearer" or not blank:
                raise unauthenticated("Authorization header must use Bearer")
            return token
        cookies = dict(part.strip().partition("=")[::2] for part in self.header(b"cookie").split(";"))
        if cookies.get(COOKIE) and not self.header(b"origin"):
            raise Refused("origin is not allowed", 403)
        return cookies.get(COOKIE)


@dataclasses.dataclass(slots=True)
class Reply:
    """An answer; without a content type there is none."""

    status: int
    body: bytes = b""
    content_type: str | None = None
    headers: dict[str, str] = dataclasses.field(default_factory=dict)

    def raw_headers(self) -> list[tuple[bytes, bytes]]:
        told = {"content-length": str(len(self.body)), **self.headers}
        if self.content_type:
            told["content-type"] = self.content_type
        return [(name.encode(), value.encode()) for name, value in told.items()]


def json_reply(status: int, content: t.Any, **headers: str) -> Reply:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Reply(status, text.encode(), JSON, headers)


def text_reply(status: int, text: str, content_type: str | None = TEXT) -> Reply:
    return Reply(status, text.encode(), content_type)


def refusal_reply(refusal: Refused) -> Reply:
    """A refusal outside of GraphQL."""
    reply = json_reply(refusal.status, {"error": refusal.text})
    if refusal.retry_after is not None:
        reply.headers["retry-after"] = str(refusal.retry_after)
    return reply
