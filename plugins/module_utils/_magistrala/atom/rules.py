# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is refused on Atom alone; nothing of this ever speaks against an entry on the users service."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import Outcome
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import PLAN, Objection, by_writes, together

if t.TYPE_CHECKING:
    from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.parse import Handle


def handle_of(plan: Plan) -> Handle | None:
    """What Atom's client knows of the account that was found; None on the users service."""
    from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.parse import Handle

    handle = plan.found.account.handle if plan.found.account else None
    return handle if isinstance(handle, Handle) else None


@by_writes("Metadata of people on Atom leave alone what has a meaning of its own there")
def metadata_keys_free(plan: Plan, client: t.Any) -> t.Iterator[str]:
    generation = client.reader.generation
    reserved = generation.reserved_metadata if generation else ()
    taken = [key for key in plan.values.get("metadata") or () if key in reserved]
    if taken:
        yield (
            f"metadata names {', '.join(taken)}: this server keeps metadata beside the data of the person, where that "
            "has a meaning of its own. Use another key, or the option of that name."
        )


@by_writes("What Atom keeps of a person can be changed without destroying it")
def attributes_are_an_object(plan: Plan, client: Client) -> t.Iterator[str]:
    handle = handle_of(plan)
    if handle is not None and plan.values.keys() - {"username", "role"} and not isinstance(handle.attributes, dict):
        yield (
            "the attributes of this account are no JSON object, and would be lost. Put them right in Magistrala first."
        )


@by_writes("An administrator by a group is made a user by that group")
def role_is_direct(plan: Plan, client: Client) -> t.Iterator[str]:
    handle = handle_of(plan)
    if handle is not None and handle.grouped and plan.values.get("role") == "user" and not plan.wanted.leaves:
        yield "the role admin comes with a group of principals; take the account out of that group in Magistrala."


@together("Somebody is left who can administer Atom and sign in", PLAN)
def administrator_left(outcomes: t.Sequence[Outcome], client: t.Any) -> t.Iterator[Objection]:
    """Atom takes the role from the last one, too. A caller who has it keeps it;
    other roles may give the same rights.
    """
    losing = {name: each for each in outcomes if each.plan is not None for name in administrators_lost(each.plan)}
    reason: str | LifecycleError = (
        "nobody who can sign in would be left with the role admin; give it to somebody else first."
    )
    try:
        left = (
            not losing or client.reader.me().values["role"] == "admin" or set(client.administrators()) - losing.keys()
        )
    except LifecycleError as error:
        left, reason = False, error
    for outcome in () if left else losing.values():
        yield outcome, reason


def administrators_lost(plan: Plan) -> list[str]:
    """The user name of an administrator who can sign in, and is none afterwards."""
    account = plan.found.account
    if not plan or account is None or not account.enabled or account.values["role"] != "admin":
        return []
    loses = plan.values.get("role") == "user" or not {"disable", "delete"}.isdisjoint(plan.verbs)
    return [account.username] if loses and handle_of(plan) is not None else []


RULES = (metadata_keys_free, attributes_are_an_object, role_is_direct, administrator_left)
