# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The schema, of v0.40 or of newer servers, made from the files in ``schema/``."""

from __future__ import annotations

import functools
import pathlib
import typing as t

from graphql import GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, build_schema, get_nullable_type

from .call import RESOLVERS, moment, snake

FOLDER = pathlib.Path(__file__).with_name("schema")
LEFT_OUT = {False: "# newer", True: "# v0.40 only"}


@functools.cache
def schema(newer: bool) -> GraphQLSchema:
    """The schema with Python's names for arguments.

    Root fields may be null here: the real server keeps what the other fields of a request gave where one fails.
    """
    text = "\n".join(path.read_text() for path in sorted(FOLDER.glob("*.graphql")))
    built = build_schema("\n".join(line for line in text.splitlines() if not line.endswith(LEFT_OUT[newer])))
    for kind in built.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            for name, member in kind.fields.items():
                member.out_name = snake(name)
        elif isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for field in kind.fields.values():
                for name, argument in field.args.items():
                    argument.out_name = snake(name)
    for root in (built.query_type, built.mutation_type):
        for name, field in root.fields.items() if root else ():
            field.resolve = functools.partial(resolve_root, RESOLVERS[name])
            field.type = get_nullable_type(field.type)
    return built


def resolve_root(resolver: t.Callable[..., t.Any], root: None, info: t.Any, **arguments: t.Any) -> t.Any:
    return resolver(info.context, **arguments)


def resolve_member(parent: t.Any, info: t.Any) -> t.Any:
    """A member of what an operation gave; times as GraphQL shows them."""
    name = snake(info.field_name)
    value = parent.get(name) if isinstance(parent, dict) else getattr(parent, name)
    return moment(value, "+00:00") if name.endswith("_at") and isinstance(value, int) else value
