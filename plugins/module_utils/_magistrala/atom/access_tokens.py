# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access tokens of others, as an administrator sees them: who has some, and when they were used."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Snapshot, Values
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

SELECTION = "{ total items { id: credentialId name createdAt expiresAt lastUsedAt } }"


def with_access_tokens(found: t.Sequence[Snapshot], service: AtomService, parallel: int) -> list[Snapshot]:
    """``found`` with the tokens that were not revoked, of every account that is not deleted; deletion revokes all.

    Raises ApiError where they cannot be read: whoever asks would take silence for none.
    """
    owners = [str(one.account.id) for one in found if one.account is not None and one.present]
    chunks = [owners[at : at + CALLS_AT_ONCE] for at in range(0, len(owners), CALLS_AT_ONCE)]
    read = each(lambda part: service.query(*map(listing, part)), chunks, parallel)
    pages = dict(zip(owners, (page for pages in read for page in pages), strict=True))
    now = datetime.datetime.now(datetime.timezone.utc)

    def complete(account: Account) -> Account:
        page = pages.get(str(account.id))
        rows = [] if page is None else all_rows(str(account.id), page, service)
        return account._replace(info={**account.info, "access_tokens": [view(row, now) for row in rows]})

    return [one if one.account is None else one._replace(account=complete(one.account)) for one in found]


def listing(owner: str, offset: int = 0) -> Call:
    return Call("accessTokens", {"subjectId": owner, "status": "active", "limit": PAGE, "offset": offset}, SELECTION)


def all_rows(owner: str, first: t.Any, service: AtomService) -> list[dict[str, t.Any]]:
    """The tokens of one account, given the first page of them."""
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
