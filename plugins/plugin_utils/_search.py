# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the accounts of leavers in all systems, then asks the guards; nothing is written here."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils import _guards as guards
from ansible_collections.people.lifecycle.plugins.plugin_utils._batches import Module, message
from ansible_collections.people.lifecycle.plugins.plugin_utils._leavers import (
    Leaver,
    doubts,
    learn,
    query,
    theirs,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils._people import refuse

Values = dict[str, t.Any]


class Search:
    """What was found in each system, and which systems did not answer."""

    def __init__(self, leavers: list[Leaver], modules: t.Sequence[Module], naming: dict[str, str]) -> None:
        self.leavers = leavers
        self.modules = modules
        self.naming = naming
        self.accounts: dict[str, list[Values]] = {module.rules.name: [] for module in modules}
        self.told: dict[str, Values] = {}
        self.failures: dict[str, str] = {}

    def run(self) -> None:
        """Look by what was given, then once more by the e-mail addresses that this taught."""
        for module in self.modules:
            self.look(module, query(self.leavers, module.rules, self.naming[module.rules.name]), guards=True)
        for leaver in self.leavers:
            learn(leaver, self.accounts, self.rules)
        emails = sorted({email for leaver in self.leavers for email in leaver.learned})
        for module in self.modules if emails else ():
            self.look(module, {"usernames": emails, "emails": emails})

    @property
    def rules(self) -> list[t.Any]:
        return [module.rules for module in self.modules]

    def look(self, module: Module, asked: dict[str, list[str]], **options: t.Any) -> None:
        name = module.rules.name
        if name in self.failures:
            return
        found = module.read(**asked, **options)
        if found.get("failed"):
            self.failures[name] = message(found)
            return
        known = {module.rules.key(account["username"]) for account in self.accounts[name]}
        self.accounts[name] += [a for a in found["users"] if module.rules.key(a["username"]) not in known]
        self.told = {name: found, **self.told}

    def refuse(self, count: int, limit: int, protected: t.Container[str]) -> None:
        """Raise InputError, before anything is written, when a guard or a doubt says no."""
        problems = guards.too_many(count, limit)
        for leaver in self.leavers:
            own = [account for rules in self.rules for account in theirs(leaver, self.accounts[rules.name], rules)]
            problems += guards.protected(leaver, own, protected)
            problems += doubts(leaver, self.accounts, self.rules)
        for rules in self.rules:
            leaving = {rules.key(entry["username"]) for entry in self.entries(rules)}
            found = self.told.get(rules.name, {})
            problems += guards.caller(leaving, found, rules) or guards.last_administrator(leaving, found, rules)
        refuse(problems)

    def entries(self, rules: t.Any) -> list[Values]:
        """The accounts to close in one system: ``person``, ``username`` and ``current`` (None where only a name is known)."""
        entries: dict[str, Values] = {}
        for leaver in self.leavers:
            own = theirs(leaver, self.accounts[rules.name], rules)
            for account in own:
                entries[rules.key(account["username"])] = {
                    "person": leaver.id,
                    "username": account["username"],
                    "current": account,
                }
            named = leaver.explicit(rules)
            if named and not own and rules.name not in self.failures:
                entries.setdefault(rules.key(named), {"person": leaver.id, "username": named, "current": None})
        return list(entries.values())

    def people(self) -> list[Values]:
        return [
            {"id": leaver.id, "name": leaver.name, "email": leaver.email or ", ".join(sorted(leaver.learned)), "profile": []}
            for leaver in self.leavers
        ]
