# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The accounts that were found in one instance, and whose they are. Pure."""

from __future__ import annotations

import collections
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import Leaver
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instance
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.naming import Rule

Key = tuple[str, ...]  # what tells accounts of one instance apart


class Accounts:
    """Accounts by what tells them apart, by user name and by address; ``rule`` makes the user names of the instance,
    and ``options`` say what else is true of accounts with these.
    """

    def __init__(self, instance: Instance, rule: Rule) -> None:
        self.instance = instance
        self.traits = instance.traits
        self.rule, self.options = rule.username, rule.options
        self.by_key: dict[Key, Values] = {}
        self.by_name: dict[str, list[Values]] = collections.defaultdict(list)
        self.by_email: dict[str, list[Values]] = collections.defaultdict(list)

    def add(self, found: t.Iterable[Values]) -> None:
        for account in found:
            if self.by_key.setdefault(self.key(account), account) is account:
                self.by_name[self.traits.key(account["username"])].append(account)
                for address in sorted({email_of(account), account["username"].casefold()}):
                    self.by_email[address].append(account)

    def key(self, account: Values) -> Key:
        return self.traits.entry_key(account)

    def own(self, leaver: Leaver) -> list[Values]:
        """The accounts of one leaver: those decided, those with one of their addresses, and those that an entry names.

        A name in an entry proves nothing where the account has an address that is not theirs.
        """
        decided = self.decided(leaver)
        explicit = [account for account in self.named(leaver.explicit(self.instance)) if agrees(account, leaver)]
        addressed = self.addressed(leaver.emails)
        return [*{self.key(account): account for account in (*decided, *explicit, *addressed)}.values()]

    def decided(self, leaver: Leaver) -> list[Values]:
        """The accounts that somebody decided to be a leaver's:
        at the place that the decision names, else at the usual one.
        """
        name = leaver.decided_for(self.instance)
        named = self.named([name]) if name else []
        options = leaver.decided_options(self.instance)
        if options:
            return [account for account in named if self.traits.place(account) == self.traits.place(options)]
        return [account for account in named if not self.traits.realm(account)] or named

    def awaited(self, leaver: Leaver) -> list[tuple[str, Values]]:
        """Names under which access may wait for a leaver whose account comes with the first sign-in,
        and where that is.
        """
        place = self.traits.place({**self.options, **leaver.decided_options(self.instance)})
        if not self.traits.signs_in_elsewhere(place) or any(
            self.traits.place(own) == place for own in self.own(leaver)
        ):
            return []
        decided = leaver.decided_for(self.instance)
        names = [decided] if decided else sorted(leaver.suggested(self.rule, leaver.emails))
        return [(name, place) for name in names if self.key({"username": name, **place}) not in self.by_key]

    def claimed(self, leaver: Leaver) -> list[Values]:
        """The accounts with a former address that only the leaver's entry gives."""
        return self.addressed(leaver.claimed - leaver.emails)

    def alike(self, leaver: Leaver) -> list[tuple[Values, str]]:
        """Accounts that are there and may be a leaver's, each with what makes it so."""
        learned = self.addressed(leaver.learned - leaver.emails)
        sources = (
            ("the name that the record gives", self.named(leaver.explicit(self.instance))),
            (f"the name of {leaver.id}", self.named(leaver.suggested(self.rule))),
            ("a former address that the record gives", self.claimed(leaver)),
            ("an address that another account of theirs has", learned),
        )
        found = {self.key(account): (account, what) for what, accounts in reversed(sources) for account in accounts}
        own = {self.key(account) for account in self.own(leaver)}
        return [(a, what) for key, (a, what) in found.items() if key not in own and is_there(a)]

    def certain(self, leaver: Leaver) -> set[str]:
        """User names, as the system compares them, that were decided or given for this very instance."""
        named = [leaver.decided_for(self.instance), *leaver.given_for(self.instance)]
        return {self.traits.key(name) for name in named}

    def missing(self, leaver: Leaver) -> list[str]:
        """Names that were given for a leaver and have no account: something may have outlived it."""
        names = leaver.given_for(self.instance) or ([] if self.own(leaver) else leaver.usernames)
        return [name for name in names if self.traits.key(name) not in self.by_name]

    def addressed(self, emails: t.Iterable[str]) -> list[Values]:
        return [account for email in sorted(emails) for account in self.by_email.get(email, ())]

    def named(self, names: t.Iterable[str]) -> list[Values]:
        return [account for name in sorted(names) for account in self.by_name.get(self.traits.key(name), ())]


def is_there(account: Values) -> bool:
    """Whether somebody can sign in with it: an account, or a token that outlived one."""
    return account.get("state") != "absent" or bool((account.get("token") or {}).get("exists"))


def email_of(account: Values) -> str:
    return (account.get("email") or "").casefold()


def agrees(account: Values, leaver: Leaver) -> bool:
    """Whether nothing speaks against an account that an entry names: an address that is not theirs would."""
    return not (email_of(account) and leaver.given) or not leaver.given.isdisjoint(
        {email_of(account), account["username"].casefold()}
    )
