# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What reports of offboarding say: which accounts were closed, and whose they were. Pure."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.accounts import Key, email_of
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instances
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Place


@dataclasses.dataclass(frozen=True)
class Closing:
    """One account that offboarding closed, on which ``day`` and in which ``run``; ``email`` is its person's."""

    person: str
    name: str
    email: str
    id: str
    day: str
    run: str

    def is_about(self, account: Values) -> bool:
        """Whether an account of the same name is the very one: by its id, else by the address of its person."""
        if self.id and account.get("id"):
            return bool(self.id == account["id"])
        return self.email.casefold() in ("", email_of(account))


@dataclasses.dataclass
class Offboarded:
    """Everybody in reports of offboarding, as records with the day as their ``end``,
    and closed accounts by instance.
    """

    people: dict[str, Values] = dataclasses.field(default_factory=dict)
    closings: dict[str, dict[Key, Closing]] = dataclasses.field(default_factory=dict)
    by_id: dict[str, dict[str, Closing]] = dataclasses.field(default_factory=dict)

    def closing_of(self, place: Place, account: Values) -> Closing | None:
        """How an account was closed, if it was; one that has another name by now is known by its id."""
        name = place.instance.name
        found = self.by_id.get(name, {}).get(str(account.get("id") or ""))
        found = found or self.closings.get(name, {}).get(place.key(account))
        return found if found is not None and found.is_about(account) else None


def read_offboarded(reports: t.Mapping[str, t.Any], instances: Instances) -> Offboarded:
    """What ``reports``, by path, say together, the latest counting; previews are left out.
    Raises InputError for other files.
    """
    found = Offboarded()
    for path, report in sorted(reports.items(), key=lambda item: when(*item)):
        if report["check_mode"]:
            continue
        day = when(path, report)[:10]
        try:
            for person in report["people"]:
                told = {name: str(person.get(name) or "") for name in ("id", "name", "email")}
                take(found, person["accounts"], told, day, str(report["run"]), instances)
        except (KeyError, TypeError, AttributeError):
            raise InputError(f"{path} is not a whole report of offboarding, which review_offboarded needs.") from None
    return found


def when(path: str, report: t.Any) -> str:
    """The time of a report of offboarding; raises InputError for what is none."""
    try:
        if report["kind"] == "offboard":
            return datetime.datetime.fromisoformat(report["time"]).isoformat()
    except (KeyError, TypeError, ValueError):
        pass
    raise InputError(f"{path} is not the report of an offboarding, which review_offboarded needs.")


def take(
    found: Offboarded, accounts: t.Mapping[str, t.Any], person: Values, day: str, run: str, instances: Instances
) -> None:
    """Add one person of a report with their accounts."""
    if person["email"]:
        found.people[person["id"]] = {
            "id": person["id"],
            "first_name": person["name"],
            "email": person["email"],
            "end": day,
        }
    for name, lines in accounts.items():
        for line in lines if name in instances else ():
            if line["closed"]:
                closing = Closing(person["id"], person["name"], person["email"], line.get("id") or "", day, run)
                key = instances[name].traits.entry_key({"username": line["username"], "realm": line.get("realm")})
                found.closings.setdefault(name, {})[key] = closing
                if closing.id:
                    found.by_id.setdefault(name, {})[closing.id] = closing
