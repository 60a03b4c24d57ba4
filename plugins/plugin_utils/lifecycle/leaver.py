# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Leavers: who is meant, and which accounts are theirs, even where the names differ. Pure; the reading is handed in."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, mapping, text, text_list
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names, refuse
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NEW, Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.naming import user_name
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import FIELDS, checked, read_account
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import check_system

KNOWN = (*FIELDS, "username")
TEXTS = ("id", "first_name", "last_name", "email", "username", "end")
MOST_ACCOUNTS = 3  # of one person in one instance; more are a doubt


@dataclasses.dataclass
class Leaver:
    """One person who leaves: known by addresses, by ``username`` (the same everywhere), or by ``accounts`` per system."""

    id: str
    name: str = ""
    email: str = ""
    username: str = ""
    end: str = ""
    accounts: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    values: Values = dataclasses.field(default_factory=dict)
    former: set[str] = dataclasses.field(default_factory=set)
    learned: set[str] = dataclasses.field(default_factory=set)

    @property
    def emails(self) -> set[str]:
        """The addresses that accounts are looked for by, in lower case."""
        return {self.email.casefold(), *self.former, *self.learned} - {""}

    def explicit(self, traits: Traits) -> list[str]:
        """The user names that somebody gave for a system."""
        return self.accounts.get(traits.name) or ([self.username] if self.username else [])

    def suggested(self, traits: Traits, rule: str) -> set[str]:
        """The user names that the rule of a system makes; they prove nothing."""
        known = {"first_name": "", "last_name": "", **self.values, "id": self.id}
        names = set()
        for email in self.emails:
            with contextlib.suppress(InputError):
                names.add(user_name(rule, {**known, "email": email}))
        return names

    def names(self, traits: Traits, rule: str) -> set[str]:
        """The user names that may be theirs in a system."""
        if self.accounts.get(traits.name):
            return {*self.accounts[traits.name]}
        return {*self.explicit(traits), *self.emails, *self.suggested(traits, rule)}

    def merge(self, other: Leaver) -> None:
        """Add what another entry about the same person says."""
        self.name, self.email = self.name or other.name, self.email or other.email
        self.username, self.end = self.username or other.username, max(self.end, other.end)
        self.former |= other.former
        for system, names in other.accounts.items():
            self.accounts[system] = list(dict.fromkeys([*self.accounts.get(system, []), *names]))

    def decide(self, decisions: Decisions) -> None:
        """Add what somebody reviewed about this person."""
        self.former |= decisions.former_emails(self.id)
        for system, username in decisions.account_names.get(self.id, {}).items():
            if username != NEW:
                self.accounts[system] = list(dict.fromkeys([*self.accounts.get(system, []), username]))


def read_leavers(given: t.Any, name: str) -> list[Leaver]:
    """The people in ``given``: records, e-mail addresses or user names, as a list or as text; each person once.

    Raises InputError with everything that is wrong.
    """
    if is_blank(given):
        return []
    items = text_list(given, name) if isinstance(given, str) else given
    if not isinstance(items, (list, tuple)):
        raise InputError(f"{name} must be a list of people, e-mail addresses or user names.")
    people: dict[str, Leaver] = {}
    problems = []
    for place, item in enumerate(items, 1):
        if is_blank(item):
            continue
        try:
            leaver = read_leaver(item)
        except InputError as error:
            problems.append(f"{getattr(item, 'place', f'{name}, entry {place}')}: {error}")
            continue
        same = people.setdefault((leaver.email or leaver.username or leaver.id).casefold(), leaver)
        if same is not leaver:
            same.merge(leaver)
    refuse(problems)
    return list(people.values())


def read_leaver(item: t.Any) -> Leaver:
    if isinstance(item, str):
        called = checked(text(item, "entry"), "entry")
        return Leaver(called, email=checked(called, "email")) if "@" in called else Leaver(called, username=called)
    record = mapping(item, "entry")
    unknown = next((field for field in record if field not in KNOWN), None)
    if unknown is not None:
        near = near_names(unknown, KNOWN, 1)
        raise InputError(f"{unknown!r:.60} is not a field of a leaver{f'; did you mean {near[0]}?' if near else '.'}")
    found = {field: checked(text(record.get(field), field), field) for field in TEXTS}
    accounts = read_names(record.get("accounts"))
    if not (found["email"] or found["username"] or accounts):
        raise InputError("a leaver needs email, username or accounts with a username.")
    former = text_list(record.get("former_emails"), "former_emails")
    return Leaver(
        id=found["id"] or found["email"] or found["username"] or next(iter(accounts.values()))[0],
        name=f"{found['first_name']} {found['last_name']}".strip(),
        email=found["email"],
        username=found["username"],
        end=found["end"],
        accounts=accounts,
        values={field: found[field] for field in ("first_name", "last_name") if found[field]},
        former={checked(email, "email").casefold() for email in former},
    )


def read_names(given: t.Any) -> dict[str, list[str]]:
    """The user names in ``accounts`` by system; one, or a list of them."""
    names: dict[str, list[str]] = {}
    for system, values in mapping(given, "accounts").items():
        traits = check_system(system, "accounts")
        if values is False or is_blank(values):
            continue
        rest = dict(mapping(values, f"accounts.{system}"))
        username = rest.pop("username", None)
        read_account(traits, rest)
        usernames = username if isinstance(username, (list, tuple)) else [username]
        found = [checked(text(name, "username"), "username") for name in usernames if not is_blank(name)]
        if found:
            names[system] = found
    return names


def query(leavers: t.Sequence[Leaver], traits: Traits, rule: str) -> dict[str, list[str]]:
    """What to look for in one system: user names and e-mail addresses."""
    return {
        "usernames": sorted({name for leaver in leavers for name in leaver.names(traits, rule)}),
        "emails": sorted({email for leaver in leavers for email in leaver.emails}),
    }


def accounts_of(leaver: Leaver, accounts: t.Sequence[Values], traits: Traits) -> list[Values]:
    """The accounts of one leaver among ``accounts``, those of one system.

    An account is theirs when somebody named it, when it has one of their addresses, or when its user name is one. A user
    name that only a naming rule suggests proves nothing.
    """
    named = {traits.key(name) for name in leaver.explicit(traits)}
    emails = set() if leaver.accounts.get(traits.name) else leaver.emails
    return [
        account
        for account in accounts
        if traits.key(account["username"]) in named
        or (account.get("email") or "").casefold() in emails
        or account["username"].casefold() in emails
    ]


def learn(leaver: Leaver, own: t.Sequence[Values]) -> None:
    """Note the e-mail addresses and the name that the accounts of a leaver say."""
    for account in own:
        if account.get("email") and not leaver.email:
            leaver.learned.add(account["email"].casefold())
        leaver.name = leaver.name or f"{account.get('first_name', '')} {account.get('last_name', '')}".strip()


def doubt(leaver: Leaver, own: t.Sequence[Values], traits: Traits) -> str:
    """Why nobody can say which accounts of a system are this person's; empty where there is no doubt."""
    if len(leaver.learned) > 1:
        return (
            f"The user name {leaver.id} belongs to different people ({', '.join(sorted(leaver.learned))}). Give the e-mail "
            f"address, or the user name for each system in accounts."
        )
    if len(own) > MOST_ACCOUNTS and not leaver.accounts.get(traits.name):
        names = ", ".join(sorted(account["username"] for account in own))
        return (
            f"{len(own)} accounts in {traits.title} have an e-mail address of {leaver.id} ({names}). Say which of them leave in "
            f"accounts.{traits.name}.username."
        )
    return ""
