# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Leavers: who is meant, and which accounts are theirs, even where the names differ. Pure; the reading is handed in."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import (
    is_blank,
    mapping,
    structure,
    text,
    text_list,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names, refuse
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NEW, Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import (
    OF_SYSTEMS,
    Instance,
    Instances,
    check_name,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.naming import user_name
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import FIELDS, checked, read_account

KNOWN = (*FIELDS, "username")
TEXTS = ("id", "first_name", "last_name", "email", "username", "end")


@dataclasses.dataclass(eq=False)
class Leaver:
    """One person who leaves: known by addresses, by ``usernames`` (the same everywhere), or by ``accounts`` per
    instance or system.

    ``decided`` are the user names that somebody reviewed, by instance or system, and ``options`` what else that says.
    ``has_id`` is false where the id is only what an entry called them. ``former`` are addresses that were surely
    theirs, ``claimed`` former ones that only their entry gives, and ``learned`` those that their accounts have.
    """

    id: str
    has_id: bool = False
    name: str = ""
    email: str = ""
    usernames: list[str] = dataclasses.field(default_factory=list)
    end: str = ""
    accounts: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    values: Values = dataclasses.field(default_factory=dict)
    former: set[str] = dataclasses.field(default_factory=set)
    decided: dict[str, str] = dataclasses.field(default_factory=dict)
    options: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    learned: set[str] = dataclasses.field(default_factory=set)
    claimed: set[str] = dataclasses.field(default_factory=set)

    @property
    def given(self) -> set[str]:
        """The addresses that somebody gave, in lower case."""
        return {self.email.casefold(), *self.former} - {""}

    @property
    def emails(self) -> set[str]:
        """The addresses that make an account theirs: people can write their own, so a learned one counts alone only."""
        return self.given or (self.learned if len(self.learned) == 1 else set())

    @property
    def called(self) -> set[str]:
        """What entries may call this person, in lower case."""
        return {name.casefold() for name in (self.id, self.email, *self.usernames) if name}

    def explicit(self, instance: Instance) -> list[str]:
        """The user names that an entry gives for an instance."""
        return self.given_for(instance) or self.usernames

    def given_for(self, instance: Instance) -> list[str]:
        """The user names that an entry gives for this very instance, or for its system."""
        return instance.said_in(self.accounts, [])

    def decided_for(self, instance: Instance) -> str:
        """The user name that somebody reviewed; empty without decision, and where a new account was decided."""
        name = instance.said_in(self.decided, "")
        return "" if name == NEW else name

    def decided_options(self, instance: Instance) -> dict[str, str]:
        """What somebody reviewed about their account beside its name."""
        return instance.said_in(self.options, {})

    def suggested(self, rule: str, emails: t.Collection[str] | None = None) -> set[str]:
        """The user names that the rule of an instance makes of them and their addresses; they prove nothing."""
        known = {"first_name": "", "last_name": "", **self.values, "id": self.id}
        names = set()
        for email in self.emails | self.claimed if emails is None else emails:
            with contextlib.suppress(InputError):
                names.add(user_name(rule, {**known, "email": email}))
        return names

    def names(self, instance: Instance, rule: str) -> set[str]:
        """The user names that may be theirs in an instance."""
        decided = {self.decided_for(instance)} - {""}
        return {*self.explicit(instance), *decided, *self.emails, *self.suggested(rule)}

    def may_be(self, other: Leaver) -> bool:
        """Whether two entries that are called the same can be about one person."""
        if self.id.casefold() == other.id.casefold():
            return True
        if self.has_id and other.has_id:
            return False
        return not (self.email and other.email) or self.email.casefold() == other.email.casefold()

    def merge(self, other: Leaver) -> None:
        """Add what another entry about the same person says; the latest of two last days counts."""
        if other.has_id and not self.has_id:
            self.id, self.has_id = other.id, True
        self.name, self.email = self.name or other.name, self.email or other.email
        self.end, self.values = max(self.end, other.end), {**other.values, **self.values}
        self.usernames = list(dict.fromkeys([*self.usernames, *other.usernames]))
        self.former |= other.given - {self.email.casefold()}
        self.claimed |= other.claimed
        for system, names in other.accounts.items():
            self.accounts[system] = list(dict.fromkeys([*self.accounts.get(system, []), *names]))

    def decide(self, decisions: Decisions) -> None:
        """Add what somebody reviewed about this person."""
        self.former |= decisions.former_emails(self.id)
        self.decided = dict(decisions.account_names.get(self.id, {}))
        self.options = {name: dict(options) for name, options in decisions.account_options.get(self.id, {}).items()}

    def learn(self, own: t.Sequence[Values]) -> None:
        """Note the name that their accounts say, and addresses that nobody gave."""
        for account in own:
            self.learned |= {(account.get("email") or "").casefold()} - self.given - {""}
            self.name = self.name or f"{account.get('first_name', '')} {account.get('last_name', '')}".strip()

    def described(self) -> Values:
        """The person as reports name them."""
        email = self.email or ", ".join(sorted(self.learned))
        return {"id": self.id, "name": self.name, "email": email, "profile": []}


def read_leavers(given: t.Any, name: str, instances: Instances = OF_SYSTEMS) -> list[Leaver]:
    """The people in ``given``: records, e-mail addresses or user names, as a list or as text; each person once.

    Raises InputError with everything that is wrong.
    """
    if is_blank(given):
        return []
    items = structure(given, name)
    items = text_list(items, name) if isinstance(items, str) else items
    if not isinstance(items, (list, tuple)):
        raise InputError(f"{name} must be a list of people, e-mail addresses or user names.")
    leavers, problems = [], []
    for place, item in enumerate(items, 1):
        try:
            if not is_blank(item):
                leavers.append(read_leaver(item, instances))
        except InputError as error:
            problems.append(f"{getattr(item, 'place', f'{name}, entry {place}')}: {error}")
    refuse(problems)
    return merged(leavers)


def merged(leavers: t.Sequence[Leaver]) -> list[Leaver]:
    """Each person once, whatever the entries call them."""
    people: dict[str, Leaver] = {}
    for leaver in leavers:
        called = [name for name in sorted(leaver.called) if name in people and people[name].may_be(leaver)]
        first, *rest = dict.fromkeys([*(people[name] for name in called), leaver])
        names = set().union(*(each.called for each in (first, *rest)))
        for other in rest:
            first.merge(other)
        people.update({name: first for name in names if people.get(name, leaver) in rest or name not in people})
    return list(dict.fromkeys(people.values()))


def read_urgent(given: t.Any, leavers: t.Sequence[Leaver], name: str) -> dict[str, str]:
    """Who leaves at once, by id, each with the reason; raises InputError for somebody who is not among ``leavers``."""
    ids = {called: leaver.id for leaver in leavers for called in leaver.called}
    reasons = {}
    for who, why in mapping(given, name).items():
        if who.casefold() not in ids:
            near = near_names(who, ids, 1)
            hint = f"; did you mean {near[0]}?" if near else "."
            raise InputError(f"{name} names {who!r:.60}, who is not among the people of this run{hint}")
        reasons[ids[who.casefold()]] = text(why, f"{name}.{who}")
        if not reasons[ids[who.casefold()]]:
            raise InputError(f"{name}.{who}: say why, for the report.")
    return reasons


def read_leaver(item: t.Any, instances: Instances = OF_SYSTEMS) -> Leaver:
    if isinstance(item, str):
        called = checked(text(item, "entry"), "entry")
        return Leaver(called, email=checked(called, "email")) if "@" in called else Leaver(called, usernames=[called])
    record = mapping(item, "entry")
    unknown = next((field for field in record if field not in KNOWN), None)
    if unknown is not None:
        near = near_names(unknown, KNOWN, 1)
        raise InputError(f"{unknown!r:.60} is not a field of a leaver{f'; did you mean {near[0]}?' if near else '.'}")
    found = {field: checked(text(record.get(field), field), field) for field in TEXTS}
    accounts = read_names(record.get("accounts"), instances)
    if not (found["email"] or found["username"] or accounts):
        raise InputError("a leaver needs email, username or accounts with a username.")
    former = text_list(record.get("former_emails"), "former_emails")
    return Leaver(
        has_id=bool(found["id"]),
        id=found["id"] or found["email"] or found["username"] or next(iter(accounts.values()))[0],
        name=f"{found['first_name']} {found['last_name']}".strip(),
        email=found["email"],
        usernames=[found["username"]] if found["username"] else [],
        end=found["end"],
        accounts=accounts,
        values={field: found[field] for field in ("first_name", "last_name") if found[field]},
        claimed={checked(email, "email").casefold() for email in former},
    )


def read_names(given: t.Any, instances: Instances) -> dict[str, list[str]]:
    """The user names in ``accounts`` by instance or system; one, or a list of them."""
    names: dict[str, list[str]] = {}
    for system, values in mapping(given, "accounts").items():
        instance = check_name(system, "accounts", instances)
        if values is False or is_blank(values):
            continue
        rest = dict(mapping(values, f"accounts.{system}"))
        username = rest.pop("username", None)
        read_account(instance, rest)
        usernames = username if isinstance(username, (list, tuple)) else [username]
        found = [checked(text(name, "username"), "username") for name in usernames if not is_blank(name)]
        if found:
            names[system] = found
    return names


def query(leavers: t.Sequence[Leaver], instance: Instance, rule: str) -> dict[str, list[str]]:
    """What to look for in one instance: user names and e-mail addresses."""
    return {
        "usernames": sorted({name for leaver in leavers for name in leaver.names(instance, rule)}),
        "emails": sorted({email for leaver in leavers for email in leaver.emails | leaver.learned | leaver.claimed}),
    }
