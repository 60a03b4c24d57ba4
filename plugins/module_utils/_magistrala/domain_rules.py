# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is refused about roles in domains, in every generation."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Membership, Options
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import (
    PLAN,
    Objection,
    by_options,
    by_plan,
    together,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import ADMINISTRATOR, DOMAINS


@by_options("Only accounts that are closed leave all domains")
def leaves_when_closed(entry: Options, client: Client) -> t.Iterator[str]:
    if entry["leave_domains"] and entry["state"] == "present":
        yield "leave_domains goes with state: disabled or absent; for an account that stays, give domains.set."
    if entry["domain_successors"] and not entry["leave_domains"]:
        yield "domain_successors goes with leave_domains: true."


@by_plan("A role in a domain is the only one of the account there")
def one_role_in_each_domain(plan: Plan, client: Client) -> t.Iterator[str]:
    change = plan.wanted.memberships.get(DOMAINS)
    given = [] if change is None else [*dict.fromkeys(change.add if change.exactly is None else change.exactly)]
    domains = [membership.reference.domain for membership in given]
    for domain in dict.fromkeys(domains):
        if domains.count(domain) > 1:
            yield f"domains gives two roles in the domain {domain.name}; Magistrala keeps one for each account."


@together("A domain keeps an administrator", PLAN)
def domains_keep_administrators(outcomes: t.Sequence[Outcome], client: Client) -> t.Iterator[Objection]:
    taken: dict[Membership, list[Outcome]] = {}
    given: set[Membership] = set()
    for outcome in outcomes:
        for step in outcome.plan.steps if outcome.plan else ():
            given.update(step.add)
            for membership in step.remove:
                if membership.reference.successor:
                    given.add(membership)
                if membership.reference.administrators:
                    taken.setdefault(membership, []).append(outcome)
    for membership, several in taken.items():
        leaving = {outcome.found.account.id for outcome in several if outcome.found.account is not None}
        if membership not in given and membership.reference.administrators <= leaving:
            for outcome in several:
                if outcome.wanted is not None and outcome.wanted.state != "present":
                    continue  # the rest of what somebody who leaves has is still taken
                yield (
                    outcome,
                    (
                        f"The domain {membership.reference.domain.name} would have no administrator any more, and "
                        f"nobody could give it one. Give somebody else the role {ADMINISTRATOR} there first."
                    ),
                )


RULES = (leaves_when_closed, one_role_in_each_domain, domains_keep_administrators)
