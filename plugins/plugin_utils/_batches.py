# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the modules of one system in batches, and gathers what became of each account."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils._systems import Rules

Values = dict[str, t.Any]
RunModule = t.Callable[[str, Values, bool], Values]
ACTIONS = ("created", "updated", "enabled", "disabled", "deleted", "unchanged", "held", "failed")
CHANGED = ("created", "updated", "enabled", "disabled", "deleted")


@dataclasses.dataclass
class Row:
    """What became of one account, or would become of it; ``changes`` are ``{field, before, after}``.

    ``action`` is one of ``ACTIONS``; ``held`` means that it was left alone on purpose, and ``notes`` say why.
    ``old`` is access that only other profiles give; ``verified`` is None where nothing was to be verified.
    ``mailed`` says that a link for a first password is on its way.
    """

    person: str
    username: str
    action: str = "unchanged"
    id: str | None = None
    changes: list[Values] = dataclasses.field(default_factory=list)
    error: str | None = None
    notes: list[str] = dataclasses.field(default_factory=list)
    old: list[str] = dataclasses.field(default_factory=list)
    verified: bool | None = None
    mailed: bool = False
    changed: bool = False


@dataclasses.dataclass
class Gone:
    """Why the rest of a system is not tried any more."""

    reason: str


class Module:
    """The modules of one system with what is the same in every call."""

    def __init__(self, rules: Rules, run: RunModule, connection: Values, parallel: int | None, check: bool) -> None:
        self.rules = rules
        self.run = run
        self.common = {**connection, **({"parallel": parallel} if parallel else {})}
        self.connection = connection
        self.check = check
        self.gone: Gone | None = None

    def read(self, **query: t.Any) -> Values:
        """The info module's result."""
        return self.noted(
            self.run(self.rules.info_module, {**self.connection, **self.rules.read_options, **query}, True)
        )

    def bring(self, users: t.Sequence[Values], *, check: bool | None = None, **options: t.Any) -> Values:
        """The user module's result for the entries ``users``."""
        arguments = {**self.common, "users": list(users), "return_unchanged": True, **options}
        return self.noted(self.run(self.rules.user_module, arguments, self.check if check is None else check))

    def noted(self, result: Values) -> Values:
        """``result``; a service that cannot be reached, or lets nobody in, is not tried again and again."""
        if failed_whole(result) and "request" in result:
            status = result.get("status")
            if status is None or status in (401, 403) or status >= 500:
                self.gone = Gone(message(result))
        return result


def failed_whole(result: Values) -> bool:
    """Whether a user module failed before it looked at single accounts: nothing was changed then."""
    return bool(result.get("failed")) and not result.get("users")


def message(result: Values) -> str:
    """Why a module failed, in one sentence."""
    return str(result.get("msg") or result.get("exception") or "The module failed without a word.")


def batches(items: t.Sequence[Values], size: int) -> t.Iterator[t.Sequence[Values]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def take(rows: dict[str, Row], result: Values, rules: Rules) -> None:
    """Write a user module's ``result`` into ``rows``, which are keyed by user name as the system compares it."""
    if failed_whole(result):
        for number, row in enumerate(told := list(rows.values())):
            short = number == 0 or "request" in result
            row.action = "failed"
            row.error = message(result) if short else f"Refused together with {told[0].username}, whose line says why."
        return
    for key in rows.keys() - {rules.key(user["username"]) for user in result["users"]}:
        rows[key].action, rows[key].error = "failed", "The module did not say what became of this account."
    shown = {entry["after_header"]: entry for entry in result.get("diff", [])}
    for user in result["users"]:
        row = rows[rules.key(user["username"])]
        difference = shown.get(f"{rules.title} {user['username']}")
        row.id = user["id"] or row.id
        row.notes += user.get("notes", [])
        row.changes += fields(difference) if difference else []
        if user["action"] == "failed":
            row.action, row.error = "failed", user["error"]
        elif weight(user["action"]) > weight(row.action):
            row.action = user["action"]
        row.changed = row.changed or (row.action in CHANGED)


def weight(action: str) -> int:
    """How much ``action`` says; of two things done to one account, the weightier is told."""
    return ("unchanged", "held", "updated", "enabled", "disabled", "created", "deleted", "failed").index(action)


def fields(difference: Values) -> list[Values]:
    """The difference of one account, field by field, without what is empty now and then."""
    before, after = difference["before"], difference["after"]
    return [
        {"field": name, "before": before.get(name), "after": after.get(name)}
        for name in dict.fromkeys([*after, *before])
        if not (empty(before.get(name)) and empty(after.get(name)))
    ]


def empty(value: t.Any) -> bool:
    return value is None or value in ("", [], {})


def summary(rows: t.Iterable[Row]) -> dict[str, int]:
    """How many accounts there are of each action."""
    counts = dict.fromkeys(ACTIONS, 0)
    for row in rows:
        counts[row.action] += 1
    return counts


def line(rules: Rules, rows: t.Sequence[Row], number: int, of: int) -> str:
    """One line of progress."""
    counts = ", ".join(f"{count} {action}" for action, count in summary(rows).items() if count)
    return f"{rules.title}: batch {number} of {of}, {len(rows)} accounts: {counts}"
