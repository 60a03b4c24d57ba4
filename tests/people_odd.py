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

Prepare = t.Callable[[Company, str], None]
ODD_PROFILES = {
    **PROFILES,
    "wizard-iics": {"iics": {"roles": ["Wizard"]}},
    "wizard-iq": {"iq": {"grants": [{"role": "Wizard", "organization": "Data"}]}},
}


def nothing(company: Company, name: str) -> None:
    """Nothing has to be there for somebody to be odd."""


@dataclasses.dataclass(frozen=True)
class Odd:
    """Somebody by the name of ``{name}`` with whom something is odd in one ``system``.

    ``prepare`` makes the world so, ``record`` is what the roster says of them. The result has ``action`` and a sentence
    with ``words`` in it. ``foreseen`` is false where only the service itself can refuse, so that no dry run knows.
    """

    system: str
    words: str
    action: str = "failed"
    prepare: Prepare = nothing
    record: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    settings: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    foreseen: bool = True

    def person(self, name: str) -> dict[str, t.Any]:
        record = {"email": "{name}@example.com", **self.record}
        filled = {key: value.format(name=name) if isinstance(value, str) else value for key, value in record.items()}
        return person(0, id=f"odd-{name}", first_name=name, last_name="Odd", **filled)

    def sentence(self, name: str) -> str:
        return self.words.format(name=name)


def add(company: Company, system: str, username: str, email: str, **fields: t.Any) -> None:
    """An account that somebody made by hand."""
    service: t.Any = company.sandbox.apps[system].system
    if system == "iics":
        service.seed(0, people=[{"name": username, "email": email, "roles": ["Designer"], **fields}])
    elif system == "iq":
        service.state.add_user(User(username, "Some", "Body", email), "Somebody-1234")
    else:
        names = {"first_name": "Some", "last_name": "Body", **fields}
        service.table.add(
            username=username, email=email, secret=Secret("Somebody-1234"), created=service.stamp(), **names
        )


def by_hand(system: str, username: str, email: str = "{name}@example.com", **fields: t.Any) -> Prepare:
    return lambda company, name: add(company, system, username.format(name=name), email.format(name=name), **fields)


def four(system: str) -> Prepare:
    """Four accounts have the person's address, which is one more than anybody is taken to have."""

    def prepare(company: Company, name: str) -> None:
        for number in range(4):
            add(company, system, f"{name}{number}", f"{name}@example.com")

    return prepare


def declined(system: str, username: str, method: str, path: str) -> Prepare:
    """There is an account, and the service answers 403 to its removal."""

    def prepare(company: Company, name: str) -> None:
        called = username.format(name=name)
        add(company, system, called, f"{name}@example.com")
        service: t.Any = company.sandbox.apps[system].system
        ids = {
            "iics": lambda: service.directory.user_named(called).id,
            "iq": lambda: called,
            "magistrala": lambda: service.table.usernames[called].id,
        }
        company.break_down(
            system, kind="status", status=403, method=method, path=path.format(id=ids[system]()), times=0
        )

    return prepare


SOMEBODY_ELSE = "belongs to robert@example.com, not to {name}@example.com"
JOINERS = {
    "a mail name of 40 letters": Odd(
        "magistrala", "accepts user names of 1 to 32 letters", record={"email": "{name}-" + "b" * 36 + "@example.com"}
    ),
    "an address that the service refuses": Odd(
        "magistrala",
        "'{name}..odd@example.com' is not a valid e-mail address.",
        record={"email": "{name}..odd@example.com"},
    ),
    "an address that another account has": Odd(
        "magistrala",
        "robert-{name} has the address {name}@example.com already.",
        action="held",
        prepare=by_hand("magistrala", "robert-{name}"),
    ),
    "the address under another name in IICS": Odd(
        "iics",
        "robert-{name} has the address {name}@example.com already.",
        action="held",
        prepare=by_hand("iics", "robert-{name}"),
    ),
    "the address under another name in the IQ Server": Odd(
        "iq",
        "robert-{name} has the address {name}@example.com already.",
        action="held",
        prepare=by_hand("iq", "robert-{name}"),
    ),
    "a role that IICS does not have": Odd("iics", "Wizard", record={"profile": ["engineer", "wizard-iics"]}),
    "a role that the IQ Server does not have": Odd("iq", "Wizard", record={"profile": ["engineer", "wizard-iq"]}),
    "a locked account that shall be let in": Odd(
        "iics",
        "Informatica IICS lets nobody in again through an API: use its own pages.",
        action="held",
        prepare=by_hand("iics", "{name}@example.com", state="Disabled"),
        settings={"reenable": True},
    ),
    "a disabled account": Odd(
        "magistrala",
        "Set onboard_reenable: true",
        action="held",
        prepare=by_hand("magistrala", "{name}", status="disabled"),
    ),
    "an account of somebody else in IICS": Odd(
        "iics",
        SOMEBODY_ELSE,
        action="held",
        prepare=by_hand("iics", "{name}", "robert@example.com"),
        settings={"iics_names": "{email_name}"},
    ),
    "an account of somebody else in the IQ Server": Odd(
        "iq", SOMEBODY_ELSE, action="held", prepare=by_hand("iq", "{name}", "robert@example.com")
    ),
    "an account of somebody else in Magistrala": Odd(
        "magistrala", SOMEBODY_ELSE, action="held", prepare=by_hand("magistrala", "{name}", "robert@example.com")
    ),
}
LEAVERS = {
    "a blank at the end of the name in the IQ Server": Odd("iq", "", "deleted", by_hand("iq", "{name} ")),
    "a blank at the end of the name in Magistrala": Odd("magistrala", "", "disabled", by_hand("magistrala", "{name} ")),
    "the account of Application Integration": Odd(
        "iics",
        "this account belongs to Application Integration itself and is never touched",
        prepare=by_hand("iics", "CAI_Anonymous_{name}"),
    ),
    "an account that IICS does not delete": Odd(
        "iics",
        "does not let admin@example.com do DELETE",
        prepare=declined("iics", "{name}@example.com", "DELETE", ".*/users/{id}"),
        foreseen=False,
    ),
    "an account that the IQ Server does not delete": Odd(
        "iq",
        "does not let admin do DELETE",
        prepare=declined("iq", "{name}", "DELETE", "/api/v2/users/{id}"),
        foreseen=False,
    ),
    "an account that Magistrala does not disable": Odd(
        "magistrala",
        "/disable",
        prepare=declined("magistrala", "{name}", "POST", "/users/{id}/disable"),
        foreseen=False,
    ),
    "four accounts with one address in the IQ Server": Odd(
        "iq", "4 accounts in IQ Server have an e-mail address of odd-{name}", "held", four("iq")
    ),
    "four accounts with one address in IICS": Odd(
        "iics", "4 accounts in Informatica IICS have an e-mail address of odd-{name}", "held", four("iics")
    ),
    "a name alone in the IQ Server": Odd(
        "iq",
        "The account has the name of odd-{name}, and belongs to",
        "held",
        by_hand("iq", "{name}", "robert@example.com"),
    ),
}
