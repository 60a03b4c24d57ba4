# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives one instance's accounts what profiles say: joiners, movers and returners, batch by batch."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import identity, wording
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import (
    Line,
    Lines,
    Modules,
    batches,
    message,
    progress_line,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.entry import (
    Settings,
    Work,
    asked_of,
    left_with,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handover import Handover, new_password
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import (
    NOBODY,
    addresses,
    index,
    recognise,
)


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
        works = [work_of(entry, modules) for entry in part]
        try:
            if modules.outage:
                raise LifecycleError(modules.outage)
            Batch(works, modules, settings, handover).run()
        except LifecycleError as error:
            for work in works:
                work.line.fail(str(error))
        done = [work.line for work in works if not is_nothing(work)]
        lines += done
        progress(progress_line(modules.instance.title, done, number, len(parts)))
    return lines


def work_of(entry: Values, modules: Modules) -> Work:
    place = modules.traits.place({**modules.connection, **entry["give"]})
    line = Line(entry["person"], entry["username"], realm=modules.traits.realm(place))
    return Work(entry, line, signs_in_elsewhere=modules.traits.signs_in_elsewhere(place))


def is_nothing(work: Work) -> bool:
    """Whether there is nothing to say: somebody who shall have no account has none, and nothing is kept under the name."""
    silent = not (work.line.changed or work.line.error or work.line.old)
    return bool(work.entry["only_existing"]) and work.current is None and (silent or not work.awaited)


def named(work: Work) -> Values:
    """What tells an account that is not there yet from others."""
    return {"username": work.entry["username"], "realm": work.line.realm}


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
        self.recognise()
        for work in self.works:
            work.asked = asked_of(work, self.traits, self.settings)
        self.spare_the_guarded([work for work in self.works if work.asked is not None])
        asked = [(work, work.asked) for work in self.works if work.asked is not None]
        new = [] if self.traits.mails_link else [(work, asks) for work, asks in asked if work.current is None and not work.awaited]
        for _work, asks in new:
            asks["password"] = new_password()
        pending = [self.record(work, asks) for work, asks in new]
        if asked and not self.modules.check:
            self.modules.claim()
        if not self.modules.check:
            self.handover.add(pending)
        self.modules.bring(self.lines(asked), [asks for _work, asks in asked], **self.traits.join_options)
        if not self.modules.check:
            self.hand_over([work for work, _asks in new], pending)
        elif self.settings.reset_mail and self.traits.reset_mail_module:
            for work, _asks in new:
                work.line.mailed = "create" in work.line.done
        if not self.settings.remove_old_access:
            self.look_for_old([work for work, _asks in asked])

    def recognise(self) -> None:
        """Find out which accounts are theirs; raises LifecycleError where the instance does not answer."""
        entries = [work.entry for work in self.works]
        query = {
            "usernames": sorted({entry["username"] for entry in entries}),
            "emails": sorted({email for entry in entries for email in addresses(entry)}),
        }
        self.guards = self.found(**query, **self.traits.everywhere, guards=True)
        places: dict[str, list[Values]] = {}
        for account in self.guards["users"]:
            places.setdefault(self.traits.realm(account), []).append(account)
        here = {realm: index(accounts, self.traits) for realm, accounts in places.items()}
        for realm in {work.line.realm for work in self.works}:
            elsewhere = index((a for other, several in places.items() if other != realm for a in several), self.traits)
            for work in self.works:
                if work.line.realm == realm:
                    work.recognition = recognise(work.entry, here.get(realm, NOBODY), elsewhere, self.modules.instance)

    def found(self, **query: t.Any) -> Values:
        """What the instance has; raises LifecycleError where it does not answer, lest somebody get a second account."""
        found = self.modules.read(**query)
        if found.get("failed"):
            raise LifecycleError(message(found))
        return found

    def spare_the_guarded(self, works: t.Sequence[Work]) -> None:
        """Hold the caller, protected people, administrators and namesakes where something of theirs would change."""
        reasons = [(work, self.guard(work)) for work in works if work.current is not None or work.awaited]
        guarded = [(work, reason, t.cast(Values, work.asked)) for work, reason in reasons if reason]
        if not guarded:
            return
        shadow = {self.traits.entry_key(asks): Line("", asks["username"]) for _work, _reason, asks in guarded}
        self.modules.bring(shadow, [asks for *_rest, asks in guarded], check=True, **self.traits.join_options)
        for work, reason, asks in guarded:
            foreseen = shadow[self.traits.entry_key(asks)]
            if foreseen.changed or (foreseen.error and work.recognition.namesake):
                work.line.hold(reason)
                work.asked = None

    def guard(self, work: Work) -> str:
        """Why an account must not be changed by a row; empty where it may."""
        entry, account, key = work.entry, work.current or {"username": work.entry["username"]}, self.traits.key
        name = account["username"]
        if key(name) == key(self.guards.get("caller") or ""):
            return f"{name} is the account that this run uses in {self.modules.instance.title}; onboarding never changes it."
        called = {entry["person"], entry["email"], entry["username"], name, account.get("email", "")}
        if self.settings.decisions.protects(called, self.modules.instance):
            return f"{name} is in lifecycle_protected; onboarding never changes it."
        if work.recognition.namesake:
            return work.recognition.namesake
        administers = key(name) in map(key, self.guards.get("administrators") or ())
        if administers and not entry["decision"] and not self.traits.gives_administration(entry["give"]):
            return (
                f"{name} is an administrator of {self.modules.instance.title}, and no profile of this person makes them one. If the "
                f"account is theirs, say so in lifecycle_account_names."
            )
        return ""

    def lines(self, asked: t.Iterable[tuple[Work, Values]]) -> Lines:
        return {self.traits.entry_key(asks): work.line for work, asks in asked}

    def record(self, work: Work, asked: Values) -> Values:
        """What is handed over for one new account."""
        return {
            "instance": self.modules.name,
            "address": self.modules.answered.get("address"),
            "person": work.entry["person"],
            "username": work.entry["username"],
            "password": asked["password"],
        }

    def hand_over(self, new: t.Sequence[Work], records: t.Sequence[Values]) -> None:
        """Keep the passwords of those accounts alone that were created with them."""
        kept = {work.entry["username"] for work in new if "create" in work.line.done}
        doubtful = [work for work in new if work.line.action == "failed" and "create" not in work.line.done]
        kept |= self.still_there(doubtful)
        try:
            self.handover.settle(records, kept)
        except LifecycleError as error:  # the accounts are there, and the file has more than it should rather than less
            for work in new:
                work.line.notes.append(str(error))
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
        staying = [work for work in works if (work.current is not None or work.awaited) and not work.returner]
        asking: list[Values] = []
        for work in staying:
            held, rest = work.current or named(work), left_with(work.entry, self.settings)
            for kind in self.traits.kinds:
                if kind.name not in work.entry["options"]:
                    work.line.old += kind.old(rest[kind.name], held.get(kind.name))
            removed = {name: {"remove": rest[name]} for name in self.traits.memberships if rest[name]}
            if removed and work.line.action != "failed":
                asking.append({"username": held["username"], **self.traits.place(held), **removed})
        if not asking or self.modules.outage:
            return
        shadow = {self.traits.entry_key(asks): Line("", asks["username"]) for asks in asking}
        self.modules.bring(shadow, asking, check=True, **self.traits.join_options)
        for work in staying:
            seen = shadow.get(self.traits.entry_key(work.current or named(work)))
            work.line.old += [item for change in seen.changes for item in self.taken(change)] if seen else []

    def taken(self, change: Values) -> list[str]:
        """The memberships that a change would take away, in words."""
        if change["field"] not in self.traits.memberships:
            return []
        after = {identity(item) for item in change["after"] or []}
        return [f"{change['field']}: {wording(i)}" for i in change["before"] or [] if identity(i) not in after]
