# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One year of a company: each month the roster as HR has it, both roles, and what must be true then."""

from __future__ import annotations

import csv
import datetime
import json
import pathlib
import random
import typing as t

import pytest
from ansible.errors import AnsibleActionFail

from people_actions import act
from people_company import DEVELOPER, OWNER, PROFILES, Company
from unit.trust.year.eyes import Key, View, look
from unit.trust.year.truth import Human, Truth

Report = dict[str, t.Any]
BEGIN = datetime.date(2027, 1, 4)
COLUMNS = ("id", "first_name", "last_name", "email", "profile", "start", "end", "former_emails")
BY_HAND = {
    "iics": {"roles": {"add": ["Designer"]}},
    "iq": {"password": "By-Hand-Password-1", "grants": {"add": [DEVELOPER, OWNER]}},
    "magistrala": {"password": "By-Hand-Password-1"},
}
OF_EACH = {"iics": "iics", "iq": "iq", "magistrala": "magistrala"}


def options_of(connection: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """The options of a module out of a connection."""
    return {name: value for name, value in connection.items() if name != "system"}


class Year:
    """``people`` work there at the beginning; ``held`` counts questions about people of whom nothing was odd.

    ``systems`` are the instances of the company, each with its system.
    """

    def __init__(
        self, company: Company, folder: pathlib.Path, seed: int, people: int, systems: t.Mapping[str, str]
    ) -> None:
        for app in company.sandbox.apps.values():
            app.act("POST", "reset", {})
        self.company = company
        self.folder = folder
        self.systems = systems
        self.by_hand = [name for name, system in systems.items() if system != "magistrala"]
        self.truth = Truth(random.Random(seed), BEGIN)
        self.dice = self.truth.dice
        self.view = self.look()
        self.administrators = dict.fromkeys(self.view, "administrator")
        self.truth.owner.update(self.administrators)
        self.truth.join(people)
        self.harmless = 0
        self.held: list[str] = []

    def look(self) -> View:
        return look(self.company.sandbox.urls, self.systems)

    def month(self) -> None:
        self.truth.month()
        self.work_by_hand()
        self.onboard()
        self.offboard()

    # What others do

    def work_by_hand(self) -> None:
        """Somebody makes accounts on their own, before people join and while they are there."""
        joining = [
            h for h in self.truth.staff() if not self.accounts_of(h) and not h.hostile and h.is_due(self.truth.today)
        ]
        for human in self.truth.some(0.15, joining):
            instance = self.dice.choice(self.by_hand)
            username = self.make(instance, f"{human.first}{self.truth.number}", human.email, human.id)
            self.truth.undecided.setdefault(human.id, {})[instance] = username
            human.harmless = False
        for human in self.truth.some(
            0.04, [h for h in self.truth.staff() if len(self.accounts_of(h)) == len(self.systems)]
        ):
            system = self.dice.choice(self.by_hand)
            if self.dice.random() < 0.5:
                self.make(system, f"second{self.truth.number}", human.email, human.id)
                human.doubled = True
            else:
                self.truth.services.append((system, f"svc{self.truth.number}"))
                self.make(system, f"svc{self.truth.number}", human.email, "service")
        if self.dice.random() < 0.5:
            system = self.dice.choice(tuple(self.systems))
            self.make(system, f"stranger{self.truth.number}", self.truth.new_address("no", "body"), "stranger")
        self.sign_in_by_saml()
        self.view = self.look()

    def sign_in_by_saml(self) -> None:
        """People with an account of an IQ Server's own come by the identity provider, too,
        so that they are in two realms.
        """
        for (instance, _name), account in sorted(self.view.items()):
            human = self.truth.humans.get(self.truth.owner.get((instance, account.username), ""))
            if self.systems[instance] != "iq" or human is None or human.hostile or self.dice.random() > 0.1:
                continue
            if (
                account.email.casefold() == human.email.casefold()
                and (instance, f"{account.username} in SAML") not in self.view
            ):
                person = {"username": account.username, "email": account.email}
                self.company.sandbox.apps[instance].act("POST", "seed", {"count": 0, "saml": [person]})
                self.truth.owner[(instance, f"{account.username} in SAML")] = human.id
                human.doubled = True

    def make(self, instance: str, username: str, email: str, owner: str) -> str:
        self.truth.number += 1
        system = self.systems[instance]
        username = "".join(letter for letter in username.casefold() if letter.isascii() and letter.isalnum()) or "hand"
        person = {"username": username, "first_name": "By", "last_name": "Hand", "email": email, **BY_HAND[system]}
        made = self.company.run(f"x.{system}_user", {**options_of(self.company.connection(instance)), **person}, False)
        assert not made["failed"], made["msg"]
        (user,) = made["users"]
        self.truth.owner[(instance, username if system == "iq" else user["id"])] = owner
        return username

    # The roles

    def onboard(self) -> None:
        people = [human for human in self.truth.humans.values() if not human.closed]
        if self.dice.random() < 0.2:
            self.write([*people, people[0]])
            with pytest.raises(AnsibleActionFail, match="the same id"):
                self.act("onboard", people_file="roster.csv")
            assert self.look() == self.view, "a roster that is refused changes nothing"
        self.write(people)
        foreseen = self.act("onboard", check=True, people_file="roster.csv") if self.dice.random() < 0.3 else None
        assert foreseen is None or self.look() == self.view, "a preview writes nothing"
        report = self.act("onboard", people_file="roster.csv")
        assert foreseen is None or foreseen["counts"] == report["counts"], "the preview told the truth"
        before, self.view = self.view, self.look()
        due = [human for human in people if human.is_due(self.truth.today)]
        self.check_others(before, {human.id for human in due})
        self.check_new(before, due)
        self.check_told(due, report)
        self.count(due, report)

    def offboard(self) -> None:
        leavers = [human for human in self.truth.humans.values() if human.end and not human.closed]
        if not leavers:
            return
        people: list[t.Any] = [self.leaver(human) for human in leavers]
        report = self.act("offboard", people=people)
        before, self.view = self.view, self.look()
        gone = [human for human in leavers if human.has_left(self.truth.today)]
        self.check_others(before, {human.id for human in gone})
        nowhere = {person["id"] for person in report["nowhere"]}
        waiting = {person["id"] for person in report["waiting"]}
        assert {human.id for human in leavers if human not in gone} <= waiting
        for human in gone:
            if human.mistyped:
                assert f"x{human.email}" in nowhere, "somebody mistyped is told"
                continue
            human.closed = not self.check_closed(human, report)
            human.claims = {}
        self.count(gone, report)

    def leaver(self, human: Human) -> Report:
        """The record of a leaver; a mistyped one knows nothing but the address."""
        end = str(human.end)
        if human.mistyped and human.has_left(self.truth.today):
            return {"email": f"x{human.email}", "end": end}
        accounts = (
            {"accounts": {system: {"username": name} for system, name in human.claims.items()}} if human.claims else {}
        )
        names = {"id": human.id, "first_name": human.first, "last_name": human.last}
        former = {"former_emails": human.former} if human.said_former else {}
        return {**names, "email": human.email, "end": end, **former, **accounts}

    def act(self, kind: str, check: bool = False, **options: t.Any) -> Report:
        decisions = {
            "lifecycle_account_names": self.truth.account_names,
            "lifecycle_former_emails": {h.id: h.reviewed for h in self.truth.humans.values() if h.reviewed},
            "lifecycle_protected": self.truth.protected,
            "lifecycle_service_accounts": [
                {"instance": system, "username": name, "owner": "ops", "reason": "jobs", "review_by": "2028-01-01"}
                for system, name in self.truth.services
            ],
        }
        given = {"connections": self.company.connections(), "report_dir": str(self.folder / "reports"), **options}
        given |= {"profiles": PROFILES, "reenable": True} if kind == "onboard" else {"limit": 1000}
        today = str(self.truth.today)
        result = act(self.folder, kind, self.company, check=check, variables=decisions, date=today, **given)
        report: Report = json.loads(pathlib.Path(result["report"]["files"]["json"]).read_text())
        return report

    def write(self, people: t.Sequence[Human]) -> None:
        with (self.folder / "roster.csv").open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow([*COLUMNS, *(f"{instance}_username" for instance in self.systems)])
            for human in people:
                former = " ".join(human.former) if human.said_former else ""
                name = (human.id, human.first, human.last, human.written, human.profile)
                claims = [human.claims.get(system, "") for system in self.systems.values()]
                table.writerow([*name, human.start, human.end or "", former, *claims])

    # What must be true

    def accounts_of(self, human: Human) -> list[Key]:
        return [key for key in self.view if self.truth.owner.get(key) == human.id]

    def check_others(self, before: View, meant: set[str]) -> None:
        """Nobody was touched whom the run does not name."""
        for key, account in before.items():
            owner = self.truth.owner.get(key, "nobody")
            if owner not in meant:
                assert self.view.get(key) == account, f"{key} of {self.truth.humans.get(owner, owner)} was touched"

    def check_new(self, before: View, due: t.Sequence[Human]) -> None:
        """Nobody got a second account, and nobody got one who should not have any."""
        by_email = {human.email.casefold(): human for human in due}
        for key in self.view.keys() - before.keys():
            human = by_email[self.view[key].email.casefold()]
            there = [old for old in before if old[0] == key[0] and self.truth.owner.get(old) == human.id]
            assert not any(before[old].is_open for old in there), f"{human} has {there} and got {self.view[key]}"
            self.truth.owner[key] = human.id

    def check_told(self, due: t.Sequence[Human], report: Report) -> None:
        """Whoever should have an account has one, or is told."""
        told = {(entry["person"], entry["instance"]) for what in ("held", "failures") for entry in report[what]}
        for human in due:
            for instance, system in self.systems.items():
                theirs = [key for key in self.accounts_of(human) if key[0] == instance and self.view[key].is_open]
                needless = system not in PROFILES[human.profile]
                assert needless or theirs or (human.id, instance) in told, (
                    f"{human} has no account in {instance}, and nobody says so"
                )

    def check_closed(self, human: Human, report: Report) -> bool:
        """Whether something of theirs is open still; each such account is told."""
        told = {
            (entry["instance"], name)
            for what in ("held", "failures")
            for entry in report[what]
            if entry["person"] == human.id
            for name in entry["username"].split(", ")
        }
        still = [key for key in self.accounts_of(human) if self.view[key].gives_access]
        for key in still:
            named = {(key[0], self.view[key].username), (key[0], "")}  # protected people are told as such
            assert not told.isdisjoint(named), f"{human} still has {self.view[key]}, and nobody says so"
        return bool(still)

    def count(self, people: t.Sequence[Human], report: Report) -> None:
        harmless = [human for human in people if human.harmless]
        self.harmless += len(harmless)
        for human in harmless:
            why = [entry for what in ("held", "failures") for entry in report[what] if entry["person"] == human.id]
            if any((entry["instance"], entry["username"]) not in self.truth.services for entry in why):
                self.held.append(f"{human}: {why}")
