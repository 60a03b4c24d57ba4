# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What makes a person's record, and what is refused."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import read_people

JANE = {"id": "E1", "first_name": "Jane", "last_name": "Smith", "email": "jane@example.com", "profile": ["de"]}


def refused(*records: t.Any) -> str:
    with pytest.raises(InputError) as caught:
        read_people(list(records), "onboard_people")
    return str(caught.value)


def test_a_whole_record() -> None:
    (jane,) = read_people(
        [
            JANE
            | {"title": "Engineer", "start": "2026-01-05", "accounts": {"iq": {"username": "jsmith"}, "iics": False}}
        ],
        "p",
    )
    assert jane.name == "Jane Smith"
    assert jane.values["title"] == "Engineer"
    assert jane.accounts == {"iq": {"username": "jsmith"}, "iics": False}


def test_without_an_id_the_address_is_one() -> None:
    (jane,) = read_people([JANE | {"id": None}], "p")
    assert jane.id == "jane@example.com"


def test_profiles_may_be_text() -> None:
    (jane,) = read_people([JANE | {"profile": "de, on-call\nde"}], "p")
    assert jane.profile == ("de", "on-call")


@pytest.mark.parametrize("field", ["first_name", "last_name", "email", "profile"])
@pytest.mark.parametrize("value", [None, "", " "])
def test_a_missing_field_is_named(field: str, value: t.Any) -> None:
    assert f"onboard_people, person 1 (E1): {field} is missing." in refused(JANE | {field: value})


@pytest.mark.parametrize(
    "privilege", ["roles", "groups", "grants", "tags", "metadata", "role", "admin", "password", "enabled"]
)
def test_a_record_names_no_privilege(privilege: str) -> None:
    said = refused(JANE | {privilege: ["Admin"]})
    assert f"{privilege} does not belong in a person's record" in said


@pytest.mark.parametrize(
    ("system", "privilege"),
    [("iics", "roles"), ("iics", "groups"), ("iq", "grants"), ("magistrala", "role"), ("magistrala", "tags")],
)
def test_an_account_names_no_privilege(system: str, privilege: str) -> None:
    said = refused(JANE | {"accounts": {system: {privilege: ["Admin"]}}})
    assert f"accounts.{system} names {privilege}: what people get is decided by profiles" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"fist_name": "J"}, "'fist_name' is not a field of a person; did you mean first_name?"),
        ({"email": "jane"}, "email is not a valid address: jane"),
        ({"email": "jane@x, joe@x"}, "email is not a valid address"),
        ({"first_name": "Ja\nne"}, "first_name: the character U+000A (a control character) does not belong here."),
        ({"last_name": "a\u202eb"}, "last_name: the character U+202E (right-to-left override) does not belong here."),
        ({"title": "x" * 256}, "title is longer than 255 characters"),
        ({"start": "5.1.2026"}, "start must be a date such as 2027-01-31"),
        ({"accounts": {"jira": {}}}, "accounts names the system 'jira'"),
        ({"accounts": {"iq": {"colour": "red"}}}, "accounts.iq names 'colour'"),
        ({"first_name": {"a": 1}}, "first_name must be text"),
    ],
)
def test_what_is_refused(change: dict[str, t.Any], said: str) -> None:
    assert said in refused(JANE | change)


def test_not_even_a_record() -> None:
    assert "person 1 must be a dictionary" in refused("Jane")


@pytest.mark.parametrize("field", ["id", "email"])
def test_one_person_twice(field: str) -> None:
    other = {"id": "E2", "first_name": "Joe", "last_name": "X", "email": "joe@example.com", "profile": ["de"]}
    said = refused(JANE, other | {field: str(JANE[field]).upper()})
    assert "Jane Smith and Joe X have the same" in said


def test_everything_wrong_is_told_at_once_but_not_without_end() -> None:
    said = refused(*({"id": f"E{number}"} for number in range(30)))
    assert said.startswith("Nothing was changed.")
    assert "person 20 (E19)" in said
    assert said.endswith("And 10 more.")
