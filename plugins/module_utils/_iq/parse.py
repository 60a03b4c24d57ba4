# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What IQ Server answers, as data of our own.
Every function raises KeyError, TypeError or ValueError on other shapes.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import FIELDS


@dataclasses.dataclass(frozen=True)
class Token:
    """A user token without its secret part; times are ISO texts, None where the release does not tell them."""

    code: str
    username: str
    created: str | None
    last_used: str | None
    expires: str | None


@dataclasses.dataclass(frozen=True)
class Member:
    """One line of a member list: a role, who has it, and the owner where it was given (not told for all owners)."""

    role: str
    kind: str
    name: str
    owner: str | None
    owner_kind: str


def text(value: t.Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("text expected")
    return value


def optional(value: t.Any) -> str | None:
    return value if isinstance(value, str) and value else None


def rows(data: dict[str, t.Any], name: str) -> list[t.Any]:
    found = data[name]
    if not isinstance(found, list):
        raise TypeError("list expected")
    return found


def account(data: t.Any, realm: str) -> Account:
    """A user; ``realm`` is the one that was asked, which early releases do not repeat."""
    values = {field.option: data.get(field.api) or "" for field in FIELDS}
    return Account(text(data["username"]), None, values, info={"realm": realm}, handle=realm)


def accounts(data: dict[str, t.Any], realm: str) -> list[Account]:
    return [account(row, realm) for row in rows(data, "users")]


def tokens(data: list[t.Any]) -> list[Token]:
    return [
        Token(
            text(row["userCode"]),
            text(row["username"]),
            optional(row.get("createTime")),
            optional(row.get("lastAccessTime")),
            optional(row.get("expirationDate")),
        )
        for row in data
    ]


def named(list_name: str, name: str) -> t.Callable[[t.Any], dict[str, str]]:
    """A parser of the listing ``list_name``: the text in ``name`` by id."""
    return lambda data: {text(row["id"]): text(row[name]) for row in rows(data, list_name)}


def has_user_mappings(data: dict[str, t.Any]) -> bool:
    """Whether an owner has rules that give a role to those who commit."""
    return bool((data.get("userMapping") or {}).get("mappings"))


def members(data: dict[str, t.Any]) -> list[Member]:
    return [
        member(mapping["roleId"], row, row["userOrGroupName"], row)
        for mapping in rows(data, "memberMappings")
        for row in mapping.get("members") or []
    ]


def detailed_members(data: dict[str, t.Any]) -> list[Member]:
    """Members as the newer answers have them, by role and owner."""
    return [
        member(role["roleId"], row, row["internalName"], owner)
        for role in rows(data, "membersByRole")
        for owner in role.get("membersByOwner") or []
        for row in owner.get("members") or []
    ]


def member(role: t.Any, row: dict[str, t.Any], name: t.Any, owner: dict[str, t.Any]) -> Member:
    """One who has a ``role`` at ``owner``, as far as that is told."""
    owner_type = (optional(owner.get("ownerType")) or "").lower()
    return Member(text(role), text(row["type"]).upper(), text(name), optional(owner.get("ownerId")), owner_type)


def managers(data: dict[str, t.Any]) -> dict[str, str]:
    """The names of repository managers by id; one without a name is called by what it has in its place."""
    return {
        text(row["id"]): optional(row.get("name")) or optional(row.get("instanceId")) or text(row["id"])
        for row in rows(data, "repositoryManagers")
    }


def repositories(data: dict[str, t.Any]) -> dict[str, str]:
    """The public ids of repositories by id."""
    return {text(row["repositoryId"]): text(row["publicId"]) for row in rows(data, "repositories")}
