# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules that turn what HR says of people into profiles: reviewed data, read from ``lifecycle_profile_rules``. Pure."""

from __future__ import annotations

import dataclasses
import typing as t
import unicodedata

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import (
    is_blank,
    mapping,
    text,
    text_list,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.patterns import Automaton
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import TEXTS, Person, check_column
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.reviewed import check_distinct, read_list

PATTERN = "~"
EVERYBODY = "everybody"
FIELDS = ("when", "give", "name")


@dataclasses.dataclass(frozen=True)
class Condition:
    """What a value has to be (nothing: anything), and what it must not be; a pattern begins with ``~``."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Rule:
    """Whoever meets all conditions gets the profiles; a rule without conditions is about everybody."""

    name: str
    when: t.Mapping[str, Condition]
    give: tuple[str, ...]


def read_rules(given: t.Any, name: str) -> tuple[Rule, ...]:
    """The rules in ``given``, a list of dictionaries with ``when``, ``give`` and ``name``; raises InputError."""
    form = "rules, each with when and give"
    rules = read_list(given, name, form, lambda item, number: read_rule(item, f"{name}, rule {number}", number))
    check_distinct([rule.name for rule in rules], name, "rules", "reports could not tell them apart")
    return rules


def read_rule(given: t.Any, where: str, number: int) -> Rule:
    fields = mapping(given, where)
    odd = next((field for field in fields if field not in FIELDS), None)
    if odd is not None:
        raise InputError(f"{where} has {odd!r:.40}; a rule has {', '.join(FIELDS)}.")
    give = text_list(fields.get("give"), f"{where}: give")
    if not give:
        raise InputError(f"{where}: give names no profile.")
    name = text(fields.get("name"), f"{where}: name") or f"rule {number}"
    return Rule(name, read_when(fields.get("when"), f"{where}: when"), tuple(dict.fromkeys(give)))


def read_when(given: t.Any, where: str) -> dict[str, Condition]:
    """The conditions by column, whose names are in lower case."""
    if given == EVERYBODY:
        return {}
    if is_blank(given):
        raise InputError(f"{where} says nothing. Where the rule is about everybody, say so: when: {EVERYBODY}.")
    conditions: dict[str, Condition] = {}
    for name, said in mapping(given, where).items():
        column = check_column(name, where)
        if column in conditions:
            raise InputError(f"{where} names the column {column!r:.60} twice.")
        conditions[column] = read_condition(said, f"{where}.{name}")
    return conditions


def read_condition(given: t.Any, where: str) -> Condition:
    """A value, a list of values, or a dictionary of ``is`` and ``not`` with such."""
    if not isinstance(given, t.Mapping):
        return Condition(read_values(given, where))
    odd = next((key for key in given if key not in ("is", "not")), None)
    if odd is not None or not given:
        raise InputError(f"{where} has {odd!r:.40}; known are is and not.")
    parts = {key: read_values(values, f"{where}.{key}") for key, values in given.items()}
    return Condition(parts.get("is", ()), parts.get("not", ()))


def read_values(given: t.Any, where: str) -> tuple[str, ...]:
    values = given if isinstance(given, (list, tuple)) else [given]
    if not values:
        raise InputError(f"{where} is an empty list, which nobody can meet.")
    for value in values:
        if isinstance(value, bool):
            raise InputError(f"{where} arrived as yes or no; put it in quotes, such as 'NO' for Norway.")
        if value is None:
            raise InputError(f"{where} is empty; write '' for people who have nothing there.")
    return tuple(normal(text(value, where)) for value in values)


def normal(value: str) -> str:
    """``value`` with each accent in one form, so that texts which look the same are the same."""
    return unicodedata.normalize("NFC", value)


class Table:
    """Which rules a value of one column meets, as bits. Exact values are looked up, patterns are tried all at once."""

    def __init__(self, conditions: t.Sequence[tuple[int, t.Sequence[str], str]]) -> None:
        """``conditions`` are the bit of a rule, its values and where they are given."""
        self.exact: dict[str, int] = {}
        self.bits: list[int] = []
        patterns = []
        for bit, values, where in conditions:
            for value in values:
                if value.startswith(PATTERN):
                    self.bits.append(bit)
                    patterns.append((value[len(PATTERN) :].strip(), where))
                else:
                    self.exact[value] = self.exact.get(value, 0) | bit
        self.automaton = Automaton(patterns)

    def met(self, value: str) -> int:
        found, ends = self.exact.get(value, 0), self.automaton.matches(value) if self.bits else 0
        while ends:
            lowest = ends & -ends
            found |= self.bits[lowest.bit_length() - 1]
            ends ^= lowest
        return found


class Column:
    """Which rules are met by what people have in one column, as bits; each value is judged once (``judged`` counts)."""

    def __init__(self, name: str, rules: t.Sequence[Rule]) -> None:
        said = [
            (1 << number, rule.when[name], f"{rule.name}, {name}")
            for number, rule in enumerate(rules)
            if name in rule.when
        ]
        self.name = name
        self.free = (1 << len(rules)) - 1 - sum(bit for bit, *_rest in said)
        self.only_unwanted = sum(bit for bit, condition, _where in said if not condition.wanted)
        self.wanted = Table([(bit, condition.wanted, where) for bit, condition, where in said])
        self.unwanted = Table([(bit, condition.unwanted, where) for bit, condition, where in said])
        self.known: dict[tuple[str, ...], int] = {}
        self.judged = 0

    def met(self, values: tuple[str, ...]) -> int:
        if values not in self.known:
            self.judged += 1
            self.known[values] = self.judge(values)
        return self.known[values]

    def judge(self, values: tuple[str, ...]) -> int:
        """Somebody without a value meets what names '' alone: what is not known is no reason to give anything."""
        if not values:
            return self.free | (self.wanted.exact.get("", 0) & ~self.unwanted.exact.get("", 0))
        found, refused = self.only_unwanted, 0
        for value in map(normal, values):
            found |= self.wanted.met(value)
            refused |= self.unwanted.met(value)
        return self.free | (found & ~refused)


class RuleBook:
    """Rules, ready to judge many people; raises InputError for a pattern that is not understood."""

    def __init__(self, rules: t.Sequence[Rule] = ()) -> None:
        self.rules = tuple(rules)
        self.columns = [Column(name, rules) for name in dict.fromkeys(name for rule in rules for name in rule.when)]
        self.sets: dict[int, tuple[Rule, ...]] = {}

    @property
    def extra(self) -> tuple[str, ...]:
        """The columns that rules name and that are no fields of a person."""
        return tuple(column.name for column in self.columns if column.name not in TEXTS)

    def met_by(self, person: Person) -> tuple[Rule, ...]:
        """The rules that a person meets, in their order."""
        bits = (1 << len(self.rules)) - 1
        for column in self.columns:
            bits &= column.met(person.values_of(column.name))
        if bits not in self.sets:
            self.sets[bits] = tuple(rule for number, rule in enumerate(self.rules) if bits >> number & 1)
        return self.sets[bits]

    def unmet_by(self, person: Person, rule: Rule) -> list[str]:
        """The columns for which a person does not meet a rule."""
        bit = 1 << self.rules.index(rule)
        named = (column for column in self.columns if column.name in rule.when)
        return [column.name for column in named if not column.met(person.values_of(column.name)) & bit]
