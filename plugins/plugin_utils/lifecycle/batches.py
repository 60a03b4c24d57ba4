# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the modules of one instance in batches, and gathers what became of each account."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import heavier, tally
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instance

Item = t.TypeVar("Item")
RunModule = t.Callable[[str, Values, bool], Values]


@dataclasses.dataclass
class Line:
    """What became of one account of a person, or would become of it; ``changes`` are ``{field, before, after}``.

    ``action`` is one of ``ACTIONS``; ``held`` means that the account was left alone on purpose, and ``notes`` say why.
    ``done`` are the writes that were made (in a dry run: would be). ``old`` is access that only other profiles give;
    ``verified`` is None where nothing was to be verified. ``mailed`` says that a link for a first password is on its
    way, ``closed`` whether a leaver's account is there no more or cannot sign in; None where closing it was not tried;
    ``deleted`` says how, and ``before`` is what was found of it; both are not shown. ``kept`` says until when and why a
    leaver keeps the account. ``realm`` is where the account is in a system with several realms, empty for the usual
    one.
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
    done: list[str] = dataclasses.field(default_factory=list)
    closed: bool | None = None
    deleted: bool = False
    kept: str = ""
    realm: str = ""
    before: Values | None = None

    @classmethod
    def of(cls, entry: Values) -> Line:
        """The line of an account to close."""
        return cls(entry["person"], entry["username"], realm=entry["realm"])

    @property
    def changed(self) -> bool:
        return bool(self.done)

    def fail(self, reason: str) -> None:
        self.action, self.error = "failed", reason

    def hold(self, reason: str) -> None:
        self.action = "held"
        self.notes.append(reason)

    def take(self, user: Values, difference: Values | None) -> None:
        """Add what a module says of the account: ``user``, one of its ``users``, and the entry of its diff, if any."""
        self.id = user["id"] or self.id
        self.notes += user["notes"]
        self.done += user["done"]
        self.changes += fields(difference) if difference else []
        self.action = heavier(self.action, user["action"])
        self.error = " ".join(dict.fromkeys(filter(None, (self.error, user["error"])))) or None

    def described(self) -> Values:
        """The line as it is kept and shown."""
        shown = {**vars(self), "changed": self.changed}
        del shown["deleted"], shown["before"]
        return shown


Lines = dict[tuple[str, ...], Line]  # by what tells the accounts of an instance apart


class Modules:
    """The modules of one instance with what is the same in every call; ``outage`` is why it is not asked any more.

    ``answered`` is what the instance says of itself: address, organization, release, remarks. ``lock`` keeps other runs
    away from it, and returns who is there already.
    """

    lock: t.Callable[[Modules], str] = staticmethod(lambda _modules: "")

    def __init__(
        self, name: str, traits: Traits, run: RunModule, connection: Values, parallel: int | None, check: bool
    ) -> None:
        self.name = name
        self.traits = traits
        self.instance = Instance(name, traits)
        self.run = run
        self.connection = connection
        self.parallel = {"parallel": parallel} if parallel else {}
        self.check = check
        self.outage: str | None = None
        self.answered: Values = {}

    def claim(self) -> None:
        """Have the instance for this run alone; raises LifecycleError where another works on it."""
        other = self.lock(self)
        if other:
            self.outage = (
                f"Another run works on {self.instance.title}: {other}. Run this one again when that one is done."
            )
            raise LifecycleError(self.outage)

    def read(self, **query: t.Any) -> Values:
        """The info module's result."""
        arguments = {**self.connection, **self.traits.read_options, **query}
        return self._noted(self.run(self.traits.info_module, arguments, True))

    def search(self, **query: t.Any) -> Values:
        """The info module's result about leavers, whose accounts may be anywhere in the instance."""
        return self.read(**{**query, **self.traits.search_options(self.connection)})

    def reconcile(self, users: t.Sequence[Values], *, check: bool | None = None, **options: t.Any) -> Values:
        """The user module's result for the entries ``users``."""
        arguments = {**self.connection, **self.parallel, "users": list(users), "return_unchanged": True, **options}
        return self._noted(self.run(self.traits.user_module, arguments, self.check if check is None else check))

    def bring(self, lines: Lines, users: t.Sequence[Values], *, check: bool | None = None, **options: t.Any) -> None:
        """Reconcile ``users`` and write what became of each into its line."""
        if users:
            concerned = [lines[self.traits.entry_key(user)] for user in users]
            self.record(concerned, self.reconcile(users, check=check, **options))

    def record(self, lines: t.Sequence[Line], result: Values) -> None:
        """Write a user module's ``result`` about as many accounts, in the same order, into ``lines``."""
        if failed_whole(result):
            for line in lines:
                line.fail(message(result))
            return
        differences = collections.defaultdict(list)
        for entry in result.get("diff", []):
            differences[entry["username"]].append(entry)
        users = result["users"] if len(result["users"]) == len(lines) else [None] * len(lines)
        for line, user in zip(lines, users, strict=True):
            if user is None:
                line.fail("The module did not say what became of this account.")
            else:
                of_name = differences[user["username"]] if user["done"] else []
                line.take(user, of_name.pop(0) if of_name else None)

    def _noted(self, result: Values) -> Values:
        """``result``; a service that cannot be reached, or lets nobody in, is not tried again and again."""
        said = {name: value for name, value in (result.get("instance") or {}).items() if value is not None}
        remarks = dict.fromkeys([*self.answered.get("remarks", ()), *said.get("remarks", ())])
        self.answered |= {**said, "remarks": [*remarks]}
        self.traits = self.traits.for_release(self.answered.get("release"))
        status = result.get("status")
        unreachable = "request" in result and (status is None or status == 403 or status >= 500)
        if result.get("sign_in_refused") or (failed_whole(result) and unreachable):
            self.outage = message(result)
        return result


def failed_whole(result: Values) -> bool:
    """Whether a user module failed before it looked at single accounts: nothing was changed then."""
    return bool(result.get("failed")) and not result.get("users")


def message(result: Values) -> str:
    """Why a module failed, in one sentence."""
    return str(result.get("msg") or result.get("exception") or "The module failed without a word.")


def batches(items: t.Sequence[Item], size: int) -> t.Iterator[t.Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def fields(difference: Values) -> list[Values]:
    """The difference of one account, field by field, without what is empty now and then."""
    before, after = difference["before"], difference["after"]
    return [
        {"field": name, "before": before.get(name), "after": after.get(name)}
        for name in dict.fromkeys([*after, *before])
        if not (is_empty(before.get(name)) and is_empty(after.get(name)))
    ]


def is_empty(value: t.Any) -> bool:
    return value is None or value in ("", [], {})


def progress_line(title: str, lines: t.Sequence[Line], number: int, of: int) -> str:
    """One line of progress."""
    counts = ", ".join(f"{count} {action}" for action, count in tally(line.action for line in lines).items() if count)
    return f"{title}: batch {number} of {of}, {len(lines)} accounts: {counts}"
