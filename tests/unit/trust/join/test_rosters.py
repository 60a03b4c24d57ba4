# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rosters as HR exports them: what is odd in a row is read, or refused with its place."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import read_people
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import read_file

HEADER = "id,first_name,last_name,email,profile\n"
JANE = "E1,Jane,Smith,jane@example.com,dev\n"


@pytest.fixture
def read(tmp_path: pathlib.Path) -> t.Callable[..., list[dict[str, t.Any]]]:
    def of(text: str, columns: t.Any = None) -> list[dict[str, t.Any]]:
        path = tmp_path / "roster.csv"
        path.write_text(text, encoding="utf-8")
        return read_file(str(path), columns)

    return of


def test_lines_of_empty_cells_are_skipped(read: t.Any) -> None:
    assert len(read(HEADER + JANE + ",,,,\n" + " , ,,,\n")) == 1


def test_a_bad_date_is_told_with_file_line_and_column(read: t.Any) -> None:
    rows = "".join(f"E{n},Jane,Smith,jane{n}@example.com,dev,\n" for n in range(1500))
    records = read(
        "id,first_name,last_name,email,profile,start\n,,,,,\n" + rows + "X,A,B,a@example.com,dev,31.1.2027\n"
    )
    with pytest.raises(InputError, match=r"roster\.csv, line 1503 \(X\): column 6: start must be a date"):
        read_people(records, "onboard_people")


def test_columns_of_an_export_get_names_or_are_ignored(read: t.Any) -> None:
    text = "Personalnummer,Vorname,LAST_NAME,Email,profile,Department\nE1,Jane,Smith,jane@example.com,dev,Data\n"
    columns = {"Personalnummer": "id", "vorname": "first_name", "Department": False}
    (record,) = read(text, columns)
    assert record == {
        "id": "E1",
        "first_name": "Jane",
        "last_name": "Smith",
        "email": "jane@example.com",
        "profile": ["dev"],
    }
    with pytest.raises(InputError, match="onboard_columns can give this one another name"):
        read(text)


def test_blanks_of_every_kind_are_blanks_and_joiners_belong_to_names(read: t.Any) -> None:
    (record,) = read(HEADER + "E1,Jane\u00a0Ann,\u3000नी\u200dल,jane@example.com,dev\n")
    assert (record["first_name"], record["last_name"]) == ("Jane Ann", "नी\u200dल")
    assert read_people([record], "x")[0].last_name == "नी\u200dल"


def test_characters_that_turn_text_are_refused_by_name(read: t.Any) -> None:
    with pytest.raises(
        InputError, match=r"line 2, column 2 \(first_name\): the character U\+202E \(right-to-left override\)"
    ):
        read(HEADER + "E1,Ja\u202ene,Smith,jane@example.com,dev\n")


YAML = """people:
  - {id: E1, Vorname: Jane, last_name: Smith, email: jane@example.com, profile: dev}
  - id: E2
    Vorname: "Jo\\u00a0Ann"
    last_name: "Do\\u202ee"
    email: joe@example.com
    start: 31.1.2027
    profil: [dev]
"""


@pytest.mark.parametrize("form", ["yml", "json"])
def test_records_of_yaml_and_json_know_their_lines_too(tmp_path: pathlib.Path, form: str) -> None:
    path = tmp_path / f"roster.{form}"
    written = YAML if form == "yml" else json.dumps(yaml.safe_load(YAML), indent=1)
    path.write_text(written, encoding="utf-8")
    records = read_file(str(path), {"Vorname": "first_name"})
    assert records[1]["first_name"] == "Jo\u00a0Ann"
    with pytest.raises(InputError) as refused:
        read_people(records, "onboard_people")
    said = str(refused.value)
    lines = written.splitlines()
    at = {
        name: next(n for n, line in enumerate(lines, 1) if name in line and n > 2)
        for name in ("start", 'profil"' if form == "json" else "profil:")
    }
    assert f"{path}, line {at['start'] - (4 if form == 'yml' else 5)} (E2): " in said
    assert "the character U+202E (right-to-left override) does not belong here." in said
    for line in at.values():
        assert f"line {line}, column " in said
    assert "did you mean profile?" in said and "start must be a date" in said
    assert "first_name" not in said, "a no-break space is a blank"


@pytest.mark.parametrize("text", ["", HEADER, HEADER + ",,,,\n"])
def test_a_file_without_anybody_is_refused(read: t.Any, text: str) -> None:
    with pytest.raises(InputError, match="has nobody in it"):
        read(text)


def test_former_addresses_in_one_cell(read: t.Any) -> None:
    (record,) = read(
        "id,first_name,last_name,email,profile,former_emails\nE1,A,B,a@x.example,dev,b@x.example; c@x.example\n"
    )
    assert record["former_emails"] == ["b@x.example", "c@x.example"]
