# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the accounts of leavers in all instances, then asks the guards; nothing is written here."""

from __future__ import annotations

import collections
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
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import Decisions


class Search:
    """What was found in each instance, and why some did not answer; ``naming`` has the rule for user names by instance.

    ``urgent`` are ids of people who leave at once, whatever limit and doubt say.
    """

    def __init__(
        self,
        leavers: list[Leaver],
        instances: t.Sequence[Modules],
        naming: dict[str, str],
        decisions: Decisions,
        urgent: t.Collection[str] = (),
    ) -> None:
        self.leavers = leavers
        self.instances = instances
        self.naming = naming
        self.decisions = decisions
        self.urgent = urgent
        self.accounts: dict[str, list[Values]] = {modules.name: [] for modules in instances}
        self.guards: dict[str, Values] = {}
        self.failures: dict[str, str] = {}
        self._claimed: dict[str, collections.Counter[str]] = {}

    def run(self) -> None:
        """Look by what was given, then once more by the e-mail addresses that this taught."""
        for modules in self.instances:
            asked = query(self.leavers, modules.traits, self.naming[modules.name])
            found = self.look(modules, asked, guards=True)
            self.guards[modules.name] = found or {}
        for leaver in self.leavers:
            for modules in self.instances:
                learn(leaver, self._own(leaver, modules))
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

    def refuse(self, limit: int, count: int, protected: t.Sequence[str]) -> None:
        """Raise InputError, before anything is written, when a guard says no."""
        problems = guards.too_many(count, limit)
        for leaver in self.leavers:
            for modules in self.instances:
                called = {leaver.id, leaver.username, *leaver.emails, *leaver.names(modules.traits, self.naming[modules.name])}
                for account in self._own(leaver, modules):
                    called |= {account["username"], account.get("email") or ""}
                problems += guards.protected(called, modules.name, self.decisions, protected)
        for modules in self.instances:
            leaving = {modules.traits.key(entry["username"]) for entry in self.entries(modules)}
            found = self.guards.get(modules.name, {})
            problems += guards.caller(leaving, found, modules.traits) or guards.last_administrator(
                leaving, found, modules.traits
            )
        refuse(list(dict.fromkeys(problems)))

    def entries(self, modules: Modules) -> list[Values]:
        """The accounts to close in one instance: ``person``, ``username`` and ``current`` (None: only a name is known)."""
        traits, entries = modules.traits, {}
        for leaver in self.leavers:
            own = self._own(leaver, modules)
            if self._doubt(leaver, own, modules):
                continue
            for account in own:
                username = account["username"]
                if not self.decisions.service_account(username, modules.name):
                    entries[traits.key(username)] = {"person": leaver.id, "username": username, "current": account}
            for name in leaver.explicit(traits) if not own and modules.name not in self.failures else ():
                entries.setdefault(traits.key(name), {"person": leaver.id, "username": name, "current": None})
        return list(entries.values())

    def held(self, modules: Modules) -> list[Line]:
        """A line for each account that is left alone: of a service, in doubt, or only named like this person's."""
        lines = []
        for leaver in self.leavers:
            own = self._own(leaver, modules)
            reason = self._doubt(leaver, own, modules)
            if own and reason:
                lines.append(held(leaver, ", ".join(sorted(account["username"] for account in own)), reason))
                continue
            for account in own:
                service = self.decisions.service_account(account["username"], modules.name)
                if service:
                    lines.append(
                        held(
                            leaver,
                            service.username,
                            f"A service account of {service.owner} ({service.reason}; to be reviewed by {service.review_by}), "
                            f"although it has this person's address. It was left.",
                        )
                    )
            lines += [self._namesake(leaver, account) for account in self._namesakes(leaver, own, modules)]
        return lines

    def people(self) -> list[Values]:
        """The leavers as reports name them."""
        return [
            {"id": leaver.id, "name": leaver.name, "email": leaver.email or ", ".join(sorted(leaver.learned)), "profile": []}
            for leaver in self.leavers
        ]

    def _own(self, leaver: Leaver, modules: Modules) -> list[Values]:
        return accounts_of(leaver, self.accounts[modules.name], modules.traits)

    def _claims(self, modules: Modules) -> collections.Counter[str]:
        """How many of the leavers each account of an instance would belong to."""
        if modules.name not in self._claimed:
            names = (account["username"] for leaver in self.leavers for account in self._own(leaver, modules))
            self._claimed[modules.name] = collections.Counter(map(modules.traits.key, names))
        return self._claimed[modules.name]

    def _doubt(self, leaver: Leaver, own: t.Sequence[Values], modules: Modules) -> str:
        """Why the accounts of a leaver are left in one instance; empty where they are not."""
        if leaver.id in self.urgent:
            return ""
        claims = self._claims(modules)
        claimed = [account["username"] for account in own if claims[modules.traits.key(account["username"])] > 1]
        if claimed:
            return f"{claimed[0]} would be the account of several of these people. Say whose it is in accounts."
        return doubt(leaver, own, modules.traits)

    def _namesakes(self, leaver: Leaver, own: t.Sequence[Values], modules: Modules) -> list[Values]:
        """Accounts that have the name that the rule makes for a leaver, and somebody else's address."""
        key = modules.traits.key
        suggested = {key(name) for name in leaver.suggested(modules.traits, self.naming[modules.name])}
        if own or leaver.explicit(modules.traits):
            return []
        alike = [account for account in self.accounts[modules.name] if key(account["username"]) in suggested]
        return [account for account in alike if not self._claims(modules)[key(account["username"])]]

    def _namesake(self, leaver: Leaver, account: Values) -> Line:
        address = account.get("email") or "nobody known"
        reason = f"The account has the name of {leaver.id}, and belongs to {address}. Is it theirs? Name it in accounts then."
        return held(leaver, account["username"], reason)


def held(leaver: Leaver, username: str, reason: str) -> Line:
    line = Line(leaver.id, username)
    line.hold(reason)
    return line
