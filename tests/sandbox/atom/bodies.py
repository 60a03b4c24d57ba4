# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON bodies of the REST calls, refused in the words of the real server's libraries."""

from __future__ import annotations

import json
import re
import typing as t
import uuid

from .errors import Refused

PREFIX = "Failed to deserialize the JSON body into the target type: "
KINDS = ("password", "access_token", "certificate", "shared_key")

Ends = dict[str, tuple[int, int]]


class BadBody(Refused):
    """A body that cannot be read; answered as plain text."""


def json_fault(text: str) -> tuple[str, int, int]:
    """What is wrong with a text that is no JSON, and where."""
    end = text.count("\n") + 1, len(text) - text.rfind("\n") - 1
    if not text.strip():
        return "EOF while parsing a value", *end
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()):
            return "EOF while parsing " + ("an object" if text.lstrip().startswith("{") else "a list"), *end
        return "expected value", error.lineno, error.colno
    return "trailing characters", *end


def places(text: str) -> Ends:
    """Where each key and each value of a flat object ends, as columns."""
    ends: Ends = {}
    decoder = json.JSONDecoder()
    at = after_blanks(text, text.index("{") + 1)
    while text[at] != "}":
        key, key_end = decoder.raw_decode(text, at)
        at = after_blanks(text, text.index(":", key_end) + 1)
        dummy, at = decoder.raw_decode(text, at)
        ends[key] = (key_end, at)
        at = after_blanks(text, at)
        if text[at] == ",":
            at = after_blanks(text, at + 1)
    return ends


def after_blanks(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())


def fields(
    body: bytes, required: t.Sequence[str], optional: t.Sequence[str] = (), strict: bool = False
) -> dict[str, t.Any]:
    """The members of a body. Raises BadBody.

    :param strict: unknown members are refused.
    """
    text = body.decode("utf-8", "replace")
    try:
        content = json.loads(text)
    except ValueError:
        what, line, column = json_fault(text)
        raise BadBody(f"Failed to parse the request body as JSON: {what} at line {line} column {column}") from None
    if not isinstance(content, dict):
        raise BadBody(f"{PREFIX}invalid type: expected a map at line 1 column {len(text)}", 400)
    ends = places(text)
    for name, value in content.items():
        reason = fault_of(name, value, required, optional, strict)
        if reason:
            column = ends[name][0 if reason.startswith("unknown field") else 1]
            raise unprocessable(f"{name}: {reason}", column)
    missing = [name for name in required if name not in content]
    if missing:
        raise unprocessable(f"missing field `{missing[0]}`", len(text))
    return content


def unprocessable(reason: str, column: int) -> BadBody:
    error = BadBody(f"{PREFIX}{reason} at line 1 column {column}", 400)
    error.status = 422
    return error


def fault_of(name: str, value: t.Any, required: t.Sequence[str], optional: t.Sequence[str], strict: bool) -> str | None:
    """Why one member cannot be read, None where it can."""
    if name not in (*required, *optional):
        known = ", ".join(f"`{known}`" for known in (*required, *optional))
        return f"unknown field `{name}`, expected one of {known}" if strict else None
    if name == "attributes" or (name in optional and value is None):
        return None
    if not isinstance(value, str):
        return f"invalid type: {described(value)}, expected a string"
    if name == "kind" and value not in KINDS:
        return f"unknown variant `{value}`, expected one of " + ", ".join(f"`{kind}`" for kind in KINDS)
    return uuid_fault(value) if name == "tenant_id" else None


def uuid_fault(text: str) -> str | None:
    try:
        uuid.UUID(text)
    except ValueError:
        wrong = re.search(r"[^0-9a-fA-F-]", text)
        if wrong:
            return f"UUID parsing failed: invalid character: found `{wrong[0]}` at {wrong.start() + 1}"
        return f"UUID parsing failed: invalid length: expected length 32 for simple format, found {len(text)}"
    return None


def described(value: t.Any) -> str:
    """A value that is no string, as the real server's library names it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"boolean `{str(value).lower()}`"
    if isinstance(value, int):
        return f"integer `{value}`"
    if isinstance(value, float):
        return f"floating point `{value}`"
    return "map" if isinstance(value, dict) else "sequence"
