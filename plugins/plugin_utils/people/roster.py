# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads a roster: YAML, JSON or CSV text to a list of records. CSV strictly; the message names line and column."""

from __future__ import annotations

import csv
import json
import os
import typing as t

import yaml

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import plain
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import (
    DATES,
    TEXTS,
    unknown_field,
)

Record = dict[str, t.Any]
USERNAMES = {f"{system}_username": system for system in TRAITS}
COLUMNS = (*TEXTS, *DATES, "profile", *USERNAMES)
KINDS = {".yml": "yaml", ".yaml": "yaml", ".json": "json", ".csv": "csv"}
LARGEST = 50_000_000


def read_file(path: str) -> list[Record]:
    """The records in a file; its name says what it is. Raises InputError."""
    kind = KINDS.get(os.path.splitext(path)[1].lower())
    if kind is None:
        raise InputError(f"{path}: the name of a roster ends in {', '.join(KINDS)}.")
    try:
        with open(path, "rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    if len(content) > LARGEST:
        raise InputError(f"{path} is larger than {LARGEST // 1_000_000} MB.")
    return read_text(decoded(content, path), kind, path)


def decoded(content: bytes, where: str) -> str:
    """``content`` as UTF-8, with or without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        raise InputError(f"{where}, line {line}, column {column}: this is not UTF-8; save the file as UTF-8.") from None


def read_text(text: str, kind: str | None, where: str) -> list[Record]:
    """The records in ``text``; without ``kind``, text that does not look like YAML or JSON is CSV."""
    if kind is None:
        kind = "yaml" if text.lstrip().startswith(("-", "[", "{")) else "csv"
    if kind == "csv":
        return read_csv(text, where)
    try:
        records = json.loads(text) if kind == "json" else yaml.safe_load(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}, line {error.lineno}, column {error.colno}: not valid JSON: {error.msg}.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise InputError(f"{where}{place}: not valid YAML: {printable(str(error.problem), 120)}.") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise InputError(f"{where}: not valid {kind.upper()}.") from None
    if isinstance(records, dict) and len(records) == 1:
        (records,) = records.values()
    if records is None:
        return []
    if not isinstance(records, list):
        raise InputError(f"{where}: a roster is a list of people.")
    return t.cast("list[Record]", plain(records))


def read_csv(text: str, where: str) -> list[Record]:
    """The records in CSV text with a header line, separated by commas or semicolons."""
    if not text.strip():
        return []
    separator = ";" if text.splitlines()[0].count(";") > text.splitlines()[0].count(",") else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    records: list[Record] = []
    header: list[str] = []
    try:
        for cells in reader:
            line = reader.line_num
            if not cells:
                continue
            if not header:
                header = read_header(cells, f"{where}, line {line}")
                continue
            if len(cells) != len(header):
                raise InputError(f"{where}, line {line}: {len(cells)} columns, but the header has {len(header)}.")
            for column, cell in enumerate(cells, 1):
                check_cell(cell, f"{where}, line {line}, column {column} ({header[column - 1]})")
            records.append(record(dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        raise InputError(f"{where}, line {reader.line_num}: {error}.") from None
    return records


def read_header(cells: list[str], where: str) -> list[str]:
    """The names of the columns; raises InputError for unknown and repeated ones."""
    names = [cell.strip() for cell in cells]
    for column, name in enumerate(names, 1):
        if name not in COLUMNS:
            raise InputError(f"{where}, column {column}: {unknown_field(name)} Columns are {', '.join(COLUMNS)}.")
        if name in names[: column - 1]:
            raise InputError(f"{where}, column {column}: {name} is there twice.")
    return names


def check_cell(cell: str, where: str) -> None:
    for character in cell:
        if not character.isprintable():
            raise InputError(f"{where}: the control character U+{ord(character):04X} does not belong here.")


def record(cells: Record) -> Record:
    """One line as a record; profiles are separated by semicolons, bars or blanks."""
    found: Record = {name: cells[name].strip() for name in (*TEXTS, *DATES) if cells.get(name, "").strip()}
    profiles = cells.get("profile", "").replace(";", " ").replace("|", " ").replace(",", " ").split()
    found["profile"] = profiles
    accounts = {system: {"username": cells[c].strip()} for c, system in USERNAMES.items() if cells.get(c, "").strip()}
    return {**found, "accounts": accounts} if accounts else found
