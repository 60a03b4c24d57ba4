# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives one instance's accounts what profiles say: joiners, movers and returners, batch by batch."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import (
    Line,
    Lines,
    batches,
    progress_line,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.delivery import deliver
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.entry import (
    Work,
    asked_of,
    following_mark,
    options_of,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handed import name_truly, stand_in
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handover import Handover, new_password
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.old_access import look_for_old
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.visit import Visit, work_of


def join(visit: Visit, handover: Handover, progress: t.Callable[[str], None]) -> list[Line]:
    """Bring all accounts of one instance to what is wanted; returns one line each, in order."""
    lines = []
    entries, modules, size = [*visit.entries.values()], visit.modules, visit.settings.batch_size
    order = {entry["person"]: place for place, entry in enumerate(entries)}
    givers = {handing.giver.id for entry in entries for handing in entry["handings"]}
    first = [entry for entry in entries if entry["person"] in givers]
    rest = [entry for entry in entries if entry["person"] not in givers]
    parts = [*batches(first, size), *batches(rest, size)]
    if len(parts) > 1:
        look_names_up(visit)
    for number, part in enumerate(parts, 1):
        works = [work_of(entry, modules) for entry in part]
        try:
            if modules.outage:
                raise LifecycleError(modules.outage)
            Batch(works, visit, handover).run()
        except LifecycleError as error:
            for work in works:
                work.line.fail(str(error))
        done = [work.line for work in works if not is_nothing(work)]
        lines += done
        progress(progress_line(modules.instance.title, done, number, len(parts)))
    return sorted(lines, key=lambda line: order[line.person])


def look_names_up(visit: Visit) -> None:
    """Have the names in all profiles looked up before anybody is changed, by a dry run over one person for each access.

    What is wrong with one is told of each of its people, when it is their turn.
    """
    of_each = {repr(entry["give"]): entry for entry in visit.entries.values() if not entry["only_existing"]}
    asked = [options_of(entry, None, visit.traits, visit.settings) for entry in of_each.values()]
    if asked and not visit.modules.outage:
        visit.modules.reconcile(asked, check=True, **visit.traits.join_options)


def is_nothing(work: Work) -> bool:
    """Whether there is nothing to say: no account is wanted or there, and nothing is kept under the name."""
    silent = not (work.line.changed or work.line.error or work.line.old)
    return bool(work.entry["only_existing"]) and work.current is None and (silent or not work.awaited)


class Batch:
    """Accounts that are read, decided and written together."""

    def __init__(self, works: list[Work], visit: Visit, handover: Handover) -> None:
        self.works = works
        self.visit = visit
        self.modules = visit.modules
        self.traits = visit.traits
        self.settings = visit.settings
        self.handover = handover

    def run(self) -> None:
        """Raises LifecycleError where all of them failed for one reason; whatever else fails is in the lines."""
        self.guards = self.visit.recognise(self.works)
        for work in self.works:
            work.asked = asked_of(work, self.traits, self.settings)
        self.spare_the_guarded([work for work in self.works if work.asked is not None])
        asked = [(work, self.free(work, work.asked)) for work in self.works if work.asked is not None]
        new = [(work, asks) for work, asks in asked if work.current is None and not work.awaited]
        if self.traits.mails_link:
            new = []
        for _work, asks in new:
            asks["password"] = new_password()
        pending = [self.record(work, asks) for work, asks in new]
        if asked and not self.modules.check:
            self.modules.claim()
        if not self.modules.check:
            self.handover.add(pending)
        self.modules.bring(self.lines(asked), [asks for _work, asks in asked], **self.traits.join_options)
        for work, _asks in asked:
            self.take_in(work)
        self.mark_changed([work for work, _asks in asked])
        if not self.modules.check:
            deliver([work for work, _asks in new], pending, self.modules, self.settings, self.handover)
        elif self.settings.reset_mail and self.traits.reset_mail_module:
            for work, _asks in new:
                work.line.mailed = "create" in work.line.done
        look_for_old([work for work, _asks in asked], self.modules, self.settings)

    def free(self, work: Work, asked: Values) -> Values:
        """What is asked; in a dry run under a stand-in where another account has the name or the address still."""
        return stand_in(asked) if work.vacated and self.modules.check else asked

    def take_in(self, work: Work) -> None:
        """Note whose address is free from now on, in a dry run too, which leaves everything as it is."""
        if work.vacated:
            name_truly(work.line)
        if self.modules.check and work.current and any(change["field"] == "email" for change in work.line.changes):
            self.visit.census.freed.add(self.traits.entry_key(work.current))

    def mark_changed(self, works: t.Sequence[Work]) -> None:
        """Write the id of HR into accounts that were changed anyway."""
        following = [(work, following_mark(work, self.traits, self.settings, self.modules.check)) for work in works]
        asked = [(work, asks) for work, asks in following if asks is not None]
        self.modules.bring(self.lines(asked), [asks for _work, asks in asked], **self.traits.join_options)

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
            return (
                f"{name} is the account that this run uses in {self.modules.instance.title}; onboarding never "
                "changes it."
            )
        called = {entry["person"], entry["email"], entry["username"], name, account.get("email", "")}
        if self.settings.decisions.protects(called, self.modules.instance):
            return f"{name} is in lifecycle_protected; onboarding never changes it."
        if work.recognition.namesake:
            return work.recognition.namesake
        if work.current is not None and self.visit.serves(work.current):
            return f"{name} is a service account in lifecycle_service_accounts; onboarding never changes it."
        administers = key(name) in map(key, self.guards.get("administrators") or ())
        if administers and not entry["decision"] and not self.traits.gives_administration(entry["give"]):
            return (
                f"{name} is an administrator of {self.modules.instance.title}, and no profile of this person makes "
                "them one. If the account is theirs, say so in lifecycle_account_names."
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
