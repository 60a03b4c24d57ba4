# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a visitor sees of services by HTTP, without anything of the collection."""

from __future__ import annotations

import dataclasses
import typing as t

import requests

Key = tuple[str, str]  # the instance, and what stays the same of an account there
REALMS = ("Internal", "SAML")


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


def look(urls: t.Mapping[str, str], systems: t.Mapping[str, str]) -> View:
    """Everybody in all instances, of which ``systems`` says what they are."""
    eyes = {"iics": look_iics, "iq": look_iq, "magistrala": look_magistrala}
    return {key: account for name, system in systems.items() for key, account in eyes[system](name, urls[name]).items()}


def look_iics(instance: str, url: str) -> View:
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
        (instance, user["id"]): Account(
            user["userName"],
            user["email"],
            f"{user['firstName']} {user['lastName']}",
            True,
            frozenset([*(r["roleName"] for r in user["roles"]), *(g["userGroupName"] for g in user["groups"])]),
        )
        for user in users
    }


def look_iq(instance: str, url: str) -> View:
    with requests.Session() as session:
        session.auth = ("admin", "admin123")
        users = [
            {**user, "realm": realm}
            for realm in REALMS
            for user in session.get(f"{url}/api/v2/users?realm={realm}", timeout=30).json()["users"]
        ]
        owners = ["global"]
        owners += [
            f"organization/{o['id']}"
            for o in session.get(f"{url}/api/v2/organizations", timeout=30).json()["organizations"]
        ]
        held: dict[str, set[str]] = {}
        for owner in owners:
            for mapping in session.get(f"{url}/api/v2/roleMemberships/{owner}", timeout=30).json()["memberMappings"]:
                for member in mapping["members"]:
                    held.setdefault(member["userOrGroupName"], set()).add(f"{mapping['roleId']} at {member['ownerId']}")
    view = {
        (instance, called(user)): Account(
            user["username"],
            user["email"],
            f"{user['firstName']} {user['lastName']}",
            True,
            frozenset(held.get(user["username"], ())),
        )
        for user in users
    }
    held = {name: grants for name, grants in held.items() if name not in {user["username"] for user in users}}
    ghosts = {(instance, name): Account(name, "", "", False, frozenset(grants)) for name, grants in held.items()}
    return {**view, **ghosts}


def called(user: dict[str, t.Any]) -> str:
    """The user name of an account of IQ Server, with its realm where that is not the server's own."""
    return str(user["username"] if user["realm"] == "Internal" else f"{user['username']} in {user['realm']}")


def look_magistrala(instance: str, url: str) -> View:
    with requests.Session() as session:
        tokens = session.post(
            f"{url}/users/tokens/issue", json={"username": "admin", "password": "12345678"}, timeout=30
        )
        session.headers["Authorization"] = f"Bearer {tokens.json()['access_token']}"
        users: list[dict[str, t.Any]] = []
        while True:
            page = session.get(f"{url}/users?status=all&limit=100&offset={len(users)}", timeout=30).json()
            users += page["users"]
            if len(users) >= page["total"] or not page["users"]:
                break
    return {
        (instance, user["id"]): Account(
            user["credentials"]["username"],
            user["email"],
            f"{user['first_name']} {user['last_name']}",
            user["status"] == "enabled",
            frozenset({"admin"} if user.get("role") == "admin" else ()),
        )
        for user in users
    }
