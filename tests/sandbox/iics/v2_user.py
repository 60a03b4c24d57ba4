# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The v2 user resource: list, read, create, update and delete, in JSON and in XML."""

from __future__ import annotations

import typing as t

from . import body, users, v2_view
from .call import Call
from .catalog import V2_ROLES
from .http import Refusal, Reply, v2_reply
from .model import DEFAULT_TIME_ZONE, NATIVE, Role, User
from .signin import SUCCESS, base_url, members_v2
from .timezones import TIME_ZONES

REQUIRED = {"firstName": "first_name", "lastName": "last_name", "title": "title", "phone": "phone"}
OPTIONAL = {
    "description": "description",
    "emails": "email",
    "sfUsername": "sf_username",
    "securityQuestion": "security_question",
    "securityAnswer": "security_answer",
}
REPO_10704 = "Internal error. An error occurred while loading the user. Contact Informatica Global Customer Support."


def not_loaded(call: Call) -> Refusal:
    """v2's answer about an object that it cannot load; seen for a v3 id, presumably the same for an unknown one."""
    return Refusal(call.iics.switches.v2_missing_status, "REPO_10704", REPO_10704)


def visible(call: Call, user: User | None) -> User:
    """The user, if v2 sees it; whether it sees people who have not activated their account is unknown."""
    if user is None or (user.state == "Provisioned" and not call.iics.switches.v2_sees_provisioned):
        raise not_loaded(call)
    return user


def by_id(call: Call) -> User:
    return visible(call, call.iics.directory.user_with_v2_id(call.arguments[0]))


def shown(call: Call, user: User, fresh: bool = False) -> dict[str, t.Any]:
    return v2_view.user(user, call.iics.switches, base_url(call), fresh)


def list_users(call: Call) -> Reply:
    hide = not call.iics.switches.v2_sees_provisioned
    people = [user for user in call.iics.directory.users.values() if not (hide and user.state == "Provisioned")]
    return v2_reply(call.request, 200, [shown(call, user) for user in people])


def read_user(call: Call) -> Reply:
    return v2_reply(call.request, 200, shown(call, by_id(call)))


def read_user_named(call: Call) -> Reply:
    user = visible(call, call.iics.directory.user_named(call.arguments[0]))
    return v2_reply(call.request, 200, shown(call, user))


def create_user(call: Call) -> Reply:
    """Create an account of the documented fields; the name must be an e-mail address here."""
    data = object_sent(call)
    name = body.required(data, "name", body.LONGEST)
    if not users.EMAIL.fullmatch(name):
        raise body.bad("name")
    password = body.required(data, "password", body.LONGEST)
    fields: dict[str, t.Any] = {field: body.required(data, key) for key, field in REQUIRED.items()}
    roles = roles_sent(call, data)
    if not roles:
        raise body.missing("roles")
    fields |= {field: body.text(data, key) for key, field in OPTIONAL.items()}
    fields |= flags_and_zone(data)
    user = users.add_user(call, name, password, roles, **fields)
    return v2_reply(call.request, call.iics.switches.v2_create_status, shown(call, user, fresh=True))


def update_user(call: Call) -> Reply:
    """Replace the account's fields by those sent; names do not change here, passwords only by a switch."""
    switches = call.iics.switches
    if switches.v2_update == "off":
        raise Refusal(400, "SIM_UPDATE_OFF", "Internal error.")
    if switches.v2_update == "broken":
        raise not_loaded(call)
    user = by_id(call)
    data = object_sent(call)
    if body.required(data, "name").casefold() != user.name.casefold():
        raise Refusal(400, "SIM_NAME_CHANGED", "The name of a user cannot be changed.")
    changes = changes_sent(call, data)
    password = password_sent(call, user, data)
    roles = None if switches.v2_omitted == "keep" and "roles" not in data else roles_sent(call, data)
    for field, value in changes.items():
        setattr(user, field, value)
    if password and switches.v2_password == "stored":
        user.passwords.append((call.now, password))
    if roles is not None:
        kept = [] if switches.v2_unknown_roles == "drop" else [r for r in user.roles.values() if r.name not in V2_ROLES]
        user.roles = {role.id: role for role in [*kept, *roles]}
    user.updated, user.updated_by = call.now, call.caller_name
    return v2_reply(call.request, 200, shown(call, user, fresh=True))


def changes_sent(call: Call, data: dict[str, t.Any]) -> dict[str, t.Any]:
    """The new values of the account's fields; what becomes of those that were left out is unknown."""
    keep = call.iics.switches.v2_omitted == "keep"
    if not keep:
        for key in REQUIRED:
            if key not in data:
                raise body.missing(key)
    changes = {f: body.text(data, k) for k, f in (REQUIRED | OPTIONAL).items() if k in data or not keep}
    changes |= {f: v for f, v in flags_and_zone(data).items() if not keep or SOURCES[f] in data}
    if call.iics.switches.v2_email_change == "pending":
        changes.pop("email", None)
    return changes


def password_sent(call: Call, user: User, data: dict[str, t.Any]) -> str | None:
    """The password of an update, which is perhaps refused without one, but not for people of SAML."""
    password = body.text(data, "password")
    if not password and user.authentication == NATIVE and call.iics.switches.v2_missing_password == "refused":
        raise body.missing("password")
    return password


def delete_user(call: Call) -> Reply:
    users.remove_user(call, by_id(call))
    if not call.iics.switches.v2_success_object:
        return Reply(200)
    return v2_reply(call.request, 200, SUCCESS)


def object_sent(call: Call) -> dict[str, t.Any]:
    """The request's user object, ``email`` read as ``emails``, its organization checked."""
    data = members_v2(call.request)
    if "email" in data:
        data.setdefault("emails", data["email"])
    if body.required(data, "orgId") != v2_view.org_id(call.iics.switches):
        raise Refusal(400, "SIM_WRONG_ORGANIZATION", "The user does not belong to the organization.")
    return data


def roles_sent(call: Call, data: dict[str, t.Any]) -> list[Role]:
    """The roles of the object by their v2 codes, of which only some are known."""
    entries = data.get("roles")
    if entries is None:
        raise body.missing("roles")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise body.bad("roles")
    roles = []
    for entry in entries:
        name = body.required(entry, "name")
        role = call.iics.directory.role_named(name) if name in V2_ROLES else None
        if role is None:
            raise Refusal(400, "SIM_UNKNOWN_ROLE", f"The role {name} does not exist.")
        roles.append(role)
    return roles


SOURCES = {
    "force_password_change": "forceChangePassword",
    "opt_out_of_emails": "optOutOfEmails",
    "time_zone": "timezone",
}


def flags_and_zone(data: dict[str, t.Any]) -> dict[str, t.Any]:
    """Flags, which may be sent as text, and the time zone, where anything unknown becomes the default."""
    zone = body.text(data, "timezone")
    return {
        "force_password_change": str(data.get("forceChangePassword")).lower() == "true",
        "opt_out_of_emails": str(data.get("optOutOfEmails")).lower() == "true",
        "time_zone": zone if zone in TIME_ZONES else DEFAULT_TIME_ZONE,
    }
