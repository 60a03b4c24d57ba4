# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Removals that must not happen: they show only when the whole task is seen, or when the rest of the server is asked."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._iq.facts import (
    ACCOUNT_REALMS,
    ADMINISTRATION,
    INTERNAL,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iq.grants import Grants
from ansible_collections.people.lifecycle.plugins.module_utils._iq.people import People
from ansible_collections.people.lifecycle.plugins.module_utils._plan import Plan


@dataclasses.dataclass(frozen=True)
class Guards:
    """Asks only where a plan takes something away; ``force`` lets an account through."""

    people: People
    grants: Grants
    caller: t.Callable[[], str]

    def objections(self, plans: t.Sequence[Plan]) -> list[str | None]:
        """Why each plan must not happen, None where it may."""
        namesakes = self._namesakes([plan for plan in plans if strips(plan) and not forced(plan)])
        last = self._last_administrators([plan for plan in plans if loses_administration(plan)])
        return [self._impossible(plan) if forced(plan) else self._objection(plan, namesakes, last) for plan in plans]

    def _impossible(self, plan: Plan) -> str | None:
        name = plan.wanted.username
        if plan.wanted.leaves and plan.verbs != ["delete"] and folded(name) == folded(self.caller()):
            return (
                f"{name} is the account that this task runs with: with its token and its grants it would lose the permission "
                f"to go on. Use another account, or set revoke: false."
            )
        return None

    def _objection(self, plan: Plan, namesakes: dict[str, str], last: set[str]) -> str | None:
        name = plan.wanted.username
        if name in namesakes:
            return (
                f"{name} has an account in the realm {namesakes[name]} too, and IQ Server keeps grants by name alone: to "
                f"revoke them would take them from that account as well. Set revoke: false to delete only this account, or "
                f"force: true to revoke them all the same."
            )
        if name in last:
            return (
                f"{name} is the last person with an account and the global role System Administrator. Give somebody else "
                f"the role first, in a task of its own, or set force: true."
            )
        if not plan.wanted.leaves and takes_administration(plan) and folded(name) == folded(self.caller()):
            return (
                f"{name} is the account that this task runs with; it does not take the role System Administrator from "
                f"itself. Use another account, or set force: true."
            )
        return None

    def _namesakes(self, plans: t.Sequence[Plan]) -> dict[str, str]:
        """Another realm that has the name too, by name."""
        found: dict[str, str] = {}
        for realm in ACCOUNT_REALMS:
            names = [plan.wanted.username for plan in plans if plan.wanted.switches["realm"] != realm]
            if names and (realm == INTERNAL or self.people.knows_realms()):
                found.update(dict.fromkeys(self.people.also_in(realm, names), realm))
        return found

    def _last_administrators(self, plans: t.Sequence[Plan]) -> set[str]:
        """Those who would leave the server without a System Administrator who has an account."""
        holders = self._holders() if plans else set()
        losers = {folded(plan.wanted.username): plan.wanted.username for plan in plans}
        concerned = losers.keys() & set(map(folded, holders))
        staying = {name for name in holders if folded(name) not in losers}
        if not concerned or self._with_account(staying):
            return set()
        return {losers[key] for key in concerned}

    def administrators(self) -> list[str]:
        """User names of the people with an account and the global role System Administrator; not those in groups."""
        return sorted(self._with_account(self._holders()))

    def _holders(self) -> set[str]:
        return {member.name for member in self.grants.system_administrators() if member.kind == "USER"}

    def _with_account(self, names: set[str]) -> set[str]:
        """Those of ``names`` that have an account in any realm; grants may name nobody."""
        found: set[str] = set()
        for realm in ACCOUNT_REALMS:
            missing = sorted(names - found)
            if missing and (realm == INTERNAL or self.people.knows_realms()):
                found |= self.people.also_in(realm, missing)
        return found


def folded(name: str) -> str:
    return name.casefold()


def forced(plan: Plan) -> bool:
    return bool(plan.wanted.switches["force"])


def strips(plan: Plan) -> bool:
    """Whether an account that leaves loses grants."""
    return plan.wanted.state == "absent" and any(step.remove for step in plan.steps)


def takes_administration(plan: Plan) -> bool:
    return any(membership.key[:3] == ADMINISTRATION for step in plan.steps for membership in step.remove)


def loses_administration(plan: Plan) -> bool:
    """Whether there will be one System Administrator less if the account is one."""
    return "delete" in plan.verbs or takes_administration(plan)
