# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Decides what to do for one account. Pure: ``changed``, the diff, the prediction and the writes all come from here."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import (
    Account,
    Found,
    Membership,
    Memberships,
    Values,
)
from ansible_collections.people.lifecycle.plugins.module_utils._errors import InputError, Refused
from ansible_collections.people.lifecycle.plugins.module_utils._facts import Facts
from ansible_collections.people.lifecycle.plugins.module_utils._wanted import Wanted

PASSWORD_SHOWN = "(set, not shown)"


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One logical write: ``create, enable, update, password, memberships, disable, revoke_tokens`` or ``delete``."""

    verb: str
    values: Values = dataclasses.field(default_factory=dict)
    add: tuple[Membership, ...] = ()
    remove: tuple[Membership, ...] = ()


ACTIONS = {"create": "created", "delete": "deleted", "disable": "disabled", "enable": "enabled"}


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """The steps from what was found to what is wanted, and what will then be there; false when nothing is to be done."""

    wanted: Wanted
    found: Found
    after: Found
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.steps)

    @property
    def verbs(self) -> list[str]:
        return [step.verb for step in self.steps]

    @property
    def action(self) -> str:
        """One word for the result: the weightiest thing that lasts."""
        verbs = self.verbs
        if "enable" in verbs and "disable" in verbs:
            verbs = [verb for verb in verbs if verb != "enable" and (verb != "disable" or self.was_usable)]
        for verb, action in ACTIONS.items():
            if verb in verbs:
                return action
        return "updated" if verbs else "unchanged"

    @property
    def was_usable(self) -> bool:
        account = self.found.account
        return account is not None and account.enabled is True

    def difference(self) -> tuple[Values, Values]:
        """What differs between now and then: two dictionaries with only the keys that differ."""
        if not self.steps:
            return {}, {}
        before, after = self.found.view(), self.after.view()
        before.setdefault("state", "absent")
        after.setdefault("state", "absent")
        if any(step.verb == "password" for step in self.steps) or self._created_with_password():
            after["password"] = PASSWORD_SHOWN
        names = [name for name in (*before, *after) if before.get(name, ...) != after.get(name, ...)]
        return (
            {name: before[name] for name in names if name in before},
            {name: after[name] for name in names if name in after},
        )

    def _created_with_password(self) -> bool:
        return "create" in self.verbs and self.wanted.password is not None

    @property
    def changes(self) -> list[str]:
        """Names of what differs, in a stable order."""
        before, after = self.difference()
        return list(dict.fromkeys([*after, *before]))


def make_plan(wanted: Wanted, found: Found, facts: Facts) -> Plan:
    """Plan one account.

    Raises InputError when the task lacks or misstates something, Refused when this account cannot get there.
    """
    planner = {"present": _present, "disabled": _disabled, "absent": _absent}[wanted.state]
    plan = planner(wanted, found, facts)
    reason = facts.refusal(plan) if plan else None
    if reason:
        raise Refused(reason)
    return plan


def _absent(wanted: Wanted, found: Found, facts: Facts) -> Plan:
    steps: list[Step] = []
    if found.tokens:
        steps.append(Step("revoke_tokens"))
    outliving = tuple(m for kind in facts.memberships_outlive for m in found.memberships.get(kind, ()))
    if outliving:
        steps.append(Step("memberships", remove=outliving))
    if found.present:
        steps.append(Step("delete"))
    account = found.account
    if not steps:
        return Plan(wanted, found, found)
    if account is not None and facts.keeps_deleted:
        return Plan(wanted, found, Found(dataclasses.replace(account, deleted=True, enabled=False)), tuple(steps))
    return Plan(wanted, found, Found(), tuple(steps))


def _disabled(wanted: Wanted, found: Found, facts: Facts) -> Plan:
    account = found.account
    if account is None or account.deleted:
        return Plan(wanted, found, found)
    steps = []
    if found.tokens:
        steps.append(Step("revoke_tokens"))
    if account.enabled is not False:
        steps.append(Step("disable"))
    after = dataclasses.replace(found, account=dataclasses.replace(account, enabled=False), tokens=())
    return Plan(wanted, found, after, tuple(steps))


def _present(wanted: Wanted, found: Found, facts: Facts) -> Plan:
    if found.account is None:
        return _created(wanted, found, facts)
    return _changed(wanted, found, found.account, facts)


def _created(wanted: Wanted, found: Found, facts: Facts) -> Plan:
    missing = facts.needed_to_create(wanted)
    if missing:
        raise InputError(
            f"{wanted.username} does not exist yet, and creating an account in {facts.title} needs "
            f"{_enumerate(missing)}."
        )
    _check_values(wanted, found, facts)
    values = facts.target(wanted, found)
    add, remove = _membership_changes(wanted, found, facts)
    steps = [Step("create", values=values, add=add if facts.memberships_with_create else ())]
    if (add and not facts.memberships_with_create) or remove:
        steps.append(Step("memberships", add=() if facts.memberships_with_create else add, remove=remove))
    enabled = (wanted.enabled is not False) if facts.can_disable else None
    if wanted.enabled is False and not facts.enabled_with_create:
        steps.append(Step("disable"))
    account = facts.predict_created(wanted, Account(wanted.username, None, values, enabled=enabled))
    after = Found(account, _memberships_after(found, add, remove), found.tokens)
    return Plan(wanted, found, after, tuple(steps), tuple(facts.notes(wanted, found)))


def _changed(wanted: Wanted, found: Found, account: Account, facts: Facts) -> Plan:
    values = {
        option: value
        for option, value in facts.target(wanted, found).items()
        if not facts.field[option].same(account.values.get(option), value)
    }
    add, remove = _membership_changes(wanted, found, facts)
    new_password = facts.sets_password(wanted, found)
    revived = account.deleted and wanted.enabled is not False
    enabled = wanted.enabled if wanted.enabled is not None else (True if revived else account.enabled)
    usable = account.enabled is not False and not account.deleted

    steps: list[Step] = []
    if values:
        _check_values(wanted, found, facts)
        steps.append(Step("update", values=values))
    if new_password:
        steps.append(Step("password"))
    if add or remove:
        steps.append(Step("memberships", add=add, remove=remove))
    for_the_change = bool(steps) and facts.changes_need_enabled and not usable
    if for_the_change and not enabled and wanted.enabled is None:
        raise Refused(
            f"{wanted.username} is disabled, and {facts.title} changes only enabled accounts. Set enabled: true to enable "
            f"the account, or enabled: false to have it enabled for the moment of the change."
        )
    if for_the_change or (enabled is True and not usable):
        steps.insert(0, Step("enable"))
    if enabled is False and (account.enabled is not False or account.deleted or for_the_change):
        steps.append(Step("disable"))

    notes = [*facts.notes(wanted, found)]
    if not steps:
        return Plan(wanted, found, found, (), tuple(notes))
    if account.deleted:
        notes.append(f"{wanted.username} was deleted before; the old account was taken into use again.")
    after = Found(
        dataclasses.replace(
            account,
            username=values.get("username", account.username),
            values={**account.values, **{name: value for name, value in values.items() if name != "username"}},
            enabled=enabled,
            deleted=False,
        ),
        _memberships_after(found, add, remove),
        found.tokens,
    )
    return Plan(wanted, found, after, tuple(steps), tuple(notes))


def _check_values(wanted: Wanted, found: Found, facts: Facts) -> None:
    problems = facts.problems(wanted, found)
    if problems:
        raise InputError(f"{wanted.username}: {' '.join(problems)}")


def _membership_changes(
    wanted: Wanted, found: Found, facts: Facts
) -> tuple[tuple[Membership, ...], tuple[Membership, ...]]:
    add: list[Membership] = []
    remove: list[Membership] = []
    for kind, asked in wanted.memberships.items():
        held = found.memberships.get(kind, ())
        change = facts.membership_change(asked, held)
        more = change.add if change.exactly is None else change.exactly
        has, named = set(held), set(change.remove if change.exactly is None else change.exactly)
        add += [m for m in dict.fromkeys(more) if m not in has]
        remove += [m for m in held if (m in named) is (change.exactly is None)]
    return tuple(add), tuple(remove)


def _memberships_after(found: Found, add: tuple[Membership, ...], remove: tuple[Membership, ...]) -> Memberships:
    kinds = dict.fromkeys([*found.memberships, *(m.kind for m in add)])
    gone = set(remove)
    return {
        kind: (
            *(m for m in found.memberships.get(kind, ()) if m not in gone),
            *(m for m in add if m.kind == kind),
        )
        for kind in kinds
    }


def _enumerate(names: t.Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
