# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People as HR knows them: one record each, checked strictly; a record never names a privilege."""

from __future__ import annotations

import dataclasses
import datetime
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import (
    is_blank,
    mapping,
    plain,
    text,
    text_list,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import EMAIL, near_names, refuse
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.characters import cleaned
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import OF_SYSTEMS, Instance, Instances
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.places import PlacedRecord

TEXTS = ("id", "first_name", "last_name", "email", "title", "phone", "description")
DATES = ("start", "end")
FIELDS = (*TEXTS, *DATES, "profile", "accounts", "former_emails")
NEEDED = ("first_name", "last_name", "email", "profile")
PRIVILEGES = ("admin", "password", "state", "enabled")
LONGEST = 255
EXACT = ("username", "entry")  # what names accounts, whose names may have any blank
NO_COLUMNS = ("accounts", "former_emails", "profile", *DATES)  # which rules cannot go by
MOST_PROBLEMS = 20


class Form(t.NamedTuple):
    """What a record looks like: ``columns`` that rules name beside a person's own fields,
    and whether it needs a profile.
    """

    columns: t.Collection[str] = ()
    needs_profile: bool = True

    def fields(self, record: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
        """The values of a record by field; letter case does not matter in names of columns."""
        folded = {name: name.casefold() for name in record}
        return {(low if low in self.columns else name): record[name] for name, low in folded.items()}


OWN_FIELDS = Form()


@dataclasses.dataclass(frozen=True)
class Person:
    """One person; ``accounts`` holds by instance or system what differs there,
    or False where there shall be no account.

    ``attributes`` are what HR says beside that, by column.
    """

    id: str
    first_name: str
    last_name: str
    email: str
    profile: tuple[str, ...]
    values: dict[str, str]
    accounts: dict[str, t.Any]
    start: str = ""
    end: str = ""
    former_emails: tuple[str, ...] = ()
    attributes: t.Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def values_of(self, column: str) -> tuple[str, ...]:
        """What the person has in a column, a field of their own or another; nothing where it is blank."""
        if column in self.attributes:
            return self.attributes[column]
        value = self.values.get(column) or getattr(self, column, "")
        return (value,) if value else ()


def read_people(records: t.Any, name: str, instances: Instances = OF_SYSTEMS, form: Form = OWN_FIELDS) -> list[Person]:
    """The people in ``records``, a list of dictionaries given in ``name``.

    Raises InputError with everything that is wrong, each sentence with the place of the record.
    """
    if is_blank(records):
        return []
    if not isinstance(records, (list, tuple)):
        raise InputError(f"{name} must be a list of people.")
    people, problems = [], []
    for place, record in enumerate(records, 1):
        try:
            people.append(read_person(record, f"{name}, person {place}", instances, form))
        except InputError as error:
            problems.append(str(error))
    problems += doubled(people)
    refuse(problems, most=MOST_PROBLEMS)
    return people


def read_person(record: t.Any, where: str, instances: Instances = OF_SYSTEMS, form: Form = OWN_FIELDS) -> Person:
    """One person; raises InputError with all that is wrong with the record."""
    given = form.fields(mapping(record, where))
    called = printable(str(given.get("id") or given.get("email") or ""), 80)
    problems = [at(record, f, unknown_field(f)) for f in given if f not in FIELDS and f not in form.columns]
    needed = (field for field in NEEDED if form.needs_profile or field != "profile")
    problems += [at(record, field, f"{field} is missing.") for field in needed if is_blank(given.get(field))]
    values = {}
    for field in (*TEXTS, *DATES):
        try:
            values[field] = checked(text(given.get(field), field), field)
        except InputError as error:
            problems.append(at(record, field, str(error)))
    profile, accounts, former, attributes = [], {}, [], {}
    try:
        attributes = {column: read_attribute(given[column], column) for column in form.columns if column in given}
        former = [checked(email, "email") for email in text_list(given.get("former_emails"), "former_emails")]
        profile = text_list(given.get("profile"), "profile")
        accounts = read_accounts(given.get("accounts"), instances)
    except InputError as error:
        problems.append(at(record, re.split(r"\W", str(error))[0], str(error)))
    if problems:
        place = record.place if isinstance(record, PlacedRecord) else where
        raise InputError(f"{place}{f' ({called})' if called else ''}: {' '.join(problems)}")
    own = {field: values.pop(field) for field in ("id", "first_name", "last_name", "email", *DATES)}
    own["id"] = own["id"] or own["email"]
    profiles = tuple(dict.fromkeys(profile))
    return Person(
        **own, profile=profiles, values=values, accounts=accounts, former_emails=tuple(former), attributes=attributes
    )


def at(record: t.Any, field: str, problem: str) -> str:
    """``problem`` with where the field stands, as far as the record knows."""
    place = record.fields.get(field) if isinstance(record, PlacedRecord) else None
    return f"{place}: {problem}" if place else problem


def read_attribute(given: t.Any, column: str) -> tuple[str, ...]:
    """The values in a column that rules name: a text, or a list of texts."""
    items = given if isinstance(given, (list, tuple)) else [given]
    return tuple(checked(text(item, column), column) for item in items if not is_blank(item))


def check_column(name: str, where: str) -> str:
    """``name`` as that of a column that rules may go by, in lower case; raises InputError."""
    column = name.strip().casefold()
    if column in NO_COLUMNS or is_privilege(column) or not column:
        raise InputError(
            f"{where} names {printable(name, 60)!r}, which no rule goes by: it has a meaning of its own. If HR calls a "
            "column so, give it another name in onboard_columns."
        )
    return column


def is_privilege(field: str) -> bool:
    """Whether a field would say what somebody may do."""
    return any(field in traits.access for traits in TRAITS.values()) or field in PRIVILEGES


def unknown_field(field: str) -> str:
    """What to say about a field that a person does not have."""
    if is_privilege(field):
        return f"{field} does not belong in a person's record: what people get is decided by profiles."
    near = near_names(field, FIELDS, 1)
    return f"{printable(field, 60)!r} is not a field of a person{f'; did you mean {near[0]}?' if near else '.'}"


def checked(value: str, field: str) -> str:
    """``value`` when it can be field ``field``; raises InputError."""
    if len(value) > LONGEST:
        raise InputError(f"{field} is longer than {LONGEST} characters.")
    tidy = cleaned(value, field)
    if field not in EXACT:
        value = tidy
    elif tidy != value:
        raise InputError(f"{field} has a blank in it that is no plain one.")
    if field == "email" and value and not EMAIL.fullmatch(value):
        raise InputError(f"email is not a valid address: {value:.80}")
    if field in DATES and value:
        try:
            return datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            raise InputError(f"{field} must be a date such as 2027-01-31, not {value!r:.40}.") from None
    return value


def read_accounts(given: t.Any, instances: Instances = OF_SYSTEMS) -> dict[str, t.Any]:
    """What differs per instance or system; raises InputError for unknown ones and for anything that is a privilege."""
    accounts: dict[str, t.Any] = {}
    for system, values in mapping(given, "accounts").items():
        if system not in instances:
            raise InputError(f"accounts names the system {system!r:.40}; known are {', '.join(instances)}.")
        accounts[system] = False if values is False else read_account(instances[system], values)
    return accounts


def read_account(instance: Instance, given: t.Any) -> dict[str, str]:
    where, traits = f"accounts.{instance.name}", instance.traits
    values = mapping(given, where)
    allowed = ("username", *traits.person_fields, *traits.row_options)
    for option in values:
        if option in traits.access and option not in allowed:
            raise InputError(f"{where} names {option}: what people get is decided by profiles.")
        if option not in allowed:
            raise InputError(f"{where} names {option!r:.60}; allowed are {', '.join(allowed)}.")
    return {
        option: checked(text(value, f"{where}.{option}"), option)
        for option, value in values.items()
        if not is_blank(value)
    }


def doubled(people: t.Sequence[Person]) -> list[str]:
    """Sentences about people who are listed twice, by id or by e-mail address."""
    problems = []
    for what, field in (("id", "id"), ("e-mail address", "email")):
        seen: dict[str, Person] = {}
        for person in people:
            value = plain(getattr(person, field)).casefold()
            other = seen.setdefault(value, person)
            if other is not person and not (field == "email" and other.id.casefold() == person.id.casefold()):
                problems.append(f"{other.name} and {person.name} have the same {what}, {getattr(person, field)}.")
    return problems
