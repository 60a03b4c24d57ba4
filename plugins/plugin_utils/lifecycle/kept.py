# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts that leavers keep until a date, by an exception that somebody approved: open, and without privileges."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Kind
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Lines, Modules, message
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import Leaver
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.exceptions import TemporaryGrant
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import Access


def named(entry: Values) -> Values:
    """The options that say which account an entry means."""
    return {"username": entry["username"], **entry["place"]}


def keep(entries: t.Sequence[Values], lines: Lines, modules: Modules) -> list[Values]:
    """Take the privileges of the accounts that stay;
    returns the entries of those that cannot be without, which are to be closed.
    """
    traits = modules.traits
    for entry in entries:
        lines[traits.entry_key(named(entry))].kept = entry["keep"].label
    closing, asked = [], []
    try:
        held = found(entries, modules)
    except LifecycleError as error:
        for entry in entries:
            lines[traits.entry_key(named(entry))].fail(str(error))
        return []
    for entry in entries:
        line, grant = lines[traits.entry_key(named(entry))], entry["keep"]
        wanted = reduced(held.get(traits.entry_key(named(entry))) or entry["current"], grant, modules)
        if traits.gives_administration(
            {name: value["set"] for name, value in wanted.items() if name in traits.memberships}
        ):
            line.notes.append(f"The account was to stay {grant.label}, but its last role is a privilege: it is closed.")
            line.kept = ""
            closing.append(entry)
        else:
            asked.append({**named(entry), **wanted})
    modules.bring(lines, asked, **traits.join_options)
    if asked and not modules.check and not modules.outage:
        verify(asked, lines, modules)
    return closing


def verify(asked: t.Sequence[Values], lines: Lines, modules: Modules) -> None:
    """Read back whether any of the accounts still administers the instance."""
    try:
        held = found(asked, modules)
    except LifecycleError as error:
        held = {}
        for entry in asked:
            lines[modules.traits.entry_key(entry)].fail(str(error))
    for key, account in held.items():
        line = lines.get(key)
        if line is not None:
            left = modules.traits.administers(account)
            line.verified = not left
            if left and not line.error:
                line.fail(f"The account stays, and still has privileges when read back: {', '.join(left)}.")


def found(entries: t.Sequence[Values], modules: Modules) -> dict[tuple[str, ...], Values]:
    """The accounts with all that they hold; raises LifecycleError where the instance does not answer."""
    result = modules.search(usernames=sorted({entry["username"] for entry in entries}), **modules.traits.access_options)
    if result.get("failed"):
        raise LifecycleError(message(result))
    return {modules.traits.entry_key(account): account for account in result["users"]}


def reduced(account: Values, grant: TemporaryGrant, modules: Modules) -> Values:
    """The options that leave an account what ``grant`` names of what it has;
    an administrator keeps the bare account.
    """
    traits = modules.traits
    access: Access = {} if traits.administers(account) else modules.instance.said_in(grant.access, {})
    kinds = (kind for kind in traits.kinds if kind.is_membership)
    options: Values = {
        kind.name: {"set": rest(kind, account.get(kind.name), access.get(kind.name), traits)} for kind in kinds
    }
    closed = {"enabled": False} if account.get("enabled") is False else {}
    return {
        **options,
        **{name: value for name, value in traits.neutral.items() if account.get(name, value) != value},
        **closed,
    }


def rest(kind: Kind, held: t.Any, access: t.Any, traits: Traits) -> list[t.Any]:
    """What stays of one kind: what is in ``access``, and the one that the service insists on."""
    items = list(held or ())
    stays = [item for item in items if kind.gives([kind.key(each) for each in access or ()], kind.key(item))]
    return stays or (least(items, traits) if kind.name == traits.keeps_one else [])


def least(held: t.Sequence[t.Any], traits: Traits) -> list[t.Any]:
    """The one membership that stays: not the mightiest if there is another."""
    weak = [item for item in held if item not in traits.mighty]
    return (weak or list(held))[:1]


def kept_listed(
    grants: t.Sequence[TemporaryGrant],
    today: datetime.date,
    everybody: t.Sequence[Leaver],
    ours: t.Sequence[Leaver],
    urgent: t.Container[str],
) -> list[Values]:
    """The exceptions for leavers in ``ours``, and those that have ended while no record is about their person."""
    known, mine = ({leaver.id.casefold(): leaver.id for leaver in people} for people in (everybody, ours))
    found = []
    for grant in grants:
        who = grant.person.casefold()
        if who in mine:
            found.append(
                grant.described(today, "This person leaves at once (offboard_now)." if mine[who] in urgent else "")
            )
        elif who not in known and grant.state(today) == "ended":
            found.append(
                grant.described(
                    today, "No record of this run is about this person: give it once more, to close the account."
                )
            )
    return found
