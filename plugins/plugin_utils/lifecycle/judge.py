# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which accounts of leavers are closed in one instance, and which stay, each with why. Pure."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle import guards
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.accounts import Accounts, Key, email_of
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import Leaver
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NEW, Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.exceptions import TemporaryGrant, kept_by


@dataclasses.dataclass(frozen=True)
class Law:
    """What accounts are judged by: decisions, names that are ``protected``, ids of those who leave whatever doubt says,
    and ``exceptions`` that hold on the day ``today``.
    """

    decisions: Decisions
    protected: t.Sequence[str] = ()
    urgent: t.Collection[str] = ()
    exceptions: t.Sequence[TemporaryGrant] = ()
    today: datetime.date = datetime.date.max


class Judge:
    """``closing`` are the accounts to close, by what tells them apart; ``lines`` are those that stay.

    An account that stays keeps no other from being closed. ``rows`` is everybody who may claim an account, ``found``
    what the instance said of the calling account and of its administrators.
    """

    def __init__(self, accounts: Accounts, rows: t.Sequence[Leaver], law: Law, found: Values) -> None:
        self.accounts = accounts
        self.instance = accounts.instance
        self.traits = accounts.traits
        self.law = law
        self.found = found
        self.own = collections.Counter(accounts.key(account) for row in rows for account in accounts.own(row))
        self.claims = self.own + collections.Counter(accounts.key(a) for row in rows for a in accounts.claimed(row))
        self.owners = {
            self.traits.key(name): person
            for person in law.decisions.account_names
            if (name := law.decisions.username(person, self.instance)) not in ("", NEW)
        }
        self.closing: dict[Key, Values] = {}
        self.lines: list[Line] = []

    def judge(self, leaver: Leaver, protection: str) -> None:
        """Sort the accounts of one leaver; ``protection`` is why they stay everywhere."""
        accounts, law = self.accounts, self.law
        own = accounts.own(leaver)
        names = {leaver.id, *leaver.emails, *leaver.names(self.instance, accounts.rule)}
        protection = protection or guards.protected(names, self.instance, law.decisions, ())
        if protection:
            self.fail(leaver, own, protection)
            return
        rest = [account for account in own if not self.stays(leaver, account)]
        reason = "" if leaver.id in law.urgent else guards.doubt(leaver, usernames(rest), self.instance)
        unsure = [
            account
            for account in rest
            if reason and self.traits.key(account["username"]) not in accounts.certain(leaver)
        ]
        if unsure:
            self.hold(leaver, unsure, reason)
        sure = [account for account in rest if account not in unsure]
        kept, grant = self.kept(leaver, sure)
        for account in sure:
            self.close(leaver, account["username"], account, grant if account in kept else None)
        self.close_names(leaver)
        for account, what in accounts.alike(leaver):
            if not self.is_others(account, leaver):
                self.hold(leaver, [account], guards.question(leaver, account, what, self.instance))
        for account in accounts.claimed(leaver):
            if self.own[accounts.key(account)]:
                self.hold(
                    leaver, [account], guards.claimed(account["username"], self.claims[accounts.key(account)], "")
                )

    def kept(self, leaver: Leaver, accounts: t.Sequence[Values]) -> tuple[list[Values], TemporaryGrant | None]:
        """Which of a leaver's accounts an exception keeps:
        the one that was decided or given for this instance, else all.
        """
        grant = (
            None
            if leaver.id in self.law.urgent
            else kept_by(self.law.exceptions, leaver.id, self.instance, self.law.today)
        )
        there = [account for account in accounts if account.get("state") != "absent"] if grant else []
        certain = self.accounts.certain(leaver)
        return [account for account in there if self.traits.key(account["username"]) in certain] or there, grant

    def close_names(self, leaver: Leaver) -> None:
        """Close what may be kept under names of a leaver without an account."""
        for name in self.accounts.missing(leaver):
            self.close(leaver, name, None)
        for name, place in self.accounts.awaited(leaver):
            if not guards.service(name, self.instance, self.law.decisions):
                self.close(leaver, name, None, awaited=place)

    def stays(self, leaver: Leaver, account: Values) -> bool:
        """Whether a guard keeps one account, or somebody else claims it; there is a line about it then."""
        username, law = account["username"], self.law
        failure = guards.protected({username, email_of(account)}, self.instance, law.decisions, law.protected)
        failure = failure or guards.caller(username, self.found, self.instance)
        doubt = guards.service(username, self.instance, law.decisions)
        if not doubt and leaver.id not in law.urgent:
            owner = self.owners.get(self.traits.key(username), leaver.id) if leaver.has_id else leaver.id
            doubt = guards.claimed(
                username, self.claims[self.accounts.key(account)], owner if owner != leaver.id else ""
            )
        if failure:
            self.fail(leaver, [account], failure)
        elif doubt:
            self.hold(leaver, [account], doubt)
        return bool(failure or doubt)

    def is_others(self, account: Values, leaver: Leaver) -> bool:
        """Whether an account that only looks like a leaver's clearly belongs to somebody or something else."""
        key = self.accounts.key(account)
        decided = leaver.has_id and self.traits.key(account["username"]) in self.owners
        return bool(self.own[key] or decided or guards.service(account["username"], self.instance, self.law.decisions))

    def keep_administrators(self) -> None:
        """Let those stay without whom nobody could administer the instance."""
        last = guards.last_administrators(self.leaving_names(), self.found, self.instance)
        entries = {key: entry for key, entry in self.closing.items() if self.traits.key(entry["username"]) in last}
        names = ", ".join(dict.fromkeys(entry["username"] for entry in entries.values()))
        for key, entry in entries.items():
            del self.closing[key]
            line = Line.of(entry)
            line.fail(f"Nobody would be left to administer {self.instance.title}: {names} would leave.")
            self.lines.append(line)

    def leaving_names(self) -> set[str]:
        """User names, as the system compares them, of which no account would be left."""
        names = {self.traits.key(entry["username"]) for entry in self.closing.values()}
        there = {key: account for key, account in self.accounts.by_key.items() if account.get("state") != "absent"}
        return names - {
            self.traits.key(account["username"]) for key, account in there.items() if key not in self.closing
        }

    def close(
        self,
        leaver: Leaver,
        username: str,
        account: Values | None,
        grant: TemporaryGrant | None = None,
        awaited: Values | None = None,
    ) -> None:
        """Have an account closed, or, with ``grant``, kept without privileges. Of one that is not there only the name
        is known, or by a rule where it would be.
        """
        place = self.traits.place(account or awaited or {})
        entry: Values = {"person": leaver.id, "username": username, "place": place, "current": account, "keep": grant}
        entry["realm"] = self.traits.realm(place)
        entry |= {"awaited": True} if awaited else {}
        self.closing.setdefault(self.traits.entry_key({"username": username, **place}), entry)

    def fail(self, leaver: Leaver, accounts: t.Sequence[Values], reason: str) -> None:
        line = self.line(leaver, accounts)
        line.fail(reason)
        self.lines.append(line)

    def hold(self, leaver: Leaver, accounts: t.Sequence[Values], reason: str) -> None:
        line = self.line(leaver, accounts)
        line.hold(reason)
        self.lines.append(line)

    def line(self, leaver: Leaver, accounts: t.Sequence[Values]) -> Line:
        """A line about accounts of one person, with their realm where it is one."""
        realms = {self.traits.realm(account) for account in accounts}
        return Line(leaver.id, ", ".join(usernames(accounts)), realm=realms.pop() if len(realms) == 1 else "")


def usernames(accounts: t.Sequence[Values]) -> list[str]:
    return sorted({account["username"] for account in accounts})
