# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads a roster: YAML, JSON or CSV text to a list of records. CSV strictly; the message names line and column."""

from __future__ import annotations

import csv
import dataclasses
import functools
import json
import os
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import plain
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.characters import cleaned
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.disk import read_regular
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import (
    DATES,
    TEXTS,
    unknown_field,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.places import (
    ItemRecord,
    RowRecord,
    Source,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.yaml_files import parse_yaml

Record = dict[str, t.Any]
COLUMNS = (*TEXTS, *DATES, "profile", "former_emails")
OTHERS = "*"  # all columns that nothing else is said of
KINDS = {".yml": "yaml", ".yaml": "yaml", ".json": "json", ".csv": "csv"}
SEPARATOR = re.compile(r"sep=([;,|\t])")  # the first line with which spreadsheets name it
LARGEST = 50_000_000
Columns = t.Mapping[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Headings:
    """What columns may be called: what an export calls them, ``extra`` ones,
    and those with user names of ``instances``.
    """

    columns: Columns = dataclasses.field(default_factory=dict)
    extra: t.Collection[str] = ()
    instances: t.Collection[str] = tuple(TRAITS)

    @functools.cached_property
    def usernames(self) -> dict[str, str]:
        """The columns of user names, and the instance or system of each."""
        return {f"{instance}_username": instance for instance in self.instances}

    @functools.cached_property
    def known(self) -> tuple[str, ...]:
        """The columns that have a meaning of their own."""
        return (*COLUMNS, *self.usernames)

    @functools.cached_property
    def meanings(self) -> Columns:
        """What ``columns`` says, whatever the letter case."""
        return {name.casefold(): meaning for name, meaning in self.columns.items()}

    def meaning(self, name: str) -> t.Any:
        """The field that a column stands for, False where it is to be ignored;
        its own name where nothing is said of it.
        """
        key = name.strip().casefold()
        known = key in self.known or key in self.extra or key == "accounts"
        return self.meanings.get(key, key if known else self.meanings.get(OTHERS, name.strip()))


def content_of(path: str) -> bytes:
    """What is in a file. Raises OSError."""
    return read_regular(path, LARGEST + 1)


def read_file(
    path: str,
    columns: Columns | None = None,
    content_of: t.Callable[[str], bytes] = content_of,
    extra: t.Collection[str] = (),
    instances: t.Collection[str] = tuple(TRAITS),
) -> list[Record]:
    """The records in a file; its name says what it is. ``columns`` and the others are as ``Headings`` has them.

    Raises InputError, for a file without anybody, too.
    """
    kind = KINDS.get(os.path.splitext(path)[1].lower())
    if kind is None:
        raise InputError(f"{path}: the name of a roster ends in {', '.join(KINDS)}.")
    try:
        content = content_of(path)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    if len(content) > LARGEST:
        raise InputError(f"{path} is larger than {LARGEST // 1_000_000} MB.")
    records = read_text(decoded(content, path), kind, path, columns, extra, instances)
    if not records:
        raise InputError(f"{path} has nobody in it.")
    return records


def decoded(content: bytes, where: str) -> str:
    """``content`` as UTF-8, with or without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        raise InputError(f"{where}, line {line}, column {column}: this is not UTF-8; save the file as UTF-8.") from None


def read_text(
    text: str,
    kind: str | None,
    where: str,
    columns: Columns | None = None,
    extra: t.Collection[str] = (),
    instances: t.Collection[str] = tuple(TRAITS),
) -> list[Record]:
    """The records in ``text``; without ``kind``, text that does not look like YAML or JSON is CSV."""
    if kind is None:
        kind = "yaml" if text.lstrip().startswith(("-", "[", "{")) else "csv"
    if kind == "csv":
        return read_csv(text, where, Headings(columns or {}, extra, instances))
    records = parse_json(text, where) if kind == "json" else parse_yaml(text, where)
    if isinstance(records, dict) and len(records) == 1:
        (records,) = records.values()
    if records is None:
        return []
    if not isinstance(records, list):
        raise InputError(f"{where}: a roster is a list of people.")
    source = Source(text, where)
    placed = [
        ItemRecord(each, source, at) if isinstance(each, dict) else each for at, each in enumerate(plain(records))
    ]
    return renamed(placed, columns or {}, extra)


def renamed(records: t.Sequence[t.Any], columns: Columns, extra: t.Collection[str] = ()) -> list[t.Any]:
    """``records`` with their fields called as ``columns`` say, without those to be ignored;
    lines of CSV have been there.
    """
    if not columns:
        return list(records)
    headings = Headings(columns, extra)

    def named(record: t.Any) -> t.Any:
        if not isinstance(record, t.Mapping) or isinstance(record, RowRecord):
            return record
        called = {str(name): headings.meaning(str(name)) for name in record}
        values = {called[str(name)]: value for name, value in record.items() if called[str(name)] is not False}
        if not isinstance(record, ItemRecord):
            return values
        names = {meaning: name for name, meaning in called.items() if meaning is not False}
        return ItemRecord(values, record.source, record.number, names)

    return [named(record) for record in records]


def parse_json(text: str, where: str) -> t.Any:
    """What ``text`` says; raises InputError."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}, line {error.lineno}, column {error.colno}: not valid JSON: {error.msg}.") from None
    except (ValueError, RecursionError):
        raise InputError(f"{where}: not valid JSON.") from None


def read_csv(text: str, where: str, headings: Headings) -> list[Record]:
    """The records in CSV text with a header line, separated by commas or semicolons; lines of empty cells are skipped.

    A first line such as ``sep=;`` names the separator, as spreadsheets write it.

    ``headings.columns`` says for columns of an export what they are here, such as ``{Personnel no: id}``; with false,
    one is ignored.
    """
    if not text.strip():
        return []
    lines = text.splitlines(keepends=True)
    separator = ";" if lines[0].count(";") > lines[0].count(",") else ","
    said = SEPARATOR.fullmatch(lines[0].rstrip("\r\n"))
    if said:
        separator, lines[0] = said[1], "\n"
    reader = csv.reader(lines, delimiter=separator, strict=True)
    records: list[Record] = []
    header: list[str] = []
    try:
        for cells in reader:
            place = f"{where}, line {reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = read_header(cells, place, headings)
                continue
            if len(cells) != len(header):
                raise InputError(f"{place}: {len(cells)} columns, but the header has {len(header)}.")
            named = {
                name: (number, cell) for number, (name, cell) in enumerate(zip(header, cells, strict=True), 1) if name
            }
            records.append(record(named, place, headings))
    except csv.Error as error:
        raise InputError(f"{where}, line {reader.line_num}: {error}.") from None
    return records


def read_header(cells: list[str], where: str, headings: Headings) -> list[str]:
    """The names of the columns, empty for those to be ignored; raises InputError for unknown and repeated ones."""
    names: list[str] = []
    for column, cell in enumerate(cells, 1):
        meaning = headings.meaning(cell)
        if meaning is False:
            names.append("")
            continue
        if meaning not in headings.known and meaning not in headings.extra:
            raise InputError(
                f"{where}, column {column}: {unknown_field(cell.strip())} Columns are {', '.join(headings.known)}; "
                f"onboard_columns can give this one another name, or ignore it ({{{cell.strip()}: false}})."
            )
        if meaning in names:
            raise InputError(f"{where}, column {column}: {meaning} is there twice.")
        names.append(meaning)
    return names


def record(cells: t.Mapping[str, tuple[int, str]], place: str, headings: Headings) -> RowRecord:
    """One line as a record, which knows its place."""
    values = {name: cleaned(cell, f"{place}, column {number} ({name})") for name, (number, cell) in cells.items()}
    found: Record = {name: values[name] for name in (*TEXTS, *DATES) if values.get(name)}
    found |= {name: value for name, value in values.items() if name not in headings.known}
    found["profile"] = several(values.get("profile", ""))
    if values.get("former_emails"):
        found["former_emails"] = several(values["former_emails"])
    usernames = headings.usernames.items()
    accounts = {instance: {"username": values[column]} for column, instance in usernames if values.get(column)}
    if accounts:
        found["accounts"] = accounts
    return RowRecord(found, place, {name: number for name, (number, _cell) in cells.items()})


def several(cell: str) -> list[str]:
    """The items in one cell, separated by blanks, commas, semicolons or bars."""
    return cell.replace(";", " ").replace("|", " ").replace(",", " ").split()
