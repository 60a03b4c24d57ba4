# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Findings about whose accounts there are: nobody's, somebody's who left, a second one, none at all. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import wording
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.accounts import email_of
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import is_open
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import Finding
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.owned import Owned
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Terms

FEWEST = 5  # accounts or people; below that, a share says nothing


def about(owned: Owned, kind: str, account: Values, what: str, **more: t.Any) -> Finding:
    """A finding about an account that is there, with its person;
    ``more`` may say what less a decision about it rests on.
    """
    person = owned.of(account)
    known: Values = {"person": person.id, "name": person.name} if person else {}
    known["state"] = state_of(owned, account)
    return Finding(
        kind,
        owned.place.instance.name,
        account["username"],
        what,
        key=owned.place.identity(account),
        realm=owned.traits.realm(account),
        **{**known, **more},
    )


def state_of(owned: Owned, account: Values) -> list[t.Any]:
    """What a decision about an account rests on: its address, whether it is open, and its access."""
    held = [[kind.name, sorted(map(kind.key, kind.items(account.get(kind.name))))] for kind in owned.traits.kinds]
    return [email_of(account), account.get("state"), account.get("enabled"), held]


def access_of(owned: Owned, account: Values) -> str:
    """What an account has, in words."""
    held = [
        f"{kind.name}: {'; '.join(wording(item) for item in items)}"
        for kind in owned.traits.kinds
        if (items := kind.beyond(None, account.get(kind.name)))
    ]
    held += owned.traits.credentials(account)
    return f"It has {', '.join(held)}." if held else "It has no access."


def too_many(count: int, of: int, limit: int) -> bool:
    """Whether so many are absent that rather the list of those who are there is incomplete."""
    return count >= FEWEST and count * 100 > of * limit


def orphans(owned: Owned, terms: Terms) -> list[Finding]:
    """Open accounts of nobody, unless they are so many that the roster looks incomplete."""
    nobodys = [account for account in owned.open if owned.of(account) is None and owned.closing_of(account) is None]
    if too_many(len(nobodys), len(owned.open), terms.absence_limit):
        sentence = (
            f"{len(nobodys)} of {len(owned.open)} accounts belong to nobody on the roster, so the roster looks "
            "incomplete, and none of them is listed. Give the whole roster, or raise review_absence_limit."
        )
        return [Finding("incomplete", owned.place.instance.name, "", sentence, item="roster")]
    return [
        about(owned, "orphan", account, f"Nobody's by any record. {access_of(owned, account)}") for account in nobodys
    ]


def leavers(owned: Owned, terms: Terms) -> list[Finding]:
    """Open accounts of people whose last day has passed."""
    gone = owned.roster.gone
    return [
        about(owned, "leaver", account, f"{left(gone[person.id])}. {access_of(owned, account)}", since=gone[person.id])
        for account in owned.open
        if (person := owned.of(account)) is not None and person.id in gone and owned.closing_of(account) is None
    ]


def reopened(owned: Owned, terms: Terms) -> list[Finding]:
    """Accounts that offboarding closed and that can be used, unless they are somebody's who is there."""
    return [
        about(
            owned,
            "reopened",
            account,
            f"Closed on {closing.day} by the offboarding {closing.run}. {access_of(owned, account)}",
            since=closing.day,
            person=closing.person,
            name=closing.name,
        )
        for account in owned.open
        if (closing := owned.closing_of(account)) is not None
    ]


def left(day: str) -> str:
    return f"Left on {day}" if day else "Left"


def seconds(owned: Owned, terms: Terms) -> list[Finding]:
    """Open accounts of a person beside the one that onboarding is about."""
    return [
        about(owned, "second", account, f"Beside {owned.traits.called(owned.main[who])}. {access_of(owned, account)}")
        for who, accounts in owned.more.items()
        for account in accounts
        if is_open(account) and who not in owned.roster.gone
    ]


def addresses(owned: Owned, terms: Terms) -> list[Finding]:
    """Accounts with another address than their person's record."""
    found = []
    for person in owned.roster.people:
        account = owned.main.get(person.id)
        if account is not None and person.id not in owned.roster.gone and person.email and is_open(account):
            address = email_of(account)
            if address and address != person.email.casefold():
                found.append(
                    about(owned, "address", account, f"{account['email']} here, {person.email} on the roster.")
                )
    return found


def missing(owned: Owned, terms: Terms) -> list[Finding]:
    """People without the account that their profiles give,
    unless they are so many that the listing looks incomplete.
    """
    instance = owned.place.instance
    wanted = [entry for entry in owned.roster.entries.get(instance.name, {}).values() if not entry["only_existing"]]
    absent = [entry for entry in wanted if entry["person"] not in owned.main and entry["person"] not in owned.awaited]
    if too_many(len(absent), len(wanted), terms.absence_limit):
        sentence = (
            f"{len(absent)} of {len(wanted)} people who should have an account have none, so the listing looks "
            "incomplete, and none of them is listed. Check the connection, or raise review_absence_limit."
        )
        return [Finding("incomplete", instance.name, "", sentence, item="listing")]
    return [
        Finding(
            "missing",
            instance.name,
            entry["username"],
            "The profiles give an account.",
            person=entry["person"],
            name=entry["name"],
        )
        for entry in absent
    ]
