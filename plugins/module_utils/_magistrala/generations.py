# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The generations of the users service: in what they differ is said here, and nowhere asked by name."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import NO_VALUES, Values

LONGEST_TEXT = 254  # characters that the database's columns take
LONGEST_PASSWORD = 72  # bytes that the server's hash takes

# what Magistrala's migration to Atom writes, and what people can change themselves
PICTURES = (
    "profile_picture",
    "picture",
)
# all other attributes are metadata
ATOM_ATTRIBUTES = (
    *("first_name", "last_name", "email", "username", "auth_provider", "tags", "role", "system"),
    *PICTURES,
)

STORED_BY_ALL: Values = {
    "first_name": "",
    "last_name": "",
    "email": "",
    "role": "user",
    "tags": [],
    "metadata": {},
    "profile_picture": "",
}


class Generation(t.NamedTuple):
    """What is true of the servers of one generation.

    ``stored`` are the fields of an account by option name, with what they hold where nothing was set. ``username`` is
    what names of new accounts must match (None: anything), and ``cannot_clear`` are fields that never become empty
    again. Listings leave out what is ``unlisted``, the search open to everybody what is ``unsearched``. Without
    ``pats_change_roles`` no personal access token can do that. ``longest_text`` counts characters, ``longest_password``
    bytes (None: any length); ``sets_passwords`` servers let administrators set those of others. ``lacks`` says why an
    option of other generations is missing, ``reserved_metadata`` are keys with a meaning of their own, and ``revived``
    is how a deleted account comes back. Where ``refresh_ends``, a refresh token ends a day after the sign-in however
    often it is used.
    """

    release: str
    stored: Values
    username: re.Pattern[str] | None = None
    cannot_clear: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    unsearched: tuple[str, ...] = ("email", "tags", "profile_picture")
    pats_change_roles: bool = True
    longest_text: int | None = LONGEST_TEXT
    longest_password: int | None = LONGEST_PASSWORD
    sets_passwords: bool = False
    lacks: t.Mapping[str, str] = NO_VALUES
    reserved_metadata: tuple[str, ...] = ()
    revived: str = "with its old password"
    refresh_ends: bool = False


EARLY_2025 = Generation(
    release="early 2025",
    stored=STORED_BY_ALL,
    cannot_clear=("tags", "profile_picture"),
    unsearched=("email", "tags", "profile_picture", "metadata"),
)
LAST_REST = Generation(
    release="0.18 to 0.30",
    stored={**STORED_BY_ALL, "private_metadata": {}},
    username=re.compile(r"(?!.*(?:__|--))[a-zA-Z0-9][a-zA-Z0-9_-]{0,31}"),
    unlisted=("private_metadata", "auth_provider"),
    unsearched=("email", "tags", "profile_picture", "private_metadata"),
    pats_change_roles=False,
    refresh_ends=True,
)

ATOM = Generation(
    release="0.40 or later, with Atom",
    stored=STORED_BY_ALL,
    longest_text=None,
    longest_password=None,
    sets_passwords=True,
    lacks={"private_metadata": "whatever it keeps of people can be read by everybody who may read their accounts"},
    reserved_metadata=ATOM_ATTRIBUTES,
    revived="without a password, role, group or domain of before",
)


def generation_of(user: t.Mapping[str, t.Any]) -> Generation:
    """The later one always says when an address was verified, the earlier one never does."""
    return LAST_REST if "verified_at" in user else EARLY_2025


def generation_of_listing(page: t.Mapping[str, t.Any]) -> Generation:
    """Without users in it, the first page still tells: the later generation leaves ``offset`` out where it is 0."""
    if page["users"]:
        return generation_of(page["users"][0])
    return EARLY_2025 if "offset" in page else LAST_REST
