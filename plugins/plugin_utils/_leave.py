# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Closes the accounts of leavers in one system, as mildly as closes them, and reads back whether they are closed."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils._batches import (
    Module,
    Row,
    Values,
    batches,
    line,
    take,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils._systems import Rules


def leave(
    entries: t.Sequence[Values], module: Module, mode: str, batch_size: int, progress: t.Callable[[str], None]
) -> list[Row]:
    """Close the accounts in ``mode`` (disable or delete); returns one row each, in order."""
    rows: list[Row] = []
    parts = list(batches(entries, batch_size))
    for number, part in enumerate(parts, 1):
        done = {module.rules.key(entry["username"]): Row(entry["person"], entry["username"]) for entry in part}
        if module.gone:
            for row in done.values():
                row.action, row.error = "failed", f"Not tried, because it failed before: {module.gone.reason}"
        else:
            leave_batch(part, done, module, mode)
        rows += done.values()
        progress(line(module.rules, list(done.values()), number, len(parts)))
    return rows


def leave_batch(entries: t.Sequence[Values], rows: dict[str, Row], module: Module, mode: str) -> None:
    """Privileges first, then the account, then a look back; whatever fails is in the rows."""
    rules = module.rules
    state = rules.leaving_state(mode)
    take_privileges(entries, rows, module)
    asked = [{"username": entry["username"], "state": state} for entry in entries]
    take(rows, module.bring(asked), rules)
    refused = [e for e in entries if e["current"] and rows[rules.key(e["username"])].action == "failed"]
    if refused and not module.gone:
        strip(refused, rows, module)
    if not module.check and not module.gone:
        verify(asked, rows, module)


def take_privileges(entries: t.Sequence[Values], rows: dict[str, Row], module: Module) -> None:
    """What makes an account dangerous while its tokens live on is taken before the account is closed."""
    first = module.rules.leave_first
    if not first:
        return
    asked = [
        {"username": entry["username"], **first}
        for entry in entries
        if usable(entry["current"]) and any(entry["current"].get(name, value) != value for name, value in first.items())
    ]
    if asked:
        some = {module.rules.key(one["username"]): rows[module.rules.key(one["username"])] for one in asked}
        take(some, module.bring(asked), module.rules)


def usable(account: Values | None) -> bool:
    return account is not None and account.get("state") != "absent" and account.get("enabled") is not False


def strip(entries: t.Sequence[Values], rows: dict[str, Row], module: Module) -> None:
    """Take all memberships but the one that the service insists on from accounts that could not be closed."""
    rules = module.rules
    if not rules.strip_keeps:
        return
    asked = [
        {
            "username": entry["username"],
            **{
                kind: {"set": least(entry["current"].get(kind, []), rules) if kind == rules.strip_keeps else []}
                for kind in rules.kinds
            },
        }
        for entry in entries
    ]
    stripped = {rules.key(entry["username"]): Row(entry["person"], entry["username"]) for entry in entries}
    take(stripped, module.bring(asked), rules)
    for key, row in stripped.items():
        if row.action == "updated":
            rows[key].changes += row.changes
            rows[key].changed = True
            rows[key].notes.append("The account is still there; what could be taken from it was taken.")


def least(held: t.Sequence[t.Any], rules: Rules) -> list[t.Any]:
    """The one membership that stays: not the mightiest if there is another."""
    weak = [item for item in held if item not in rules.mighty]
    return (weak or list(held))[:1]


def verify(asked: t.Sequence[Values], rows: dict[str, Row], module: Module) -> None:
    """Ask again what would be changed: nothing may be left to do."""
    seen = {key: Row(row.person, row.username) for key, row in rows.items()}
    take(seen, module.bring(asked, check=True), module.rules)
    for key, row in rows.items():
        row.verified = seen[key].action == "unchanged"
        if not row.verified and not row.error:
            row.action = "failed"
            row.error = seen[key].error or "The account is still open when read back."
