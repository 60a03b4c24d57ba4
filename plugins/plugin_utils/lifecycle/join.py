# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives one instance's accounts what profiles say: joiners, movers and returners, batch by batch."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import identity, wording
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import (
    Line,
    Lines,
    Modules,
    batches,
    message,
    progress_line,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handover import Handover, new_password


@dataclasses.dataclass(frozen=True)
class Settings:
    """How to onboard."""

    batch_size: int = 500
    reenable: bool = False
    remove_old_access: bool = False
    reset_mail: bool = False


@dataclasses.dataclass
class Work:
    """One account under way: what is wanted, what is there, what is asked of the module, what became of it."""

    entry: Values
    line: Line
    current: Values | None = None
    asked: Values | None = None

    @property
    def returner(self) -> bool:
        """Whether an account is there that cannot sign in."""
        current = self.current
        return current is not None and (current.get("state") == "absent" or current.get("enabled") is False)


def join(
    entries: t.Sequence[Values],
    modules: Modules,
    settings: Settings,
    handover: Handover,
    progress: t.Callable[[str], None],
) -> list[Line]:
    """Bring all accounts to what is wanted; returns one line each, in order."""
    lines = []
    parts = list(batches(entries, settings.batch_size))
    for number, part in enumerate(parts, 1):
        works = [Work(entry, Line(entry["person"], entry["username"])) for entry in part]
        try:
            if modules.outage:
                raise LifecycleError(modules.outage)
            Batch(works, modules, settings, handover).run()
        except LifecycleError as error:
            for work in works:
                work.line.fail(str(error))
        done = [work.line for work in works if not (work.entry["only_existing"] and work.current is None)]
        lines += done
        progress(progress_line(modules.traits.title, done, number, len(parts)))
    return lines


class Batch:
    """Accounts that are read, decided and written together."""

    def __init__(self, works: list[Work], modules: Modules, settings: Settings, handover: Handover) -> None:
        self.works = works
        self.modules = modules
        self.traits = modules.traits
        self.settings = settings
        self.handover = handover

    def run(self) -> None:
        """Raises LifecycleError where all of them failed for one reason; whatever else fails is in the lines."""
        found = self.modules.read(usernames=[work.entry["username"] for work in self.works])
        if found.get("failed"):
            raise LifecycleError(message(found))
        current = {self.traits.key(user["username"]): user for user in found["users"]}
        for work in self.works:
            work.current = current.get(self.traits.key(work.entry["username"]))
            work.asked = decide(work, self.traits, self.settings)
        asked = [(work, work.asked) for work in self.works if work.asked is not None]
        new = [] if self.traits.mails_link else [(work, asks) for work, asks in asked if work.current is None]
        for _work, asks in new:
            asks["password"] = new_password()
        pending = [self.record(work, asks) for work, asks in new]
        if not self.modules.check:
            self.handover.add(pending)
        self.modules.bring(self.lines(asked), [asks for _work, asks in asked], **self.traits.join_options)
        if not self.modules.check:
            self.hand_over([work for work, _asks in new])
        if not self.settings.remove_old_access:
            self.look_for_old([work for work, _asks in asked])

    def lines(self, asked: t.Iterable[tuple[Work, Values]]) -> Lines:
        return {self.traits.key(work.entry["username"]): work.line for work, _asks in asked}

    def record(self, work: Work, asked: Values) -> Values:
        """What is handed over for one new account."""
        return {
            "system": self.modules.name,
            "person": work.entry["person"],
            "username": work.entry["username"],
            "password": asked["password"],
        }

    def hand_over(self, new: t.Sequence[Work]) -> None:
        """Keep the passwords of those accounts alone that were created with them."""
        kept = {work.entry["username"] for work in new if "create" in work.line.done}
        doubtful = [work for work in new if work.line.action == "failed" and "create" not in work.line.done]
        kept |= self.still_there(doubtful)
        self.handover.keep(self.modules.name, [work.entry["username"] for work in new], kept)
        if self.settings.reset_mail:
            self.mail_links([work for work in new if work.line.action == "created"])

    def mail_links(self, created: t.Sequence[Work]) -> None:
        """Have the service mail a link to everybody whose account was created, where it can."""
        for work in created if self.traits.reset_mail_module else ():
            asked = {**self.modules.connection, "reset_email": work.entry["options"]["email"]}
            result = self.modules.run(self.traits.reset_mail_module, asked, False)
            work.line.mailed = not result.get("failed")
            if result.get("failed"):
                work.line.notes.append(f"The link for a first password was not mailed: {message(result)}")

    def still_there(self, failed: t.Sequence[Work]) -> set[str]:
        """Which of the failed accounts exist now all the same; all of them when nobody can tell."""
        names = {work.entry["username"] for work in failed}
        if not names:
            return names
        found = self.modules.read(usernames=sorted(names))
        if found.get("failed"):
            return names
        keys = {self.traits.key(user["username"]) for user in found["users"]}
        return {name for name in names if self.traits.key(name) in keys}

    def look_for_old(self, works: t.Sequence[Work]) -> None:
        """Write into the lines what each person has, only other profiles give, and is left alone."""
        staying = [work for work in works if work.current is not None and not work.returner]
        asking: list[Values] = []
        for work in staying:
            held, rest = work.current or {}, work.entry["others"]
            for kind in self.traits.kinds:
                if kind.name not in work.entry["options"]:
                    work.line.old += kind.old(rest[kind.name], held.get(kind.name))
            removed = {name: {"remove": rest[name]} for name in self.traits.memberships if rest[name]}
            if removed and work.line.action != "failed":
                asking.append({"username": work.entry["username"], **removed})
        if not asking or self.modules.outage:
            return
        shadow = {self.traits.key(asks["username"]): Line("", asks["username"]) for asks in asking}
        self.modules.bring(shadow, asking, check=True, **self.traits.join_options)
        for work in staying:
            seen = shadow.get(self.traits.key(work.entry["username"]))
            work.line.old += [item for change in seen.changes for item in self.taken(change)] if seen else []

    def taken(self, change: Values) -> list[str]:
        """The memberships that a change would take away, in words."""
        if change["field"] not in self.traits.memberships:
            return []
        after = {identity(item) for item in change["after"] or []}
        return [f"{change['field']}: {wording(i)}" for i in change["before"] or [] if identity(i) not in after]


def decide(work: Work, traits: Traits, settings: Settings) -> Values | None:
    """The module's entry for one account; None where nothing shall be done, and the line says why."""
    entry, current = work.entry, work.current
    if current is None:
        return None if entry["only_existing"] else asked_of(entry, None, traits, settings)
    email = entry["email"].casefold()
    if not entry["named"] and email not in (current.get("email", "").casefold(), entry["username"].casefold()):
        work.line.hold(
            f"The account {entry['username']} belongs to {current.get('email') or 'nobody known'}, not to {entry['email']}. "
            f"If it is this person's, name it in accounts.{traits.name}.username; if not, give another user name there."
        )
        return None
    if work.returner:
        if entry["only_existing"]:
            return None
        reason = keeps_out(current, traits, settings)
        if reason:
            work.line.hold(reason)
            return None
        return {**asked_of(entry, current, traits, settings), "enabled": True}
    return asked_of(entry, current, traits, settings)


def keeps_out(current: Values, traits: Traits, settings: Settings) -> str:
    """Why somebody whose account cannot sign in is not let in again; empty where they are."""
    if not traits.can_disable:
        status = current.get("status_meaning") or "The account cannot sign in."
        return f"{status} {traits.title} lets nobody in again through an API: use its own pages."
    if settings.reenable:
        return ""
    state = "deleted" if current.get("state") == "absent" else "disabled"
    return (
        f"The account is {state}, and somebody may have meant it. Set onboard_reenable: true to let this person in again."
    )


def asked_of(entry: Values, current: Values | None, traits: Traits, settings: Settings) -> Values:
    """The options of one account. Someone who returns gets exactly what the profiles give."""
    exactly = current is not None and (current.get("state") == "absent" or current.get("enabled") is False)
    options = {} if entry["only_existing"] else entry["options"]
    asked: Values = {"username": entry["username"], **options}
    for kind in traits.kinds:
        if kind.name in asked:
            continue
        give, others = entry["give"].get(kind.name), entry["others"].get(kind.name, [])
        held = None if current is None else current.get(kind.name, kind.empty)
        value = kind.exactly(give) if exactly else kind.asked(give, others, held, settings.remove_old_access)
        if value is not None:
            asked[kind.name] = value
    return asked
