# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a request must be before it is carried out, in the words of the library that the real server uses."""

from __future__ import annotations

import typing as t

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    ValidationContext,
    ValidationRule,
    VariableNode,
    is_required_argument,
    is_required_input_field,
    specified_rules,
    value_from_ast_untyped,
)
from graphql.validation import (
    FieldsOnCorrectTypeRule,
    KnownArgumentNamesRule,
    ProvidedRequiredArgumentsRule,
    ScalarLeafsRule,
    ValuesOfCorrectTypeRule,
)

REPLACED = (FieldsOnCorrectTypeRule, KnownArgumentNamesRule, ProvidedRequiredArgumentsRule, ValuesOfCorrectTypeRule)
OTHERS: tuple[t.Any, ...] = tuple(rule for rule in specified_rules if rule not in (*REPLACED, ScalarLeafsRule))
INTEGERS = (-(2**31), 2**31 - 1)

Variables = dict[str, t.Any]


def rules(variables: Variables) -> list[type[ValidationRule]]:
    """Everything that is checked; arguments are checked with the values of the variables."""

    class Fields(ValidationRule):
        """Fields and their arguments are known, and the arguments' values fit."""

        context: ValidationContext

        def enter_field(self, node: FieldNode, *dummy: t.Any) -> None:
            parent = self.context.get_parent_type()
            if parent is None:
                return
            field = self.context.get_field_def()
            if field is None:
                self.report(f'Unknown field "{node.name.value}" on type "{parent.name}".', node)
                return
            given = {argument.name.value: argument for argument in node.arguments or ()}
            for name, argument in given.items():
                if name not in field.args:
                    what = f'Unknown argument "{name}" on field "{node.name.value}" of type "{parent.name}".'
                    self.report(what, argument)
                    continue
                value = value_of(argument, variables)
                reason = None if value is Undefined else misfit(field.args[name].type, value, name)
                if reason:
                    self.report(f"Invalid value for argument {reason}", argument)
            for name, wanted in field.args.items():
                if name not in given and is_required_argument(wanted):
                    what = f'Field "{node.name.value}" argument "{name}" of type "{parent.name}"'
                    self.report(f"{what} is required but not provided", node)

        def report(self, text: str, node: FieldNode | ArgumentNode) -> None:
            self.report_error(GraphQLError(text, node))

    return [Fields, ScalarLeafsRule, *OTHERS]


def value_of(argument: ArgumentNode, variables: Variables) -> t.Any:
    """The plain value of an argument, Undefined for a variable without one."""
    if isinstance(argument.value, VariableNode):
        return variables.get(argument.value.name.value, Undefined)
    return value_from_ast_untyped(argument.value, variables)


def misfit(kind: t.Any, value: t.Any, path: str) -> str | None:
    """Why a value is no good for a type, with the quoted path to the part that is not; None where it fits."""
    if isinstance(kind, GraphQLNonNull):
        return f'"{path}", expected type "{kind.of_type}"' if value is None else misfit(kind.of_type, value, path)
    if value is None:
        return None
    if isinstance(kind, GraphQLList):
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        found = (misfit(kind.of_type, item, path if i is None else f"{path}.{i}") for i, item in items)
        return next((reason for reason in found if reason), None)
    if isinstance(kind, GraphQLInputObjectType):
        return object_misfit(kind, value, path)
    if isinstance(kind, GraphQLEnumType) and isinstance(value, str):
        if value in kind.values:
            return None
        return f'"{path}", enumeration type "{kind.name}" does not contain the value "{value}"'
    return None if scalar_fits(kind, value) else f'"{path}", expected type "{kind.name}"'


def scalar_fits(kind: GraphQLNamedType, value: t.Any) -> bool:
    """Whether a value is of the right sort; whether a number is too large is found out later."""
    if kind.name == "JSON":
        return True
    if kind.name == "Int":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind.name == "ID":
        return isinstance(value, str | int) and not isinstance(value, bool)
    return isinstance(value, bool if kind.name == "Boolean" else str) and not isinstance(kind, GraphQLEnumType)


def object_misfit(kind: GraphQLInputObjectType, value: t.Any, path: str) -> str | None:
    if not isinstance(value, dict):
        return f'"{path}", expected type "{kind.name}"'
    for name, member in kind.fields.items():
        if name in value:
            reason = misfit(member.type, value[name], f"{path}.{name}")
            if reason:
                return reason
        elif is_required_input_field(member):
            return f'"{path}", field "{name}" of type "{member.type}" is required but not provided'
    unknown = [name for name in value if name not in kind.fields]
    return f'"{path}", unknown field "{unknown[0]}" of type "{kind.name}"' if unknown else None


def late_error(
    operation: OperationDefinitionNode, fields: dict[str, t.Any], variables: Variables
) -> GraphQLError | None:
    """What the real server finds out only while it carries out a root field: a missing variable, a number too large."""
    optional = {
        d.variable.name.value
        for d in operation.variable_definitions or ()
        if d.default_value or d.type.kind != "non_null_type"
    }
    nodes = [node for node in operation.selection_set.selections if isinstance(node, FieldNode)]
    for node, argument in [(one, argument) for one in nodes for argument in one.arguments or ()]:
        path = [node.alias.value if node.alias else node.name.value]
        value = value_of(argument, variables)
        name = argument.value.name.value if isinstance(argument.value, VariableNode) else ""
        if value is Undefined and name not in optional:
            return GraphQLError(f"Variable {name} is not defined.", argument.value, path=path)
        kind = fields[node.name.value].args[argument.name.value].type if node.name.value in fields else ""
        if str(kind).startswith("Int") and isinstance(value, int) and not INTEGERS[0] <= value <= INTEGERS[1]:
            text = "Only integers from {} to {} are accepted.".format(*INTEGERS)
            return GraphQLError(f'Failed to parse "Int": {text}', argument.value, path=path)
    return None


def size(document: DocumentNode, selected: SelectionSetNode) -> tuple[int, int]:
    """How many fields are selected, and how deep; fragments count where they are used."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    count, depth = 0, 0
    for node in selected.selections:
        if isinstance(node, FieldNode):
            below = size(document, node.selection_set) if node.selection_set else (0, 0)
            below = (1 + below[0], 1 + below[1])
        elif isinstance(node, FragmentSpreadNode):
            below = size(document, fragments[node.name.value].selection_set)
        else:
            below = size(document, t.cast(InlineFragmentNode, node).selection_set)
        count, depth = count + below[0], max(depth, below[1])
    return count, depth
