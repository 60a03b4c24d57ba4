# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module is asked for one account of a person: the options, or why nothing is asked. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import (
    Recognition,
    address_of,
    is_open,
)
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NO_DECISIONS, Decisions


@dataclasses.dataclass(frozen=True)
class Settings:
    """How to onboard. ``roster`` are ids and addresses of everybody on it, in lower case; ``learned`` are addresses, by
    person, that their accounts in other instances have.
    """

    batch_size: int = 500
    reenable: bool = False
    remove_old_access: bool = False
    end_exceptions: bool = False
    reset_mail: bool = False
    mark_id: bool = True
    decisions: Decisions = NO_DECISIONS
    roster: t.Collection[str] = ()
    learned: dict[str, set[str]] = dataclasses.field(default_factory=dict)

    def learn(self, person: str, address: str) -> None:
        """Keep the address of an account that is surely a person's, unless it is on the roster."""
        if person and address and address not in self.roster:
            self.learned.setdefault(person, set()).add(address)


@dataclasses.dataclass
class Work:
    """One account under way: what is wanted, what is there, what is asked of the module, what became of it.

    ``signs_in_elsewhere`` says that the account is an identity provider's or a directory's, ``vacated`` that another
    one is about to leave it address or name, which in a dry run it does not.
    """

    entry: Values
    line: Line
    recognition: Recognition = dataclasses.field(default_factory=Recognition)
    asked: Values | None = None
    signs_in_elsewhere: bool = False
    vacated: bool = False

    @property
    def current(self) -> Values | None:
        """The account that is this person's, if there is one."""
        return self.recognition.account

    @property
    def awaited(self) -> bool:
        """Whether the account comes with the first sign-in elsewhere, and has not yet."""
        return self.current is None and self.signs_in_elsewhere

    @property
    def is_newcomer(self) -> bool:
        """Whether nothing says which account is theirs, and they would get one."""
        undecided = not (self.entry["decision"] or self.entry["held"] or self.entry["only_existing"])
        return undecided and self.current is None and not (self.recognition.hold or self.signs_in_elsewhere)

    @property
    def returner(self) -> bool:
        """Whether an account is there that cannot sign in."""
        return self.current is not None and not is_open(self.current)


def asked_of(work: Work, traits: Traits, settings: Settings) -> Values | None:
    """The module's entry for one account; None where nothing shall be done, and the line says why."""
    entry, current, recognition = work.entry, work.current, work.recognition
    reason = entry["held"] or recognition.hold
    if reason:
        work.line.hold(reason)
        return None
    if work.awaited:
        return {**options_of(entry, {}, traits, settings), "email": entry["email"]}
    if current is None:
        return None if entry["only_existing"] else options_of(entry, None, traits, settings)
    if work.returner:
        if entry["only_existing"]:
            return None
        reason = keeps_out(current, traits, settings)
        if reason:
            work.line.hold(reason)
            return None
    asked = {**options_of(entry, current, traits, settings), "username": current["username"]}
    work.line.notes += recognition.notes
    if recognition.address_stays or address_of(current) == str(asked.get("email", "")).casefold():
        asked.pop("email", None)  # an address in other letter case reaches the same person
    if recognition.renamed and traits.rename_option:
        asked[traits.rename_option] = entry["username"]
    return {**asked, "enabled": True} if work.returner else asked


def named(work: Work) -> Values:
    """What tells an account that is not there yet from others."""
    return {"username": work.entry["username"], "realm": work.line.realm}


def name_now(work: Work, traits: Traits, check: bool) -> str:
    """The user name of an account after it was changed, which a dry run does not do."""
    asked = work.asked or {}
    name = asked["username"] if check else asked.get(traits.rename_option) or asked["username"]
    return str(name)


def following_mark(work: Work, traits: Traits, settings: Settings, check: bool) -> Values | None:
    """The entry that gives an account which was changed the id of HR, too; None where there is nothing to add."""
    entry, account, mark = work.entry, work.current, traits.mark
    wanted = settings.mark_id and mark.can_follow and entry["mark"] and not entry["only_existing"]
    if not wanted or account is None or not work.line.changed or work.line.action == "failed" or mark.id_in(account):
        return None
    asked = work.asked or {}
    return {
        "username": name_now(work, traits, check),
        mark.option: mark.with_id(asked.get(mark.option, account.get(mark.option)), entry["mark"]),
    }


def keeps_out(current: Values, traits: Traits, settings: Settings) -> str:
    """Why somebody whose account cannot sign in is not let in again; empty where they are."""
    if not traits.can_disable:
        status = current.get("status_meaning") or "The account cannot sign in."
        return f"{status} {traits.title} lets nobody in again through an API: use its own pages."
    if settings.reenable:
        return ""
    state = "deleted" if current.get("state") == "absent" else "disabled"
    return (
        f"The account is {state}, and somebody may have meant it. Set onboard_reenable: true to let this person in "
        "again."
    )


def options_of(entry: Values, current: Values | None, traits: Traits, settings: Settings) -> Values:
    """The options of one account. Someone who returns gets exactly what the profiles give."""
    taken = taken_from(entry, settings)
    exactly = current is not None and (current.get("state") == "absent" or current.get("enabled") is False)
    options = {} if entry["only_existing"] else entry["options"]
    asked: Values = {"username": entry["username"], **options}
    for kind in traits.kinds:
        if kind.name in asked:
            continue
        give, others = entry["give"].get(kind.name), taken.get(kind.name, [])
        held = None if current is None else current.get(kind.name, kind.empty)
        value = kind.exactly(give) if exactly else kind.asked(give, others, held, bool(others))
        if value is not None:
            asked[kind.name] = value
    return marked(asked, entry, current, traits, settings)


def marked(asked: Values, entry: Values, current: Values | None, traits: Traits, settings: Settings) -> Values:
    """``asked`` with the id of HR where the account is new, and with the one that it carries where it is there."""
    mark = traits.mark
    if current is not None:
        return {**asked, mark.option: mark.kept(asked[mark.option], current)} if mark.option in asked else asked
    if not mark.option or not settings.mark_id or not entry["mark"]:
        return asked
    return {**asked, mark.option: mark.with_id(asked.get(mark.option), entry["mark"])}


def taken_from(entry: Values, settings: Settings) -> Values:
    """What a person loses if they have it, by kind:
    all old access, or what exceptions gave that have ended, or nothing.
    """
    if settings.remove_old_access:
        return dict(entry["others"])
    return dict(entry["ended"]) if settings.end_exceptions else {}


def left_with(entry: Values, settings: Settings) -> Values:
    """What only other profiles give and stays, by kind."""
    taken = taken_from(entry, settings)
    return {
        name: [item for item in items if item not in taken.get(name, [])] for name, items in entry["others"].items()
    }
