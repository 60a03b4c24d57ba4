# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people see of the accounts with an address that is handed on in this run: nobody gets the other's. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.handing import Handing
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instance

Key = tuple[str, ...]
STAND_IN = "handed-on-"


class Sight(t.NamedTuple):
    """The ``others``' accounts, by what tells them apart, of which a person sees nothing;
    or ``hold``, why nobody can say.

    ``vacated`` where one of them is about to leave the address and perhaps the name to this person.
    """

    others: frozenset[Key] = frozenset()
    hold: str = ""
    vacated: bool = False


def sight(entry: Values, accounts: t.Iterable[Values], freed: t.Container[Key], instance: Instance) -> Sight:
    """What one person sees of ``accounts``; ``freed`` are those that leave the address to others in this dry run."""
    others: set[Key] = set()
    vacated = False
    handings: t.Sequence[Handing] = () if entry["decision"] else entry["handings"]
    for handing, account in ((each, account) for each in handings for account in accounts):
        if str(account.get("email") or "").casefold() != handing.address:
            continue
        owner = handing.owner(account, instance.traits.mark)
        if owner is None:
            return Sight(hold=question(handing, account, instance))
        if owner.id == entry["person"]:
            continue
        key = instance.traits.entry_key(account)
        receives = handing.receiver.id == entry["person"]
        if receives and key not in freed:
            return Sight(hold=still_there(handing, account, instance))
        others.add(key)
        vacated |= receives
    return Sight(frozenset(others), vacated=vacated)


def question(handing: Handing, account: Values, instance: Instance) -> str:
    return (
        f"{handing.address} is handed on from {handing.giver.name} ({handing.giver.id}) to {handing.receiver.name} "
        f"({handing.receiver.id}), and nobody can say whose {account['username']} in {instance.title} is. Name it in "
        "lifecycle_account_names for one of them, and write new for the other if they have none."
    )


def still_there(handing: Handing, account: Values, instance: Instance) -> str:
    return (
        f"{handing.address} is handed on from {handing.giver.name} ({handing.giver.id}), whose account "
        f"{account['username']} in {instance.title} still has it. Have that one changed first, by hand where "
        f"{instance.title} cannot."
    )


def stand_in(asked: Values) -> Values:
    """The entry under a name and an address that are free already, for a dry run."""
    return {**asked, **{name: f"{STAND_IN}{asked[name]}" for name in ("username", "email") if name in asked}}


def name_truly(line: Line) -> None:
    """Take the stand-ins out of what a dry run says."""
    for change in line.changes:
        if change["field"] in ("username", "email") and isinstance(change["after"], str):
            change["after"] = change["after"].removeprefix(STAND_IN)
