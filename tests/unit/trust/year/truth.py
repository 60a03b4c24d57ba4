# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People as they are, whatever a roster or a service says of them, and what happens to them in a month."""

from __future__ import annotations

import dataclasses
import datetime
import random
import typing as t

from unit.trust.year.eyes import Key

FIRST = ("Ann", "Bob", "Chen", "Dana", "Éva", "Farid", "Gül", "Hana", "Ivo", "Jane", "Kofi", "Łukasz")
LAST = ("Adler", "Brown", "Castro", "Doe", "Evans", "Fischer", "Gómez", "Hale", "Ito", "Jones", "Kowal", "O'Neil")
PROFILES = ("engineer", "engineer", "engineer", "analyst", "lead")
MONTH = datetime.timedelta(days=30)


@dataclasses.dataclass
class Human:
    """One person. ``written`` is how the roster spells their address, ``former`` are addresses that were theirs.

    ``harmless`` until the month knows better: nothing about them is a reason to ask.
    """

    id: str
    first: str
    last: str
    email: str
    profile: str
    start: datetime.date
    end: datetime.date | None = None
    written: str = ""
    former: list[str] = dataclasses.field(default_factory=list)
    said_former: bool = False  # the row tells former addresses
    reviewed: list[str] = dataclasses.field(default_factory=list)
    claims: dict[str, str] = dataclasses.field(default_factory=dict)  # user names that the row names, by system
    harmless: bool = True
    hostile: bool = False
    once_lead: bool = False  # the role admin stays with them, and whoever has it is a question
    # There are two accounts of theirs in one instance, which is a question once they are called otherwise.
    doubled: bool = False
    mistyped: bool = False
    closed: bool = False  # the run that offboarded them has been

    def is_due(self, today: datetime.date) -> bool:
        return self.start <= today and (self.end is None or self.end >= today)

    def has_left(self, today: datetime.date) -> bool:
        return self.end is not None and self.end < today


@dataclasses.dataclass
class Truth:
    """Who there is, and whose each account is: a person's id, or what it is else."""

    dice: random.Random
    today: datetime.date
    humans: dict[str, Human] = dataclasses.field(default_factory=dict)
    owner: dict[Key, str] = dataclasses.field(default_factory=dict)
    account_names: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    undecided: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    services: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    protected: list[str] = dataclasses.field(default_factory=list)
    number: int = 0

    def new_address(self, first: str, last: str) -> str:
        plain = "".join(letter for letter in f"{first}.{last}".casefold() if letter.isascii() and letter not in "' ")
        self.number += 1
        return f"{plain}{self.number}@example.com"

    def join(self, count: int) -> list[Human]:
        joiners = []
        for _human in range(count):
            first, last = self.dice.choice(FIRST), self.dice.choice(LAST)
            email = self.new_address(first, last)
            start = self.today - MONTH if self.dice.random() < 0.8 else self.today + MONTH
            human = Human(f"E{self.number:05}", first, last, email, self.dice.choice(PROFILES), start, written=email)
            self.humans[human.id] = human
            joiners.append(human)
        return joiners

    def staff(self) -> list[Human]:
        return [human for human in self.humans.values() if human.end is None]

    def some(self, share: float, of: t.Sequence[Human] | None = None) -> list[Human]:
        humans = self.staff() if of is None else of
        return [human for human in humans if self.dice.random() < share]

    def month(self) -> None:
        """What happens to people until the next run."""
        self.today += MONTH
        for human in self.humans.values():
            human.once_lead |= human.profile == "lead"
            human.harmless = not human.hostile and human.id not in (*self.protected, *self.undecided)
            human.harmless &= not human.once_lead or human.profile == "lead"
            human.harmless &= not (human.doubled and human.former)
            human.mistyped = False
            if not human.hostile and human.reviewed != human.former:
                human.reviewed = list(human.former)  # somebody answered last month's question
        for who, systems in self.undecided.items():
            self.account_names.setdefault(who, {}).update(systems)
        self.undecided = {}
        self.join(max(1, len(self.staff()) // 12))
        for human in self.some(0.08):
            human.profile = self.dice.choice(PROFILES)
            human.harmless &= not human.once_lead
        for human in self.some(0.08):
            human.written = self.dice.choice((str.upper, str.title, str.lower))(human.email)
        for human in self.some(0.05):
            self.rename(human)
            human.harmless &= not human.doubled
        for human in self.some(0.07):
            human.end = self.today + datetime.timedelta(days=self.dice.randint(-25, 20))
            human.mistyped = self.dice.random() < 0.15
        gone = [human for human in self.humans.values() if human.closed and not human.hostile]
        for human in self.some(0.05, gone):
            human.end, human.closed, human.start = None, False, self.today
        for human in self.some(0.02):
            self.protected.append(human.id)
            human.harmless = False
        self.intrude()

    def rename(self, human: Human) -> None:
        """They marry, or move to another domain; the review of the old address comes at once or a month late."""
        human.former.append(human.email)
        if self.dice.random() < 0.7:
            human.last = self.dice.choice(LAST)
        human.email = human.written = self.new_address(human.first, human.last)
        human.said_former = True
        if self.dice.random() < 0.6 and not human.hostile:
            human.reviewed = list(human.former)
        else:
            human.harmless = False

    def intrude(self) -> None:
        """Rows of somebody who wants more than they should get; last month's are found out, and leave."""
        for human in self.staff():
            if human.hostile:
                human.end = self.today - datetime.timedelta(days=1)
        (intruder,) = self.join(1)
        intruder.start, intruder.harmless, intruder.hostile = self.today, False, True
        victim = self.dice.choice([human for human in self.staff() if human is not intruder])
        way = self.dice.choice(("administrator", "victim", "former", "template"))
        if way == "administrator":
            intruder.claims = {"magistrala": "admin", "iq": "admin", "iics": "admin@example.com"}
        elif way == "victim":
            name = victim.email.partition("@")[0]
            intruder.claims = {"magistrala": name.replace(".", "-"), "iq": name}
        elif way == "former":
            intruder.former, intruder.said_former = [victim.email], True
            victim.harmless = False
        else:
            intruder.first = "{{ 7 * 7 }}"
