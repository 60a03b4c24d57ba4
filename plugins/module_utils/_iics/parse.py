# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the service's objects to accounts, roles and groups. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Memberships,
    Snapshot,
    Values,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import PROFILE

STATUS = {"Active": "active", "Provisioned": "provisioned", "Disabled": "disabled", None: "password_expired"}
MEANING = {
    "active": "The account can sign in.",
    "provisioned": "The person has not activated the account yet.",
    "disabled": "The account was disabled, or locked after failed sign-ins; only Administrator can undo that.",
    "password_expired": "The password has expired; it can be reset with the security answer.",
}
USABLE = {"active": True, "disabled": False}
WRITERS = {
    "created_at": "createTime",
    "created_by": "createdBy",
    "updated_at": "updateTime",
    "updated_by": "updatedBy",
}
INFO = {
    **WRITERS,
    "last_login_at": "lastLoginTime",
    "last_login_mode": "lastLoginMode",
}
NEVER = "None"  # what the service writes for the mode before the first login


class Item(t.NamedTuple):
    """A role or a group: ``name`` as tasks write it, ``shown`` as the service's pages and its membership calls do."""

    id: str
    name: str
    shown: str
    licensed: bool = True
    roles: tuple[str, ...] = ()

    def membership(self, kind: str) -> Membership:
        return Membership(kind, (self.id,), self.name, self.shown)


def snapshot(account: Account | None) -> Snapshot:
    """What is there, of an account that was read here, or of nobody."""
    return Snapshot() if account is None else Snapshot(account, account.handle)


def account(data: dict[str, t.Any]) -> Account:
    """One v3 user object; its roles and groups are the handle.

    Raises KeyError, TypeError or ValueError for another shape.
    """
    memberships: Memberships = {
        "roles": tuple(role(each).membership("roles") for each in data["roles"] or ()),
        "groups": tuple(group(each).membership("groups") for each in data["groups"] or ()),
    }
    values: Values = {field.option: data.get(field.api) or "" for field in PROFILE}
    values["authentication"] = authentication(data.get("authentication"))
    if data.get("aliasName") is not None:
        values["alias_name"] = data["aliasName"]
    attempts = data.get("maxLoginAttempts")
    if attempts not in (None, ""):
        values["max_login_attempts"] = int(attempts)
    values["force_password_change"] = bool(data.get("forcePasswordChange"))
    info = {fact: data.get(key) for fact, key in INFO.items() if data.get(key) not in (None, NEVER)}
    status = None
    if "state" in data:
        status = STATUS.get(data["state"]) or str(data["state"]).lower()
        info |= {"status": status, "status_meaning": MEANING.get(status)}
    return Account(
        str(data["userName"]), str(data["id"]), values, USABLE.get(status or ""), info=info, handle=memberships
    )


def authentication(value: t.Any) -> str:
    """Accounts that sign in with a password read ``Native``; how the others read was not recorded."""
    return "native" if value in ("Native", 0, "0", None) else "saml"


def role(data: dict[str, t.Any]) -> Item:
    name = str(data["roleName"])
    return Item(str(data["id"]), name, str(data.get("displayName") or name), data.get("status") != "Disabled")


def group(data: dict[str, t.Any]) -> Item:
    """A group, with the names of the roles that it gives where they are told."""
    name = str(data["userGroupName"])
    return Item(str(data["id"]), name, name, roles=tuple(role(each).name for each in data.get("roles") or ()))
