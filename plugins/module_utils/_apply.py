# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out one plan; the only place where accounts are changed."""

from __future__ import annotations

import dataclasses

from ansible_collections.people.lifecycle.plugins.module_utils._account import Account, Found, Values
from ansible_collections.people.lifecycle.plugins.module_utils._client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._errors import (
    ApiError,
    LifecycleError,
    OutcomeUnknown,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._plan import Plan, Step, make_plan
from ansible_collections.people.lifecycle.plugins.module_utils._retry import READS

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
        try:
            account = _take(step, plan, account, client)
        except ApiError as error:
            error.after_writes = error.after_writes or _may_have_written(error)
            raise
        done.append(step.verb)
    return dataclasses.replace(plan.after, account=account)


def _may_have_written(error: ApiError) -> bool:
    """Whether a step that failed this way may have changed something: no answer to a write, or a read after it failed."""
    return isinstance(error, OutcomeUnknown) or error.method in READS


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
        return _confirmed(client.update(account, step.values), step.values, None, client)
    if step.verb in ("enable", "disable"):
        enabled = step.verb == "enable"
        return _confirmed(client.set_enabled(account, enabled), {}, enabled, client)
    if step.verb == "password" and plan.wanted.password is not None:
        client.set_password(account, plan.wanted.password)
        return account
    client.delete(account)
    return plan.after.account


def _confirmed(account: Account, values: Values, enabled: bool | None, client: Client) -> Account:
    """``account`` as it is after a write; raises OutcomeUnknown where it does not show what the service confirmed."""
    fields = client.facts.field
    shown = {**account.values, "username": account.username}
    missing = [option for option, value in values.items() if not fields[option].same(shown.get(option), value)]
    if enabled is not None and account.enabled is not enabled:
        missing.append("enabled")
    if missing:
        raise OutcomeUnknown(
            f"{client.facts.title} confirmed a change of {account.username}, and does not show it: {', '.join(missing)}."
        )
    return account
