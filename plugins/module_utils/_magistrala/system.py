# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala as everything above it sees it: its options, rules, traits and client."""

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
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec, System
from ansible_collections.people.lifecycle.plugins.module_utils._http.connection import (
    connection_from,
    expected_host,
    with_other_url,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.any_generation import AnyGeneration
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.rules import RULES as ATOM_RULES
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.traits import AnyGenerationTraits
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.domain_rules import RULES as DOMAIN_RULES
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.rules import RULES

ENVIRONMENT = Environment("magistrala", "MAGISTRALA")
CONNECTION: Spec = merge(
    connection_options("MAGISTRALA", ("MAGISTRALA_URL",), ("MAGISTRALA_USERNAME",), ("MAGISTRALA_PASSWORD",)),
    {
        "api_token": from_environment({"type": "str", "no_log": True}, "MAGISTRALA_TOKEN"),
        "domains_url": from_environment({"type": "str"}, "MAGISTRALA_DOMAINS_URL"),
    },
)


def texts(*names: str) -> Spec:
    """Options that are plain text."""
    return {name: {"type": "str"} for name in names}


DOMAIN_ROLE: dict[str, t.Any] = {"domain": {"type": "str", "required": True}, "role": {"type": "str", "required": True}}

PERSON: Spec = {
    **texts("id", "new_username", "first_name", "last_name", "email", "profile_picture"),
    "password": {"type": "str", "no_log": True},
}

SHARED: Spec = {
    "state": {"type": "str", "choices": ["present", "disabled", "absent"], "default": "present"},
    "enabled": {"type": "bool"},
    "on_deleted": {"type": "str", "choices": ["enable", "fail"], "default": "enable"},
    "update_password": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False},
    "verify_password": {"type": "bool", "default": False, "no_log": False},
    "role": {"type": "str", "choices": ["user", "admin"]},
    "tags": {"type": "list", "elements": "str"},
    "metadata": {"type": "dict"},
    "private_metadata": {"type": "dict"},
    "metadata_mode": {"type": "str", "choices": ["replace", "merge"], "default": "replace"},
    "domains": membership_option({"elements": "dict", "options": DOMAIN_ROLE}),
    "leave_domains": {"type": "bool", "default": False},
    "domain_successors": {"type": "dict"},
    "unseen_domains": {"type": "str", "choices": ["fail", "note"], "default": "fail"},
}

TOKEN: Spec = {
    "grant": {"type": "str", "choices": ["password", "refresh", "access_token", "none"], "default": "password"},
    "refresh_token": {"type": "str", "no_log": True},
    **texts("description", "expires_at"),
    "revoke": {"type": "list", "elements": "str"},
    "list_refresh_tokens": {"type": "bool", "default": False, "no_log": False},
}

PASSWORD: Spec = {
    "password": {"type": "str", "no_log": True},
    "old_password": {"type": "str", "no_log": True},
    "reset_token": {"type": "str", "no_log": True},
    **texts("reset_email", "reset_url"),
}

QUERY: Spec = {
    "usernames": {"type": "list", "elements": "str"},
    "emails": {"type": "list", "elements": "str"},
    "ids": {"type": "list", "elements": "str"},
    "profile": {"type": "bool", "default": False},
    "search": {"type": "dict", "options": texts("username", "first_name", "last_name", "id")},
    "filters": {
        "type": "dict",
        "options": {
            **texts("username", "email", "first_name", "last_name", "id", "created_from", "created_to"),
            "role": {"type": "str", "choices": ["user", "admin"]},
            "tags": {"type": "list", "elements": "str"},
            "metadata": {"type": "dict"},
        },
    },
    "status": {"type": "str", "choices": ["enabled", "disabled", "deleted", "all"]},
    "details": {"type": "bool", "default": False},
    "domains": {"type": "bool", "default": False},
    "unseen_domains": {"type": "str", "choices": ["fail", "note"], "default": "fail"},
    "leftovers": {"type": "bool", "default": False},
    "tokens": {"type": "bool", "default": False},
    "guards": {"type": "bool", "default": False},
    "parallel": {"type": "int", "default": 4},
}


def connect(params: Values) -> Connection:
    """The checked connection options. Raises InputError with the option, its environment variable and what to do."""
    connection = expected_host(connection_from(params, ENVIRONMENT), params)
    return with_other_url(connection, params, "domains_url", "DOMAINS_URL", ENVIRONMENT)


MAGISTRALA = System(
    traits=AnyGenerationTraits(),
    environment=ENVIRONMENT,
    connection=CONNECTION,
    person=PERSON,
    shared=SHARED,
    query=QUERY,
    connect=connect,
    client=AnyGeneration,
    own_rules=(*RULES, *DOMAIN_RULES, *ATOM_RULES),
)
