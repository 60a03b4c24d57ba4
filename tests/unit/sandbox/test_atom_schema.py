# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated Atom's schema is that of the real server, as far as it goes."""

from __future__ import annotations

import os
import pathlib

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, build_schema

from sandbox.atom.schema import FOLDER, LEFT_OUT, schema

ROOT = pathlib.Path(__file__).resolve().parents[3]
SHARED = pathlib.Path(os.environ.get("LIFECYCLE_SHARED") or ROOT.parent / "shared")
INTERFACE = SHARED / "specs" / "magistrala-atom-v0.40.graphql"


def members(known: GraphQLSchema) -> dict[str, str]:
    """Every field, argument, input and enum value with its type, by its full name."""
    found: dict[str, str] = {}
    for name, kind in known.type_map.items():
        if name.startswith("__"):
            continue
        if isinstance(kind, GraphQLObjectType):
            for field_name, field in kind.fields.items():
                found[f"{name}.{field_name}"] = str(field.type)
                found |= {f"{name}.{field_name}({a})": str(argument.type) for a, argument in field.args.items()}
        elif isinstance(kind, GraphQLInputObjectType):
            found |= {f"{name}.{member}": str(field.type) for member, field in kind.fields.items()}
        elif isinstance(kind, GraphQLEnumType):
            found |= {f"{name}.{value}": name for value in kind.values}
    return found


def text(newer: bool) -> str:
    lines = "\n".join(path.read_text() for path in sorted(FOLDER.glob("*.graphql"))).splitlines()
    return "\n".join(line for line in lines if not line.endswith(LEFT_OUT[newer]))


def test_v040_has_nothing_that_the_real_schema_lacks_or_has_otherwise() -> None:
    if not INTERFACE.is_file():
        pytest.skip("no interface of the real server here (LIFECYCLE_SHARED, or ../shared beside the project)")
    real, ours = members(build_schema(INTERFACE.read_text())), members(build_schema(text(newer=False)))
    assert {name: kind for name, kind in ours.items() if real.get(name) != kind} == {}


def test_types_that_are_there_are_whole() -> None:
    if not INTERFACE.is_file():
        pytest.skip("no interface of the real server here (LIFECYCLE_SHARED, or ../shared beside the project)")
    real, ours = members(build_schema(INTERFACE.read_text())), members(build_schema(text(newer=False)))
    types = {name.split(".")[0] for name in ours} - {"QueryRoot", "MutationRoot", "SystemStatus", "Action"}
    missing = {name for name in real if name.split(".")[0] in types} - ours.keys()
    assert missing == set()


def test_newer_servers_have_other_fields() -> None:
    older, newer = members(schema(False)), members(schema(True))
    assert older.keys() - newer.keys() == {"Entity.parentGroupId"}
    assert {
        "MutationRoot.changeOwnPassword",
        "QueryRoot.entities(id)",
        "Entity.externalId",
    } <= newer.keys() - older.keys()
