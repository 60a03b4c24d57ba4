# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which domains decide something for an account that was found, and what it holds there: one sweep for all accounts."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, LifecycleError, Refused
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Values, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.leaving import AccountNamed, Departure
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.members import Members, NoDomains, Sweep
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import (
    DOMAINS,
    concerns_domains,
    leaves_domains,
)

Found = t.Union[Snapshot, LifecycleError]  # noqa: UP007  # evaluated when the file is imported


def members_for(query: Values, domains: Sweep) -> Members:
    """Everybody's domains for the info module; with ``unseen_domains: note``, also where they cannot be read at all."""
    try:
        return domains.members()
    except InputError as error:
        if query["unseen_domains"] == "fail":
            raise
        return Members({}, (), str(error))


def seated_everywhere(found: t.Sequence[Snapshot], members: Members, *, leftovers: bool) -> list[Snapshot]:
    """``found`` with all domains of each account;
    with ``leftovers`` also seats of those who are not in ``found``, by id.
    """
    seated = [one._replace(memberships=members.of(one.account)) for one in found]
    known = {str(one.account.id) for one in found if one.account is not None}
    gone = [who for who in sorted(members.held) if leftovers and who not in known]
    ghosts = (Account(who, who, {}, deleted=True) for who in gone)
    return [*seated, *(Snapshot(ghost, members.of(ghost)) for ghost in ghosts)]


def with_domains(
    wanted: t.Sequence[Wanted], found: t.Sequence[Found], domains: Sweep, account_named: AccountNamed
) -> list[Found]:
    """``found`` with the domains of those accounts for which they decide something.

    ``account_named`` finds the account of a user name. Where all domains are asked about and some cannot be seen, that
    is the error of that one account; somebody who leaves is closed all the same, and what could not be seen is told.
    """
    pairs = [*zip(wanted, found, strict=True)]
    concerned = [entry for entry in wanted if concerns_domains(entry)]
    if not concerned:
        return [*found]
    try:
        members = domains.members(needed(concerned), invitations=any(map(leaves_domains, concerned)))
    except NoDomains as error:
        members = Members({}, (), str(error))
    except LifecycleError as error:
        return [untold(entry, one, error) for entry, one in pairs]
    leaving = [
        str(one.account.id)
        for entry, one in pairs
        if isinstance(one, Snapshot) and one.account is not None and leaves_domains(entry)
    ]
    departure = Departure(leaving, members, account_named)
    return [seated(entry, one, departure) for entry, one in pairs]


def needed(concerned: t.Sequence[Wanted]) -> set[str] | None:
    """The ids of the domains that are asked about; None where that is all of them."""
    changes = [entry.memberships[DOMAINS] for entry in concerned if DOMAINS in entry.memberships]
    if any(map(leaves_domains, concerned)) or any(change.exactly is not None for change in changes):
        return None
    return {m.reference.domain.id for change in changes for m in (*change.add, *change.remove)}


def untold(entry: Wanted, one: Found, error: LifecycleError) -> Found:
    """What was found of one account when the domains cannot be read."""
    if isinstance(one, Snapshot) and one.account is not None and leaves_domains(entry):
        return one._replace(undone=(*one.undone, may_stay(one.account, error)))
    return error if DOMAINS in entry.memberships else one


def may_stay(account: Account, error: LifecycleError) -> str:
    return f"{account.username} may still be in domains: {error}"


def seated(entry: Wanted, one: Found, departure: Departure) -> Found:
    """What was found of one account, with its domains; an error where it cannot be told what ``set`` has to take."""
    members = departure.members
    change = entry.memberships.get(DOMAINS)
    if isinstance(one, LifecycleError) or not (change or leaves_domains(entry)):
        return one
    account = one.account
    failures = members.failures(needed([entry]))
    if account is not None and failures and change is None:
        one = one._replace(undone=(*one.undone, *(may_stay(account, error) for error in failures)))
    elif failures and change is not None and change.exactly is None:
        return failures[0]
    told = (
        members.untold(leaves=change is None)
        if account is not None and (change is None or change.exactly is not None)
        else []
    )
    if account is not None and told:
        if change is not None and entry.switches["unseen_domains"] == "fail":
            return Refused(
                f"domains.set speaks of all domains. {members.unseen}",
                hint="Use add and remove, or set unseen_domains: note.",
            )
        one = one._replace(unseen=tuple(f"{account.username}: {sentence}" for sentence in told))
    if account is None or change is not None:
        return one._replace(memberships=members.of(account))
    successors = entry.switches["domain_successors"] or {}
    return one._replace(memberships={DOMAINS: departure.seats(account, successors)})
