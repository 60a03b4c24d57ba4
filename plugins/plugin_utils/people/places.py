# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the records of a roster stand in its text; looked up when somebody complains, since it costs another reading.
Pure.
"""

from __future__ import annotations

import functools
import types
import typing as t

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOWHERE: t.Mapping[str, str] = types.MappingProxyType({})


class Source:
    """A YAML or JSON ``text`` with a list of people, which lies in ``where``."""

    def __init__(self, text: str, where: str) -> None:
        self.text = text
        self.where = where

    @functools.cached_property
    def records(self) -> list[t.Any]:
        """The nodes of the records; none where the text has another shape."""
        try:
            node = yaml.compose(self.text, Loader=LOADER)
        except (yaml.YAMLError, ValueError, RecursionError):  # JSON that is no YAML
            return []
        if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
            node = node.value[0][1]
        return list(node.value) if isinstance(node, yaml.SequenceNode) else []

    def place(self, number: int) -> str:
        """Where the record ``number``, counted from 0, begins."""
        if number >= len(self.records):
            return f"{self.where}, person {number + 1}"
        return f"{self.where}, line {self.records[number].start_mark.line + 1}"

    def fields(self, number: int) -> t.Mapping[str, str]:
        """Where each field of a record stands."""
        node = self.records[number] if number < len(self.records) else None
        if not isinstance(node, yaml.MappingNode):
            return NOWHERE
        marks = ((key.value, key.start_mark) for key, _value in node.value if isinstance(key, yaml.ScalarNode))
        return {name: f"line {mark.line + 1}, column {mark.column + 1}" for name, mark in marks}


class PlacedRecord(dict[str, t.Any]):
    """A record that knows where it stands: ``place`` (file and line), and in words where its ``fields`` do."""

    @property
    def place(self) -> str:
        raise NotImplementedError

    @property
    def fields(self) -> t.Mapping[str, str]:
        raise NotImplementedError


class RowRecord(PlacedRecord):
    """A line of CSV, whose fields have numbered columns."""

    def __init__(self, values: t.Mapping[str, t.Any], place: str, columns: t.Mapping[str, int]) -> None:
        super().__init__(values)
        self._place = place
        self._columns = columns

    @property
    def place(self) -> str:
        return self._place

    @property
    def fields(self) -> t.Mapping[str, str]:
        return {name: f"column {number}" for name, number in self._columns.items()}


class ItemRecord(PlacedRecord):
    """The item ``number`` of a list in YAML or JSON; ``names`` are what its fields are called there."""

    def __init__(
        self, values: t.Mapping[str, t.Any], source: Source, number: int, names: t.Mapping[str, str] = NOWHERE
    ) -> None:
        super().__init__(values)
        self.source = source
        self.number = number
        self.names = names

    @property
    def place(self) -> str:
        return self.source.place(self.number)

    @property
    def fields(self) -> t.Mapping[str, str]:
        places = self.source.fields(self.number)
        return {**places, **{name: places[called] for name, called in self.names.items() if called in places}}
