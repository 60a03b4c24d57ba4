# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sonatype IQ Server as everything above it sees it: its options, rules, traits and client."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._ansible.options import (
    connection_options,
    membership_option,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.environment import Environment
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec, System
from ansible_collections.people.lifecycle.plugins.module_utils._http.connection import connection_from, expected_host
from ansible_collections.people.lifecycle.plugins.module_utils._iq.client import IqClient
from ansible_collections.people.lifecycle.plugins.module_utils._iq.rules import RULES
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import PLACES

ENVIRONMENT = Environment("iq", "IQ_SERVER")
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
        "repository_manager": {"type": "str"},
        "repository": {"type": "str"},
    },
    "mutually_exclusive": [list(PLACES)],
    "required_one_of": [list(PLACES)],
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
    "directories": {"type": "list", "elements": "str"},
    "grants": {"type": "bool", "default": False},
    "tokens": {"type": "bool", "default": False},
    "leftovers": {"type": "bool", "default": False},
    "guards": {"type": "bool", "default": False},
    "parallel": {"type": "int", "default": 4},
}


def connect(params: Values) -> Connection:
    """The checked connection options. Raises InputError with the option, its environment variable and what to do."""
    connection = connection_from(params, ENVIRONMENT)
    if not (connection.username and connection.password):
        raise InputError(
            "IQ Server needs api_username (IQ_SERVER_USERNAME) and api_password (IQ_SERVER_PASSWORD): a user name and "
            "password, or the two codes of a user token."
        )
    if ":" in connection.username:
        raise InputError("api_username (IQ_SERVER_USERNAME) holds a colon, which a sign-in to IQ Server cannot carry.")
    return expected_host(connection, params)


IQ = System(
    traits=IqClient.traits,
    environment=ENVIRONMENT,
    connection=CONNECTION,
    person=PERSON,
    shared=SHARED,
    query=QUERY,
    connect=connect,
    client=IqClient,
    own_rules=RULES,
)
