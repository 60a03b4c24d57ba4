# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""For each rule of IICS an entry that it refuses."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from unit.entries.register import Entry, Refusal
from unit.iics.server import DESIGNER, JANE, PASSWORD, Server
from unit.sandbox.iics_client import ADMIN


def GOOD(count: int) -> list[Entry]:
    return [{**JANE, **DESIGNER, "username": f"joiner-{number}@example.com"} for number in range(1, count + 1)]


def options(**changes: t.Any) -> t.Callable[[Server], Refusal]:
    """Refused for its options alone."""
    return lambda server: {"entry": {**JANE, **DESIGNER, **changes}}


def change(there: dict[str, t.Any] | None = None, **changes: t.Any) -> t.Callable[[Server], Refusal]:
    """Refused for what it would change of an account that is there, and has what ``there`` says."""

    def generate(server: Server) -> Refusal:
        server.add("leaver@example.com", **(there or {}))
        return {"entry": {"username": "leaver@example.com", **changes}}

    return generate


def without_licence(server: Server) -> Refusal:
    server.switch(unlicensed_roles=["Monitor"])
    return {"entry": {**JANE, "roles": {"add": ["Monitor"]}}}


REFUSALS: dict[str, t.Callable[[Server], Refusal]] = {
    "A user name is not empty": options(username=""),
    "Text can be sent and stored": options(first_name="Ja\0ne"),
    "Only what can be disabled is disabled": change({"state": "Disabled"}, enabled=True),
    "The options of an entry do not contradict each other": change(state="absent", enabled=True),
    "What an account shall be a member of exists": options(groups={"add": ["Nobody's"]}),
    "Nothing is added and removed at once": options(roles={"add": ["Monitor"], "remove": ["Monitor"]}),
    "A new user name has 1 to 255 printable characters without blanks around": options(username="jane@example.com "),
    "A new account has what it needs": options(last_name=None),
    "The calling account is never disabled or removed": options(username=ADMIN[0].upper(), state="absent"),
    "The accounts of Application Integration itself are never touched": options(
        username="CAI_Anonymous_x", state="absent"
    ),
    "The way to sign in fits the other options": options(alias_name="jane"),
    "What is handed over goes with the account": options(successors={"file_listeners": ADMIN[0]}),
    "What is written is acceptable to the service": options(email="somewhere"),
    "A new account is what the chosen API can make": options(username="jane smith"),
    "The organization has a licence for the roles that are given": without_licence,
    "Fields of an account are changed only by an API that can, and when the task says so": change(title="Lead"),
    "A password is given only to those who have one here": change(
        {"alias_name": "leaver"}, password=PASSWORD, update_password="always"
    ),
    "Nobody is left without a role": change(roles={"set": []}),
    "The calling account keeps the role Admin": lambda server: {
        "entry": {"username": ADMIN[0], "roles": {"set": ["Designer"]}}
    },
}

NEVER: dict[str, t.Callable[[Traits], bool]] = {
    "Only passwords that can be changed are changed": lambda traits: traits.can_set_password,
    "What must be unique is given to one account only": lambda traits: not traits.unique,
    "It is clear which account is meant": lambda traits: traits.names_fold_case,
    "Nothing else has the name or the address that an account takes": lambda traits: not traits.unique,
    "A disabled account is enabled for a change only when the task says so": lambda traits: (
        not traits.changes_need_enabled
    ),
}
