# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles of groups in IQ Server: the same client as for people, which finds groups by their names.

The server knows no groups of its own. A grant names one of the identity provider or a directory, and nobody checks the
name.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Grants
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Change,
    Membership,
    Options,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import (
    LONGEST_NAME,
    PLAN,
    Objection,
    Rule,
    by_options,
    by_writes,
    clear,
    memberships_agree,
    memberships_exist,
    text_storable,
    together,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.module_utils._iq.client import IqClient
from ansible_collections.people.lifecycle.plugins.module_utils._iq.firewall import left_there
from ansible_collections.people.lifecycle.plugins.module_utils._iq.holdings import NOBODY, Members, named_places
from ansible_collections.people.lifecycle.plugins.module_utils._iq.read import Finding
from ansible_collections.people.lifecycle.plugins.module_utils._iq.rules import takes_administration
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import PLACES


class GroupTraits(Traits):
    """Groups have nothing but roles, and names that are compared exactly."""

    name = "iq"
    title = "IQ Server"
    kinds = (Grants("grants", PLACES),)

    def called(self, account: Values) -> str:
        return f"group {account['username']}"


class GroupClient(IqClient):
    """IQ Server as far as roles of groups are concerned."""

    traits = GroupTraits()
    member_kind = "GROUP"

    def find(self, wanted: t.Sequence[Wanted]) -> list[Finding]:
        members = self.holdings.members_of(wanted) if any(group.memberships for group in wanted) else NOBODY
        return [
            next(iter(members.problems(named_places(group))), None) or self.snapshot(group, members) for group in wanted
        ]

    def snapshot(self, group: Wanted, members: Members) -> Snapshot:
        """A group with its roles; one of another spelling is another group,
        unless it has the very roles that are meant.
        """
        name, places = group.username, named_places(group)
        change = group.memberships.get("grants", Change())
        meant = {*change.add, *change.remove, *(change.exactly or ())}
        held: list[Membership] = []
        spelled: set[str] = set()
        for place, member in members.called(name):
            grant = self.places.membership(place, member.role)
            if member.name == name and (places is None or place in places):
                held.append(grant)
            elif member.name != name and grant in meant:
                spelled.add(member.name)
        spelled = set() if meant <= set(held) else spelled
        unclear = (
            f"{name} differs only in case from {' and '.join(sorted(spelled))}, who has such a role. Write the name as "
            "IQ Server has it."
        )
        left = self.holdings.not_to_be_taken(held)
        grants = tuple(grant for grant in held if grant.reference.place not in left)
        return Snapshot(
            Account(name, None, {}),
            {"grants": grants},
            unclear=(unclear,) if spelled else (),
            remarks=(left_there(f"the group {name}", left),) if left else (),
        )


@by_options("A group has a name")
def group_named(entry: Options, client: Client) -> t.Iterator[str]:
    if not entry["username"]:
        yield "group is empty."


@by_options("A task about a group says which roles")
def grants_given(entry: Options, client: Client) -> t.Iterator[str]:
    if not any(asked is not None for asked in (entry["grants"] or {}).values()):
        yield f"{entry['username']}: grants is empty; give add, remove or set."


@by_writes("A group that gets roles has 1 to 255 printable characters without blanks around")
def name_fits(plan: Plan, client: Client) -> t.Iterator[str]:
    name = plan.wanted.username
    gets = any(step.add for step in plan.steps)
    if gets and (len(name) > LONGEST_NAME or name != name.strip() or not name.isprintable() or name in (".", "..")):
        yield f"{name!r:.80} cannot be a group: 1 to {LONGEST_NAME} printable characters without blanks around."


@together("Somebody with an account stays System Administrator", PLAN)
def administrator_stays(outcomes: t.Sequence[Outcome], client: IqClient) -> t.Iterator[Objection]:
    losing = [(outcome, outcome.plan) for outcome in outcomes if outcome.plan and takes_administration(outcome.plan)]
    if not losing or client.with_account(client.role_holders()):
        return
    for outcome, plan in losing:
        if not plan.wanted.switches["force"]:
            yield (
                outcome,
                (
                    f"{outcome.username} has the global role System Administrator, and no account has it by name: "
                    "nobody could tell whether anybody is left. Give somebody the role first, with iq_user, or set "
                    "force: true."
                ),
            )


RULES: tuple[Rule, ...] = (
    group_named,
    text_storable,
    grants_given,
    clear,
    memberships_exist,
    memberships_agree,
    name_fits,
    administrator_stays,
)
