# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How v2 shows people: other names, other ids, no groups, only the roles it has codes for, nothing that is unset."""

from __future__ import annotations

import typing as t

from .catalog import V2_ROLES
from .ids import org_ids
from .model import Role, User
from .switches import IicsSwitches
from .views import stamp

MASK = "********"


def org_id(switches: IicsSwitches) -> str:
    long, short = org_ids(switches.organization)
    return long if switches.v2_org_id == "long" else short


def user(user: User, switches: IicsSwitches, base_url: str, fresh: bool = False) -> dict[str, t.Any]:
    shown = {
        "@type": "user",
        "id": user.v2_id,
        "orgId": org_id(switches),
        "orgUuid": org_ids(switches.organization)[0],
        "name": user.name,
        "description": user.description,
        "createTime": stamp(user.created),
        "updateTime": stamp(user.updated, fresh),
        "createdBy": user.created_by,
        "updatedBy": user.updated_by,
        "sfUsername": user.sf_username,
        "password": MASK,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "title": user.title,
        "phone": user.phone,
        "securityQuestion": user.security_question,
        "securityAnswer": user.security_answer if switches.v2_shows_security_answer else None,
        "emails": user.email,
        "timezone": user.time_zone,
        "serverUrl": base_url,
        "spiUrl": base_url,
        "forceChangePassword": user.force_password_change,
        switches.v2_uuid_key: user.id,
        "optOutOfEmails": user.opt_out_of_emails,
        "usergroups": [],
        "roles": [role(held) for held in user.roles.values() if held.name in V2_ROLES],
    }
    return {name: value for name, value in shown.items() if value is not None}


def role(role: Role) -> dict[str, t.Any]:
    return {"@type": "role", "name": role.name, "description": role.description}
