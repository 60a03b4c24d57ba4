# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated Atom reads real GraphQL, and answers in the real server's words."""

from __future__ import annotations

import typing as t

import pytest
import requests

from sandbox.atom import Atom
from sandbox.server import running
from unit.sandbox.atom_api import ADMIN_ID, Api


@pytest.fixture(scope="module")
def api() -> t.Iterator[Api]:
    with running(Atom()) as sandbox:
        yield Api(sandbox)


def test_fragments_directives_aliases_and_defaults(api: Api) -> None:
    query = """
        query Q($id: ID!, $few: Int = 1, $whole: Boolean!) {
          me: entity(id: $id) { ...Names kind @skip(if: $whole) ... on Entity { status } }
          list: entities(limit: $few) { items { id @include(if: $whole) __typename } }
        }
        fragment Names on Entity { name alias }
    """
    answer = api.ask(query, id=ADMIN_ID, whole=True)
    assert answer["data"]["me"] == {"name": "admin", "alias": None, "status": "active"}
    assert answer["data"]["list"]["items"] == [{"id": ADMIN_ID, "__typename": "Entity"}]


def test_literals_are_checked_as_variables_are(api: Api) -> None:
    text = 'Invalid value for argument "input", unknown field "email" of type "CreateEntityInput"'
    assert api.error('mutation { createEntity(input: {name: "x", email: "x@example.com"}) { id } }') == text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("{ entity { id } }", 'Field "entity" argument "id" of type "QueryRoot" is required but not provided'),
        (
            '{ entity(id: "x", tenant: "y") { id } }',
            'Unknown argument "tenant" on field "entity" of type "QueryRoot".',
        ),
        ("{ entities(limit: true) { total } }", 'Invalid value for argument "limit", expected type "Int"'),
        (
            '{ entities(kind: "person") { total } }',
            'Invalid value for argument "kind", enumeration type "EntityKind" does not contain the value "person"',
        ),
        (
            "mutation { createAccessToken(input: {name: 5, permissions: []}) { token } }",
            'Invalid value for argument "input.name", expected type "String"',
        ),
        (
            'mutation { createAccessToken(input: {name: "x", permissions: [{actions: "read"}]}) { token } }',
            (
                'Invalid value for argument "input.permissions.0", field "scopeMode" of type "String!" '
                "is required but not provided"
            ),
        ),
        ("{ entity(id: null) { id } }", 'Invalid value for argument "id", expected type "ID"'),
    ],
)
def test_what_does_not_fit_the_schema_is_refused(api: Api, query: str, text: str) -> None:
    assert api.error(query) == text


def test_the_schema_is_checked_before_the_token(api: Api) -> None:
    assert "Unknown field" in api.error("{ nothing }", token=None)
    assert api.error("{ entities { total } }", token=None) == "missing authentication"
    assert api.error("{ nothing }", token="nonsense") == "invalid token: InvalidToken"


def test_every_unknown_field_is_told(api: Api) -> None:
    answer = api.ask("{ nothing entities { items { shape } } }")
    assert [error["message"] for error in answer["errors"]] == [
        'Unknown field "nothing" on type "QueryRoot".',
        'Unknown field "shape" on type "Entity".',
    ]


def test_mutations_of_a_request_run_in_order_and_none_is_undone(api: Api) -> None:
    query = """mutation {
      one: createEntity(input: {kind: human, name: "order"}) { name }
      two: createEntity(input: {kind: human, name: "order"}) { name }
      three: createEntity(input: {kind: human, name: "order-2"}) { name }
    }"""
    answer = api.ask(query)
    assert answer["data"] == {"one": {"name": "order"}, "three": {"name": "order-2"}}
    assert [(error["message"], error["path"]) for error in answer["errors"]] == [("already exists", ["two"])]


def test_no_data_where_every_field_fails(api: Api) -> None:
    answer = api.ask('mutation { a: restoreEntity(id: "x") b: purgeEntity(id: "x") }')
    assert answer["data"] is None
    assert [error["path"] for error in answer["errors"]] == [["a"], ["b"]]


def test_size_is_limited_by_fields_and_by_depth(api: Api) -> None:
    names = " ".join(f"a{number}: name" for number in range(998))
    assert api.ask(f"{{ entities {{ items {{ {names} }} }} }}").keys() == {"data"}
    assert api.error(f"{{ entities {{ items {{ {names} more: name }} }} }}") == "Query is too complex."
    deep = '{ __type(name: "Entity") { ' + "ofType { " * 20 + "name" + " }" * 21 + " }"
    assert api.error(deep) == "Query is nested too deep."


def test_fragments_count_where_they_are_used(api: Api) -> None:
    names = " ".join(f"a{number}: name" for number in range(600))
    query = (
        "{ a: entities { items { ...N } } b: entities { items { ...N } } } fragment N on Entity { "
        f"{names} }}"
    )
    assert api.error(query) == "Query is too complex."


def test_attributes_come_back_with_sorted_keys(api: Api) -> None:
    attributes = {"zeta": 1, "alpha": {"b": [2, {"z": 1, "a": 2}], "a": None}, "m": 1.0}
    id = api.create("sorted", **attributes)
    query = {"query": "query G($id: ID!) { entity(id: $id) { attributes } }", "variables": {"id": id}}
    text = api.http("POST", "/graphql", query).text
    assert '"attributes":{"alpha":{"a":null,"b":[2,{"a":2,"z":1}]},"m":1.0,"zeta":1}' in text


@pytest.mark.parametrize("body", ["", "{", "[]", '{"query": 5}'])
def test_a_body_that_is_no_request(api: Api, body: str) -> None:
    answer = requests.post(api.url + "/graphql", data=body, timeout=10)
    assert (answer.status_code, answer.headers.get("Content-Type")) == (400, None)
