# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service answers, as accounts. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    NO_VALUES,
    Account,
    Snapshot,
    Values,
    pooled,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import (
    Generation,
    generation_of,
    generation_of_listing,
)

NOTHING = (None, "", "0001-01-01T00:00:00Z")
STATUSES = ("enabled", "disabled", "deleted")
INFO = ("created_at", "updated_at", "verified_at", "auth_provider")


class Unexpected(ValueError):
    """The answer is not of the shape that the API promises."""


class Handle(t.NamedTuple):
    """How much is known of an account: ``complete`` with what listings leave out; ``password_proven`` by a sign-in."""

    complete: bool = False
    password_proven: bool | None = None


COMPLETE, LISTED = Handle(True), Handle(False)


class Page(t.NamedTuple):
    """A part of a listing, and how many there are in all."""

    accounts: list[Account]
    total: int
    generation: Generation


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
    generation = generation_of(user)
    values = {name: pooled(user.get(name) or empty) for name, empty in generation.stored.items()}
    if not complete:
        values |= {name: None for name in generation.unlisted if name in values and not values[name]}
    info = {name: user[name] for name in INFO if user.get(name) not in NOTHING} or NO_VALUES
    return Account(
        username=pooled(username),
        id=user_id,
        values=values,
        enabled=status == "enabled",
        deleted=status == "deleted",
        info=info,
        handle=COMPLETE if complete else LISTED,
    )


def as_listed(account: Account, generation: Generation) -> Account:
    """``account`` without what listings leave out, so that a result shows the same whatever had to be read."""
    values = {name: None if name in generation.unlisted else value for name, value in account.values.items()}
    info = {name: value for name, value in account.info.items() if name not in generation.unlisted}
    return account._replace(values=values, info=info, handle=LISTED)


def page_from(data: t.Any) -> Page:
    """One page of a listing; raises Unexpected."""
    users, total = data.get("users"), data.get("total")
    if not isinstance(users, list) or not isinstance(total, int) or isinstance(total, bool):
        raise Unexpected("JSON of an unexpected shape")
    return Page([account_from(user, False) for user in users], total, generation_of_listing(data))


def is_reduced(account: Account) -> bool:
    """Whether the view is the one for strangers: every real account has a time of creation."""
    return account.info.get("created_at") is None
