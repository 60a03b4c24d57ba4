# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out one plan; the only place where accounts are changed."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    LifecycleError,
    OutcomeUnknown,
    Rejected,
    unexpected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan, Step, make_plan
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import PLAN, Rule, judge

MOST_LOOKS = 3


class Execution:
    """Brings the account of one outcome to its wanted state,
    and writes into the outcome what was done and is there now.

    A write whose answer was lost, or a create that meets an account made by somebody else in the meantime, is followed
    by a look at the account and a new plan from there: never by doing the same blindly again. After a failure whatever
    takes access away is still tried, and the account is read again.
    """

    def __init__(self, outcome: Outcome, client: Client, rules: t.Sequence[Rule]) -> None:
        if not outcome.plan:
            raise ValueError("an execution needs a plan with steps")
        self.outcome = outcome
        self.client = client
        self.rules = rules
        self.plan: Plan = outcome.plan
        self.account = self.plan.found.account
        self.taken: list[Step] = []  # those steps of the plan that are behind us, whatever came of them
        self.failure = LifecycleError("")

    def run(self) -> None:
        """Raises the LifecycleError of the step that could not be done, when the rest is done and told."""
        for look in range(1, MOST_LOOKS + 1):
            try:
                self.outcome.account = self.take_steps()
                return
            except Exception as error:  # a mistake of ours must not leave an account open either
                self.failure = error if isinstance(error, LifecycleError) else unexpected(error)
            if look == MOST_LOOKS or not self.look_again():
                break
        self.close_anyway()
        self.read_again()
        raise self.failure

    def take_steps(self) -> Snapshot:
        """Carry out the plan in force; returns what is there then."""
        self.account = self.plan.found.account
        self.taken = []
        for step in self.plan.steps:
            self.taken.append(step)
            self.account = self.take(step)
        return self.plan.after._replace(account=self.account)

    def take(self, step: Step) -> Account | None:
        """One step; in ``done`` when a write for it was confirmed: what somebody else did meanwhile is not ours."""
        confirmed_before = self.client.writes()
        try:
            return act(step, self.plan, self.account, self.client)
        finally:
            if self.client.writes() > confirmed_before:
                self.outcome.done += (step.verb,)

    def look_again(self) -> bool:
        """Plan anew from what is there now; false where nobody can tell, or where the new plan cannot be."""
        step, before = self.taken[-1], self.plan
        rejected = isinstance(self.failure, Rejected)
        found = self.found_now() if rejected or isinstance(self.failure, OutcomeUnknown) else None
        if found is None:
            return False
        again = make_plan(before.wanted, found, self.client.traits)
        if rejected and step in again.steps:
            return False  # it would be declined again
        # some of which may have been made
        in_parts = step.verb == "memberships" and len(step.add) + len(step.remove) > 1
        if step.verb == "create" and found.present:
            if rejected or not resembles(found, before.after, step.values, self.client):
                self.take_over(again)
            else:
                self.outcome.done += ("create",)
                again = again._replace(notes=())
        elif (in_parts or not rejected) and step not in again.steps and self.outcome.done[-1:] != (step.verb,):
            self.outcome.done += (step.verb,)
        judged = Outcome(self.outcome.entry, self.outcome.username, before.wanted, found, again)
        judge([judged], self.client, self.rules, PLAN)
        if judged.error is not None:
            self.failure = judged.error
            return False
        self.plan = again
        return True

    def take_over(self, again: Plan) -> None:
        """Somebody else made the account: what happens to it is a change, and its password is not ours."""
        self.outcome.found, self.outcome.plan = again.found, again
        self.outcome.notes = (
            f"{again.wanted.username} was made by somebody else in the meantime; its password is not the given one.",
            *again.notes,
        )

    def close_anyway(self) -> None:
        """After a failure: take what is still to be taken from somebody who leaves, and close what was only opened."""
        doubt = isinstance(self.failure, OutcomeUnknown)
        for step in self.plan.steps:
            if step in self.taken or not self.plan.closes(step):
                continue
            if step.verb == "disable" and (self.account is None or (self.account.enabled is False and not doubt)):
                continue  # there is nothing open
            try:
                self.take(step)
                if self.plan.reopens:
                    self.outcome.notes += (
                        f"{self.outcome.username} was enabled for the change and is disabled again, since the change "
                        "failed.",
                    )
            except Exception as error:
                told = error if isinstance(error, LifecycleError) else unexpected(error)
                self.outcome.notes += (f"{self.outcome.username}: {step.verb} failed, too: {told}",)

    def read_again(self) -> None:
        """Say what is there after a failure; without a look where surely nothing was written."""
        doubt = isinstance(self.failure, OutcomeUnknown)
        if not self.outcome.done and not doubt:
            return
        self.outcome.account = found = self.found_now()
        if found is None:
            self.outcome.notes += (f"{self.outcome.username} could not be read again; what is there now is not known.",)
        if doubt and not self.outcome.done and self.may_have_been_done(self.taken[-1], found):
            self.outcome.done += (self.taken[-1].verb,)

    def may_have_been_done(self, step: Step, found: Snapshot | None) -> bool:
        """Whether a write without an answer shows, or is one that never shows."""
        return found is None or step.verb == "password" or found.view() != self.plan.found.view()

    def found_now(self) -> Snapshot | None:
        """What is there now; None where nobody can tell."""
        try:
            (found,) = self.client.find([self.plan.wanted])
        except Exception:
            return None
        return None if isinstance(found, LifecycleError) else found


def resembles(found: Snapshot, expected: Snapshot, values: Values, client: Client) -> bool:
    """Whether an account that is there after a create without an answer can be the one that was to be created."""
    there = found.account
    if there is None or expected.account is None or there.username != expected.account.username:
        return False
    fields = client.traits.field
    return all(fields[option].same(there.values.get(option, value), value) for option, value in values.items())


def act(step: Step, plan: Plan, account: Account | None, client: Client) -> Account | None:
    """One step of ``plan`` for the account as it is now; returns the account as it is then."""
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
        return confirmed(client.update(account, step.values), step.values, None, client)
    if step.verb in ("enable", "disable"):
        enabled = step.verb == "enable"
        return confirmed(client.set_enabled(account, enabled), {}, enabled, client)
    if step.verb == "password" and plan.wanted.password is not None:
        client.set_password(account, plan.wanted.password)
        return account
    if step.verb == "hand_over":
        client.hand_over(account, plan.found)
        return account
    client.delete(account)
    return plan.after.account


def confirmed(account: Account, values: Values, enabled: bool | None, client: Client) -> Account:
    """``account`` as it is after a write; raises OutcomeUnknown where it does not show what the service confirmed."""
    fields = client.traits.field
    shown = {**account.values, "username": account.username}
    missing = [option for option, value in values.items() if not fields[option].same(shown.get(option), value)]
    if enabled is not None and account.enabled is not enabled:
        missing.append("enabled")
    if missing:
        raise OutcomeUnknown(
            f"{client.traits.title} confirmed a change of {account.username}, and does not show it: "
            f"{', '.join(missing)}."
        )
    return account
