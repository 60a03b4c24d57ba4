# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the accounts of leavers in all instances, then asks the guards; nothing is written here."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import refuse
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle import guards
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Modules, message
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import (
    Leaver,
    accounts_of,
    doubt,
    learn,
    query,
)


class Search:
    """What was found in each instance, and why some did not answer; ``naming`` has the rule for user names by instance."""

    def __init__(self, leavers: list[Leaver], instances: t.Sequence[Modules], naming: dict[str, str]) -> None:
        self.leavers = leavers
        self.instances = instances
        self.naming = naming
        self.accounts: dict[str, list[Values]] = {modules.name: [] for modules in instances}
        self.guards: dict[str, Values] = {}
        self.failures: dict[str, str] = {}

    def run(self) -> None:
        """Look by what was given, then once more by the e-mail addresses that this taught."""
        for modules in self.instances:
            asked = query(self.leavers, modules.traits, self.naming[modules.name])
            found = self.look(modules, asked, guards=True)
            self.guards[modules.name] = found or {}
        for leaver in self.leavers:
            for modules in self.instances:
                learn(leaver, accounts_of(leaver, self.accounts[modules.name], modules.traits))
        emails = sorted({email for leaver in self.leavers for email in leaver.learned})
        for modules in self.instances if emails else ():
            self.look(modules, {"usernames": emails, "emails": emails})

    def look(self, modules: Modules, asked: dict[str, list[str]], **options: t.Any) -> Values | None:
        """Read what is asked for; None where the instance did not answer."""
        name, key = modules.name, modules.traits.key
        if name in self.failures:
            return None
        found: Values = {"failed": True, "msg": modules.outage}
        if not modules.outage:
            found = modules.read(**asked, **options)
        if found.get("failed"):
            self.failures[name] = message(found)
            return None
        known = {key(account["username"]) for account in self.accounts[name]}
        self.accounts[name] += [account for account in found["users"] if key(account["username"]) not in known]
        return found

    def refuse(self, count: int, limit: int, protected: t.Container[str]) -> None:
        """Raise InputError, before anything is written, when a guard says no."""
        problems = guards.too_many(count, limit)
        for leaver in self.leavers:
            own = [
                account
                for modules in self.instances
                for account in accounts_of(leaver, self.accounts[modules.name], modules.traits)
            ]
            problems += guards.protected(leaver, own, protected)
        for modules in self.instances:
            leaving = {modules.traits.key(entry["username"]) for entry in self.entries(modules)}
            found = self.guards.get(modules.name, {})
            problems += guards.caller(leaving, found, modules.traits) or guards.last_administrator(
                leaving, found, modules.traits
            )
        refuse(problems)

    def entries(self, modules: Modules) -> list[Values]:
        """The accounts to close in one instance: ``person``, ``username`` and ``current`` (None: only a name is known)."""
        traits, entries = modules.traits, {}
        for leaver, own in self._clear(modules):
            for account in own:
                username = account["username"]
                entries[traits.key(username)] = {"person": leaver.id, "username": username, "current": account}
            named = leaver.explicit(traits)
            if named and not own and modules.name not in self.failures:
                entries.setdefault(traits.key(named), {"person": leaver.id, "username": named, "current": None})
        return list(entries.values())

    def held(self, modules: Modules) -> list[Line]:
        """A line for each person of whom nobody can say which accounts of the instance are theirs."""
        lines = []
        for leaver in self.leavers:
            own = self._own(leaver, modules)
            reason = doubt(leaver, own, modules.traits)
            if own and reason:
                line = Line(leaver.id, ", ".join(sorted(account["username"] for account in own)))
                line.hold(reason)
                lines.append(line)
        return lines

    def people(self) -> list[Values]:
        """The leavers as reports name them."""
        return [
            {"id": leaver.id, "name": leaver.name, "email": leaver.email or ", ".join(sorted(leaver.learned)), "profile": []}
            for leaver in self.leavers
        ]

    def _own(self, leaver: Leaver, modules: Modules) -> list[Values]:
        return accounts_of(leaver, self.accounts[modules.name], modules.traits)

    def _clear(self, modules: Modules) -> t.Iterator[tuple[Leaver, list[Values]]]:
        """The leavers of whose accounts there is no doubt, with these."""
        for leaver in self.leavers:
            own = self._own(leaver, modules)
            if not doubt(leaver, own, modules.traits):
                yield leaver, own
