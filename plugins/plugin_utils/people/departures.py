# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is to be offboarded as the roster has it: their last day has passed, or they are on it no more. Pure."""

from __future__ import annotations

import dataclasses
import json
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import mapping
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import Person

Record = dict[str, t.Any]
NAMES = ("id", "first_name", "last_name", "email")
FEW = 5  # that many may vanish from any roster, however short it is


@dataclasses.dataclass(frozen=True)
class Departure:
    """Somebody to offboard: their ``record`` for ``offboard_people_file``, and why;
    ``doubt`` where somebody decides first.
    """

    record: Record
    why: str
    doubt: bool = False

    @property
    def id(self) -> str:
        return str(self.record["id"])

    def described(self) -> Record:
        """The departure as reports have it."""
        name = f"{self.record['first_name']} {self.record['last_name']}"
        return {"id": self.id, "name": name, "email": self.record["email"], "why": self.why, "in_file": not self.doubt}


def record_of(person: Person) -> Record:
    """What is kept of a person to recognise them, and to offboard them one day."""
    record: Record = {name: getattr(person, name) for name in NAMES}
    if person.former_emails:
        record["former_emails"] = list(person.former_emails)
    return record


def read_roster(content: bytes, path: str) -> list[Record]:
    """The roster in the report of an onboarding; raises InputError for anything else."""
    try:
        report = mapping(json.loads(content), path)
        records = [dict(record) for record in report["roster"]]
        usable = report["kind"] == "onboard" and all(
            isinstance(record[name], str) for record in records for name in NAMES
        )
    except (ValueError, RecursionError, KeyError, TypeError, InputError):
        usable = False
    if not usable:
        raise InputError(
            f"{path}, given in onboard_since, is no report of an onboarding with its roster: give the JSON file of one."
        )
    return records


def ended(people: t.Iterable[Person], today: str) -> list[Departure]:
    """Those whose last day has passed. Rows that end before they start are told elsewhere."""
    return [
        Departure({**record_of(person), "end": person.end}, f"ended on {person.end}")
        for person in people
        if person.end and max(person.end, person.start) < today and person.start <= person.end
    ]


def called(people: t.Iterable[Person], decisions: Decisions) -> set[str]:
    """Ids and addresses of everybody, former ones included, in lower case."""
    return {
        name.casefold()
        for person in people
        for name in (person.id, person.email, *person.former_emails, *decisions.former_emails(person.id))
    }


def missing(before: t.Iterable[Person], people: t.Iterable[Person]) -> list[Person]:
    """Those ``before`` who are not among ``people``."""
    present = {person.id.casefold() for person in people}
    return [person for person in before if person.id.casefold() not in present]


def vanished(people: t.Sequence[Person], before: t.Sequence[Record], decisions: Decisions) -> list[Departure]:
    """Those on the roster ``before`` who are not among ``people``.

    Whoever may be there under another id is a doubt: their address is somebody's, or a newcomer has their name. Raises
    InputError where most are missing, because that is hardly the whole roster.
    """
    present = {person.id.casefold() for person in people}
    gone = [record for record in before if record["id"].casefold() not in present]
    if len(gone) > max(FEW, len(before) // 2):
        raise InputError(
            f"{len(gone)} of the {len(before)} people in the report of onboard_since are not on this roster. If it is "
            "a part of the roster, give the whole one in onboard_roster_file; otherwise leave out onboard_since, and "
            "offboard them by name."
        )
    owners = {
        address.casefold(): person
        for person in people
        for address in (*decisions.former_emails(person.id), *person.former_emails, person.email)
    }
    known = {record["id"].casefold() for record in before}
    newcomers = {person.name.casefold(): person for person in people if person.id.casefold() not in known}
    return [departure_of(record, owners, newcomers) for record in gone]


def departure_of(record: Record, owners: t.Mapping[str, Person], newcomers: t.Mapping[str, Person]) -> Departure:
    """What is to be done about somebody who is on the roster no more."""
    owner = owners.get(record["email"].casefold())
    if owner is not None:
        return Departure(
            record,
            f"not on the roster any more, but {record['email']} is an address of {owner.id}; are they the same person?",
            True,
        )
    namesake = newcomers.get(f"{record['first_name']} {record['last_name']}".casefold())
    if namesake is not None:
        return Departure(
            record,
            f"not on the roster any more, but {namesake.id} is new and has this name; are they the same person?",
            True,
        )
    return Departure(record, "not on the roster any more")
