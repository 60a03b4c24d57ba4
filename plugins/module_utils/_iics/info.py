# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ``iics_user_info`` returns: some accounts or all, through v3 or v2."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._iics import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iics.catalog import Catalog
from ansible_collections.people.lifecycle.plugins.module_utils._iics.read import MOST_LOOK_UPS, Reader
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import is_anonymous
from ansible_collections.people.lifecycle.plugins.module_utils._iics.v2 import V2, account

Query = t.Mapping[str, t.Any]
SEARCHED = ("first_name", "last_name", "email")
ONLY_V3 = ("status", "groups", "effective_roles")


@dataclasses.dataclass(frozen=True)
class Reading:
    """One read-only task."""

    reader: Reader
    v2: V2
    catalog: Catalog
    parallel: int

    def accounts(self, query: Query) -> list[Snapshot]:
        """The accounts that ``query`` asks for; raises InputError where v2 cannot tell."""
        by_v2 = query["api"] == "v2"
        unknown = [option for option in ONLY_V3 if query[option]]
        if by_v2 and unknown:
            raise InputError(f"api: v2 does not know {' and '.join(unknown)}; use api: v3.")
        read = self._by_v2(query) if by_v2 else self._by_v3(query)
        is_wanted = wanted_by(query)
        chosen = [account for account in unique(read) if is_wanted(account) and fits(account, query)]
        shown = map(self._with_effective_roles, chosen) if query["effective_roles"] else chosen
        return [parse.snapshot(account) for account in shown]

    def _by_v3(self, query: Query) -> t.Iterable[Account | None]:
        names, ids = query["usernames"] or [], query["ids"] or []
        if not names_accounts(query):
            return self.reader.everybody()
        if query["emails"] or len(names) + len(ids) > MOST_LOOK_UPS:
            return self.reader.everybody()
        by_name = self.reader.all_named(names) if names else []
        return [*by_name, *each(self.reader.with_id, ids, self.parallel)]

    def _by_v2(self, query: Query) -> t.Iterable[Account | None]:
        names, ids = query["usernames"] or [], query["ids"] or []
        if not names_accounts(query) or query["emails"]:
            users = self.v2.everybody()
        else:
            users = [
                user
                for user in (*each(self.v2.with_name, names, self.parallel), *each(self.v2.with_id, ids, self.parallel))
                if user is not None
            ]
        return map(account, users)

    def _with_effective_roles(self, read: Account) -> Account:
        direct = {role.shown for role in read.handle["roles"]}
        roles = sorted(direct | self.catalog.roles_of(read.handle["groups"]))
        return read._replace(info={**read.info, "effective_roles": roles})


def names_accounts(query: Query) -> bool:
    """Whether the task names accounts; an empty list names none of them."""
    return any(query[option] is not None for option in ("usernames", "emails", "ids"))


def wanted_by(query: Query) -> t.Callable[[Account], bool]:
    """Whether ``query`` asks for an account, by whatever it names accounts."""
    if not names_accounts(query):
        return lambda account: query["anonymous"] or not is_anonymous(account.username)
    names = {name.casefold() for name in query["usernames"] or ()}
    emails = {email.casefold() for email in query["emails"] or ()}
    ids = set(query["ids"] or ())
    return lambda account: (
        account.username.casefold() in names
        or str(account.values["email"]).casefold() in emails
        or account.id in ids
        or account.info.get("v2_id") in ids
    )


def fits(account: Account, query: Query) -> bool:
    """Whether the account is like the filters want it; all of them must be true."""
    texts = (account.username, *(str(account.values[option]) for option in SEARCHED))
    part = (query["contains"] or "").casefold()
    return (
        any(part in text.casefold() for text in texts)
        and (query["status"] is None or account.info.get("status") in query["status"])
        and all(has_any(account, kind, query[kind]) for kind in ("roles", "groups"))
    )


def has_any(account: Account, kind: str, names: t.Sequence[str] | None) -> bool:
    """Whether one of the memberships is asked for: by name, display name or id."""
    if names is None:
        return True
    wanted = {name.casefold() for name in names}
    held = [(m.shown, m.reference or m.shown, m.key[0]) for m in account.handle.get(kind, ())]
    return any(str(text).casefold() in wanted for texts in held for text in texts)


def unique(read: t.Iterable[Account | None]) -> list[Account]:
    """Each account once; one may be asked for by its name and by its id."""
    return list({account.username.casefold(): account for account in read if account is not None}.values())
