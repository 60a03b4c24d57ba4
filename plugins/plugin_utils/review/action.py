# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What reviews and all that builds on them share: the roster, and each instance as it is."""

from __future__ import annotations

import dataclasses
import datetime
import glob
import os
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    InputError,
    LifecycleError,
    unexpected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, mapping, text_list
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.action import LifecycleAction
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.approval import PLAN_FILE
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Modules, message
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.files import Report
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import KNOWN, read_leavers
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.assignment import Policy, read_policy
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions, read_decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import read_naming, wanted_accounts
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import read_profiles
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.roster import (
    decoded,
    parse_json,
    read_file,
    read_text,
    renamed,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.yaml_files import read_yaml
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.find import find
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import Finding
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.offboarded import Offboarded, read_offboarded
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Place, Roster, Terms

OFFBOARDINGS = "offboard-*.json"  # as reports are named


@dataclasses.dataclass
class Survey:
    """Everything that there is today: who, where, and what there is to say about it."""

    today: datetime.date
    decisions: Decisions
    roster: Roster
    instances: list[Modules]
    places: list[Place]
    findings: list[Finding]

    @property
    def unread(self) -> list[str]:
        """Why some instances could not be read."""
        return [f"{place.instance.title} was not read: {place.unread}" for place in self.places if place.unread]


class ReviewAction(LifecycleAction):
    def survey(self, report: Report) -> Survey:
        """What is found in all instances, once the ``report`` has its name; raises InputError."""
        options, today = self.options, self.day("date")
        decisions = read_decisions(self.reviewed, self.known)
        terms = Terms(today, decisions, options.integer("dormant_days", 1), options.integer("absence_limit", 1))
        offboarded = self.offboarded()
        roster = self.roster(decisions, offboarded.people.values())
        instances = self.instances()
        report.reserve()
        places = [self.place(modules) for modules in instances]
        return Survey(today, decisions, roster, instances, places, find(places, roster, terms, offboarded))

    def offboarded(self) -> Offboarded:
        """What the reports of offboarding say that are given."""
        return read_offboarded(self.reports("offboarded", OFFBOARDINGS), self.known)

    def reports(self, option: str, pattern: str) -> Values:
        """The reports that ``option`` names, by path:
        each as a file, or all in a folder whose names are like ``pattern``.
        """
        name_of_option = self.options.name(option)
        reports = {}
        for name in text_list(self.options[option], name_of_option):
            folder = os.path.abspath(os.path.expanduser(name))
            found = sorted(glob.glob(os.path.join(glob.escape(folder), pattern))) if os.path.isdir(folder) else []
            inside = [path for path in found if not PLAN_FILE.search(path)]
            for path in inside or [self.path(name, name_of_option)]:
                content = self.content_of(path)
                if content.strip():  # another run has just begun with it
                    reports[path] = parse_json(decoded(content, path), path)
        return reports

    def roster(self, decisions: Decisions, offboarded: t.Iterable[Values] = ()) -> Roster:
        """Who there is and who left, with what profiles give; raises InputError.

        ``offboarded`` are records of people who were offboarded, of whom nobody may have said that they left.
        """
        options, day = self.options, self.day("date")
        policy = read_policy(self.reviewed, options["profile_from"], self.known, options.name("profile_from"))
        records = self.people(policy)
        given = self.profiles()
        plan = wanted_accounts(
            records,
            given,
            options["naming"],
            options["systems"],
            day,
            prefix=options.kind,
            decisions=decisions,
            instances=self.known,
            every=self.every(),
            policy=policy,
        )
        names = [
            {field: value for field, value in mapping(record, "a record").items() if field in KNOWN}
            for record in records
        ]
        current = read_leavers(names, options.name("people"), self.known)
        former = read_leavers(self.leavers(), options.name("leavers"), self.known)
        known = {called for person in (*current, *former) for called in person.called}
        reported = read_leavers([*offboarded], options.name("offboarded"), self.known)
        unlisted = [person for person in reported if not person.called & known]
        today = day.isoformat()
        gone = {person.id: person.end for person in current if person.end and person.end < today}
        listed = {person.id for person in current}
        gone |= {
            person.id: person.end
            for person in former
            if person.id not in listed and (not person.end or person.end < today)
        }
        gone |= {person.id: person.end for person in unlisted}
        people = [*current, *(person for person in former if person.id in gone and person.id not in listed), *unlisted]
        for person in people:
            person.decide(decisions)
        return Roster(
            people,
            gone,
            {name: {entry["person"]: entry for entry in plan[name]} for name in plan["systems"]},
            [*plan["refused"], *({**one, "instance": name} for one in plan["held"] for name in plan["systems"])],
            read_naming(options["naming"], options.name("naming"), self.known),
            policy,
            read_profiles(given, options.name("profiles"), self.known),
        )

    def people(self, policy: Policy) -> t.Any:
        """The records of the roster; raises InputError where there are none."""
        path, given = self.file("people_file"), self.options["people"]
        columns, extra = mapping(self.options["columns"], self.options.name("columns")), policy.form.columns
        if path:
            given = read_file(path, columns, self.content_of, extra, self.known)
        elif isinstance(given, str):
            given = read_text(given, None, self.options.name("people"), columns, extra, self.known)
        elif isinstance(given, (list, tuple)):
            given = renamed(given, columns, extra)
        if is_blank(given):
            raise InputError(
                f"There is nobody on the roster: give {self.options.name('people')} or "
                f"{self.options.name('people_file')}."
            )
        return given

    def leavers(self) -> t.Any:
        """Who left, from the file where one is given."""
        path = self.file("leavers_file")
        return read_file(path, None, self.content_of, (), self.known) if path else self.options["leavers"]

    def profiles(self) -> t.Any:
        """The profiles, from the file where one is given, which onboarding may use as well."""
        path = self.file("profiles_file")
        return read_yaml(self.content_of(path), path, "onboard_profiles") if path else self.options["profiles"]

    def place(self, modules: Modules) -> Place:
        """One instance as it is; whatever happens there, the others are read."""
        try:
            if modules.outage:
                raise LifecycleError(modules.outage)
            found = modules.search(**modules.traits.review_options, guards=True)
            if found.get("failed"):
                raise LifecycleError(message(found))
        except Exception as error:
            told = error if isinstance(error, LifecycleError) else unexpected(error)
            self.progress(f"{modules.instance.title}: not read")
            return Place(modules.instance, unread=str(told))
        self.progress(f"{modules.instance.title}: {len(found['users'])} accounts read")
        keys = frozenset(map(modules.traits.key, found.get("administrators") or ()))
        usual = modules.traits.place(modules.connection)
        unseen = tuple(found.get("unseen") or ())
        return Place(
            modules.instance, found["users"], keys, unseen=unseen, caller=str(found.get("caller") or ""), usual=usual
        )
