# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is removed in one instance, account by account, and what stays because of a guard. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import heavier
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle import guards
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.accounts import email_of
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.case import FAILED, HELD, Case
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import Finding
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.removal import (
    Items,
    administration,
    closes,
    entry,
    merged,
    taken,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Place

Key = tuple[str, ...]


@dataclasses.dataclass
class Target:
    """One account from which something is removed: it is ``closed``, or ``items`` are taken, or both."""

    account: Values
    person: str
    cases: list[Case] = dataclasses.field(default_factory=list)
    closed: bool = False
    items: Items = dataclasses.field(default_factory=dict)


class Removals:
    """The ``targets`` in one instance by what tells its accounts apart, and ``lines`` about accounts that are left
    alone although something was decided about them. Cases that a guard stops get their outcome here.
    """

    def __init__(self, place: Place, cases: t.Iterable[Case], decisions: Decisions) -> None:
        self.place = place
        self.instance = place.instance
        self.traits = place.instance.traits
        self.decisions = decisions
        self.targets: dict[Key, Target] = {}
        own = [(case, case.finding) for case in cases if case.finding and case.finding.instance == self.instance.name]
        for case, finding in own:
            account = account_of(place, finding)
            if account is not None and case.pending:
                self.add(case, finding, account)
        self.keep_administrators()
        self.lines = [self.line(case, finding) for case, finding in own if case.outcome in (HELD, FAILED)]

    def add(self, case: Case, finding: Finding, account: Values) -> None:
        """Have what one finding is about removed, unless there is a reason to leave it."""
        guarded = self.guard(account, finding.person)
        if guarded and self.traits.key(case.verdict.confirm) != self.place.name_key(account):
            case.settle(
                HELD,
                f"{guarded} If it is meant, add confirm: {account['username']} to the line of {case.verdict.mark}.",
            )
            return
        items = taken(finding, account, self.traits)
        if not items and not closes(finding):
            case.settle(
                FAILED, f"Nothing of the account itself can be taken: {finding.what}. Change that where it comes from."
            )
            return
        target = self.targets.setdefault(self.traits.entry_key(account), Target(account, whose(finding)))
        target.cases.append(case)
        target.closed = target.closed or closes(finding)
        target.items = merged(target.items, items)

    def guard(self, account: Values, person: str) -> str:
        """Why an account is not touched without a word about this very account."""
        name = account["username"]
        service = self.decisions.service_account(name, self.instance)
        return (
            guards.protected({name, email_of(account), person}, self.instance, self.decisions, ())
            or guards.caller(name, {"caller": self.place.caller}, self.instance)
            or (f"{name} is a service account of {service.owner} ({service.reason})." if service else "")
            or (f"{name} is an administrator." if self.administers(account) else "")
        )

    def administers(self, account: Values) -> bool:
        return self.place.name_key(account) in self.place.administrators or bool(self.traits.administers(account))

    def keep_administrators(self) -> None:
        """Let those be without whom nobody could administer the instance."""
        lost = {self.place.name_key(each.account) for each in self.targets.values() if self.stops_administering(each)}
        last = guards.last_administrators(lost, {"administrators": list(self.place.administrators)}, self.instance)
        why = f"Nobody would be left to administer {self.instance.title}: {', '.join(sorted(last))} would stop."
        for key, target in list(self.targets.items()):
            if self.place.name_key(target.account) in last:
                del self.targets[key]
                for case in target.cases:
                    case.settle(FAILED, why)

    def stops_administering(self, target: Target) -> bool:
        """Whether an account has nothing left of what makes an administrator."""
        rights = administration(target.account, self.traits)
        kept = [item for name, held in rights.items() for item in held if item not in target.items.get(name, ())]
        return target.closed or (bool(rights) and not kept)

    def line(self, case: Case, finding: Finding) -> Line:
        """A line about an account that is left alone."""
        account = account_of(self.place, finding)
        line = Line(whose(finding), finding.account, realm=self.traits.realm(account) if account else "")
        if case.outcome == HELD:
            line.hold(case.why)
        else:
            line.fail(case.why)
        return line

    def blank_lines(self) -> dict[Key, Line]:
        """A line for each target, about which nothing is known yet."""
        return {
            key: Line(target.person, target.account["username"], realm=self.traits.realm(target.account))
            for key, target in self.targets.items()
        }

    def takes(self) -> dict[Key, Values]:
        """The entries of the user module that take access."""
        return {key: entry(each.account, each.items, self.traits) for key, each in self.targets.items() if each.items}

    def closings(self) -> dict[Key, Values]:
        """The accounts to close, as offboarding has them."""
        found = {}
        for key, target in self.targets.items():
            place = self.traits.place(target.account)
            known = {"person": target.person, "username": target.account["username"], "place": place}
            if target.closed:
                found[key] = {**known, "realm": self.traits.realm(place), "current": target.account, "keep": ""}
        return found


def account_of(place: Place, finding: Finding) -> Values | None:
    """The account that a finding is about; None where it is about none."""
    same = (account for account in place.accounts if place.identity(account) == finding.key)
    return next(same, None)


def together(taken: Line, closed: Line) -> Line:
    """The one line of an account from which access was taken before it was closed."""
    closed.done = taken.done + closed.done
    closed.changes = taken.changes + closed.changes
    closed.notes = taken.notes + closed.notes
    closed.action = heavier(taken.action, closed.action)
    closed.error = " ".join(filter(None, (taken.error, closed.error))) or None
    return closed


def whose(finding: Finding) -> str:
    """What reports call the person of a finding."""
    return finding.person or f"nobody ({finding.account})"
