# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A user as JSON: which of its fields an answer shows."""

from __future__ import annotations

import secrets
import time

from .gojson import encode, quote
from .store import User

ZERO = "0001-01-01T00:00:00Z"

# Fields that an answer leaves out, although the user has them; generation B's columns of the contract's section 1.1.
FULL = frozenset[str]()
ROW = frozenset({"private_metadata", "auth_provider"})
CHANGED = frozenset({"auth_provider"})
REREAD = frozenset({"auth_provider", "profile_picture"})
STRANGER = frozenset(
    {"tags", "metadata", "private_metadata", "profile_picture", "email", "auth_provider", "updated_by"}
)
STRANGER_WITH_METADATA = STRANGER - {"metadata"}


def moment(microseconds: int) -> str:
    """RFC 3339 with microseconds, trailing zeros dropped."""
    if not microseconds:
        return ZERO
    seconds, fraction = divmod(microseconds, 1_000_000)
    text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return text + (f".{fraction:06d}".rstrip("0") if fraction else "") + "Z"


def nanoseconds(microseconds: int) -> str:
    """RFC 3339 as Go prints a time that has not been through a database yet."""
    seconds, fraction = divmod(microseconds, 1_000_000)
    digits = f"{fraction:06d}{secrets.randbelow(999) + 1:03d}".rstrip("0")
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{digits}Z"


def render(
    user: User,
    generation: str,
    hidden: frozenset[str] = FULL,
    *,
    role: str | None = None,
    status: str | None = None,
    times: bool = True,
) -> str:
    """The JSON object of ``user``.

    :param hidden: fields that are left out.
    :param role: shown in place of the real role; ``status`` likewise.
    :param times: False shows zero times in place of those of creation and change.
    """
    parts = ['{"id":', quote(user.id)]
    add = parts.append
    if user.first_name:
        add(',"first_name":' + quote(user.first_name))
    if user.last_name:
        add(',"last_name":' + quote(user.last_name))
    if user.tags and "tags" not in hidden:
        add(',"tags":' + encode(user.tags))
    if user.metadata and "metadata" not in hidden:
        add(',"metadata":' + encode(user.metadata))
    newer = generation == "B"
    if newer and user.private_metadata and "private_metadata" not in hidden:
        add(',"private_metadata":' + encode(user.private_metadata))
    add(f',"status":"{status or user.status}","role":"{role or user.role}"')
    if user.profile_picture and "profile_picture" not in hidden:
        add(',"profile_picture":' + quote(user.profile_picture))
    add(',"credentials":{"username":' + quote(user.username) + "}")
    if "email" not in hidden:
        add(',"email":' + quote(user.email))
    created, updated = (user.created, user.updated) if times else (0, 0)
    add(f',"created_at":"{moment(created)}","updated_at":"{moment(updated)}"')
    if user.updated_by and "updated_by" not in hidden:
        add(f',"updated_by":"{user.updated_by}"')
    if newer:
        add(sign_in_facts(user, hidden))
    add("}")
    return "".join(parts)


def sign_in_facts(user: User, hidden: frozenset[str]) -> str:
    """What only generation B tells."""
    verified = f',"verified_at":"{moment(0 if hidden >= STRANGER_WITH_METADATA else user.verified)}"'
    if user.auth_provider and "auth_provider" not in hidden:
        return f'{verified},"auth_provider":{quote(user.auth_provider)}'
    return verified


def stranger(user: User, generation: str, *, times: bool) -> str:
    """What is shown to people who are neither the user nor an administrator, and (with times) in a search."""
    hidden = STRANGER_WITH_METADATA if generation == "B" else STRANGER
    return render(user, generation, hidden, role="user", status="enabled", times=times)


def after_account_change(user: User, generation: str) -> str:
    """The answer to a change of user name, password or status: A forgets picture and role, B picture and provider."""
    role = "user" if generation == "A" else None
    return render(user, generation, REREAD, role=role)
