# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Findings about what was reviewed for single people: who holds what nobody may hold together, and exceptions that end.
Pure.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import is_open
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.conflicts import clashes
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.exceptions import TemporaryGrant
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instances
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import Finding
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.owned import Owned
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.terms import Roster, Terms
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.whose import about


def conflicts(places: t.Sequence[Owned], roster: Roster, terms: Terms) -> list[Finding]:
    """Who really holds, in all their accounts together, what nobody may hold together;
    those whom an exception lets are left out.
    """
    policy, found = roster.policy, []
    instances: Instances = {owned.place.instance.name: owned.place.instance for owned in places}
    for person in roster.people if policy.conflicts else ():
        held = {owned.place.instance.name: accounts for owned in places if (accounts := accounts_of(owned, person.id))}
        grants = [grant for grant in policy.grants.get(person.id.casefold(), ()) if grant.state(terms.today) != "ended"]
        allowed = {name for grant in grants for name in grant.allow}
        for clash in clashes(policy.conflicts, (), held, roster.profiles, instances) if held else ():
            if clash.conflict.name not in allowed:
                owned = next(each for each in places if each.place.instance.name in held)
                account = held[owned.place.instance.name][0]
                found.append(about(owned, "conflict", account, str(clash), item=["conflict", clash.conflict.name]))
    return found


def accounts_of(owned: Owned, person: str) -> list[Values]:
    """The accounts of a person that can sign in, the one that profiles are about first."""
    main = owned.main.get(person)
    everything = [*([main] if main else []), *owned.more.get(person, ())]
    return [account for account in everything if is_open(account)]


def exceptions(roster: Roster, terms: Terms) -> list[Finding]:
    """Exceptions that end within thirty days, whatever system they are about."""
    names = {person.id.casefold(): person.name for person in roster.people}
    return [
        Finding(
            "exception",
            "",
            "",
            f"Ends on {grant.until}: {given_by(grant)}. {grant.reason}{source_of(grant)}",
            person=grant.person,
            name=names.get(grant.person.casefold(), ""),
            item=["exception", grant.until, given_by(grant)],
        )
        for grant in roster.policy.exceptions
        if grant.state(terms.today) == "ending"
    ]


def given_by(grant: TemporaryGrant) -> str:
    """What an exception gives or allows, in words."""
    access = [f"{kind} in {where}" for where, kinds in grant.access.items() for kind in kinds]
    parts = {
        "the profile": grant.profiles,
        "access:": access,
        "the conflict": grant.allow,
        "a leaver's account in": grant.keep,
    }
    return "; ".join(f"{what} {', '.join(names)}" for what, names in parts.items() if names)


def source_of(grant: TemporaryGrant) -> str:
    """Ticket and approver, as far as they are known."""
    known = [told for told in (grant.ticket, f"approved by {grant.approver}" if grant.approver else "") if told]
    return f" ({', '.join(known)})" if known else ""
