# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Exceptions that somebody approved: a profile, an access or a conflict for one person, always with an end and a reason. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import (
    is_blank,
    mapping,
    text,
    text_list,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import OF_SYSTEMS, Instances
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import Access, read_profiles
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.reviewed import read_list

FIELDS = ("person", "profile", "access", "allow", "until", "reason", "ticket", "approver")
NEEDED = ("person", "until", "reason")
DAYS_BEFORE = 30  # the end, from which reports list an exception


@dataclasses.dataclass(frozen=True)
class TemporaryGrant:
    """What one person has beside what rules and rows say: ``profiles``, ``access`` as in a profile, conflicts they may ``allow``."""

    person: str
    until: str
    reason: str
    profiles: tuple[str, ...] = ()
    access: t.Mapping[str, Access] = dataclasses.field(default_factory=dict)
    allow: tuple[str, ...] = ()
    ticket: str = ""
    approver: str = ""

    @property
    def label(self) -> str:
        return f"until {self.until}{f', {self.ticket}' if self.ticket else ''}: {self.reason}"

    def state(self, today: datetime.date) -> str:
        """Whether it is ``active``, ``ending`` within thirty days, or ``ended``; it holds on its last day."""
        left = (datetime.date.fromisoformat(self.until) - today).days
        return "ended" if left < 0 else "ending" if left <= DAYS_BEFORE else "active"

    def described(self, today: datetime.date) -> dict[str, t.Any]:
        """The exception as reports list it."""
        fields = ("person", "until", "reason", "ticket", "approver")
        told = {field: getattr(self, field) for field in fields}
        return {
            **told,
            "state": self.state(today),
            "profiles": list(self.profiles),
            "access": {name: dict(access) for name, access in self.access.items()},
            "allow": list(self.allow),
        }


def read_exceptions(given: t.Any, name: str, instances: Instances = OF_SYSTEMS) -> tuple[TemporaryGrant, ...]:
    """The exceptions in ``given``, a list of dictionaries; raises InputError, for one without an end or a reason, too."""
    form = f"exceptions, each with {', '.join(NEEDED)}"
    return read_list(given, name, form, lambda item, number: read_exception(item, f"{name}, entry {number}", instances))


def read_exception(given: t.Any, where: str, instances: Instances) -> TemporaryGrant:
    fields = mapping(given, where)
    odd = next((field for field in fields if field not in FIELDS), None)
    if odd is not None:
        raise InputError(f"{where} has {odd!r:.40}; an exception has {', '.join(FIELDS)}.")
    missing = [field for field in NEEDED if is_blank(fields.get(field))]
    if missing:
        raise InputError(f"{where} has no {' and no '.join(missing)}: an exception is for one person, ends, and has a reason.")
    said = {field: text(fields.get(field), f"{where}: {field}") for field in (*NEEDED, "ticket", "approver")}
    try:
        said["until"] = datetime.date.fromisoformat(said["until"]).isoformat()
    except ValueError:
        raise InputError(f"{where}: until must be a date such as 2027-01-31, not {said['until']!r:.40}.") from None
    profiles, allow = (tuple(text_list(fields.get(field), f"{where}: {field}")) for field in ("profile", "allow"))
    access = read_profiles({"access": mapping(fields.get("access"), where)}, where, instances)["access"]
    if not (profiles or access or allow):
        raise InputError(f"{where} gives nothing: say profile, access or allow.")
    return TemporaryGrant(**said, profiles=profiles, access=access, allow=allow)
