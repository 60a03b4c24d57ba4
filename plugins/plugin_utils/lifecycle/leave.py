# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Closes the accounts of leavers in one instance, as mildly as closes them, and reads back whether they are closed."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import (
    Line,
    Lines,
    Modules,
    batches,
    progress_line,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.kept import keep, least, named


@dataclasses.dataclass(frozen=True)
class Leaving:
    """How accounts are closed: ``mode`` is disable or delete,
    ``successors`` the options that say who takes over what.
    """

    mode: str
    batch_size: int
    successors: Values = dataclasses.field(default_factory=dict)


def leave(entries: t.Sequence[Values], modules: Modules, how: Leaving, progress: t.Callable[[str], None]) -> list[Line]:
    """Close the accounts; returns one line each, in order."""
    lines: list[Line] = []
    parts = list(batches(entries, how.batch_size))
    for number, part in enumerate(parts, 1):
        done = {modules.traits.entry_key(named(entry)): Line.of(entry) for entry in part}
        if modules.outage:
            for line in done.values():
                line.fail(modules.outage)
        else:
            staying = [entry for entry in part if entry["keep"]]
            mighty = keep(staying, done, modules) if staying else []
            closing = [entry for entry in part if not entry["keep"] or entry in mighty]
            keys = [modules.traits.entry_key(named(entry)) for entry in closing]
            if closing:
                leave_batch(closing, {key: done[key] for key in keys}, modules, how)
        for line, entry in zip(done.values(), part, strict=True):
            line.closed = None if line.kept else is_closed(line, entry["current"])
            line.deleted = is_deleted(entry["current"])
            line.before = entry["current"]
            tell_where_the_rest_is(line, modules)
        lines += [
            line
            for line, entry in zip(done.values(), part, strict=True)
            if line.changed or line.error or "awaited" not in entry
        ]
        progress(progress_line(modules.instance.title, list(done.values()), number, len(parts)))
    return lines


def leave_batch(entries: t.Sequence[Values], lines: Lines, modules: Modules, how: Leaving) -> None:
    """Privileges first, then the account, then a look back; whatever fails is in the lines."""
    traits = modules.traits
    modules.bring(lines, [*filter(None, (neutralized(entry["current"], traits) for entry in entries))])
    revived = [lines[traits.entry_key(named(entry))] for entry in entries if is_deleted(entry["current"])]
    revived = [line for line in revived if line.changed]
    for line in revived:
        line.notes.clear()  # that the account is there again, which is for a moment only
    asked = [closing(entry, traits, how) for entry in entries]
    modules.bring(lines, asked)
    for line in revived:
        still_deleted(line)
    failed = [e for e in entries if e["current"] and lines[traits.entry_key(named(e))].action == "failed"]
    if failed and not modules.outage:
        strip(failed, lines, modules)
    if not modules.check and not modules.outage:
        verify(asked, lines, modules)


def still_deleted(line: Line) -> None:
    """Tell of an account that was deleted before, and was there for a moment, in check mode or not, what lasts."""
    if line.action == "failed":
        return
    if "delete" not in line.done:
        line.done.append("delete")  # which check mode cannot foresee of an account that is deleted now
    line.action = "updated"
    line.changes = [change for change in line.changes if change["field"] not in ("state", "enabled")]


def is_closed(line: Line, before: Values | None) -> bool:
    """Whether the account cannot sign in any more, even where another step failed; ``before`` is what was found."""
    if line.verified is False:
        return False
    if line.action != "failed":
        return line.changed or before is not None
    return not {"disable", "delete"}.isdisjoint(line.done) or (before is not None and before.get("enabled") is False)


def is_deleted(account: Values | None) -> bool:
    return account is not None and account.get("state") == "absent"


def closing(entry: Values, traits: Traits, how: Leaving) -> Values:
    """The entry that closes an account; one that was deleted before stays so."""
    state = "absent" if is_deleted(entry["current"]) else traits.closing_state(how.mode)
    return {**named(entry), "state": state, **traits.leave_options, **how.successors}


def neutralized(account: Values | None, traits: Traits) -> Values | None:
    """The entry that takes what makes an account dangerous while its tokens live on;
    None where it has nothing of it.
    """
    if account is None:
        return None
    if all(account.get(name, value) == value for name, value in traits.neutral.items()):
        return None
    closed = {"enabled": False} if account.get("enabled") is False else {}
    return {"username": account["username"], **traits.place(account), **traits.neutral, **closed}


def strip(entries: t.Sequence[Values], lines: Lines, modules: Modules) -> None:
    """Take all memberships but the one that the service insists on from accounts that could not be closed."""
    traits = modules.traits
    if not traits.keeps_one:
        return
    asked = [
        {
            **named(entry),
            **{
                name: {"set": least(entry["current"].get(name, []), traits) if name == traits.keeps_one else []}
                for name in traits.memberships
            },
        }
        for entry in entries
    ]
    stripped = {traits.entry_key(named(entry)): Line.of(entry) for entry in entries}
    modules.bring(stripped, asked)
    for key, line in stripped.items():
        if line.changed:
            lines[key].changes += line.changes
            lines[key].done += line.done
            lines[key].notes.append("The account is still there; what could be taken from it was taken.")


def verify(asked: t.Sequence[Values], lines: Lines, modules: Modules) -> None:
    """Ask again what would be changed: nothing may be left to do, beside what could not be done."""
    seen = {key: Line(line.person, line.username) for key, line in lines.items()}
    result = modules.reconcile(asked, check=True)
    keys = [modules.traits.entry_key(entry) for entry in asked]
    modules.record([seen[key] for key in keys], result)
    users = result.get("users") or ()
    shut = {key for key, user in zip(keys, users, strict=False) if is_shut(user, lines[key])}
    for key, line in lines.items():
        line.verified = seen[key].action == "unchanged" or key in shut
        if not line.verified and not line.error:
            line.fail(seen[key].error or "The account is still open when read back.")


def is_shut(user: Values, line: Line) -> bool:
    """Whether one of a module's ``users`` shows an account that cannot sign in, or is gone since the run deleted it,
    where something else could not be done.
    """
    account = user["account"]
    if not account:
        return "delete" in line.done and not user["done"] and user["error"] == line.error
    return not user["done"] and (is_deleted(account) or account.get("enabled") is False)


def tell_where_the_rest_is(line: Line, modules: Modules) -> None:
    """Say how another run finds what an account left behind that is gone: by the name alone, which it cannot know."""
    outlives = modules.traits.memberships_outlive
    if outlives and line.action == "failed" and "delete" in line.done:
        line.notes.append(
            f"The account is gone, and with it the address. Another run finds what is left under its name where the "
            f"entry of {line.person} says accounts: {{{modules.name}: {{username: {line.username}}}}}."
        )
