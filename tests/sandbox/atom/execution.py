# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""GraphQL requests: from the text to the answer, with errors as the real server writes them."""

from __future__ import annotations

import typing as t
import uuid

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    execute_sync,
    parse,
    validate,
)

from .call import Call
from .errors import Refused
from .rules import Variables, late_error, rules, size
from .schema import resolve_member, schema

Answer = dict[str, t.Any]


class Refusal(Exception):
    """A request that is not carried out at all."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__(*(error.message for error in errors))
        self.errors = errors


def run(call: Call, query: str, variables: Variables, name: str | None) -> Answer:
    """Carry out one request."""
    errors: t.Sequence[GraphQLError]
    try:
        document = parsed(query)
        operation = chosen(document, name)
        check(call, document, operation, variables)
        data, errors = carried_out(call, document, operation, variables)
    except Refusal as refusal:
        data, errors = None, refusal.errors
    told = [error_of(call, error) for error in errors]
    return {"data": data} | ({"errors": told} if told else {})


def error_of(call: Call, error: GraphQLError) -> Answer:
    """An error of the answer: text, place, path, and on newer servers a code."""
    told: Answer = {"message": error.message}
    if error.locations:
        told["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        told["path"] = error.path
    return told | extensions(call, error.original_error or Refused(error.message))


def extensions(call: Call, cause: Exception) -> Answer:
    if not call.switches.tells_codes:
        return {}
    told = cause.extensions if isinstance(cause, Refused) else {"code": "INTERNAL", "retryable": False}
    return {"extensions": told | {"requestId": str(uuid.uuid4())}}


def refused(call: Call, refusal: Refused) -> Answer:
    """The answer to a request that fails before it is looked at, because of its token for instance."""
    return {"data": None, "errors": [{"message": refusal.text} | extensions(call, refusal)]}


def parsed(query: str) -> DocumentNode:
    try:
        return parse(query)
    except GraphQLSyntaxError as error:
        raise Refusal(syntax_error(query, error)) from None


def syntax_error(query: str, error: GraphQLSyntaxError) -> GraphQLError:
    """The picture that the real server's parser draws; what it expects is told for the end of a selection only."""
    place = (error.locations or [])[0]
    line = query.splitlines()[place.line - 1] if query else ""
    wanted = error.description.removeprefix("Syntax Error: ")
    if wanted == "Expected Name, found <EOF>.":
        wanted = "expected selection_set, selection, directive, or arguments"
    edge = " " * len(str(place.line))
    picture = [
        f"{edge}--> {place.line}:{place.column}",
        f"{edge} |",
        f"{place.line} | {line}",
        f"{edge} | {' ' * (place.column - 1)}^---",
        f"{edge} |",
        f"{edge} = {wanted}",
    ]
    return GraphQLError("\n".join(picture), source=error.source, positions=error.positions)


def chosen(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if name is not None:
        named = [o for o in operations if o.name and o.name.value == name]
        if not named:
            raise Refusal(GraphQLError(f'Unknown operation named "{name}"'))
        return named[0]
    if len(operations) != 1:
        raise Refusal(GraphQLError("Operation name required in request."))
    return operations[0]


def check(call: Call, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables) -> None:
    """Raises Refusal for what does not fit the schema, is too large, or lacks a variable."""
    known = schema(call.switches.newer)
    errors = validate(known, document, rules(variables))
    if errors:
        raise Refusal(*errors)
    count, depth = size(document, operation.selection_set)
    if depth > call.switches.depth:
        raise Refusal(GraphQLError("Query is nested too deep."))
    if count > call.switches.complexity:
        raise Refusal(GraphQLError("Query is too complex."))
    root = known.get_root_type(operation.operation)
    late = late_error(operation, root.fields if root else {}, variables)
    if late:
        raise Refusal(late)


def carried_out(
    call: Call, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables
) -> tuple[Answer | None, t.Sequence[GraphQLError]]:
    """What the root fields give. One that fails is left out; where all fail there is no data."""
    name = operation.name.value if operation.name else None
    result = execute_sync(
        schema(call.switches.newer),
        document,
        context_value=call,
        variable_values=variables,
        operation_name=name,
        field_resolver=resolve_member,
    )
    errors = result.errors or []
    failed = {error.path[0] for error in errors if error.path}
    data = {key: value for key, value in (result.data or {}).items() if key not in failed}
    if not call.switches.introspection:
        data |= dict.fromkeys(introspected(operation))
    return data or None, errors


def introspected(operation: OperationDefinitionNode) -> list[str]:
    """The keys under which a request asks for the schema."""
    nodes = [node for node in operation.selection_set.selections if isinstance(node, FieldNode)]
    asked = [node for node in nodes if node.name.value in ("__schema", "__type")]
    return [node.alias.value if node.alias else node.name.value for node in asked]
