# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts that a test or a demo wants to find already there."""

from __future__ import annotations

import typing as t

from .directory import Directory
from .model import SAML, User, join

# Options of a seeded person that set a field of the same name.
FIELDS = (
    "first_name",
    "last_name",
    "email",
    "description",
    "title",
    "phone",
    "time_zone",
    "max_login_attempts",
    "security_question",
    "security_answer",
    "has_scheduled_jobs",
    "file_listeners",
    "from_identity_provider",
    "force_password_change",
)


def add_person(directory: Directory, now: float, person: dict[str, t.Any]) -> User:
    """One account: ``name``, any of ``FIELDS``, ``state``, ``password``, ``alias_name`` (makes it a SAML user),
    ``roles`` and ``groups`` by roleName and group name. Raises ValueError or KeyError for what does not fit.
    """
    unknown = set(person) - {*FIELDS, "name", "state", "password", "alias_name", "roles", "groups"}
    if unknown:
        raise ValueError(f"unknown options {sorted(unknown)}")
    name = person["name"]
    if directory.user_named(name):
        raise ValueError(f"{name} exists")
    fields = {"first_name": "Person", "last_name": name, "email": name, "state": "Active"}
    fields |= {key: value for key, value in person.items() if key in FIELDS or key == "state"}
    if person.get("alias_name"):
        fields |= {"alias_name": person["alias_name"], "authentication": SAML}
    if person.get("password"):
        fields["passwords"] = [(now, person["password"])]
    roles = [_known(directory.role_named(role), role) for role in person.get("roles", [])]
    groups = [_known(directory.group_named(group), group) for group in person.get("groups", [])]
    user = directory.add_user(name, now, **fields)
    user.roles = {role.id: role for role in roles}
    for group in groups:
        join(user, group)
    return user


Named = t.TypeVar("Named")


def _known(item: Named | None, name: str) -> Named:
    if item is None:
        raise ValueError(f"there is no role or group {name}")
    return item
