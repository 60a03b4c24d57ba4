# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Magistrala refuses where people live in Atom: as in other generations, but for what those have alone."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import ATOM
from unit.entries import magistrala
from unit.entries.magistrala import ADMINISTRATOR, VIEWER, options, someone
from unit.entries.register import Refusal
from unit.magistrala.server import PASSWORD, Server

GOOD = magistrala.GOOD


def tenant(domains: dict[str, t.Any]) -> t.Callable[[Server], Refusal]:
    """Refused for what is asked of the tenant plant-7."""

    def refusal(server: Server) -> Refusal:
        server.seed(0, people=[{"name": "joe", "tenants": {"plant-7": "viewer"}}])
        return {"entry": {"username": "joe", "domains": domains}}

    return refusal


NEVER: dict[str, t.Callable[[t.Any], bool]] = {
    **magistrala.NEVER,
    "A disabled account is enabled for a change only when the task says so": (
        lambda traits: not traits.changes_need_enabled
    ),
    "A personal access token changes roles only where the service lets it": lambda traits: (
        traits.generation.pats_change_roles
    ),
    "What an identity provider keeps is not changed here": lambda traits: (
        "auth_provider" in traits.generation.reserved_metadata
    ),
    "A domain keeps an administrator": lambda traits: traits.generation is ATOM,  # where the platform can name another
}

REFUSALS: dict[str, t.Callable[[Server], Refusal]] = {
    **{name: refusal for name, refusal in magistrala.REFUSALS.items() if name not in NEVER},
    "A new account has a name that this generation of the service accepts": options(username="jane@example.org"),
    "Only what this generation of the service can store is written": options(private_metadata={"x": 1}),
    "The wanted password is in force, or can be set": someone(password=PASSWORD, verify_password=True),
    "What an account shall be a member of exists": tenant({"add": [{"domain": "plant-8", "role": "viewer"}]}),
    "Nothing is added and removed at once": tenant({"add": [VIEWER], "remove": [VIEWER]}),
    "A role in a domain is the only one of the account there": tenant({"add": [VIEWER, ADMINISTRATOR]}),
}
