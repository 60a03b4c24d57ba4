# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``POST /graphql``: the envelope around a request."""

from __future__ import annotations

import json
import typing as t

from .bodies import json_fault
from .call import Call
from .errors import Refused
from .execution import Refusal, chosen, parsed, refused, run
from .http import Reply, Request, json_reply, text_reply
from .sessions import authenticate

if t.TYPE_CHECKING:
    from .system import Atom


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
    note(system, asked)
    return json_reply(200, run(call, asked.get("query", ""), asked.get("variables") or {}, asked.get("operationName")))


def note(system: Atom, asked: dict[str, t.Any]) -> None:
    """Keep what is asked for, for whoever wants to know what a client did."""
    try:
        operation = chosen(parsed(asked.get("query", "")), asked.get("operationName"))
    except Refusal:
        return
    fields = [node.name.value for node in operation.selection_set.selections if hasattr(node, "name")]
    system.operations.append({"kind": operation.operation.value, "fields": fields})
