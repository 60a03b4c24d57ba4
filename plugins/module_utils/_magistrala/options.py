# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the Magistrala modules."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._options import (
    Spec,
    connection_options,
    from_environment,
    merge,
)

CONNECTION: Spec = merge(
    connection_options("MAGISTRALA", ("MAGISTRALA_URL",), ("MAGISTRALA_USERNAME",), ("MAGISTRALA_PASSWORD",)),
    {"api_token": from_environment({"type": "str", "no_log": True}, "MAGISTRALA_TOKEN")},
)

PERSON: Spec = {
    "first_name": {"type": "str"},
    "last_name": {"type": "str"},
    "email": {"type": "str"},
    "password": {"type": "str", "no_log": True},
}

SHARED: Spec = {
    "state": {"type": "str", "choices": ["present", "disabled", "absent"], "default": "present"},
    "enabled": {"type": "bool"},
    "update_password": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False},
    "tags": {"type": "list", "elements": "str"},
    "metadata": {"type": "dict"},
}

QUERY: Spec = {
    "usernames": {"type": "list", "elements": "str"},
    "status": {"type": "str", "choices": ["enabled", "disabled", "deleted", "all"], "default": "enabled"},
}
