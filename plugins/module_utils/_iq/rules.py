# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is refused in IQ Server. Removals are judged with a look at the rest of the server."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Options
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import (
    PLAN,
    Objection,
    by_options,
    by_writes,
    together,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import (
    ADMIN,
    ADMINISTRATION,
    INTERNAL,
    TOKEN_REALMS,
)

if t.TYPE_CHECKING:
    from ansible_collections.people.lifecycle.plugins.module_utils._iq.client import IqClient


@by_options("A realm is spelled as the server spells it")
def realm_spelled(entry: Options, client: Client) -> t.Iterator[str]:
    realm = entry["realm"]
    spelling = {name.casefold(): name for name in TOKEN_REALMS}.get(realm.casefold(), realm)
    if spelling != realm:
        yield f"The realm is spelled {spelling}, not {realm}."


@by_options("Only accounts of IQ Server itself have passwords there")
def own_password(entry: Options, client: Client) -> t.Iterator[str]:
    if entry["realm"] != INTERNAL and entry.get("password"):
        yield (
            f"password is for the realm {INTERNAL}: people of {entry['realm']} sign in with their identity provider or "
            "directory. Leave it out."
        )


@by_writes("No field of an account is empty")
def not_empty(plan: Plan, client: Client) -> t.Iterator[str]:
    for option, value in plan.values.items():
        if value == "":
            yield f"{option} cannot be empty."


@by_writes("The built-in administrator stays")
def built_in_stays(plan: Plan, client: Client) -> t.Iterator[str]:
    wanted = plan.wanted
    built_in = client.traits.key(wanted.username) == ADMIN and wanted.switches["realm"] == INTERNAL
    if built_in and wanted.leaves and not forced(plan):
        yield "admin is the built-in administrator; only iq_user with force: true removes it."


@by_writes("The calling account keeps what it needs to go on")
def caller_can_go_on(plan: Plan, client: Client) -> t.Iterator[str]:
    name, key = plan.wanted.username, client.traits.key
    if not (plan.wanted.leaves or takes_administration(plan)) or key(name) != key(client.whoami()):
        return
    if plan.wanted.leaves:
        if forced(plan) and plan.verbs != ("delete",):
            yield (
                f"{name} is the account that this task runs with: with its token and its grants it would lose the "
                "permission to go on. Use another account, or revoke: false of iq_user."
            )
    elif not forced(plan):
        yield (
            f"{name} is the account that this task runs with; it does not take the role System Administrator from "
            "itself. Use another account, or take it with force: true of iq_user."
        )


@together("Somebody with an account stays System Administrator", PLAN)
def administrator_stays(outcomes: t.Sequence[Outcome], client: IqClient) -> t.Iterator[Objection]:
    losing = [outcome for outcome in outcomes if outcome.plan and loses_administration(outcome.plan)]
    key = client.traits.key
    holders = client.role_holders() if losing else set()
    losers = {key(outcome.username) for outcome in losing}
    staying = {name for name in holders if key(name) not in losers}
    if not losers & set(map(key, holders)) or client.with_account(staying):
        return
    held = set(map(key, holders))
    for outcome in losing:
        if outcome.plan and key(outcome.username) in held and not forced(outcome.plan):
            yield (
                outcome,
                (
                    f"{outcome.username} is the last person with an account and the global role System Administrator. "
                    "Give somebody else the role first, in a task of its own, or take it with force: true of iq_user."
                ),
            )


def forced(plan: Plan) -> bool:
    return bool(plan.wanted.switches["force"])


def takes_administration(plan: Plan) -> bool:
    return any(membership.key[:3] == ADMINISTRATION for step in plan.steps for membership in step.remove)


def loses_administration(plan: Plan) -> bool:
    """Whether there will be one System Administrator less if the account is one."""
    return "delete" in plan.verbs or takes_administration(plan)


RULES = (
    realm_spelled,
    own_password,
    not_empty,
    built_in_stays,
    caller_can_go_on,
    administrator_stays,
)
