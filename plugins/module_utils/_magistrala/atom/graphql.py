# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""GraphQL as Atom speaks it: one request for several calls, and what the errors in an answer mean. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    AuthenticationFailed,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    Rejected,
    ServerFailed,
)
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import text_of

TYPES = {
    "currentPassword": "String!",
    "deleted": "DeletedFilter",
    "kind": "EntityKind",
    "limit": "Int",
    "newPassword": "String!",
    "offset": "Int",
    "password": "String!",
    "q": "String",
    "status": "String",
    "subjectKind": "SubjectKind",
}
SERVER_FAILURES = ("database error", "internal error")
NO_TOKEN = ("missing authentication", "malformed api key", "Authorization header must use Bearer")
BAD_TOKEN = ("invalid token", "session ", "entity is not active", "tenant is not active", "invalid api key", "api key ")


class UnknownField(Rejected):
    """The schema of this server has no such operation, field or argument: it is of another version."""


class Call(t.NamedTuple):
    """One operation with its arguments, and what is selected of its answer."""

    field: str
    arguments: t.Mapping[str, t.Any] = {}
    selection: str = ""


def type_of(field: str, argument: str) -> str:
    """The GraphQL type of an argument; the type of an ``input`` is named for its operation."""
    if argument == "input":
        return f"{field[0].upper()}{field[1:]}Input!"
    return TYPES.get(argument, "ID!")


def request_of(kind: str, calls: t.Sequence[Call]) -> dict[str, t.Any]:
    """The body of one request that makes ``calls`` in order; answers are under ``r0``, ``r1`` and so on."""
    variables: dict[str, t.Any] = {}
    declared, fields = [], []
    for at, call in enumerate(calls):
        passed = []
        for name, value in call.arguments.items():
            variable = f"r{at}_{name}"
            variables[variable] = value
            declared.append(f"${variable}: {type_of(call.field, name)}")
            passed.append(f"{name}: ${variable}")
        arguments = f"({', '.join(passed)})" if passed else ""
        fields.append(f"r{at}: {call.field}{arguments} {call.selection}".strip())
    head = f"{kind} ({', '.join(declared)})" if declared else kind
    return {"query": f"{head} {{ {' '.join(fields)} }}", "variables": variables}


def kind_of(text: str, code: str, early: bool, wrote: bool) -> type[ApiError]:
    """The kind of error; by its ``code`` where the server gives one, else by its ``text``.

    ``early`` says that nothing was carried out: a token that is no good is told before any operation.
    """
    if code == "UNAUTHENTICATED" or (early and text.startswith((*NO_TOKEN, *BAD_TOKEN))):
        return AuthenticationFailed
    if text.startswith("Unknown field ") or ", unknown field " in text:
        return UnknownField
    if code == "FORBIDDEN" or text == "forbidden":
        return PermissionDenied
    if code == "NOT_FOUND" or text.endswith("not found"):
        return NotFound
    if code == "RATE_LIMITED" or text == "rate limit exceeded":
        return ServerFailed
    if code in ("INTERNAL", "SERVICE_UNAVAILABLE") or text in SERVER_FAILURES:
        return OutcomeUnknown if wrote else ServerFailed
    return Rejected


def first_error(content: t.Mapping[str, t.Any], calls: t.Sequence[Call], wrote: bool) -> ApiError | None:
    """The first error in an answer, None where there is none."""
    errors = content.get("errors")
    if not isinstance(errors, list) or not errors:
        return None
    error = errors[0] if isinstance(errors[0], dict) else {}
    extensions = error.get("extensions")
    text = text_of(error.get("message"))
    code = text_of(extensions.get("code")) if isinstance(extensions, dict) else ""
    path = error.get("path")
    position = path[0][1:] if isinstance(path, list) and path and isinstance(path[0], str) else ""
    at = int(position) if position.isdecimal() and int(position) < len(calls) else None
    what = calls[0 if at is None else at].field
    return kind_of(text, code, at is None, wrote)(
        f"Magistrala: {what} was answered: {text or 'an error without a text'}.",
        method="POST",
        path="/graphql",
        status=200,
        words=text,
        codes=(code,) if code else (),
    )
