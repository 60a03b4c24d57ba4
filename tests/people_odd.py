# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People with whom something is odd: what makes them so, what becomes of them, and in which words that is told."""

from __future__ import annotations

import dataclasses
import typing as t

from people_company import PROFILES, Company, person
from sandbox.iq.state import User
from sandbox.magistrala.rules import Secret

BOB = "bob@example.com"
ODD_ID = "E0"
LONG = f"{'b' * 40}@example.com"
WIZARD = {
    **PROFILES,
    "wizard": {
        "iics": {"roles": ["Wizard"]},
        "iq": {"grants": [{"role": "Wizard", "organization": "Data"}]},
        "magistrala": {"tags": ["wizard"]},
    },
}


def nothing(company: Company) -> None:
    """Nothing has to be there for somebody to be odd."""


@dataclasses.dataclass(frozen=True)
class Odd:
    """One odd person in one ``system``: ``prepare`` makes the world so, ``record`` is what the roster says of them.

    The result has ``action`` and a sentence with ``words`` in it. ``foreseen`` is false where only the service itself can
    refuse, so that no dry run knows.
    """

    system: str
    words: str
    action: str = "failed"
    prepare: t.Callable[[Company], None] = nothing
    record: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    profiles: t.Any = None
    settings: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    foreseen: bool = True

    def person(self) -> dict[str, t.Any]:
        return person(0, id=ODD_ID, first_name="Bob", last_name="Odd", **{"email": BOB, **self.record})


def add(company: Company, system: str, username: str, email: str, **fields: t.Any) -> None:
    """An account that somebody made by hand."""
    service: t.Any = company.sandbox.apps[system].system
    if system == "iics":
        service.seed(0, people=[{"name": username, "email": email, "roles": ["Designer"], **fields}])
    elif system == "iq":
        service.state.add_user(User(username, "Bob", "Odd", email), "Somebody-1234")
    else:
        names = {"first_name": "Bob", "last_name": "Odd", **fields}
        service.table.add(username=username, email=email, secret=Secret("Somebody-1234"), created=service.stamp(), **names)


def by_hand(system: str, username: str, email: str, **fields: t.Any) -> t.Callable[[Company], None]:
    return lambda company: add(company, system, username, email, **fields)


def declined(system: str, method: str, path: str, username: str) -> t.Callable[[Company], None]:
    """Bob has an account, and the service answers 403 to its removal."""

    def prepare(company: Company) -> None:
        add(company, system, username, BOB)
        service: t.Any = company.sandbox.apps[system].system
        ids = {
            "iics": lambda: service.directory.user_named(username).id,
            "iq": lambda: username,
            "magistrala": lambda: service.table.usernames[username].id,
        }
        company.break_down(system, kind="status", status=403, method=method, path=path.format(ids[system]()), times=0)

    return prepare


ROLE_UNKNOWN = "Wizard"
JOINERS = {
    "a mail name of 40 letters": Odd("magistrala", "accepts user names of 1 to 32 letters", record={"email": LONG}),
    "an address that the service refuses": Odd(
        "magistrala", "'bob..odd@example.com' is not a valid e-mail address.", record={"email": "bob..odd@example.com"}
    ),
    "an address that another account has": Odd(
        "magistrala", "bob@example.com", prepare=by_hand("magistrala", "robert", BOB)
    ),
    "a role that IICS does not have": Odd("iics", ROLE_UNKNOWN, record={"profile": ["wizard"]}, profiles=WIZARD),
    "a role that the IQ Server does not have": Odd("iq", ROLE_UNKNOWN, record={"profile": ["wizard"]}, profiles=WIZARD),
    "a locked account that shall be let in": Odd(
        "iics",
        "Informatica IICS lets nobody in again through an API: use its own pages.",
        action="held",
        prepare=by_hand("iics", BOB, BOB, state="Disabled"),
        settings={"reenable": True},
    ),
    "a disabled account": Odd(
        "magistrala",
        "Set onboard_reenable: true",
        action="held",
        prepare=by_hand("magistrala", "bob", BOB, status="disabled"),
    ),
    "an account of somebody else in IICS": Odd(
        "iics",
        "belongs to robert@example.com, not to bob@example.com",
        action="held",
        record={"accounts": {}},
        prepare=by_hand("iics", "bob", "robert@example.com"),
        settings={"iics_names": "{email_name}"},
    ),
    "an account of somebody else in the IQ Server": Odd(
        "iq",
        "belongs to robert@example.com, not to bob@example.com",
        action="held",
        prepare=by_hand("iq", "bob", "robert@example.com"),
    ),
    "an account of somebody else in Magistrala": Odd(
        "magistrala",
        "belongs to robert@example.com, not to bob@example.com",
        action="held",
        prepare=by_hand("magistrala", "bob", "robert@example.com"),
    ),
}


def twice(system: str) -> t.Callable[[Company], None]:
    def prepare(company: Company) -> None:
        add(company, system, "bob", BOB)
        add(company, system, "bob2", BOB)

    return prepare


LEAVERS = {
    "a blank at the end of the name in the IQ Server": Odd("iq", "", "deleted", by_hand("iq", "bob ", BOB)),
    "a blank at the end of the name in Magistrala": Odd(
        "magistrala", "", "disabled", by_hand("magistrala", "bob ", BOB)
    ),
    "the account of Application Integration": Odd(
        "iics",
        "this account belongs to Application Integration itself and is never touched",
        prepare=by_hand("iics", "CAI_Anonymous_x", BOB),
    ),
    "an account that IICS does not delete": Odd(
        "iics", "does not let admin@example.com do DELETE", prepare=declined("iics", "DELETE", ".*/users/{}", BOB), foreseen=False
    ),
    "an account that the IQ Server does not delete": Odd(
        "iq", "does not let admin do DELETE", prepare=declined("iq", "DELETE", "/api/v2/users/{}", "bob"), foreseen=False
    ),
    "an account that Magistrala does not disable": Odd(
        "magistrala", "/disable", prepare=declined("magistrala", "POST", "/users/{}/disable", "bob"), foreseen=False
    ),
    "two accounts with one address in the IQ Server": Odd(
        "iq", "Several accounts in IQ Server have the e-mail address of", "held", twice("iq")
    ),
    "two accounts with one address in IICS": Odd(
        "iics", "Several accounts in Informatica IICS have the e-mail address of", "held", twice("iics")
    ),
}
