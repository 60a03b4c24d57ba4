# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Decides what to do for one account. Pure: ``changed``, the diff, the prediction and the writes all come from here."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    NO_VALUES,
    Account,
    Membership,
    Memberships,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits

CLOSING = ("revoke_tokens", "disable", "delete")


class Step(t.NamedTuple):
    """One logical write: ``create, enable, update, password, memberships, disable, revoke_tokens,
    hand_over`` or ``delete``."""

    verb: str
    values: Values = NO_VALUES
    add: tuple[Membership, ...] = ()
    remove: tuple[Membership, ...] = ()


class Plan(t.NamedTuple):
    """The steps from what was found to what is wanted, and what will then be there; false when nothing is to be done.

    ``reopens`` says that a closed account is enabled for the moment of the change only. ``undone`` are sentences about
    what is wanted and cannot be done, which makes the outcome a failure although everything else is done.
    """

    wanted: Wanted
    found: Snapshot
    after: Snapshot
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
    reopens: bool = False
    undone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.steps)

    @property
    def verbs(self) -> tuple[str, ...]:
        return tuple(step.verb for step in self.steps)

    @property
    def values(self) -> Values:
        """The fields that the steps write."""
        return {option: value for step in self.steps for option, value in step.values.items()}

    def closes(self, step: Step) -> bool:
        """Whether ``step`` takes access away from somebody who leaves; it is tried whatever happened before."""
        return step.verb in CLOSING or (step.verb == "memberships" and self.wanted.state != "present")


def make_plan(wanted: Wanted, found: Snapshot, traits: Traits) -> Plan:
    """Plan one account; whether that may be, and can be, is for the rules to say."""
    plan = MAKERS[wanted.state](wanted, found, traits)
    if not (found.unseen or found.undone or found.remarks):
        return plan
    notes = (*plan.notes, *found.unseen, *found.remarks)
    return plan._replace(notes=notes, undone=(*plan.undone, *found.undone))


def _absent(wanted: Wanted, found: Snapshot, traits: Traits) -> Plan:
    steps: list[Step] = []
    if found.tokens:
        steps.append(Step("revoke_tokens"))
    farewell = traits.farewell(found)
    if farewell.remove:
        steps.append(Step("memberships", remove=farewell.remove))
    if found.present and found.followers:
        steps.append(Step("hand_over"))
    if found.present:
        steps.append(Step("delete"))
    account = found.account
    after = Snapshot() if steps else found
    if steps and account is not None and traits.keeps_deleted:
        gone = account._replace(deleted=True, enabled=False)
        after = Snapshot(gone, _memberships_after(found, (), farewell.remove))
    return Plan(wanted, found, after, tuple(steps), farewell.notes, undone=farewell.undone)


def _disabled(wanted: Wanted, found: Snapshot, traits: Traits) -> Plan:
    account = found.account
    if account is None:
        return Plan(wanted, found, found)
    farewell = traits.farewell(found)
    steps = []
    if found.tokens and not account.deleted:
        steps.append(Step("revoke_tokens"))
    if farewell.remove:
        steps.append(Step("memberships", remove=farewell.remove))
    if account.enabled is not False and not account.deleted:
        steps.append(Step("disable"))
    after = found._replace(
        account=account._replace(enabled=False),
        memberships=_memberships_after(found, (), farewell.remove),
        tokens=found.tokens if account.deleted else (),
    )
    return Plan(wanted, found, after if steps else found, tuple(steps), farewell.notes, undone=farewell.undone)


def _present(wanted: Wanted, found: Snapshot, traits: Traits) -> Plan:
    if found.account is not None:
        return _changed(wanted, found, found.account, traits)
    if traits.signs_in_elsewhere(wanted.switches):
        return _awaited(wanted, found, traits)
    return _created(wanted, found, traits)


def _awaited(wanted: Wanted, found: Snapshot, traits: Traits) -> Plan:
    """Memberships for somebody whose account comes with the first sign-in."""
    add, remove = _membership_changes(wanted, found, traits)
    if not add and not remove:
        return Plan(wanted, found, found)
    after = found._replace(memberships=_memberships_after(found, add, remove))
    return Plan(
        wanted, found, after, (Step("memberships", add=add, remove=remove),), tuple(traits.notes(wanted, found))
    )


def _created(wanted: Wanted, found: Snapshot, traits: Traits) -> Plan:
    values = traits.target(wanted, found)
    add, remove = _membership_changes(wanted, found, traits)
    steps = [Step("create", values=values, add=add if traits.memberships_with_create else ())]
    if (add and not traits.memberships_with_create) or remove:
        steps.append(Step("memberships", add=() if traits.memberships_with_create else add, remove=remove))
    enabled = (wanted.enabled is not False) if traits.can_disable else None
    if wanted.enabled is False and not traits.enabled_with_create:
        steps.append(Step("disable"))
    account = traits.predict_created(wanted, Account(wanted.username, None, values, enabled=enabled))
    after = Snapshot(account, _memberships_after(found, add, remove), found.tokens)
    return Plan(wanted, found, after, tuple(steps), tuple(traits.notes(wanted, found)))


def _changed(wanted: Wanted, found: Snapshot, account: Account, traits: Traits) -> Plan:
    values = {
        option: value
        for option, value in traits.target(wanted, found).items()
        if not traits.field[option].same(account.values.get(option), value)
    }
    add, remove = _membership_changes(wanted, found, traits)
    revived = account.deleted and wanted.enabled is not False
    enabled = wanted.enabled if wanted.enabled is not None else (True if revived else account.enabled)
    usable = account.enabled is not False and not account.deleted

    steps: list[Step] = []
    if values:
        steps.append(Step("update", values=values))
    if traits.sets_password(wanted, found):
        steps.append(Step("password"))
    needs_enabling = bool(steps) and not usable and (traits.changes_need_enabled or account.deleted)
    if add or remove:
        steps.append(Step("memberships", add=add, remove=remove))
    if needs_enabling or (enabled is True and not usable):
        steps.insert(0, Step("enable"))
    if enabled is False and (account.enabled is not False or account.deleted or needs_enabling):
        steps.append(Step("disable"))

    notes = [*traits.notes(wanted, found)]
    if not steps:
        return Plan(wanted, found, found, (), tuple(notes))
    if account.deleted:
        notes.append(f"{wanted.username} was deleted before; the old account was taken into use again.")
    after = Snapshot(
        account._replace(
            username=values.get("username", account.username),
            values={**account.values, **{name: value for name, value in values.items() if name != "username"}},
            enabled=enabled,
            deleted=False,
        ),
        _memberships_after(found, add, remove),
        found.tokens,
    )
    return Plan(wanted, found, after, tuple(steps), tuple(notes), reopens=needs_enabling and not enabled)


def _membership_changes(
    wanted: Wanted, found: Snapshot, traits: Traits
) -> tuple[tuple[Membership, ...], tuple[Membership, ...]]:
    add: list[Membership] = []
    remove: list[Membership] = []
    for kind, asked in wanted.memberships.items():
        if kind in found.fixed:
            continue
        held = found.memberships.get(kind, ())
        change = traits.membership_change(asked, held)
        more = change.add if change.exactly is None else change.exactly
        has, named = set(held), set(change.remove if change.exactly is None else change.exactly)
        add += [m for m in dict.fromkeys(more) if m not in has]
        remove += [m for m in held if (m in named) is (change.exactly is None)]
    return tuple(add), tuple(remove)


def _memberships_after(found: Snapshot, add: tuple[Membership, ...], remove: tuple[Membership, ...]) -> Memberships:
    kinds = dict.fromkeys([*found.memberships, *(m.kind for m in add)])
    gone = set(remove)
    return {
        kind: (
            *(m for m in found.memberships.get(kind, ()) if m not in gone),
            *(m for m in add if m.kind == kind),
        )
        for kind in kinds
    }


MAKERS = {"present": _present, "disabled": _disabled, "absent": _absent}
