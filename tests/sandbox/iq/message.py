# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A request as the endpoints see it, their answers, and refusals."""

from __future__ import annotations

import dataclasses
import html
import json
import typing as t
import urllib.parse

Header = tuple[bytes, bytes]
NO_CONTENT = 204
JSON_TYPE = (b"content-type", b"application/json")


class Refusal(Exception):
    """An error answer; ``message`` is a plain sentence, as in the vendor's documentation."""

    def __init__(self, status: int, message: str, headers: tuple[Header, ...] = ()) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers


@dataclasses.dataclass(frozen=True, slots=True)
class Caller:
    """Whom the request's credentials belong to."""

    realm: str
    username: str


@dataclasses.dataclass(slots=True)
class Request:
    """One request below ``/api/v2``; ``parts`` are the decoded variable segments of the path."""

    caller: Caller
    parts: list[str]
    query: dict[str, list[str]]
    headers: dict[bytes, bytes]
    body: bytes

    def parameter(self, name: str) -> str | None:
        values = self.query.get(name)
        return values[0] if values else None

    def json(self) -> t.Any:
        """The body; raises Refusal where it is not JSON or not declared as JSON."""
        kind = self.headers.get(b"content-type", b"").split(b";")[0].strip().lower()
        if kind != b"application/json":
            raise Refusal(415, "HTTP 415 Unsupported Media Type")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise Refusal(400, "Unable to process JSON") from None

    def json_object(self) -> dict[str, t.Any]:
        data = self.json()
        if not isinstance(data, dict):
            raise Refusal(400, "Unable to process JSON")
        return data


@dataclasses.dataclass(slots=True)
class Answer:
    status: int
    headers: list[Header]
    body: bytes = b""


def ok(data: t.Any) -> Answer:
    return Answer(200, [JSON_TYPE], json.dumps(data).encode())


def no_content() -> Answer:
    return Answer(NO_CONTENT, [])


def refused(refusal: Refusal, form: str) -> Answer:
    """The refusal in the form that the switch ``error_body`` asks for."""
    if form == "empty":
        kind, body = "", b""
    elif form == "json":
        kind, body = "application/json", json.dumps({"code": refusal.status, "message": refusal.message}).encode()
    elif form == "html":
        page = f"<html><title>Error {refusal.status}</title><body>{html.escape(refusal.message)}</body></html>"
        kind, body = "text/html;charset=iso-8859-1", page.encode(errors="replace")
    else:
        kind, body = "text/plain", refusal.message.encode(errors="replace")
    headers = [(b"content-type", kind.encode())] if kind else []
    return Answer(refusal.status, [*headers, *refusal.headers], body)


def text(data: dict[str, t.Any], name: str, default: str) -> str:
    """A property that is a string, or missing or null: then ``default``."""
    value = data.get(name)
    if value is None:
        return default
    if not isinstance(value, str):
        raise Refusal(400, f"The property {name} must be a string.")
    return value


def required(data: dict[str, t.Any], name: str) -> str:
    value = text(data, name, "")
    if not value:
        raise Refusal(400, f"The property {name} is required.")
    return value


def parse_query(raw: bytes) -> dict[str, list[str]]:
    return urllib.parse.parse_qs(raw.decode("ascii", "replace"), keep_blank_values=True) if raw else {}


def decode_segment(segment: str) -> str:
    """Percent-decoding once; ``+`` is not a space in a path. Raises Refusal where the bytes are not UTF-8."""
    if "%" not in segment:
        return segment
    try:
        return urllib.parse.unquote(segment, errors="strict")
    except UnicodeDecodeError:
        raise Refusal(400, "Bad Request") from None
