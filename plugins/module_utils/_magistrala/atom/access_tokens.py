# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access tokens of others, as an administrator sees them: who has some, and when they were used."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import apart, each_apart
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import some_of
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import text_of
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.graphql import Call
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.read import (
    PAGE,
    malformed,
    rows_of,
    total_of,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.service import (
    CALLS_AT_ONCE,
    AtomService,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.times import moment

NO_TOKENS: Values = {"items": [], "total": 0}
SELECTION = "{ total items { id: credentialId name createdAt expiresAt lastUsedAt } }"


def with_access_tokens(
    found: t.Sequence[Snapshot], service: AtomService, parallel: int
) -> tuple[list[Snapshot], list[str]]:
    """``found`` with the tokens that were not revoked, and sentences about whose could not be read, who come without.

    Deleted accounts have none, since a deletion revokes all. Raises LifecycleError where the service seems to be gone.
    """
    owners = [str(one.account.id) for one in found if one.account is not None and one.present]
    chunks = [owners[at : at + CALLS_AT_ONCE] for at in range(0, len(owners), CALLS_AT_ONCE)]
    read = each(lambda part: first_pages(part, service), chunks, parallel)
    pages = dict(zip(owners, (page for part in read for page in part), strict=True))
    now = datetime.datetime.now(datetime.timezone.utc)
    unread: dict[str, list[str]] = {}

    def complete(account: Account) -> Account:
        page = pages.get(str(account.id), NO_TOKENS)
        tokens = apart(lambda: [view(row, now) for row in all_rows(str(account.id), page, service)])
        if isinstance(tokens, LifecycleError):
            unread.setdefault(str(tokens), []).append(account.username)
            return account
        return account._replace(info={**account.info, "access_tokens": tokens})

    whole = [one if one.account is None else one._replace(account=complete(one.account)) for one in found]
    return whole, [f"{some_of(names)} may have access tokens: {why}" for why, names in unread.items()]


def first_pages(owners: t.Sequence[str], service: AtomService) -> list[t.Any]:
    """The first page of the tokens of each, in one request; one by one where that fails, so that one spoils no other.

    What fails is the LifecycleError in the place of its page.
    """
    pages = apart(lambda: service.query(*map(listing, owners)))
    if isinstance(pages, LifecycleError):
        return each_apart(lambda owner: service.query(listing(owner))[0], owners, 1)
    return pages


def listing(owner: str, offset: int = 0) -> Call:
    return Call("accessTokens", {"subjectId": owner, "status": "active", "limit": PAGE, "offset": offset}, SELECTION)


def all_rows(owner: str, first: t.Any, service: AtomService) -> list[dict[str, t.Any]]:
    """The tokens of one account, given the first page of them; raises it where it is an error."""
    if isinstance(first, LifecycleError):
        raise first
    rows = rows_of(first)
    for offset in range(PAGE, total_of(first), PAGE):
        (more,) = service.query(listing(owner, offset))
        rows += rows_of(more)
    return rows


def view(row: dict[str, t.Any], now: datetime.datetime) -> Values:
    """What may be shown of a token; raises BadAnswer."""
    expires = text_of(row.get("expiresAt"))
    try:
        end = moment(expires, "expiresAt")
    except InputError:
        raise malformed("a token with an end that is no point in time") from None
    return {
        "id": row["id"],
        "name": text_of(row.get("name")),
        "created_at": text_of(row.get("createdAt")),
        "last_used_at": text_of(row.get("lastUsedAt")),
        "expires_at": expires,
        "expired": end is not None and end <= now,
    }
