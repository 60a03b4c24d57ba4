# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is true of Magistrala."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._account import Field, as_is
from ansible_collections.people.lifecycle.plugins.module_utils._facts import Facts

FIELDS = (
    Field("first_name", "first_name", needed=True),
    Field("last_name", "last_name", needed=True),
    Field("email", "email", needed=True),
    Field("tags", "tags", normal=lambda tags: list(tags or [])),
    Field("metadata", "metadata", normal=lambda metadata: metadata or {}),
)


class MagistralaFacts(Facts):
    system = "magistrala"
    title = "Magistrala"
    fields = FIELDS
    keeps_deleted = True
    changes_need_enabled = True
    enabled_with_create = True
    unique = ("email",)
    password_needed = True
    can_set_password = False
    cannot_set_password = "Magistrala lets nobody set another account's password."
