# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Findings about the condition of accounts: administrators, unused and barred ones, and what outlived its account.
Pure.
"""

from __future__ import annotations

import datetime

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.accounts import email_of
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import is_open
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import Finding
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.owned import Owned
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Terms
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.whose import about


def administrators(owned: Owned, terms: Terms) -> list[Finding]:
    """All administrators, with how they are that; services too, and those who cannot sign in at the moment."""
    found = []
    for account in owned.place.accounts:
        how = owned.traits.administers(account)
        if not how and owned.place.name_key(account) in owned.place.administrators:
            how = ["the system counts it among its administrators"]
        if how and account.get("state") != "absent":
            what = f"{', '.join(how)}{whose(owned, account)}"
            found.append(about(owned, "administrator", account, what, state=[email_of(account), how]))
    return found


def whose(owned: Owned, account: Values) -> str:
    service = owned.service_of(account)
    return f"; a service account of {service.owner} ({service.reason})" if service else ""


def dormant(owned: Owned, terms: Terms) -> list[Finding]:
    """Accounts and tokens that nobody used for long, where the system tells."""
    found = []
    for account in owned.place.accounts:
        for trace in owned.traits.traces(account) if is_open(account) else ():
            day = day_of(trace.when)
            if day is not None and (terms.today - day).days > terms.dormant_days:
                found.append(
                    about(owned, "dormant", account, f"{trace.what} {day}", since=day.isoformat(), item=trace.what)
                )
    return found


def day_of(moment: str) -> datetime.date | None:
    """The day of a point in time as a service writes it; None where it cannot be told."""
    try:
        return datetime.date.fromisoformat(moment[:10])
    except ValueError:
        return None


def barred(owned: Owned, terms: Terms) -> list[Finding]:
    """Accounts of people who are there, that cannot sign in, or of which a credential has expired."""
    found = []
    for who, account in owned.main.items():
        if who in owned.roster.gone or account.get("state") == "absent":
            continue
        why = owned.traits.barred(account)
        if why:
            found.append(about(owned, "barred", account, why))
        for expiry in owned.traits.expiries(account):
            day = day_of(expiry.when)
            if day is not None and day < terms.today:
                what = f"The {expiry.what} expired on {day}."
                found.append(about(owned, "barred", account, what, since=day.isoformat(), item=expiry.what))
    return found


def leftovers(owned: Owned, terms: Terms) -> list[Finding]:
    """Access that outlived its account, or that goes on for the tokens of a closed one because nobody needs it."""
    return [
        about(owned, "leftover", account, f"{closed}, but {', '.join(left)}.")
        for account in owned.place.accounts
        if (closed := how_closed(owned, account)) and (left := owned.traits.remains(owned.without_owner(account)))
    ]


def how_closed(owned: Owned, account: Values) -> str:
    """In which way an account is gone for good; empty where it is there, or its person is."""
    if account.get("state") == "absent":
        return "No account"
    person = owned.of(account)
    needed = owned.service_of(account) is not None or (person is not None and person.id not in owned.roster.gone)
    return "" if is_open(account) or needed else "The account is disabled"


def services(owned: Owned, terms: Terms) -> list[Finding]:
    """Service accounts whose day of review has passed, or is no day."""
    found = []
    for account in owned.place.accounts:
        service = owned.service_of(account)
        if service is None or not is_open(account):
            continue
        day = day_of(service.review_by)
        if day is None or day < terms.today:
            due = (
                f"was to be reviewed by {service.review_by}"
                if day
                else f"has no day of review, but {service.review_by!r:.40}"
            )
            what = f"{service.reason}, of {service.owner}; {due}."
            found.append(about(owned, "service", account, what, since=day.isoformat() if day else ""))
    return found
