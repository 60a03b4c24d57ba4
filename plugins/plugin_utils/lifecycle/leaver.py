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
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import refuse
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.naming import user_name
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import checked, read_accounts


@dataclasses.dataclass
class Leaver:
    """One person who leaves: known by ``email``, by ``username`` (the same everywhere), or by ``accounts`` per system."""

    id: str
    name: str = ""
    email: str = ""
    username: str = ""
    accounts: Values = dataclasses.field(default_factory=dict)
    values: Values = dataclasses.field(default_factory=dict)
    learned: set[str] = dataclasses.field(default_factory=set)

    @property
    def emails(self) -> set[str]:
        """The addresses that accounts are looked for by, in lower case."""
        return {self.email.casefold()} if self.email else self.learned

    def explicit(self, traits: Traits) -> str:
        """The user name that the operator gave for a system, if any."""
        differs = self.accounts.get(traits.name) or {}
        return str(differs.get("username") or self.username)

    def names(self, traits: Traits, rule: str) -> set[str]:
        """The user names that may be theirs in a system."""
        if self.explicit(traits):
            return {self.explicit(traits)}
        names = {self.email} if self.email else set()
        known = {"first_name": "", "last_name": "", **self.values, "email": self.email, "id": self.id}
        with contextlib.suppress(InputError):
            names.add(user_name(rule, known))
        return names - {""}


def read_leavers(given: t.Any, name: str) -> list[Leaver]:
    """The people in ``given``: records, e-mail addresses or user names, as a list or as text with one a line.

    Raises InputError with everything that is wrong.
    """
    if is_blank(given):
        return []
    items = text_list(given, name) if isinstance(given, str) else given
    if not isinstance(items, (list, tuple)):
        raise InputError(f"{name} must be a list of people, e-mail addresses or user names.")
    leavers, problems = [], []
    for place, item in enumerate(items, 1):
        if is_blank(item):
            continue
        try:
            leavers.append(read_leaver(item))
        except InputError as error:
            problems.append(f"{name}, entry {place}: {error}")
    refuse(problems)
    return list({(leaver.email or leaver.username or leaver.id).casefold(): leaver for leaver in leavers}.values())


def read_leaver(item: t.Any) -> Leaver:
    if isinstance(item, str):
        called = checked(text(item, "entry"), "entry")
        return Leaver(called, email=checked(called, "email")) if "@" in called else Leaver(called, username=called)
    record = mapping(item, "entry")
    found = {
        field: checked(text(record.get(field), field), field)
        for field in ("id", "first_name", "last_name", "email", "username")
    }
    accounts = {system: values for system, values in read_accounts(record.get("accounts")).items() if values}
    if not (found["email"] or found["username"] or any("username" in values for values in accounts.values())):
        raise InputError("a leaver needs email, username or accounts with a username.")
    return Leaver(
        id=found["id"] or found["email"] or found["username"] or next(iter(accounts.values()))["username"],
        name=f"{found['first_name']} {found['last_name']}".strip(),
        email=found["email"],
        username=found["username"],
        accounts=accounts,
        values={field: found[field] for field in ("first_name", "last_name") if found[field]},
    )


def query(leavers: t.Sequence[Leaver], traits: Traits, rule: str) -> dict[str, list[str]]:
    """What to look for in one system: user names and e-mail addresses."""
    return {
        "usernames": sorted({name for leaver in leavers for name in leaver.names(traits, rule)}),
        "emails": sorted({email for leaver in leavers for email in leaver.emails}),
    }


def accounts_of(leaver: Leaver, accounts: t.Sequence[Values], traits: Traits) -> list[Values]:
    """The accounts of one leaver among ``accounts``, those of one system.

    An account is theirs when the operator named it, when it has their e-mail address, or when its user name is that
    address. A user name that only a naming rule suggests proves nothing.
    """
    named = leaver.explicit(traits)
    if named and leaver.accounts.get(traits.name):
        return [account for account in accounts if traits.key(account["username"]) == traits.key(named)]
    return [
        account
        for account in accounts
        if (named and traits.key(account["username"]) == traits.key(named))
        or account.get("email", "").casefold() in leaver.emails
        or account["username"].casefold() in leaver.emails
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
    if len(own) > 1:
        names = ", ".join(sorted(account["username"] for account in own))
        return (
            f"Several accounts in {traits.title} have the e-mail address of {leaver.id} ({names}). Say which one leaves in "
            f"accounts.{traits.name}.username."
        )
    return ""
