# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a visitor sees of three services by HTTP, without anything of the collection."""

from __future__ import annotations

import dataclasses
import typing as t

import requests

Key = tuple[str, str]  # the system, and what stays the same of an account there


@dataclasses.dataclass(frozen=True)
class Account:
    """One account. ``held`` is what it may do; an account that is gone may have left something of that behind."""

    username: str
    email: str
    name: str
    is_open: bool
    held: frozenset[str] = frozenset()

    @property
    def gives_access(self) -> bool:
        return self.is_open or bool(self.held)


View = dict[Key, Account]


def look(urls: t.Mapping[str, str]) -> View:
    """Everybody in all three."""
    return {**look_iics(urls["iics"]), **look_iq(urls["iq"]), **look_magistrala(urls["magistrala"])}


def look_iics(url: str) -> View:
    sign_in = {"username": "admin@example.com", "password": "Sandbox-admin-1"}
    with requests.Session() as session:
        said = session.post(f"{url}/saas/public/core/v3/login", json=sign_in, timeout=30).json()
        session.headers["INFA-SESSION-ID"] = said["userInfo"]["sessionId"]
        users: list[dict[str, t.Any]] = []
        while len(users) % 200 == 0:
            page = f"/public/core/v3/users?limit=200&skip={len(users)}"
            found = session.get(said["products"][0]["baseApiUrl"] + page, timeout=30).json()
            if not found:
                break
            users += found
        session.post(f"{said['products'][0]['baseApiUrl']}/public/core/v3/logout", timeout=30)
    return {
        ("iics", user["id"]): Account(
            user["userName"],
            user["email"],
            f"{user['firstName']} {user['lastName']}",
            True,
            frozenset([*(r["roleName"] for r in user["roles"]), *(g["userGroupName"] for g in user["groups"])]),
        )
        for user in users
    }


def look_iq(url: str) -> View:
    with requests.Session() as session:
        session.auth = ("admin", "admin123")
        users = session.get(f"{url}/api/v2/users", timeout=30).json()["users"]
        owners = ["global"]
        owners += [f"organization/{o['id']}" for o in session.get(f"{url}/api/v2/organizations", timeout=30).json()["organizations"]]
        held: dict[str, set[str]] = {}
        for owner in owners:
            for mapping in session.get(f"{url}/api/v2/roleMemberships/{owner}", timeout=30).json()["memberMappings"]:
                for member in mapping["members"]:
                    held.setdefault(member["userOrGroupName"], set()).add(f"{mapping['roleId']} at {member['ownerId']}")
    view = {
        ("iq", user["username"]): Account(
            user["username"],
            user["email"],
            f"{user['firstName']} {user['lastName']}",
            True,
            frozenset(held.pop(user["username"], ())),
        )
        for user in users
    }
    ghosts = {("iq", name): Account(name, "", "", False, frozenset(grants)) for name, grants in held.items()}
    return {**view, **ghosts}


def look_magistrala(url: str) -> View:
    with requests.Session() as session:
        tokens = session.post(f"{url}/users/tokens/issue", json={"username": "admin", "password": "12345678"}, timeout=30)
        session.headers["Authorization"] = f"Bearer {tokens.json()['access_token']}"
        users: list[dict[str, t.Any]] = []
        while True:
            page = session.get(f"{url}/users?status=all&limit=100&offset={len(users)}", timeout=30).json()
            users += page["users"]
            if len(users) >= page["total"] or not page["users"]:
                break
    return {
        ("magistrala", user["id"]): Account(
            user["credentials"]["username"],
            user["email"],
            f"{user['first_name']} {user['last_name']}",
            user["status"] == "enabled",
            frozenset({"admin"} if user.get("role") == "admin" else ()),
        )
        for user in users
    }
