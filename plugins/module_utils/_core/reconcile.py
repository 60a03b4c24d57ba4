# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings many entries to their wanted state: each with its own outcome;
all reading and all refusals before the writes.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    InputError,
    LifecycleError,
    Refused,
    unexpected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.execute import Execution
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    MEMBERSHIP_CHANGES,
    NO_CHANGES,
    NOTHING,
    Change,
    Membership,
    Options,
    Wanted,
    pooled,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import make_plan
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import OPTIONS, PLAN, Rule, judge
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import refuse
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each

OWN_OPTIONS = ("username", "state", "enabled", "password", "update_password")
ORDER = ("created", "updated", "enabled", "disabled", "deleted")


def reconcile(
    entries: t.Sequence[Options],
    client: Client,
    rules: t.Sequence[Rule],
    *,
    check_mode: bool,
    parallel: int,
    on_error: str,
    keep_unchanged: bool,
) -> list[Outcome]:
    """Plan every entry (options of one account each), then carry the plans out unless in check mode.

    Returns one outcome an entry, in their order. An entry that cannot be done is a failed outcome; with
    ``on_error: stop`` nothing is then written for any. Raises LifecycleError only for what concerns the task as a
    whole: the same account twice, or a service that does not answer.
    """
    refuse_repetition(entries, client)
    outcomes = [Outcome(entry, pooled(entry["username"])) for entry in entries]
    judge(outcomes, client, rules, OPTIONS)
    look_up(standing(outcomes), client)
    plan(standing(outcomes), client, rules, keep_unchanged)
    if on_error == "stop" and any(outcome.error or lacks(outcome) for outcome in outcomes):
        for outcome in outcomes:
            tell_undone(outcome)
            leave_undone(outcome)
    elif check_mode:
        for outcome in standing(outcomes):
            if outcome.plan:
                outcome.account, outcome.done = outcome.plan.after, outcome.plan.verbs
    else:
        carry_out(standing(outcomes), client, rules, parallel, on_error)
    for outcome in standing(outcomes):
        tell_undone(outcome)
    return outcomes


def lacks(outcome: Outcome) -> bool:
    """Whether something that is wanted of this account cannot be done, whatever else is."""
    return outcome.plan is not None and bool(outcome.plan.undone)


def tell_undone(outcome: Outcome) -> None:
    """Mark an entry as failed of which something cannot be done."""
    if outcome.error is None and outcome.plan is not None and outcome.plan.undone:
        outcome.error = Refused(" ".join(outcome.plan.undone))


def standing(outcomes: t.Iterable[Outcome]) -> list[Outcome]:
    """Those that nothing speaks against so far."""
    return [outcome for outcome in outcomes if outcome.error is None]


def refuse_repetition(entries: t.Sequence[Options], client: Client) -> None:
    """Raise InputError when two entries mean the same account, or can mean it."""
    names: dict[tuple[str, ...], str] = {}
    problems = []
    for entry in entries:
        name, key = entry["username"], client.traits.entry_key(entry)
        if key in names:
            other = "" if names[key] == name else f" (also spelled {names[key]!r}, which can be the same account)"
            problems.append(f"{name} is listed twice{other}.")
        names[key] = name
    refuse(problems, f"{client.traits.title}: nothing was changed.")


def look_up(outcomes: t.Sequence[Outcome], client: Client) -> None:
    """Turn options into wanted states; names of memberships that do not exist are noted there for the rules."""
    switches = Options({}, {})
    traits = client.traits
    known = {*traits.field, *traits.memberships, *OWN_OPTIONS}
    for outcome in outcomes:
        entry = outcome.entry
        own = {option: value for option, value in entry.items() if option not in known}
        if own != switches or entry.shared is not switches.shared:  # one for all who have the same
            switches = Options(own, entry.shared)
        memberships, unknown = look_up_memberships(entry, client) if entry["state"] == "present" else (NO_CHANGES, ())
        outcome.wanted = Wanted(
            username=outcome.username,
            state=entry["state"],
            values={option: pooled(value) for option in traits.field if (value := entry[option]) is not None},
            enabled=entry["enabled"],
            password=entry["password"] or None,
            update_password=entry["update_password"] or "on_create",
            memberships=memberships or NO_CHANGES,
            switches=switches,
            unknown=unknown,
        )


def look_up_memberships(entry: Options, client: Client) -> tuple[dict[str, Change], tuple[str, ...]]:
    """The wanted changes of memberships by kind, and sentences about names that the system does not have."""
    changes: dict[str, Change] = {}
    unknown: list[str] = []
    for kind in client.traits.memberships:
        asked = entry[kind] or {}
        found: dict[str, tuple[Membership, ...]] = {}
        for change in MEMBERSHIP_CHANGES if asked else ():
            if asked.get(change) is not None:
                resolve = client.resolve_removed if change == "remove" else client.resolve
                try:
                    found[change] = tuple(resolve(kind, asked[change]))
                except InputError as error:
                    unknown.append(str(error))
        if found:
            changes[kind] = Change(found.get("add", ()), found.get("remove", ()), found.get("set"))
    return changes, tuple(unknown)


def plan(outcomes: t.Sequence[Outcome], client: Client, rules: t.Sequence[Rule], keep_unchanged: bool) -> None:
    """Read what is there, plan each account and judge the plans.

    What is there of accounts where nothing is to be done is only kept for those who will show it.
    """
    wanted = [outcome.wanted for outcome in outcomes if outcome.wanted is not None]
    for outcome, found in zip(outcomes, client.find(wanted) if wanted else (), strict=True):
        if isinstance(found, LifecycleError):
            outcome.error = found
        elif outcome.wanted is not None:
            outcome.found = outcome.account = found
            outcome.plan = make_plan(outcome.wanted, found, client.traits)
    judge(outcomes, client, rules, PLAN)
    for outcome in outcomes:
        if outcome.error is None and outcome.plan is not None:
            outcome.notes += outcome.plan.notes
            if not outcome.plan and not outcome.plan.undone and not keep_unchanged:
                outcome.found = outcome.account = NOTHING
                outcome.plan = None


def carry_out(
    outcomes: t.Sequence[Outcome], client: Client, rules: t.Sequence[Rule], parallel: int, on_error: str
) -> None:
    """Execute the plans with ``parallel`` workers, all creates first and the deletions last;
    failures are in the outcomes.
    """
    failed = False

    def work(outcome: Outcome) -> None:
        nonlocal failed
        if failed and on_error == "stop":
            leave_undone(outcome)
            return
        try:
            Execution(outcome, client, rules).run()
        except LifecycleError as error:
            failed = True
            outcome.error = error
        except Exception as error:  # whatever happens to one account, the others are still done and told
            failed = True
            outcome.error = unexpected(error)

    waiting: dict[str, list[Outcome]] = {action: [] for action in ORDER}
    for outcome in outcomes:
        if outcome.plan:
            waiting[foreseen_action(outcome)].append(outcome)
    for same in waiting.values():
        each(work, same, min(parallel, client.traits.max_parallel))


def foreseen_action(outcome: Outcome) -> str:
    """What the plan comes to."""
    verbs = outcome.plan.verbs if outcome.plan else ()
    return Outcome(outcome.entry, outcome.username, found=outcome.found, done=verbs).action


def leave_undone(outcome: Outcome) -> None:
    """Mark an account that is passed over after a failure; one where nothing is to be done stays as it is."""
    if outcome.plan and not outcome.error:
        outcome.error = LifecycleError("Not done: another account failed before, and on_error is stop.")
        outcome.account = outcome.found
