# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of users: soft deletion, unique e-mail and user name over all rows,
listings that stay fast when it is big.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t
import uuid

from .rules import Secret

BLOCK = 1000
REMEMBERED_LISTINGS = 64
TEXTS = ("username", "email", "first_name", "last_name", "id")
END = "\0"  # stands between the values of a block; the database takes no NUL


@dataclasses.dataclass(slots=True, eq=False)
class User:
    """One row; times are microseconds since the epoch, 0 stands for Go's zero time."""

    id: str
    first_name: str
    last_name: str
    username: str
    email: str
    secret: Secret
    created: int
    tags: list[str] = dataclasses.field(default_factory=list)
    metadata: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    private_metadata: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    status: str = "enabled"
    role: str = "user"
    profile_picture: str = ""
    updated: int = 0
    updated_by: str = ""
    verified: int = 0
    auth_provider: str = ""
    block: Block | None = None


class Needle:
    """The value of a text filter: a substring in any case, where ``%`` and ``_`` are SQL's wildcards."""

    def __init__(self, value: str) -> None:
        lower = value.lower()
        self.search: t.Callable[[str], t.Any]
        if re.search(r"[%_\\]", lower):
            signs = {"%": f"[^{END}]*", "_": f"[^{END}]"}
            parts = re.findall(r"\\?.", lower, re.DOTALL)
            self.search = re.compile("".join(signs.get(p) or re.escape(p[-1]) for p in parts)).search
        else:
            self.search = lambda text: lower in text


class Block:
    """Some neighbouring users; their texts are kept joined, so that a filter passes over them at once."""

    def __init__(self) -> None:
        self.users: list[User] = []
        self.joined: dict[str, str] = {}

    def matching(self, field: str, needle: Needle) -> list[User]:
        if field not in self.joined:
            self.joined[field] = END.join([getattr(user, field).lower() for user in self.users])
        if not needle.search(self.joined[field]):
            return []
        return [user for user in self.users if needle.search(getattr(user, field).lower())]


@dataclasses.dataclass(frozen=True)
class Query:
    """What a listing asks for. ``texts`` are (field, value); ``accepts`` judges the rest, ``key`` names it."""

    status: str = "enabled"
    role: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    order: str = "created"
    key: tuple[t.Any, ...] = ()
    accepts: tuple[t.Callable[[User], bool], ...] = dataclasses.field(default=(), compare=False)


ORDERS: dict[str, t.Callable[[User], t.Any]] = {
    # the collation of the real database is unknown; here code points decide
    "created_at": lambda user: (user.created, user.id),
    "updated_at": lambda user: (user.updated or user.created, user.id),
    "first_name": lambda user: (user.first_name, user.id),
    "last_name": lambda user: (user.last_name, user.id),
    "username": lambda user: (user.username, user.id),
    "email": lambda user: (user.email, user.id),
}


class Table:
    """Users by id, in the order of their creation."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.emails: dict[str, User] = {}
        self.usernames: dict[str, User] = {}
        self.blocks: list[Block] = []
        self.listings: dict[Query, list[User]] = {}

    def add(self, **values: t.Any) -> User:
        """A new row with an id of its own; the caller has checked that e-mail and user name are free."""
        user = User(id=str(uuid.uuid4()), **values)
        if not self.blocks or len(self.blocks[-1].users) >= BLOCK:
            self.blocks.append(Block())
        user.block = self.blocks[-1]
        user.block.users.append(user)
        user.block.joined.clear()
        self.users[user.id] = self.emails[user.email] = self.usernames[user.username] = user
        self.listings.clear()
        return user

    def change(self, user: User, **values: t.Any) -> None:
        """Set fields and keep the indexes right."""
        if "email" in values:
            del self.emails[user.email]
            self.emails[values["email"]] = user
        if "username" in values:
            del self.usernames[user.username]
            self.usernames[values["username"]] = user
        for name, value in values.items():
            setattr(user, name, value)
        if user.block and not values.keys().isdisjoint(TEXTS):
            user.block.joined.clear()
        self.listings.clear()

    def remove(self, user: User) -> None:
        del self.users[user.id], self.emails[user.email], self.usernames[user.username]
        if user.block:
            user.block.users.remove(user)
            user.block.joined.clear()
        self.listings.clear()

    def find(self, query: Query) -> list[User]:
        """Everyone whom ``query`` wants, in ascending order; remembered until the next change."""
        found = self.listings.get(query)
        if found is None:
            if len(self.listings) >= REMEMBERED_LISTINGS:
                self.listings.clear()
            found = self.listings[query] = self.scan(query)
        return found

    def scan(self, query: Query) -> list[User]:
        found: t.Iterable[User] = self.users.values()
        for position, (field, value) in enumerate(query.texts):
            needle = Needle(value)
            if position == 0:
                found = [user for block in self.blocks for user in block.matching(field, needle)]
            else:
                found = [user for user in found if needle.search(getattr(user, field).lower())]
        if query.status != "all":
            found = [user for user in found if user.status == query.status]
        if query.role:
            found = [user for user in found if user.role == query.role]
        for accepts in query.accepts:
            found = [user for user in found if accepts(user)]
        return sorted(found, key=ORDERS[query.order]) if query.order != "created" else list(found)
