# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the IICS modules."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.options import (
    connection_options,
    from_environment,
    membership_option,
    merge,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec

CONNECTION: Spec = merge(
    connection_options("IICS", ("IICS_LOGIN_URL",), ("IICS_USERNAME",), ("IICS_PASSWORD",)),
    {"api_hosts": from_environment({"type": "list", "elements": "str"}, "IICS_API_HOSTS")},
)

PERSON: Spec = {
    "first_name": {"type": "str"},
    "last_name": {"type": "str"},
    "email": {"type": "str"},
    "title": {"type": "str"},
    "phone": {"type": "str"},
    "description": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "alias_name": {"type": "str"},
    "security_question": {"type": "str"},
    "security_answer": {"type": "str", "no_log": True},
    "salesforce_username": {"type": "str"},
}

NAMES: dict[str, t.Any] = {"elements": "str"}

SHARED: Spec = {
    "state": {"type": "str", "choices": ["present", "disabled", "absent"], "default": "present"},
    "enabled": {"type": "bool"},
    "update_password": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False},
    "authentication": {"type": "str", "choices": ["native", "saml"]},
    "force_password_change": {"type": "bool", "no_log": False},
    "max_login_attempts": {"type": "int"},
    "time_zone": {"type": "str"},
    "roles": membership_option(NAMES),
    "groups": membership_option(NAMES),
    "on_profile_drift": {"type": "str", "choices": ["fail", "warn", "ignore", "v2_update"], "default": "fail"},
    "api": {"type": "str", "choices": ["v3", "v2"], "default": "v3"},
}

STATUSES = ["active", "provisioned", "disabled", "password_expired"]

QUERY: Spec = {
    "usernames": {"type": "list", "elements": "str", "aliases": ["username", "name"]},
    "emails": {"type": "list", "elements": "str"},
    "ids": {"type": "list", "elements": "str", "aliases": ["id"]},
    "contains": {"type": "str"},
    "status": {"type": "list", "elements": "str", "choices": STATUSES},
    "roles": {"type": "list", "elements": "str"},
    "groups": {"type": "list", "elements": "str"},
    "effective_roles": {"type": "bool", "default": False},
    "anonymous": {"type": "bool", "default": False},
    "api": {"type": "str", "choices": ["v3", "v2"], "default": "v3"},
    "guards": {"type": "bool", "default": False},
    "parallel": {"type": "int", "default": 4},
}

PASSWORD: Spec = {
    "username": {"type": "str", "aliases": ["name"]},
    "id": {"type": "str"},
    "password": {"type": "str", "required": True, "no_log": True},
    "old_password": {"type": "str", "no_log": True},
    "security_answer": {"type": "str", "no_log": True},
}
