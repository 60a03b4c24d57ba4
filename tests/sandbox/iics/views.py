# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How v3 shows people, roles and user groups."""

from __future__ import annotations

import functools
import time
import typing as t

from .ids import PLATFORM_ORG_ID, org_ids
from .model import NATIVE, Group, Role, User
from .switches import IicsSwitches


@functools.lru_cache(4096)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


def stamp(moment: float, fresh: bool = False) -> str:
    """A time as the API writes it; only the answer to a write carries its milliseconds."""
    return f"{_second(int(moment))}.{int(moment * 1000) % 1000 if fresh else 0:03}Z"


def state(user: User, switches: IicsSwitches, now: float) -> str | None:
    """The account's state; None once its password has expired."""
    days = switches.password_expiration_days
    if days and user.passwords and user.state == "Active" and now - user.passwords[-1][0] > days * 86400:
        return None
    return user.state


def role_brief(role: Role) -> dict[str, t.Any]:
    return {
        "id": role.id,
        "roleName": role.name,
        "description": role.description,
        "displayName": role.display_name,
        "displayDescription": role.description,
    }


def user(user: User, switches: IicsSwitches, now: float, fresh: bool = False) -> dict[str, t.Any]:
    return {
        "id": user.id,
        "orgId": org_ids(switches.organization)[0],
        "createdBy": user.created_by,
        "updatedBy": user.updated_by,
        "createTime": stamp(user.created, fresh),
        "updateTime": stamp(user.updated, fresh),
        "userName": user.name,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "description": user.description,
        "title": user.title,
        "phone": user.phone,
        "email": user.email,
        "state": state(user, switches, now),
        "timeZoneId": user.time_zone,
        "maxLoginAttempts": str(user.max_login_attempts),
        **_authentication(user, switches),
        "forcePasswordChange": user.force_password_change,
        "lastLoginTime": None if user.last_login is None else stamp(user.last_login),
        # Only "None" was recorded; what a REST login leaves there is a guess.
        "lastLoginMode": "None" if user.last_login is None else "REST",
        "roles": [role_brief(role) for role in user.roles.values()],
        "groups": [
            {"id": group.id, "userGroupName": group.name, "description": group.description}
            for group in user.groups.values()
        ],
    }


def _authentication(user: User, switches: IicsSwitches) -> dict[str, t.Any]:
    if user.authentication == NATIVE:
        return {"authentication": "Native"}
    return {"authentication": switches.saml_spelling, "aliasName": user.alias_name}


def role(role: Role, switches: IicsSwitches, with_privileges: bool) -> dict[str, t.Any]:
    shown: dict[str, t.Any] = {
        "id": role.id,
        "orgId": PLATFORM_ORG_ID if role.system else org_ids(switches.organization)[0],
        "createdBy": role.created_by,
        "updatedBy": role.updated_by,
        "createTime": stamp(role.created),
        "updateTime": stamp(role.updated),
        "roleName": role.name,
        "description": role.description,
        "displayName": role.display_name,
        "displayDescription": role.description,
        "systemRole": role.system,
        "status": "Disabled" if role.name in switches.unlicensed_roles else "Enabled",
    }
    if with_privileges:
        shown["privileges"] = role.privileges
    return shown


def group(group: Group, switches: IicsSwitches, fresh: bool = False) -> dict[str, t.Any]:
    return {
        "id": group.id,
        "orgId": org_ids(switches.organization)[0],
        "createdBy": group.created_by,
        "updatedBy": group.updated_by,
        "createTime": stamp(group.created, fresh),
        "updateTime": stamp(group.updated, fresh),
        "userGroupName": group.name,
        "description": group.description,
        "roles": [role_brief(role) for role in group.roles.values()],
        "users": [
            {"id": user.id, "userName": user.name, "description": user.description} for user in group.users.values()
        ],
    }
