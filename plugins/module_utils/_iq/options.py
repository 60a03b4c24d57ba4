# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the IQ Server modules."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.options import (
    connection_options,
    membership_option,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec

CONNECTION: Spec = connection_options("IQ_SERVER", ("IQ_SERVER_URL",), ("IQ_SERVER_USERNAME",), ("IQ_SERVER_PASSWORD",))

PERSON: Spec = {
    "first_name": {"type": "str"},
    "last_name": {"type": "str"},
    "email": {"type": "str"},
    "password": {"type": "str", "no_log": True},
}

GRANT: dict[str, t.Any] = {
    "elements": "dict",
    "options": {
        "role": {"type": "str", "required": True},
        "organization": {"type": "str"},
        "application": {"type": "str"},
        "global": {"type": "bool"},
        "repository_container": {"type": "bool"},
    },
    "mutually_exclusive": [["organization", "application", "global", "repository_container"]],
    "required_one_of": [["organization", "application", "global", "repository_container"]],
}

SHARED: Spec = {
    "state": {"type": "str", "choices": ["present", "disabled", "absent"], "default": "present"},
    "enabled": {"type": "bool"},
    "update_password": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False},
    "realm": {"type": "str", "default": "Internal"},
    "grants": membership_option(GRANT),
    "revoke": {"type": "bool", "default": True},
    "force": {"type": "bool", "default": False},
}

QUERY: Spec = {
    "usernames": {"type": "list", "elements": "str", "aliases": ["username", "name"]},
    "emails": {"type": "list", "elements": "str"},
    "realm": {"type": "str", "default": "Internal"},
    "grants": {"type": "bool", "default": False},
    "tokens": {"type": "bool", "default": False},
    "guards": {"type": "bool", "default": False},
    "parallel": {"type": "int", "default": 4},
}
