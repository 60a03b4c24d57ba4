# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rosters: three formats, one result; CSV strictly, with the place of what is wrong."""

from __future__ import annotations

import json
import pathlib

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_file, read_text

PEOPLE = [
    {
        "id": "E1",
        "first_name": "Zoë",
        "last_name": "{{ 7 * 7 }}",
        "email": "zoe@example.com",
        "profile": ["engineer", "lead"],
        "accounts": {"iq": {"username": "zoe"}},
    },
    {"id": "E2", "first_name": "Li, Jr.", "last_name": 'O"Brien', "email": "li@example.com", "profile": ["engineer"]},
]
CSV = """id,first_name,last_name,email,profile,iq_username
E1,Zoë,{{ 7 * 7 }},zoe@example.com,engineer;lead,zoe
E2,"Li, Jr.","O""Brien",li@example.com,engineer,
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people.csv", CSV),
        ("people.CSV", CSV.replace("\n", "\r\n")),
        ("people.csv", "\ufeff" + CSV),
        ("people.json", json.dumps(PEOPLE)),
        ("people.yml", yaml.safe_dump(PEOPLE)),
        ("people.yaml", yaml.safe_dump({"onboard_people": PEOPLE}, allow_unicode=True)),
    ],
)
def test_the_same_people_in_every_format(tmp_path: pathlib.Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert read_file(str(path)) == PEOPLE


def test_semicolons_as_a_german_spreadsheet_writes_them() -> None:
    assert read_text("email;first_name;last_name;profile\na@b;A;B;x|y\n", "csv", "r") == [
        {"email": "a@b", "first_name": "A", "last_name": "B", "profile": ["x", "y"]}
    ]


@pytest.mark.parametrize("text", [CSV, json.dumps(PEOPLE), yaml.safe_dump(PEOPLE)])
def test_the_format_of_a_survey_is_seen(text: str) -> None:
    assert read_text(text, None, "onboard_people") == PEOPLE


@pytest.mark.parametrize("text", ["", "  \n", "[]"])
def test_nobody(text: str) -> None:
    assert read_text(text, None, "r") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,colour\n1,red\n", "r, line 1, column 2: 'colour' is not a field of a person"),
        ("id,roles\n1,Admin\n", "r, line 1, column 2: roles does not belong in a person's record"),
        ("id,id\n1,2\n", "r, line 1, column 2: id is there twice"),
        ("id,email\n1,a@b\n2\n", "r, line 3: 1 columns, but the header has 2"),
        ("id,email\n1,a@b,c\n", "r, line 2: 3 columns, but the header has 2"),
        ("id,email\n1,a\x00b\n", "r, line 2, column 2 (email): the character U+0000 (a control character)"),
        (
            "id,first_name\n1,a\u202eb\n",
            "r, line 2, column 2 (first_name): the character U+202E (right-to-left override)",
        ),
        (
            'id,first_name\n1,"two\nlines"\n',
            "r, line 3, column 2 (first_name): the character U+000A (a control character)",
        ),
        ('id,first_name\n1,"open\n', "r, line 2: unexpected end of data"),
    ],
)
def test_what_is_wrong_with_csv(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text(text, "csv", "r")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("json", '[{"id": 1}', "r, line 1, column 11: not valid JSON"),
        ("yaml", "- a: b\n  c: [", "r, line 2, column 7: not valid YAML"),
        ("yaml", "just text", "r: a roster is a list of people"),
        ("yaml", "- !!python/object/apply:os.system [ls]", "not valid YAML"),
        ("json", "[" * 100000, "r: not valid JSON"),
    ],
)
def test_what_is_wrong_with_the_others(kind: str, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text(text, kind, "r")
    assert said in str(caught.value)


def test_another_encoding_is_found_at_its_place(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes("id,first_name\n1,Zoë\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"line 2, column 5: this is not UTF-8"):
        read_file(str(path))


def test_other_files_are_not_read(tmp_path: pathlib.Path) -> None:
    with pytest.raises(InputError, match="the name of a roster ends in"):
        read_file(str(tmp_path / "people.xlsx"))
    with pytest.raises(InputError, match="cannot be read"):
        read_file(str(tmp_path / "missing.csv"))
