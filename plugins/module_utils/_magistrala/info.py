# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the info module was asked for: accounts by name, address or id, by filters, by search, the own one, or all."""

from __future__ import annotations

import datetime
import json
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, PermissionDenied
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.find import Finder, Key
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import Glimpse, is_reduced
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.read import EVERYBODY, Reader, literal
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.times import moment

EXACTLY = {"usernames": "username", "emails": "email", "ids": "id"}
TEXTS = ("username", "email", "first_name", "last_name", "id")
SHORTEST = {"username": 3, "id": 3}  # bytes that a search needs


class Selection:
    """The accounts that ``query``, the options of the info module, asks for."""

    def __init__(self, query: Values, reader: Reader) -> None:
        self.query = query
        self.reader = reader

    def read(self) -> list[Snapshot]:
        """Raises InputError for contradicting options."""
        check_ways(self.query)
        if self.query["profile"]:
            return [Snapshot(self.reader.me())]
        if any(self.query[option] is not None for option in EXACTLY):
            return self.by_name()
        if self.query["search"] is not None:
            return self.with_details(self.by_search(self.query["search"]))
        return self.with_details(self.by_filters(self.query["filters"] or {}))

    def by_name(self) -> list[Snapshot]:
        """Those with exactly the given names and ids, and the addresses in any case; each once."""
        keys = [(field, value) for option, field in EXACTLY.items() for value in self.query[option] or []]
        finder = Finder(self.reader)
        try:
            finder.look_up(keys)
        except PermissionDenied as error:
            return self.strangers_view(keys, error)
        found = [account for key in keys if key[0] != "email" and (account := finder.index.get(key)) is not None]
        found += finder.index.of_addresses(self.query["emails"] or [])
        accounts = {account.id: account for account in found}
        return self.with_details(
            [account for account in accounts.values() if has_status(self.query["status"], account)]
        )

    def strangers_view(self, keys: t.Sequence[Key], error: PermissionDenied) -> list[Snapshot]:
        """The own account, and of those asked for by id the little that everyone may see; nothing else can be told."""
        me = self.reader.me()
        mine = {("id", me.id), ("username", me.username), ("email", me.values["email"])}
        if any(key not in mine and key[0] != "id" for key in keys):
            raise error
        accounts = [me if key in mine else self.reader.glimpse(key[1]) for key in dict.fromkeys(keys)]
        there = {account.id: account for account in accounts if account is not None}
        return [Glimpse(account) if is_reduced(account) else Snapshot(account) for account in there.values()]

    def by_filters(self, filters: Values) -> list[Account]:
        """All that pass the filters, which the server takes as parts in any case;
        tags, role and times are looked at here.
        """
        status = self.query["status"] or "enabled"
        query: Values = {name: literal(filters[name]) for name in TEXTS if filters.get(name)}
        tags, metadata = filters.get("tags") or [], filters.get("metadata")
        if tags:
            query["tag"] = literal(max(tags, key=len))  # for servers of early 2025, which ignore the other
            if not re.search("[,+]", "".join(tags)):
                query["tags"] = "+".join(tags)  # for later ones
        if metadata is not None:
            query["metadata"] = json.dumps(metadata)
        since, until = (moment(filters.get(name), name) for name in ("created_from", "created_to"))
        if since:
            query["created_from"] = since.isoformat()
        if until:
            query["created_to"] = until.isoformat()
        whole = not query and status == "all"
        accounts = self.reader.everybody() if whole else self.reader.every({"status": status, **query})
        return [
            account
            for account in accounts
            if set(tags) <= set(account.values["tags"])
            and filters.get("role") in (None, account.values["role"])
            and (not (since or until) or lies_between(account, since, until))
        ]

    def by_search(self, asked: Values) -> list[Account]:
        """What the search open to everybody finds: enabled accounts of the role ``user``, without address and tags."""
        given = check_search(asked, self.query["status"])
        found = self.reader.every({name: literal(value) for name, value in given.items()}, path="/users/search")
        unseen = self.reader.generation.unsearched if self.reader.generation else ()
        return [
            account._replace(
                values={name: None if name in unseen else value for name, value in account.values.items()},
                info={**account.info, "reduced": True},
            )
            for account in found
        ]

    def with_details(self, accounts: t.Sequence[Account]) -> list[Snapshot]:
        """``accounts``, with what listings leave out where the task asks for details."""
        if not self.query["details"]:
            return [Snapshot(account) for account in accounts]
        read = each(self.in_full, accounts, self.reader.parallel)
        return [Snapshot(account) for account in read if account is not None]

    def in_full(self, account: Account) -> Account | None:
        unlisted = self.reader.generation.unlisted if self.reader.generation else ()
        listed_in_full = not unlisted and "reduced" not in account.info
        return account if account.handle.complete or listed_in_full else self.reader.by_id(str(account.id))


def check_ways(query: Values) -> None:
    """Raises InputError where accounts are asked for in two ways at once."""
    exactly = any(query[option] is not None for option in EXACTLY)
    ways = [exactly, query["profile"], query["search"] is not None, query["filters"] is not None]
    if sum(map(bool, ways)) > 1:
        raise InputError("Give only one of usernames, emails and ids together; profile; search; or filters.")


def check_search(asked: Values, status: str | None) -> Values:
    """What a search is given; raises InputError for what no search can find."""
    given = {name: value for name, value in asked.items() if value}
    if not given:
        raise InputError("search needs at least one of username, first_name, last_name and id.")
    for name, least in SHORTEST.items():
        if name in given and len(given[name].encode()) < least:
            raise InputError(f"search needs at least {least} characters of {name}.")
    if status not in (None, "enabled"):
        raise InputError("search finds enabled accounts only; use filters for the others.")
    return given


def has_status(status: str | None, account: Account) -> bool:
    """Whether an account is in the state that is asked for."""
    own = "deleted" if account.deleted else "enabled" if account.enabled else "disabled"
    return status in (None, EVERYBODY["status"], own)


def lies_between(account: Account, since: datetime.datetime | None, until: datetime.datetime | None) -> bool:
    created = moment(account.info.get("created_at"), "created_at")
    return created is not None and (since is None or since <= created) and (until is None or created <= until)
