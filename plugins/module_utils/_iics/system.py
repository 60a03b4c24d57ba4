# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Informatica IICS as everything above it sees it, and the options of its modules."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.options import (
    connection_options,
    from_environment,
    membership_option,
    merge,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.environment import Environment
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec, System
from ansible_collections.people.lifecycle.plugins.module_utils._http.connection import connection_from
from ansible_collections.people.lifecycle.plugins.module_utils._iics.client import IicsClient
from ansible_collections.people.lifecycle.plugins.module_utils._iics.hosts import login_base
from ansible_collections.people.lifecycle.plugins.module_utils._iics.parse import MEANING
from ansible_collections.people.lifecycle.plugins.module_utils._iics.rules import RULES
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import AUTHENTICATION, TITLE

TEXT: dict[str, t.Any] = {"type": "str"}
SECRET: dict[str, t.Any] = {"type": "str", "no_log": True}
NAMES: dict[str, t.Any] = {"type": "list", "elements": "str"}
API: dict[str, t.Any] = {"type": "str", "choices": ["v3", "v2"], "default": "v3"}
TEXTS = ("first_name", "last_name", "email", "title", "phone", "description", "alias_name", "security_question")

ENVIRONMENT = Environment("iics", "IICS", "LOGIN_URL")
CONNECTION: Spec = merge(
    connection_options("IICS", ("IICS_LOGIN_URL",), ("IICS_USERNAME",), ("IICS_PASSWORD",)),
    {"api_hosts": from_environment(NAMES, "IICS_API_HOSTS")},
)

PERSON: Spec = {
    **dict.fromkeys((*TEXTS, "salesforce_username"), TEXT),
    "password": SECRET,
    "security_answer": SECRET,
}

SHARED: Spec = {
    "state": {"type": "str", "choices": ["present", "disabled", "absent"], "default": "present"},
    "enabled": {"type": "bool"},
    "update_password": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False},
    "authentication": {"type": "str", "choices": list(AUTHENTICATION)},
    "force_password_change": {"type": "bool", "no_log": False},
    "max_login_attempts": {"type": "int"},
    "time_zone": TEXT,
    "roles": membership_option({"elements": "str"}),
    "groups": membership_option({"elements": "str"}),
    "successors": {"type": "dict", "options": {"file_listeners": TEXT}},
    "on_profile_drift": {"type": "str", "choices": ["fail", "warn", "ignore", "v2_update"], "default": "fail"},
    "api": API,
}

QUERY: Spec = {
    "usernames": {**NAMES, "aliases": ["username", "name"]},
    "emails": NAMES,
    "ids": {**NAMES, "aliases": ["id"]},
    "contains": TEXT,
    "status": {**NAMES, "choices": list(MEANING)},
    "roles": NAMES,
    "groups": NAMES,
    "effective_roles": {"type": "bool", "default": False},
    "anonymous": {"type": "bool", "default": False},
    "api": API,
    "guards": {"type": "bool", "default": False},
    "parallel": {"type": "int", "default": 4},
}


def connect(params: Values) -> Connection:
    """The checked connection options; ``api_url`` may be the name of a region or POD.

    Raises InputError with the option, its environment variable and what to do.
    """
    connection = connection_from(params, ENVIRONMENT, login_base, secure=True)
    if not (connection.username and connection.password):
        raise InputError(
            f"{TITLE} needs api_username (IICS_USERNAME) and api_password (IICS_PASSWORD): the user name and password "
            "of an account with the role Admin."
        )
    return connection


IICS = System(
    traits=IicsClient.traits,
    environment=ENVIRONMENT,
    connection=CONNECTION,
    person=PERSON,
    shared=SHARED,
    query=QUERY,
    connect=connect,
    client=IicsClient,
    own_rules=RULES,
)
