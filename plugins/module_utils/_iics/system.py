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
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec, System
from ansible_collections.people.lifecycle.plugins.module_utils._http.connection import connection_from
from ansible_collections.people.lifecycle.plugins.module_utils._iics.client import IicsClient
from ansible_collections.people.lifecycle.plugins.module_utils._iics.hosts import login_base
from ansible_collections.people.lifecycle.plugins.module_utils._iics.rules import RULES
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import TITLE

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
API: dict[str, t.Any] = {"type": "str", "choices": ["v3", "v2"], "default": "v3"}

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
    "api": API,
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
    "api": API,
    "guards": {"type": "bool", "default": False},
    "parallel": {"type": "int", "default": 4},
}


def connect(params: Values) -> Connection:
    """The checked connection options; ``api_url`` may be the name of a region or POD.

    Raises InputError with the option, its environment variable and what to do.
    """
    connection = connection_from(params, "IICS_LOGIN_URL", login_base)
    if not (connection.username and connection.password):
        raise InputError(
            f"{TITLE} needs api_username (IICS_USERNAME) and api_password (IICS_PASSWORD): the user name and password of an "
            f"account with the role Admin."
        )
    return connection


IICS = System(
    traits=IicsClient.traits,
    connection=CONNECTION,
    person=PERSON,
    shared=SHARED,
    query=QUERY,
    connect=connect,
    client=IicsClient,
    own_rules=RULES,
)
