# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Change, enable, disable and delete users."""

from __future__ import annotations

import typing as t

from . import rules
from .call import Call, Reply, require_admin, require_self_or_admin
from .errors import invalid
from .gojson import Shape
from .rules import Secret
from .store import User
from .views import CHANGED, FULL, REREAD, after_account_change, render

# The struct names appear in generation A's texts about wrong types; only updateUserTagsReq is recorded.
UPDATE = {
    "A": Shape("updateUserReq", {"first_name": "string", "last_name": "string", "metadata": "object"}),
    "B": Shape(
        "updateUserReq",
        {"first_name": "string", "last_name": "string", "metadata": "object", "private_metadata": "object"},
    ),
}
TAGS = Shape("updateUserTagsReq", {"tags": "strings"})
EMAIL = Shape("updateEmailReq", {"email": "string"})
USERNAME = Shape("updateUsernameReq", {"username": "string"})
PICTURE = Shape("updateProfilePictureReq", {"profile_picture": "string"})
ROLE = Shape("updateUserRoleReq", {"role": "string"})
SECRET = Shape("updateUserSecretReq", {"old_secret": "string", "new_secret": "string"})


def enabled_target(call: Call) -> User:
    """The user of the path; only enabled ones can be changed."""
    user = call.system.table.users.get(call.id)
    if user is None or user.status != "enabled":
        raise call.refuse("update unknown")
    return user


def own(call: Call, user: User) -> None:
    """Generation B: what an identity provider keeps cannot be changed here."""
    if user.auth_provider:
        raise call.refuse("foreign provider")


def change(call: Call, user: User, **values: t.Any) -> None:
    """Store values; the time and the author of the change are kept even if no value differs."""
    call.system.table.change(user, **values, updated=call.system.stamp(), updated_by=call.caller)


def changed(call: Call, user: User, hidden: frozenset[str] = CHANGED) -> Reply:
    return Reply(200, render(user, call.generation, FULL if call.generation == "A" else hidden))


def update(call: Call) -> Reply:
    """PATCH /users/{id}: empty names are skipped, metadata is replaced as a whole."""
    fields = call.fields(UPDATE[call.generation])
    require_self_or_admin(call)
    user = enabled_target(call)
    values = {name: value for name, value in fields.items() if value or not name.endswith("name")}
    names = [values[name] for name in ("first_name", "last_name") if name in values]
    if names:
        own(call, user)
    if not all(rules.fits_column(name) for name in names):
        raise call.refuse("update too long")
    change(call, user, **values)
    return changed(call, user)


def update_tags(call: Call) -> Reply:
    """PATCH /users/{id}/tags: A cannot clear them."""
    tags = call.fields(TAGS).get("tags")
    require_self_or_admin(call)
    user = enabled_target(call)
    change(call, user, **({"tags": tags} if tags or (tags is not None and call.generation == "B") else {}))
    return changed(call, user)


def update_email(call: Call) -> Reply:
    """PATCH /users/{id}/email: B refuses the present address and wants the new one verified."""
    email = call.fields(EMAIL).get("email", "")
    if not rules.is_address(email):
        raise invalid("invalid email")
    require_self_or_admin(call)
    user = enabled_target(call)
    own(call, user)
    if call.generation == "B" and email == user.email:
        raise call.refuse("same email")
    if not rules.fits_column(email):
        raise call.refuse("update too long")
    if call.system.table.emails.get(email, user) is not user:
        raise call.refuse("update email taken")
    change(call, user, email=email, verified=0)
    return changed(call, user, REREAD)


def update_username(call: Call) -> Reply:
    """PATCH /users/{id}/username: no rule about its format, in either generation."""
    username = call.fields(USERNAME).get("username", "")
    if not username:
        raise invalid("missing username")
    if len(username.encode()) > rules.NAME_BYTES:
        raise invalid("invalid name size")
    require_self_or_admin(call)
    user = enabled_target(call)
    if not rules.fits_column(username):
        raise call.refuse("update too long")
    if call.system.table.usernames.get(username, user) is not user:
        raise call.refuse("update username taken")
    change(call, user, username=username)
    return Reply(200, after_account_change(user, call.generation))


def update_picture(call: Call) -> Reply:
    """PATCH /users/{id}/picture: A cannot clear it."""
    picture = call.fields(PICTURE).get("profile_picture")
    if not rules.is_reference(picture or ""):
        raise invalid("invalid profile picture url")
    require_self_or_admin(call)
    user = enabled_target(call)
    own(call, user)
    keep = not picture if call.generation == "A" else picture is None
    change(call, user, **({} if keep else {"profile_picture": picture}))
    return changed(call, user)


def update_role(call: Call) -> Reply:
    """PATCH /users/{id}/role: nothing means ``user``; ``all`` drops the relation, and B stores the word too."""
    admins = call.system.admins
    role = call.fields(ROLE).get("role") or "user"
    if role not in rules.ROLES:
        raise call.refuse("unknown role")
    if call.generation == "B" and call.session and call.session.role != "admin":
        raise call.refuse("not admin for role")
    require_admin(call, "not admin for role")
    if call.id not in call.system.table.users:
        raise call.refuse("role of nobody")
    if role == "admin" and call.id in admins:
        raise call.refuse("already admin")
    user = enabled_target(call)
    change(call, user, **({} if role == "all" and call.generation == "A" else {"role": role}))
    (admins.add if role == "admin" else admins.discard)(user.id)
    return changed(call, user, REREAD)


def update_secret(call: Call) -> Reply:
    """PATCH /users/secret: the caller's own password."""
    fields = call.fields(SECRET)
    old, new = fields.get("old_secret", ""), fields.get("new_secret", "")
    if not old:
        raise invalid("missing password")
    call.system.check_password(new)
    user = call.myself()
    if user.status != "enabled":
        raise call.refuse("no such login")
    if not user.secret.matches(old):
        raise call.refuse("wrong password")
    store_secret(call, user, new, "update unknown")
    return Reply(200, after_account_change(user, call.generation))


def store_secret(call: Call, user: User, password: str, situation: str) -> None:
    """Keep a new password; ``situation`` is the refusal of people who are not enabled."""
    if len(password.encode()) > rules.BCRYPT_BYTES:
        raise call.refuse("secret too long")
    if user.status != "enabled":
        raise call.refuse(situation)
    change(call, user, secret=Secret(password))


def set_status(call: Call, status: str, verb: str) -> Reply:
    require_self_or_admin(call, f"{verb} not admin")
    user = call.system.table.users.get(call.id)
    if user is None:
        raise call.refuse(f"{verb} unknown")
    if user.status == status:
        raise call.refuse(f"{verb} again")
    change(call, user, status=status)
    return Reply(200, after_account_change(user, call.generation))


def enable(call: Call) -> Reply:
    """POST /users/{id}/enable: deleted users too."""
    return set_status(call, "enabled", "enable")


def disable(call: Call) -> Reply:
    """POST /users/{id}/disable: deleted users too."""
    return set_status(call, "disabled", "disable")


def delete(call: Call) -> Reply:
    """DELETE /users/{id}: soft, the row keeps its e-mail and user name until the purge."""
    require_self_or_admin(call)
    user = call.user(call.id)
    if user.status == "deleted":
        raise call.refuse("delete again")
    change(call, user, status="deleted")
    return Reply(204)
