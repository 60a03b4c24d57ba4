# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What headers can carry, and what a failed answer says: the server's own words, and what its status means. Pure."""

from __future__ import annotations

import json
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    AuthenticationFailed,
    BadAnswer,
    InputError,
    NotFound,
    PermissionDenied,
    Rejected,
    ServerFailed,
)
from ansible_collections.people.lifecycle.plugins.module_utils._http.wire import Answer

CARRIED_BY_HEADERS = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?|")


def check_headers(system: str, headers: t.Mapping[str, str]) -> None:
    """Raise InputError for what HTTP cannot carry, before anything is sent."""
    for name, value in headers.items():
        if not CARRIED_BY_HEADERS.fullmatch(value):
            raise InputError(
                f"{system}: the header {name} would hold a character that HTTP headers cannot carry.",
                hint=(
                    "Is there a line break, a blank at an end or a letter outside ASCII in the credentials or the "
                    "session?"
                ),
            )


def json_body(system: str, method: str, path: str, value: t.Any) -> bytes:
    """``value`` as it is sent; raises InputError for one that JSON cannot carry."""
    try:
        return json.dumps(value, allow_nan=False).encode()
    except (TypeError, ValueError):
        raise InputError(f"{system}: {method} {path} would hold a value that JSON cannot carry.") from None


def plain_words(answer: Answer) -> str:
    """The body when it is one plain sentence; nothing of HTML pages."""
    text = answer.text.strip()
    return "" if text.startswith(("<", "{", "[")) else text


def json_object(answer: Answer) -> dict[str, t.Any]:
    """The JSON object in the body, empty when there is none."""
    try:
        parsed = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def text_of(value: t.Any) -> str:
    return value if isinstance(value, str) else ""


def error_for(status: int) -> type[ApiError]:
    """The kind of error that a status means, where it leaves no doubt about a write."""
    if status == 429 or status >= 500:
        return ServerFailed
    return {401: AuthenticationFailed, 403: PermissionDenied, 404: NotFound}.get(
        status, Rejected if 400 <= status < 500 else BadAnswer
    )


def is_html(answer: Answer) -> bool:
    """Whether the body is a web page, of a proxy or a login form perhaps."""
    return "html" in answer.content_type or answer.body.lstrip()[:9].lower() in (b"<!doctype", b"<html>")
