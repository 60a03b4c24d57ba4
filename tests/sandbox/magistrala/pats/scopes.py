# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a personal access token must allow, by route and generation.

Generation A looks for a scope on most routes of users and on none of domains. Generation B looks on none of users, but
no token of this kind may change a role there, whatever its scopes.
"""

from __future__ import annotations

import typing as t

from ..call import Call
from ..errors import NOT_JSON, Refused, invalid

Check = t.Callable[[Call], None]

ENTITIES = ("groups", "channels", "clients", "dashboards", "messages", "domains", "users")
DOMAIN_OPERATIONS = frozenset(
    [
        "create",
        "update",
        "read",
        "enable",
        "disable",
        "list",
        "send_invitation",
        "list_invitation",
        "list_domain_invitation",
        "delete_invitation",
        "create_clients",
        "list_clients",
        "create_channels",
        "list_channels",
        "create_groups",
        "list_groups",
        "role_add",
        "role_remove",
        "role_update",
        "role_retrieve",
        "role_retrieve_all",
        "role_add_actions",
        "role_list_actions",
        "role_check_actions_exists",
        "role_remove_actions",
        "role_remove_all_actions",
        "role_add_members",
        "role_list_members",
        "role_check_members_exists",
        "role_remove_members",
        "role_remove_all_members",
    ]
)
VALID = {"users": frozenset[str](), "domains": DOMAIN_OPERATIONS}


def free(call: Call) -> None:
    """Any token will do."""


def users(operation: str) -> Check:
    """Generation A wants ``operation`` among the token's scopes for users."""

    def check(call: Call) -> None:
        pat = call.session.pat if call.session else None
        if call.generation == "A" and pat and not pat.allows_users(operation, call.id):
            raise call.refuse("out of scope")

    return check


def role_change(call: Call) -> None:
    """Generation A takes it for an update, B never lets such a token do it."""
    if call.generation == "B":
        raise call.refuse("out of scope")
    users("update")(call)


def never(call: Call) -> None:
    """The routes of the tokens themselves want a session; status and text are those of the source."""
    raise call.refuse("token type")


def check_entry(entry: dict[str, str]) -> None:
    """A scope that is to be added in generation B. Raises Refused."""
    if entry["entity_type"] not in ENTITIES:
        raise Refused(400, NOT_JSON)
    if not entry["entity_id"]:
        raise invalid("missing entity id")
    if not entry["domain_id"]:
        raise invalid("missing domainID")
    valid = VALID.get(entry["entity_type"])
    if valid is not None and entry["operation"] not in valid:
        raise invalid("operation not valid for entity type")
