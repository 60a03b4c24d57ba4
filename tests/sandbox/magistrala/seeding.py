# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People, accounts, domains and tokens for tests, put straight into the state of a simulated Magistrala."""

from __future__ import annotations

import typing as t

from .domains.actions import ACTIONS
from .domains.state import ADMIN, Domain, Invitation, Role
from .pats.state import ANY, USER_OPERATIONS
from .rules import Secret
from .store import User

if t.TYPE_CHECKING:
    from .system import Magistrala

SEED_PASSWORD = "Sandbox-person-1"
FOREVER = 100 * 365 * 86400
ALIASES = {"view": "read"}


def people(system: Magistrala, count: int, disabled: int, deleted: int, verified: bool) -> None:
    """``count`` numbered people; the last are deleted, those before them disabled."""
    if disabled + deleted > count:
        raise ValueError("more people disabled and deleted than people")
    for position in range(count):
        left = count - position
        number = f"{system.seeded + position + 1:05d}"
        stamp = system.stamp()
        system.table.add(
            first_name="Person",
            last_name=number,
            username=f"person-{number}",
            email=f"person-{number}@example.com",
            secret=system.seed_secret,
            created=stamp,
            status="deleted" if left <= deleted else "disabled" if left <= deleted + disabled else "enabled",
            verified=stamp if verified else 0,
        )
    system.seeded += count


def account(system: Magistrala, username: str, password: str = SEED_PASSWORD, **fields: t.Any) -> User:
    """One account: ``{"username": ..., "password"?, "status"?, "role"?, "first_name"?, "tags"?, ...}``."""
    fields = {"first_name": username, "last_name": "x", "email": f"{username}@example.com"} | fields
    fields["verified"] = system.stamp() if fields.get("verified") else 0
    user = system.table.add(username=username, secret=Secret(password), created=system.stamp(), **fields)
    if user.role == "admin":
        system.admins.add(user.id)
    return user


def member_id(system: Magistrala, name: str) -> str:
    """The id of the account of that name; other words stand for themselves: there need be no such account."""
    user = system.table.usernames.get(name)
    return user.id if user else name


def domain(
    system: Magistrala,
    name: str,
    roles: dict[str, t.Any] | None = None,
    invitations: t.Sequence[dict[str, str]] = (),
    created_by: str = "admin",
    **fields: t.Any,
) -> Domain:
    """One domain: ``{"name": ..., "route"?, "status"?, "roles"?, "invitations"?, "created_by"?}``.

    :param roles: by name, each ``{"members": [user name or id], "actions": [...]}`` or only the list of members; what
        is said of ``admin`` stands in place of the creator's membership. Others may ``read`` unless told otherwise.
    :param invitations: each ``{"user": ..., "role": ..., "by"?: ...}``.
    """
    creator = member_id(system, created_by)
    actions = ACTIONS[system.generation]
    route = fields.pop("route", name.lower())
    made = system.domains.add(name, route, creator, system.stamp(), actions, **fields)
    by_name: dict[str, Role] = {ADMIN: made.admin}
    for role_name, content in (roles or {}).items():
        content = content if isinstance(content, dict) else {"members": content}
        members = [member_id(system, member) for member in content.get("members", ())]
        if role_name == ADMIN:
            made.admin.members = members
        else:
            by_name[role_name] = system.domains.add_role(
                made, role_name, creator, system.stamp(), actions=content.get("actions", ["read"]), members=members
            )
    for wanted in invitations:
        user_id, inviter = member_id(system, wanted["user"]), member_id(system, wanted.get("by", created_by))
        role_id = by_name[wanted["role"]].id if "role" in wanted else ""
        invitation = Invitation(user_id, made.id, inviter, system.stamp(), role_id, wanted.get("relation", "member"))
        system.domains.invitations[made.id, user_id] = invitation
    return made


def pat(
    system: Magistrala,
    username: str,
    token: str = "",
    name: str = "seeded",
    scopes: t.Sequence[t.Any] = (ANY,),
    seconds: float = FOREVER,
) -> None:
    """One personal access token of an account.

    :param scopes: words are generation A's operations on users, ``*`` is all of them; objects are B's entries
        (``domain_id``, ``entity_type``, ``operation``, ``entity_id``).
    """
    words = [ALIASES.get(scope, scope) for scope in scopes if isinstance(scope, str)]
    operations = USER_OPERATIONS if ANY in words else words
    system.pats.add(
        system.table.usernames[username].id,
        system.stamp(),
        seconds,
        token,
        name=name,
        description="",
        scope={"users": {operation: [ANY] for operation in operations}} if operations else {},
        scopes=[scope for scope in scopes if isinstance(scope, dict)],
    )
