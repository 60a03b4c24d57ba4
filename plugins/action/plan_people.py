# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads people and profiles, refuses what is wrong, and keeps the accounts that each system shall have."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils._action import LifecycleAction
from ansible_collections.people.lifecycle.plugins.plugin_utils._given import nothing, plain, text
from ansible_collections.people.lifecycle.plugins.plugin_utils._mapping import wanted_accounts
from ansible_collections.people.lifecycle.plugins.plugin_utils._only import Selection, read_names
from ansible_collections.people.lifecycle.plugins.plugin_utils._people import read_people
from ansible_collections.people.lifecycle.plugins.plugin_utils._profiles import read_profiles_file
from ansible_collections.people.lifecycle.plugins.plugin_utils._roster import read_file, read_text
from ansible_collections.people.lifecycle.plugins.plugin_utils._shard import read_shard
from ansible_collections.people.lifecycle.plugins.plugin_utils._systems import SYSTEMS


class ActionModule(LifecycleAction):
    _VALID_ARGS = frozenset(
        ("people", "people_file", "profiles", "profiles_file", "naming", "systems", "date", "shard", "only", "roster_file")
    )

    def work(self, arguments: dict[str, t.Any]) -> dict[str, t.Any]:
        plan = wanted_accounts(
            self.people(arguments),
            self.profiles(arguments),
            arguments.get("naming"),
            arguments.get("systems"),
            self.today(arguments),
            shard=read_shard(arguments.get("shard"), "onboard_shard"),
            only=self.only(arguments),
        )
        return {
            "changed": False,
            "count": len(plan["people"]),
            "waiting": len(plan["waiting"]),
            "systems": plan["systems"],
            "accounts": {system: len(plan[system]) for system in SYSTEMS},
            "details": self.keep(plan),
        }

    def people(self, arguments: dict[str, t.Any]) -> t.Any:
        """The records, from the file where one is given; raises InputError when there are none."""
        name = text(arguments.get("people_file"), "onboard_people_file")
        people = arguments.get("people")
        if name:
            people = read_file(self.find_file(name, "onboard_people_file"))
        elif isinstance(people, str):
            people = read_text(plain(people), None, "onboard_people")
        if nothing(people):
            raise InputError("There is nobody to onboard: give onboard_people or onboard_people_file.")
        return people

    def only(self, arguments: dict[str, t.Any]) -> Selection:
        """Who is meant; the whole roster is read where this run has only part of it."""
        names = read_names(arguments.get("only"), "onboard_only")
        name = text(arguments.get("roster_file"), "onboard_roster_file")
        if not (names and name):
            return Selection(names)
        records = read_file(self.find_file(name, "onboard_roster_file"))
        return Selection(names, read_people(records, "onboard_roster_file"))

    def profiles(self, arguments: dict[str, t.Any]) -> t.Any:
        """The profiles, from the file where one is given."""
        name = text(arguments.get("profiles_file"), "onboard_profiles_file")
        if name:
            return read_profiles_file(self.find_file(name, "onboard_profiles_file"))
        return arguments.get("profiles")

    def today(self, arguments: dict[str, t.Any]) -> datetime.date:
        day = text(arguments.get("date"), "onboard_date")
        try:
            return datetime.date.fromisoformat(day) if day else datetime.date.today()
        except ValueError:
            raise InputError(f"onboard_date must be a date such as 2027-01-31, not {day!r:.40}.") from None
