# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What somebody decided about findings of a review: one verdict each, as ``decisions.yml`` has them. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, mapping, structure, text
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names, refuse

OPEN, KEEP, REMOVE, ASSIGN = VERBS = ("open", "keep", "remove", "assign")
FIELDS = ("id", "decision", "reason", "until", "person", "confirm")
BELONGS = {"until": KEEP, "person": ASSIGN, "confirm": REMOVE}
NEEDED = {KEEP: ("reason", "until"), ASSIGN: ("person",)}
MARK = re.compile(r"[0-9a-f]{12}-[0-9a-f]{6}")


@dataclasses.dataclass(frozen=True)
class Verdict:
    """``mark`` names a finding with the state in which it was seen. ``reason`` and the day ``until`` belong to keep,
    ``person`` to assign; ``confirm`` repeats the user name of an account that is guarded.
    """

    mark: str
    verb: str
    reason: str = ""
    until: str = ""
    person: str = ""
    confirm: str = ""

    @property
    def id(self) -> str:
        """The finding, in whatever state."""
        return self.mark.partition("-")[0]


def read_verdicts(given: t.Any, name: str) -> list[Verdict]:
    """The verdicts in a list of ``id``, ``decision`` and what belongs to it;
    raises InputError with all that is wrong.
    """
    whole = structure(given, name)
    if is_blank(whole):
        return []
    if not isinstance(whole, (list, tuple)):
        raise InputError(f"{name} must be a list of decisions, each with id and decision.")
    verdicts: list[Verdict] = []
    problems = []
    for number, item in enumerate(whole, 1):
        try:
            verdict = read_verdict(mapping(item, f"{name}, entry {number}"), f"{name}, entry {number}")
            if any(verdict.id == other.id for other in verdicts):
                raise InputError(f"{name}, entry {number}: {verdict.id} is decided twice; leave one line.")
            verdicts.append(verdict)
        except InputError as error:
            problems.append(str(error))
    refuse(problems, "Nothing was done.")
    return verdicts


def read_verdict(fields: t.Mapping[str, t.Any], where: str) -> Verdict:
    """One verdict; raises InputError."""
    unknown = next((field for field in fields if field not in FIELDS), None)
    if unknown is not None:
        raise InputError(f"{where}: {unknown!r:.60} is not a field of a decision{hint(unknown, FIELDS)}")
    told = {field: text(fields.get(field), f"{where}, {field}") for field in FIELDS}
    mark, verb = told.pop("id"), told.pop("decision") or OPEN
    if not MARK.fullmatch(mark):
        raise InputError(
            f"{where}: {mark!r:.60} is not the id of a finding, which a review writes, such as 0a1b2c3d4e5f-6a7b8c."
        )
    where = f"{where}, {mark}"
    if verb not in VERBS:
        raise InputError(
            f"{where}: {verb!r:.60} is not a decision, which is one of {', '.join(VERBS)}{hint(verb, VERBS)}"
        )
    for field, owner in BELONGS.items():
        if told[field] and verb != owner:
            raise InputError(f"{where}: {field} belongs to {owner}, and the decision is {verb}.")
    lacking = [field for field in NEEDED.get(verb, ()) if not told[field]]
    if lacking:
        raise InputError(f"{where}: {verb} needs {' and '.join(lacking)}.")
    if told["until"]:
        told["until"] = day(told["until"], f"{where}, until")
    return Verdict(mark, verb, **told)


def day(given: str, where: str) -> str:
    """A day in the one form that can be compared; raises InputError."""
    try:
        return datetime.date.fromisoformat(given).isoformat()
    except ValueError:
        raise InputError(f"{where} must be a date such as 2027-01-31, not {given!r:.40}.") from None


def hint(name: str, known: t.Iterable[str]) -> str:
    """The end of a sentence about an unknown ``name``: what may be meant, if anything."""
    near = near_names(name, known, 1)
    return f"; did you mean {near[0]}?" if near else "."
