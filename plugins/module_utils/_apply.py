# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out one plan; the only place where accounts are changed."""

from __future__ import annotations

import dataclasses

from ansible_collections.people.lifecycle.plugins.module_utils._account import Account, Found
from ansible_collections.people.lifecycle.plugins.module_utils._client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._errors import LifecycleError, OutcomeUnknown, Rejected
from ansible_collections.people.lifecycle.plugins.module_utils._plan import Plan, Step, make_plan

MOST_LOOKS = 3


def apply(plan: Plan, client: Client, done: list[str]) -> Found:
    """Bring one account to the wanted state and return what is there then; ``done`` collects the verbs carried out.

    A write whose answer was lost, or a create that meets an account made by somebody else in the meantime, is followed
    by a look at the account and a new plan from there: never by doing the same blindly again.
    """
    looks = 0
    while plan:
        try:
            return _run(plan, client, done)
        except (OutcomeUnknown, Rejected) as error:
            looks += 1
            if looks == MOST_LOOKS:
                raise
            plan = _look_again(plan, client, error)
            done.append("looked again")
    return plan.found


def _look_again(plan: Plan, client: Client, error: OutcomeUnknown | Rejected) -> Plan:
    """A plan from what is there now; raises ``error`` when that would only repeat what was declined."""
    try:
        found = client.find([plan.wanted])[0]
    except LifecycleError:
        raise error from None
    if isinstance(found, LifecycleError):
        raise error
    again = make_plan(plan.wanted, found, client.facts)
    if isinstance(error, Rejected) and again.steps[:1] == plan.steps[:1]:
        raise error
    return again


def _run(plan: Plan, client: Client, done: list[str]) -> Found:
    account = plan.found.account
    for step in plan.steps:
        account = _take(step, plan, account, client)
        done.append(step.verb)
    return dataclasses.replace(plan.after, account=account)


def _take(step: Step, plan: Plan, account: Account | None, client: Client) -> Account | None:
    if step.verb == "create":
        return client.create(plan, step)
    if step.verb == "memberships":
        client.change_memberships(plan, account, step)
        return account
    if step.verb == "revoke_tokens":
        client.revoke_tokens(plan.found)
        return account
    if account is None:
        raise LifecycleError(f"{plan.wanted.username}: {step.verb} without an account.")
    if step.verb == "update":
        return client.update(account, step.values)
    if step.verb in ("enable", "disable"):
        return client.set_enabled(account, step.verb == "enable")
    if step.verb == "password" and plan.wanted.password is not None:
        client.set_password(account, plan.wanted.password)
        return account
    client.delete(account)
    return plan.after.account
