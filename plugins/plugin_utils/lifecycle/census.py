# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All accounts of one instance, by what their owners are called: read once, where somebody would get an account."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Modules, message
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.entry import Settings
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.recognition import address_of, is_open
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NEW, Decisions

FORBIDDEN = 403


class Census:
    """Who may be meant by a newcomer: open accounts by HR id, by address, and by name where nobody else has them.

    ``taken`` are ids and addresses of everybody on the roster, in lower case; service accounts, and accounts that were
    decided to be somebody's, are nobody's.
    """

    def __init__(self, modules: Modules, decisions: Decisions, taken: t.AbstractSet[str]) -> None:
        self.modules = modules
        self.decisions = decisions
        self.taken = taken
        self.freed: set[tuple[str, ...]] = set()  # accounts that leave their address to somebody in this run

    @functools.cached_property
    def accounts(self) -> list[Values]:
        """Open accounts; none where the run's own account may not list them.
        Raises LifecycleError where the listing fails.
        """
        found = self.modules.read()
        if found.get("failed"):
            if "request" in found and found.get("status") != FORBIDDEN:
                raise LifecycleError(message(found))
            return []
        key, instance = self.modules.traits.key, self.modules.instance
        decided = {key(instance.said_in(names, "")) for names in self.decisions.account_names.values()}
        return [
            account
            for account in found["users"]
            if is_open(account)
            and key(account["username"]) not in decided
            and self.decisions.service_account(account["username"], instance) is None
        ]

    @functools.cached_property
    def by_mark(self) -> dict[str, list[Values]]:
        return grouped((self.modules.traits.mark.id_in(account).casefold(), account) for account in self.accounts)

    @functools.cached_property
    def by_name(self) -> dict[str, list[Values]]:
        """Accounts of which no row has the address, and whose HR id, if they have one, is on no row."""
        mark = self.modules.traits.mark
        nobodys = (
            account
            for account in self.accounts
            if self.taken.isdisjoint({address_of(account), mark.id_in(account).casefold()})
        )
        return grouped((full_name(account.get("first_name"), account.get("last_name")), account) for account in nobodys)

    def marked(self, entry: Values) -> list[Values]:
        """The accounts that carry the HR id of a person."""
        return self.by_mark.get(entry["mark"].casefold(), []) if entry["mark"] else []

    def namesakes(self, entry: Values) -> list[Values]:
        """The accounts that have the name of a person, and that no row explains."""
        return self.by_name.get(full_name(entry["first_name"], entry["last_name"]), [])


def learn_from_decisions(entries: t.Sequence[Values], modules: Modules, settings: Settings) -> None:
    """Note the addresses of accounts that somebody named, so that whichever instance comes first looks for them."""
    people = {
        modules.traits.key(entry["decision"]): entry["person"]
        for entry in entries
        if entry["decision"] not in ("", NEW)
    }
    found = modules.read(usernames=sorted(people)) if people and not modules.outage else {}
    for account in found.get("users") or ():
        settings.learn(people.get(modules.traits.key(account["username"]), ""), address_of(account))


def grouped(pairs: t.Iterable[tuple[str, Values]]) -> dict[str, list[Values]]:
    groups: dict[str, list[Values]] = {}
    for key, account in pairs:
        if key:
            groups.setdefault(key, []).append(account)
    return groups


def full_name(first: t.Any, last: t.Any) -> str:
    """A name as people compare it: letter case and blanks apart."""
    return " ".join(f"{first or ''} {last or ''}".casefold().split())
