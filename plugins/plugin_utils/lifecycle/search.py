# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the accounts of leavers in all instances; nothing is written here."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import refuse
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle import guards
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.accounts import Accounts
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Modules, message
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.judge import Judge, Law
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import Leaver, query
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.exceptions import TemporaryGrant
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.naming import Rule


class Search:
    """What was found in each instance, and why some did not answer; ``naming`` has the rule for user names by instance.

    ``urgent`` are ids of people who leave at once, whatever limit and doubt say; ``rows`` is everybody who may claim an
    account, those included who do not leave in this run. ``exceptions`` that hold on the day ``today`` keep accounts
    open.
    """

    def __init__(
        self,
        leavers: list[Leaver],
        instances: t.Sequence[Modules],
        naming: t.Mapping[str, Rule],
        decisions: Decisions,
        urgent: t.Collection[str] = (),
        rows: t.Sequence[Leaver] = (),
        exceptions: t.Sequence[TemporaryGrant] = (),
        today: datetime.date = datetime.date.max,
    ) -> None:
        self.leavers = leavers
        self.instances = instances
        self.decisions = decisions
        self.urgent = urgent
        self.rows = rows or leavers
        self.exceptions, self.today = exceptions, today
        self.protected: t.Sequence[str] = ()
        self.accounts = {modules.name: Accounts(modules.instance, naming[modules.name]) for modules in instances}
        self.guards: dict[str, Values] = {modules.name: {} for modules in instances}
        self.failures: dict[str, str] = {}

    def run(self) -> None:
        """Look by what was given, then once more by the e-mail addresses that this taught."""
        for modules in self.instances:
            self.guards[modules.name] = self.look(modules, self.leavers, guards=True)
        for leaver in self.leavers:
            leaver.learn([account for accounts in self.accounts.values() for account in accounts.own(leaver)])
        taught = [leaver for leaver in self.leavers if leaver.learned]
        for modules in self.instances if taught else ():
            self.look(modules, taught)

    def look(self, modules: Modules, leavers: t.Sequence[Leaver], **options: t.Any) -> Values:
        """Read all that may be theirs; empty where the instance did not answer."""
        if modules.name in self.failures:
            return {}
        accounts = self.accounts[modules.name]
        found: Values = {"failed": True, "msg": modules.outage}
        if not modules.outage:
            found = modules.search(**query(leavers, modules.instance, accounts.rule), **options)
        if found.get("failed"):
            self.failures[modules.name] = message(found)
            return {}
        accounts.add(found["users"])
        return found

    def refuse(self, limit: int, count: int, protected: t.Sequence[str]) -> None:
        """Raise InputError where too many would leave; whoever is ``protected`` stays, and the others go."""
        refuse(guards.too_many(count, limit))
        self.protected = protected

    def entries(self, modules: Modules) -> list[Values]:
        """The accounts to close in one instance:
        ``person``, ``username`` and ``current`` (None: only a name is known).
        """
        return [*self._judged(modules).closing.values()]

    def held(self, modules: Modules) -> list[Line]:
        """A line for each account that stays: a guard keeps it, or nobody can tell whether it is theirs."""
        return self._judged(modules).lines

    def people(self) -> list[Values]:
        """The leavers as reports name them."""
        return [leaver.described() for leaver in self.leavers]

    def _judged(self, modules: Modules) -> Judge:
        law = Law(self.decisions, self.protected, self.urgent, self.exceptions, self.today)
        judge = Judge(self.accounts[modules.name], self.rows, law, self.guards[modules.name])
        for leaver in self.leavers if modules.name not in self.failures else ():
            judge.judge(leaver, self._protection(leaver))
        judge.keep_administrators()
        return judge

    def _protection(self, leaver: Leaver) -> str:
        """Why a person stays everywhere, whatever is up or down:
        by any name that is theirs, or that a rule would make.
        """
        names = {leaver.id, *leaver.emails}
        for accounts in self.accounts.values():
            own = accounts.own(leaver)
            names |= {
                *leaver.names(accounts.instance, accounts.rule),
                *(account["username"] for account in own if len(own) == 1),
            }
        return guards.protected(names, None, self.decisions, self.protected)
