# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service answers, as accounts; and what its tokens say. Pure."""

from __future__ import annotations

import base64
import dataclasses
import json
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Snapshot,
    Values,
    pooled,
)

NOTHING = (None, "", "0001-01-01T00:00:00Z")
STATUSES = ("enabled", "disabled", "deleted")
EMPTY: Values = {
    "first_name": "",
    "last_name": "",
    "email": "",
    "role": "user",
    "tags": [],
    "metadata": {},
    "private_metadata": {},
    "profile_picture": "",
}
TIMES = ("created_at", "updated_at", "verified_at")


class Unexpected(ValueError):
    """The answer is not of the shape that the API promises."""


@dataclasses.dataclass(frozen=True)
class Known:
    """How much is known of an account: ``complete`` with what listings leave out; ``password_proven`` by a sign-in."""

    complete: bool = False
    password_proven: bool | None = None


COMPLETE, LISTED = Known(True), Known(False)


@dataclasses.dataclass(frozen=True)
class Page:
    """A part of a listing, and how many there are in all."""

    accounts: list[Account]
    total: int
    generation: str


class Glimpse(Snapshot):
    """What someone who is no administrator sees of somebody else; the rest of such an answer is made up."""

    def view(self) -> Values:
        account = self.account
        if account is None:
            return {}
        names = {name: account.values[name] for name in ("first_name", "last_name")}
        return {"username": account.username, "id": account.id, **names, "reduced": True}


def account_from(user: t.Any, complete: bool) -> Account:
    """The account in a user object; ``complete`` says that the answer leaves out nothing that is set.

    Raises Unexpected.
    """
    try:
        username, user_id, status = user["credentials"].get("username", ""), user["id"], user["status"]
    except (KeyError, TypeError, AttributeError):
        raise Unexpected("a user of an unexpected shape") from None
    if not (isinstance(username, str) and isinstance(user_id, str) and user_id and status in STATUSES):
        raise Unexpected("a user of an unexpected shape")
    values: Values = {name: pooled(user.get(name) or empty) for name, empty in EMPTY.items()}
    if generation_of(user) == "A":
        del values["private_metadata"]
    elif not complete and not values["private_metadata"]:
        values["private_metadata"] = None
    info = {name: user[name] for name in (*TIMES, "auth_provider") if user.get(name) not in NOTHING}
    return Account(
        username=pooled(username),
        id=user_id,
        values=values,
        enabled=status == "enabled",
        deleted=status == "deleted",
        info=info,
        handle=COMPLETE if complete else LISTED,
    )


def as_listed(account: Account) -> Account:
    """``account`` without what listings leave out, so that a result shows the same whatever had to be read."""
    values = {name: None if name == "private_metadata" else value for name, value in account.values.items()}
    info = {name: value for name, value in account.info.items() if name != "auth_provider"}
    return dataclasses.replace(account, values=values, info=info, handle=LISTED)


def generation_of(user: t.Mapping[str, t.Any]) -> str:
    """``B`` always says when an address was verified, ``A`` (early 2025) never does."""
    return "B" if "verified_at" in user else "A"


def page_from(data: t.Any, complete: bool = False) -> Page:
    """One page of a listing that begins at 0 or later; raises Unexpected.

    B leaves ``offset`` out where it is 0, A never does: with an empty first page, that tells them apart.
    """
    users, total = data.get("users"), data.get("total")
    if not isinstance(users, list) or not isinstance(total, int) or isinstance(total, bool):
        raise Unexpected("JSON of an unexpected shape")
    accounts = [account_from(user, complete) for user in users]
    generation = generation_of(users[0]) if users else ("A" if "offset" in data else "B")
    return Page(accounts, total, generation)


def is_reduced(account: Account) -> bool:
    """Whether the view is the one for strangers: every real account has a time of creation."""
    return account.info.get("created_at") is None


def claims(token: str) -> dict[str, t.Any]:
    """What a token says of itself, unchecked; empty for one that is no JWT (a personal access token, say)."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        said = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def bearer_id(token: str) -> str | None:
    """The id of the account that a token belongs to, where the token tells it: ``user`` in A, ``sub`` in B."""
    said = claims(token)
    user_id = said.get("user") or said.get("sub")
    return user_id if isinstance(user_id, str) else None
