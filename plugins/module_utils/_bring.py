# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings accounts to their wanted state: all reading and all refusals first, then the writes."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import Found, Values, held_once
from ansible_collections.people.lifecycle.plugins.module_utils._apply import apply
from ansible_collections.people.lifecycle.plugins.module_utils._client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._entries import check_entries, refuse
from ansible_collections.people.lifecycle.plugins.module_utils._errors import (
    InputError,
    LifecycleError,
    Refused,
    unexpected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._options import MEMBERSHIP_CHANGES
from ansible_collections.people.lifecycle.plugins.module_utils._plan import Plan, make_plan
from ansible_collections.people.lifecycle.plugins.module_utils._wanted import Change, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._workers import each

OWN_OPTIONS = ("username", "state", "enabled", "password", "update_password")
UNSEEN = Found()
NO_CHANGES: dict[str, Change] = {}  # one for all; nothing changes it
ORDER = ("created", "updated", "enabled", "disabled", "deleted", "unchanged")


@dataclasses.dataclass(slots=True)
class Result:
    """What became of one wanted account, or would become of it."""

    wanted: Wanted
    plan: Plan | None = None
    account: Found | None = None
    error: LifecycleError | None = None
    written: t.Sequence[str] = ()

    @property
    def action(self) -> str:
        return "failed" if self.error or self.plan is None else self.plan.action

    @property
    def changed(self) -> bool:
        """Whether something is or would be changed; for a failure, whether something was before it failed."""
        return bool(self.written) or self.error.after_writes if self.error else bool(self.plan)


def bring(
    entries: list[dict[str, t.Any]],
    client: Client,
    *,
    check_mode: bool,
    parallel: int,
    on_error: str,
    keep_unchanged: bool,
) -> list[Result]:
    """Plan every entry (options of one account each), then carry the plans out unless in check mode.

    Returns one result an entry, in their order; uses the entries up. Raises InputError, before anything is written, with
    all that is wrong with the entries; failures of single accounts are in their results.
    """
    check_entries(entries, client.facts)
    results = plan_all(all_wanted(entries, client), client, keep_unchanged)
    if on_error == "stop" and any(result.error for result in results):
        for result in results:
            leave_undone(result)
    elif check_mode:
        for result in results:
            result.account = result.plan.after if result.plan is not None else result.account
    else:
        carry_out(results, client, parallel, on_error)
    return results


def all_wanted(entries: list[dict[str, t.Any]], client: Client) -> list[Wanted]:
    """The wanted states of all entries; raises InputError with every name that cannot be looked up, and who asks for it."""
    facts = client.facts
    known = {*facts.field, *facts.memberships, *OWN_OPTIONS}
    own = [option for option in (entries[0] if entries else ()) if option not in known]
    wanted: list[Wanted] = []
    problems = []
    switches: Values = {}
    for entry in entries:
        asked = {option: entry[option] for option in own}
        switches = switches if asked == switches else asked  # one for all who have the same
        try:
            wanted.append(to_wanted(entry, switches, client))
        except InputError as error:
            problems.append(f"{entry['username']}: {error}")
        entry.clear()  # thousands would take their memory until the end
    entries.clear()
    refuse(problems, facts)
    return wanted


def to_wanted(entry: dict[str, t.Any], switches: Values, client: Client) -> Wanted:
    """The wanted state in the options ``entry``; names of memberships are looked up."""
    facts = client.facts
    memberships: dict[str, Change] = {}
    for kind in facts.memberships:
        asked = entry.get(kind) or {}
        lists = {change: asked[change] for change in MEMBERSHIP_CHANGES if asked.get(change) is not None}
        if lists:
            found = {
                change: tuple((client.resolve_removed if change == "remove" else client.resolve)(kind, names))
                for change, names in lists.items()
            }
            memberships[kind] = change = Change(found.get("add", ()), found.get("remove", ()), found.get("set"))
            contradicting = [str(m.shown) for m in change.add if m in change.remove]
            if contradicting:
                raise InputError(f"{kind}.add and {kind}.remove both name {contradicting[0]}.")
    return Wanted(
        username=held_once(entry["username"]),
        state=entry["state"],
        values={option: held_once(entry[option]) for option in facts.field if entry.get(option) is not None},
        enabled=entry["enabled"],
        password=entry["password"] or None,
        update_password=entry["update_password"],
        memberships=memberships or NO_CHANGES,
        switches=switches,
    )


def plan_all(wanted: t.Sequence[Wanted], client: Client, keep_unchanged: bool) -> list[Result]:
    """Read what is there and plan each account; raises InputError with all that is wrong with the task.

    What is there of accounts where nothing is to be done is only kept for those who will show it.
    """
    protected = client.facts.key(client.whoami()) if any(w.leaves for w in wanted) else None
    whats_there = client.find(wanted)
    whats_there.reverse()
    facts = client.facts  # reading may have told the client more of the release it talks to
    results, problems = [], []
    for one in wanted:
        found = whats_there.pop()
        result = Result(one)
        results.append(result)
        if isinstance(found, LifecycleError):
            result.error = found
            continue
        try:
            plan = make_plan(one, found, facts)
            names = {one.username, found.account.username} if found.account else {one.username}
            if protected is not None and protected in map(facts.key, names):
                protect_caller(plan)
            result.plan = plan if plan or keep_unchanged else Plan(one, UNSEEN, UNSEEN, notes=plan.notes)
        except InputError as error:
            problems.append(str(error))
        except Refused as error:
            result.error = error
            result.account = found
    refuse(problems, facts)
    heed_objections(results, client)
    return results


def heed_objections(results: t.Sequence[Result], client: Client) -> None:
    """Refuse the plans that only turn out to be wrong when all of them are seen together."""
    planned = [(result, result.plan) for result in results if result.plan]
    reasons = client.objections([plan for dummy, plan in planned]) if planned else []
    for (result, plan), reason in zip(planned, reasons, strict=True):
        if reason:
            result.error, result.account, result.plan = Refused(reason), plan.found, None


def protect_caller(plan: Plan) -> None:
    """Raise Refused when ``plan`` would lock out or remove the account that the task itself runs with."""
    lost = {"delete", "disable", "revoke_tokens"} & set(plan.verbs)
    if lost and plan.wanted.leaves and not plan.wanted.switches.get("force"):
        raise Refused(f"{plan.wanted.username} is the account that this task runs with; it is never disabled or removed.")


def carry_out(results: t.Sequence[Result], client: Client, parallel: int, on_error: str) -> None:
    """Apply the plans with ``parallel`` workers, all creates first and the deletions last; failures go into the results."""
    failed = False

    def work(result: Result) -> None:
        nonlocal failed
        if failed and on_error == "stop":
            leave_undone(result)
            return
        written: list[str] = []
        result.written = written
        try:
            result.account = apply(result.plan or Plan(result.wanted, Found(), Found()), client, written)
        except LifecycleError as error:
            failed = True
            result.error = error
        except Exception as error:  # whatever happens to one account, the others are still done and told
            failed = True
            result.error = unexpected(error)

    waiting = [result for result in results if result.plan and not result.error]
    for action in ORDER:
        each(work, [result for result in waiting if result.action == action], min(parallel, client.facts.max_parallel))


def leave_undone(result: Result) -> None:
    """Mark an account that is passed over after a failure; one where nothing is to be done stays as it is."""
    if result.plan and not result.error:
        result.error = LifecycleError("Not done: another account failed before, and on_error is stop.")


def described(result: Result) -> Values:
    """The result of one account as the module returns it."""
    found = result.plan.found if result.plan is not None else None
    shown = result.account or found
    known = [each.account for each in (shown, found) if each is not None and each.account is not None]
    return {
        "username": result.wanted.username,
        "id": known[0].id if known else None,
        "action": result.action,
        "changes": result.plan.changes if result.plan else [],
        "account": shown.view() if shown is not None else {},
        "notes": list(result.plan.notes) if result.plan is not None else [],
        "error": str(result.error) if result.error else None,
    }
