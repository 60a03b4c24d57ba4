# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``POST /graphql``: the envelope around a request."""

from __future__ import annotations

import json
import typing as t

from graphql import FieldNode

from .bodies import json_fault
from .call import Call
from .errors import Refused
from .execution import Refusal, chosen, parsed, refused, run
from .http import Reply, Request, json_reply, text_reply
from .sessions import authenticate

if t.TYPE_CHECKING:
    from .system import Atom

SESSION = {"login", "logout", "refreshSession", "refreshToken"}


def answer(system: Atom, request: Request) -> Reply:
    """The Content-Type of a request is not looked at; a token that is no good spoils everything."""
    text = request.body.decode("utf-8", "replace")
    try:
        asked = json.loads(text)
    except ValueError:
        what, line, column = json_fault(text)
        return text_reply(400, f'InvalidRequest(Error("{what}", line: {line}, column: {column}))', None)
    if isinstance(asked, list):
        return text_reply(400, "UnsupportedBatch", None)
    if not (isinstance(asked, dict) and isinstance(asked.get("query", ""), str)):
        return text_reply(400, 'InvalidRequest(Error("invalid type", line: 1, column: 0))', None)
    try:
        token = request.token
        call = Call(system) if token is None else authenticate(system, token)
    except Refused as refusal:
        return json_reply(200, refused(Call(system), refusal))
    content = run(call, asked.get("query", ""), asked.get("variables") or {}, asked.get("operationName"))
    return json_reply(200, content)


def operation_of(body: bytes) -> str:
    """What a request asks for, for the journal: ``#mutation createEntity createPassword``.

    Empty where that cannot be told; ``#session`` where it only signs in or out.
    """
    try:
        asked = json.loads(body)
        operation = chosen(parsed(asked["query"]), asked.get("operationName"))
    except (Refusal, TypeError, KeyError, ValueError):
        return ""
    fields = [node.name.value for node in operation.selection_set.selections if isinstance(node, FieldNode)]
    kind = "session" if SESSION.issuperset(fields) else operation.operation.value
    return " ".join([f"#{kind}", *fields])
