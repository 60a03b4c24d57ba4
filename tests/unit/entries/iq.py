# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""For each rule of IQ Server an entry that it refuses."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from unit.entries.register import Entry, Refusal
from unit.iq.server import GLOBAL_ADMINISTRATOR, JANE, SEEDED, Server

LEAVER = "person-00001"
DATA = {"role": "Developer", "organization": "Data"}
POLICY_ADMINISTRATOR = {"role": "Policy Administrator", "global": True}


def GOOD(count: int) -> list[Entry]:
    return [{**JANE, "username": f"joiner-{number}"} for number in range(1, count + 1)]


def options(**changes: t.Any) -> t.Callable[[Server], Refusal]:
    """Refused for its options alone."""
    return lambda server: {"entry": {**JANE, **changes}}


def built_in_administrator(server: Server) -> Refusal:
    server.seed(1)
    server.grant(LEAVER, GLOBAL_ADMINISTRATOR, POLICY_ADMINISTRATOR)
    return {"entry": {"username": "admin", "state": "absent"}, "options": SEEDED}


def last_administrator(server: Server) -> Refusal:
    return {"entry": {"username": LEAVER, "state": "absent"}, "options": server.administered_by(LEAVER)}


def other_spelling(server: Server) -> Refusal:
    server.seed(1)
    return {"entry": {"username": LEAVER.upper(), "state": "absent"}}


def emptied(server: Server) -> Refusal:
    server.seed(1)
    return {"entry": {"username": LEAVER, "first_name": ""}}


def namesake(server: Server) -> Refusal:
    server.seed(1)
    return {"entry": {"username": LEAVER, "email": "other@example.com", "realm": "SAML", "grants": {"add": [DATA]}}}


REFUSALS: dict[str, t.Callable[[Server], Refusal]] = {
    "A user name is not empty": options(username=""),
    "Text can be sent and stored": options(first_name="Ja\0ne"),
    "Only what can be disabled is disabled": options(state="disabled"),
    "Only passwords that can be changed are changed": options(update_password="always"),
    "The options of an entry do not contradict each other": options(state="absent", enabled=True),
    "It is clear which account is meant": other_spelling,
    "What an account shall be a member of exists": options(grants={"add": [{**DATA, "role": "Nobody"}]}),
    "Nothing is added and removed at once": options(grants={"add": [DATA], "remove": [DATA]}),
    "A new user name has 1 to 255 printable characters without blanks around": options(username="jane "),
    "Nothing else has the name or the address that an account takes": namesake,
    "A new account has what it needs": options(password=None),
    "The calling account is never disabled or removed": options(username="admin", state="absent"),
    "A realm is spelled as the server spells it": options(realm="saml", state="absent"),
    "Only accounts of IQ Server itself have passwords there": options(realm="SAML"),
    "No field of an account is empty": emptied,
    "The built-in administrator stays": built_in_administrator,
    "The calling account keeps what it needs to go on": options(username="admin", state="absent", force=True),
    "Somebody with an account stays System Administrator": last_administrator,
}

NEVER: dict[str, t.Callable[[Traits], bool]] = {
    "What must be unique is given to one account only": lambda traits: not traits.unique,
    "A disabled account is enabled for a change only when the task says so": lambda traits: (
        not traits.changes_need_enabled
    ),
}
