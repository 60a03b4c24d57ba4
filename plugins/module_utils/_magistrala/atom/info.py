# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the info module was asked for; compared here, because Atom's search finds parts only,
in names and attributes alike.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import PermissionDenied
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Values
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.read import TERMS_AT_ONCE, Reader
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.info import (
    EXACTLY,
    TEXTS,
    check_search,
    check_ways,
    has_status,
    lies_between,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.times import moment


def accounts_for(query: Values, reader: Reader) -> list[Snapshot]:
    """Raises InputError for contradicting options."""
    check_ways(query)
    if query["profile"]:
        return [Snapshot(reader.me())]
    if any(query[option] is not None for option in EXACTLY):
        return [Snapshot(account) for account in by_name(query, reader) if has_status(query["status"], account)]
    filters = {**(query["filters"] or {})}
    if query["search"] is not None:
        filters = check_search(query["search"], query["status"])
    since, until = (moment(filters.get(name), name) for name in ("created_from", "created_to"))
    status = query["status"] or "enabled"
    return [
        Snapshot(account)
        for account in reader.everybody()
        if has_status(status, account)
        and passes(account, filters)
        and (not (since or until) or lies_between(account, since, until))
    ]


def by_name(query: Values, reader: Reader) -> list[Account]:
    """Those with exactly the given names and ids, and the addresses in any case; each once.

    Of deleted accounts a name or an address may have several.
    """
    asked = {field: query[option] or [] for option, field in EXACTLY.items()}
    terms = list(dict.fromkeys(term for field in ("username", "email") for term in asked[field] if term))
    try:
        listed = bool(asked["id"]) or len(terms) > TERMS_AT_ONCE
        accounts = reader.everybody() if listed else reader.having(terms)
    except PermissionDenied:
        accounts = own_account(asked, reader)
    names = set(asked["username"])
    ids = {each.lower() for each in asked["id"]}
    emails = {each.casefold() for each in asked["email"]}
    return [
        account
        for account in accounts
        if account.username in names
        or account.id in ids
        or (account.values["email"] and account.values["email"].casefold() in emails)
    ]


def own_account(asked: dict[str, t.Sequence[str]], reader: Reader) -> list[Account]:
    """All that somebody who is no administrator may be told of; raises PermissionDenied where others are asked for."""
    me = reader.me()
    mine = {"username": me.username, "id": me.id, "email": me.values["email"]}
    if any(value != mine[field] for field, values in asked.items() for value in values):
        raise PermissionDenied(
            "Magistrala shows accounts to administrators only, and the calling account is none.",
            hint="Use the credentials of an account with the role atom-admin.",
        )
    return [me]


def passes(account: Account, filters: Values) -> bool:
    """Whether an account passes the filters that the users service takes, in the way that it takes them."""
    shown = {**account.values, "username": account.username, "id": account.id}
    metadata = filters.get("metadata")
    return (
        all(filters[name].casefold() in str(shown[name]).casefold() for name in TEXTS if filters.get(name))
        and filters.get("role") in (None, account.values["role"])
        and set(filters.get("tags") or []) <= set(account.values["tags"])
        and (metadata is None or contains(account.values["metadata"], metadata))
    )


def contains(whole: t.Any, part: t.Any) -> bool:
    """Whether ``whole`` has all that is in ``part``, level by level."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and contains(whole[key], value) for key, value in part.items()
        )
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(contains(each, item) for each in whole) for item in part)
    return bool(whole == part)
