# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of each entry of a task, or would become of it:
the one thing that results, diffs and reports are made of.
"""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    NOTHING,
    Options,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan

ACTIONS = ("unchanged", "held", "updated", "enabled", "disabled", "created", "deleted", "failed")  # by weight
CHANGES = ACTIONS[2:-1]
BY_VERB = {"create": "created", "delete": "deleted", "disable": "disabled", "enable": "enabled"}  # the weightiest first
PASSWORD_SHOWN = "(set, not shown)"


def heavier(one: str, other: str) -> str:
    """Of two things that happened to one account, the one that says more."""
    return max(one, other, key=ACTIONS.index)


def tally(actions: t.Iterable[str]) -> dict[str, int]:
    """How many there are of each action."""
    counts = collections.Counter(actions)
    return {action: counts[action] for action in ACTIONS}


@dataclasses.dataclass(slots=True)
class Outcome:
    """One entry of a task on its way, and at its end.

    ``entry`` are its options; ``found`` is what was there, ``account`` what is there now (in a dry run: what would be),
    None where nobody can tell. ``done`` are the writes that were made, in order (in a dry run: that would be made).
    """

    entry: Options
    username: str
    wanted: Wanted | None = None
    found: Snapshot = NOTHING
    plan: Plan | None = None
    account: Snapshot | None = NOTHING
    done: tuple[str, ...] = ()
    error: LifecycleError | None = None
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.done)

    @property
    def action(self) -> str:
        """One word for the result: the weightiest thing that lasts."""
        if self.error is not None:
            return "failed"
        verbs = self.done
        if "enable" in verbs and "disable" in verbs:
            usable = self.found.account is not None and self.found.account.enabled is True
            verbs = tuple(verb for verb in verbs if verb != "enable" and (verb != "disable" or usable))
        for verb, action in BY_VERB.items():
            if verb in verbs:
                return action
        return "updated" if verbs else "unchanged"

    def difference(self) -> tuple[Values, Values]:
        """What differs between before and after: two dictionaries with only the keys that differ."""
        if not self.done or self.account is None:
            return {}, {}
        before, after = self.found.view(), self._told_after()
        for name in self._untold(before):
            before.pop(name, None)
            after.pop(name, None)
        before.setdefault("state", "absent")
        after.setdefault("state", "absent")
        if self.password_was_set:
            after["password"] = PASSWORD_SHOWN
        names = [name for name in (*before, *after) if before.get(name, ...) != after.get(name, ...)]
        return (
            {name: before[name] for name in names if name in before},
            {name: after[name] for name in names if name in after},
        )

    def _told_after(self) -> Values:
        """What is there after everything that was planned was done; else what was read."""
        if self.error is None and self.plan is not None:
            return self.plan.after.view()
        return self.account.view() if self.account is not None else {}

    def _untold(self, before: Values) -> list[str]:
        """After a failure, what a plan would not have told: ids and times, and memberships that nobody had or has."""
        if self.error is None or self.account is None or self.account.account is None:
            return []
        expected = self.plan.after.account if self.plan is not None else None
        foreseen = expected.info if expected is not None else {}
        times = [name for name in self.account.account.info if name not in foreseen]
        empty = [kind for kind, held in self.account.memberships.items() if not held and kind not in before]
        return ["id", *times, *empty]

    @property
    def password_was_set(self) -> bool:
        given = self.wanted is not None and self.wanted.password is not None
        return "password" in self.done or ("create" in self.done and given)

    @property
    def changes(self) -> list[str]:
        """Names of what differs, in a stable order."""
        before, after = self.difference()
        return list(dict.fromkeys([*after, *before]))

    def described(self) -> Values:
        """One of ``users`` in the module's result."""
        shown = self.account if self.account is not None else NOTHING
        known = [each.account for each in (shown, self.found) if each.account is not None]
        return {
            "username": self.username,
            "id": known[0].id if known else None,
            "action": self.action,
            "changes": self.changes,
            "account": shown.view(),
            "done": list(self.done),
            "error": str(self.error) if self.error else None,
            "notes": list(self.notes),
        }
