# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""For each rule of Magistrala an entry that it refuses."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from sandbox.atom.state import ADMIN_ROLE, EVERYBODY
from unit.entries.register import Entry, Refusal
from unit.magistrala.server import JANE, PASSWORD, SEEDED, Server, give_other_role

PERSON = "person-00001"
PAT = "pat_Canary-0123456789"


def GOOD(count: int) -> list[Entry]:
    return [joiner(f"joiner-{number}") for number in range(1, count + 1)]


def joiner(name: str) -> Entry:
    return {**JANE, "username": name, "email": f"{name}@example.com"}


def options(**changes: t.Any) -> t.Callable[[Server], Refusal]:
    """Refused for its options alone."""
    return lambda server: {"entry": {**JANE, **changes}}


def someone(**changes: t.Any) -> t.Callable[[Server], Refusal]:
    """Refused for what is asked of an account that is there."""

    def refusal(server: Server) -> Refusal:
        server.seed(1)
        return {"entry": {"username": PERSON, **changes}}

    return refusal


def same_address(server: Server) -> Refusal:
    return {"entry": JANE, "also": [{**joiner("joan"), "email": JANE["email"]}]}


def same_name(server: Server) -> Refusal:
    return {"entry": {**JANE, "new_username": "joan"}, "also": [joiner("joan")]}


def unknown_id(server: Server) -> Refusal:
    return {"entry": {**JANE, "id": "00000000-0000-4000-8000-000000000000"}}


def taken_address(server: Server) -> Refusal:
    server.seed(1)
    return {"entry": {**JANE, "email": f"{PERSON}@example.com"}}


def disabled(server: Server) -> Refusal:
    server.seed(1, disabled=1)
    return {"entry": {"username": PERSON, "tags": ["x"]}}


def deleted(server: Server) -> Refusal:
    server.seed(1, deleted=1)
    return {"entry": {"username": PERSON, "on_deleted": "fail"}}


def early_server(server: Server) -> Refusal:
    server.app.act("POST", "reset", {"profile": "early2025"})
    return {"entry": {**JANE, "private_metadata": {"x": 1}}}


def role_by_token(server: Server) -> Refusal:
    server.seed(1, pats=[{"token": PAT, "username": "admin"}])
    return {"entry": {"username": PERSON, "role": "admin"}, "options": {"api_token": PAT}}


def provided(server: Server) -> Refusal:
    server.seed(1)
    server.stored(PERSON).auth_provider = "google"
    return {"entry": {"username": PERSON, "last_name": "Brown"}}


def atom(server: Server) -> t.Any:
    """The state of the newest generation, which ``server`` is from now on."""
    server.app.act("POST", "reset", {"profile": "atom"})
    server.seed(1)
    return server.system.state


def reserved_key(server: Server) -> Refusal:
    atom(server)
    return {"entry": {"username": PERSON, "metadata": {"picture": "x"}}}


def attributes_of_another_shape(server: Server) -> Refusal:
    state = atom(server)
    state.directory.holder("name", "", PERSON).attributes = ["not", "an", "object"]
    return {"entry": {"username": PERSON, "tags": ["x"]}}


def administrator_by_group(server: Server) -> Refusal:
    state = atom(server)
    state.assign(state.roles[ADMIN_ROLE], "group", EVERYBODY, state.stamp())
    return {"entry": {"username": PERSON, "role": "user"}}


def domain(domains: dict[str, t.Any], name: str = PERSON) -> t.Callable[[Server], Refusal]:
    """Refused for what is asked of the domain plant-7, of which the calling account is the only administrator."""

    def refusal(server: Server) -> Refusal:
        server.seed(1)
        server.seed(0, domains=[{"name": "plant-7", "roles": {"viewer": []}}])
        return {"entry": {"username": name, "domains": domains}}

    return refusal


VIEWER, ADMINISTRATOR = ({"domain": "plant-7", "role": role} for role in ("viewer", "admin"))


def last_administrator(server: Server) -> Refusal:
    give_other_role(atom(server), PERSON)
    return {"entry": {"username": "admin", "role": "user"}, "options": SEEDED}


REFUSALS: dict[str, t.Callable[[Server], Refusal]] = {
    "A user name is not empty": options(username=""),
    "Text can be sent and stored": options(first_name="Ja\0ne"),
    "The options of an entry do not contradict each other": options(state="absent", enabled=True),
    "What must be unique is given to one account only": same_address,
    "It is clear which account is meant": unknown_id,
    "A new user name has 1 to 255 printable characters without blanks around": options(username="jane "),
    "Nothing else has the name or the address that an account takes": taken_address,
    "A new account has what it needs": options(password=None),
    "A disabled account is enabled for a change only when the task says so": disabled,
    "The calling account is never disabled or removed": options(username="admin", state="absent"),
    "No option is empty": options(first_name=""),
    "A new user name goes with the account's old one": options(new_username="joan", state="absent"),
    "What is written is acceptable to the service": options(email="jane"),
    "Each entry means an account of its own, under a user name of its own": same_name,
    "A new account has a name that this generation of the service accepts": options(username="j" * 33),
    "Only what this generation of the service can store is written": early_server,
    "A personal access token changes roles only where the service lets it": role_by_token,
    "A deleted account is taken into use again only where that is wanted": deleted,
    "What an identity provider keeps is not changed here": provided,
    "The calling account keeps the role admin": options(username="admin", role="user"),
    "Metadata of people on Atom leave alone what has a meaning of its own there": reserved_key,
    "What Atom keeps of a person can be changed without destroying it": attributes_of_another_shape,
    "An administrator by a group is made a user by that group": administrator_by_group,
    "Somebody is left who can administer Atom and sign in": last_administrator,
    "The wanted password is in force, or can be set": someone(password=PASSWORD, update_password="always"),
    "What an account shall be a member of exists": domain({"add": [{"domain": "plant-8", "role": "viewer"}]}),
    "Nothing is added and removed at once": domain({"add": [VIEWER], "remove": [VIEWER]}),
    "Only accounts that are closed leave all domains": options(leave_domains=True),
    "A role in a domain is the only one of the account there": domain({"add": [VIEWER, ADMINISTRATOR]}),
    "A domain keeps an administrator": domain({"remove": [ADMINISTRATOR]}, "admin"),
}

NEVER: dict[str, t.Callable[[Traits], bool]] = {
    "Only what can be disabled is disabled": lambda traits: traits.can_disable,
    "Only passwords that can be changed are changed": lambda traits: traits.can_set_password,
}
