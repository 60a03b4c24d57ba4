# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated server, and the modules run against it."""

from __future__ import annotations

import typing as t

from harness import run_module
from sandbox.atom import AnyMagistrala
from sandbox.atom.model import Role
from sandbox.atom.state import ADMIN_ROLE, new_id
from sandbox.magistrala import SEED_PASSWORD, Magistrala
from sandbox.server import Sandbox
from unit.sandbox.magistrala_api import ADMIN

PROFILES = ("early2025", "v0.30")
PASSWORD = "Canary-Password-12345"
JANE: dict[str, t.Any] = {
    "username": "jane",
    "first_name": "Jane",
    "last_name": "Doe",
    "email": "jane@example.com",
    "password": PASSWORD,
}

NGINX = "<html>\r\n<head><title>404 Not Found</title></head></html>"
REVOKE = "POST /users/tokens/revoke"

Result = dict[str, t.Any]


class Server:
    """A fresh server with one administrator; ``user`` and ``info`` run the modules with its credentials."""

    def __init__(self, sandbox: Sandbox, **switches: t.Any) -> None:
        self.url = sandbox.urls["magistrala"]
        self.app = sandbox.apps["magistrala"]
        assert isinstance(self.app.system, AnyMagistrala | Magistrala)
        self.system: t.Any = self.app.system
        self.app.act("POST", "reset", switches)
        self.sandbox = sandbox
        self.switches = switches

    @property
    def generation(self) -> str:
        return str(self.system.generation)

    def run(self, module: str, check: bool = False, **options: t.Any) -> Result:
        """The result of one module; the journal holds its requests alone. An option that is None is not given."""
        self.app.journal.clear()
        login = (
            {} if options.get("api_token") else {"api_username": ADMIN["username"], "api_password": ADMIN["password"]}
        )
        given = {"api_url": self.url, **login, **options}
        return run_module(module, check=check, **{name: value for name, value in given.items() if value is not None})

    def user(self, check: bool = False, **options: t.Any) -> Result:
        return self.run("magistrala_user", check, **options)

    def info(self, **options: t.Any) -> Result:
        return self.run("magistrala_user_info", **options)

    def names(self, **options: t.Any) -> list[str]:
        """The user names that the info module finds."""
        result = self.info(**options)
        assert not result["failed"], result
        return [user["username"] for user in result["users"]]

    def seed(self, count: int, **options: t.Any) -> None:
        self.app.act("POST", "seed", {"count": count, **options})

    def faults(self, *rules: dict[str, t.Any]) -> None:
        self.app.act("POST", "faults", list(rules))

    def requests(self) -> list[str]:
        """What the last run sent: method and path without query."""
        return [f"{line.method} {line.path.partition('?')[0]}" for line in self.app.journal]

    @property
    def sign_out(self) -> list[str]:
        """What a run that signed in sends at its end: only the newer generation can take a refresh token back."""
        return [REVOKE] if self.generation == "B" else []

    def refresh_tokens(self) -> int:
        """How many refresh tokens the newer generation keeps."""
        return len(self.system.tokens.refreshable)

    def writes(self) -> list[str]:
        """What the last run changed; taking back its own refresh tokens is no write, nor is the question for Atom."""
        written = [f"{line.method} {line.path}" for line in self.app.writes()]
        return [line for line in written if not line.endswith("/graphql")]

    def stored(self, username: str) -> t.Any:
        """The row of the server's table."""
        return self.system.table.usernames[username]

    def can_sign_in(self, username: str, password: str) -> bool:
        user = self.system.table.usernames[username]
        return user.status == "enabled" and user.secret.matches(password)


class AtomServer(Server):
    """A fresh Atom; ``profile`` is the server that was recorded, or what is known of newer ones."""

    def __init__(self, sandbox: Sandbox, profile: str = "atom", **switches: t.Any) -> None:
        super().__init__(sandbox, profile=profile, **switches)

    def person(self, name: str) -> t.Any:
        """What the server keeps of somebody, deleted ones too; None where it keeps nothing."""
        return next((each for each in self.system.inspect("people") if each["name"] == name), None)

    def can_sign_in(self, username: str, password: str) -> bool:
        person = self.person(username)
        return person["status"] == "active" and not person["deleted"] and person["passwords"] == [password]

    def other_role(self, name: str) -> None:
        """Let somebody do what administrators may, by a role of another name."""
        give_other_role(self.system.state, name)

    def asked(self) -> list[str]:
        """The GraphQL requests of the last run, each with its operations."""
        return [line.removeprefix("POST /graphql#") for line in self.requests() if "/graphql" in line]


def give_other_role(state: t.Any, name: str) -> None:
    blocks = state.roles[ADMIN_ROLE].permission_blocks
    role = Role(new_id(), "operators", state.stamp(), permission_blocks=list(blocks))
    state.roles[role.id] = role
    state.assign(role, "entity", state.directory.holder("name", "", name).id, state.stamp())


SEEDED = {"api_username": "person-00001", "api_password": SEED_PASSWORD}


def foreseen(server: Server, **options: t.Any) -> Result:
    """Run in check mode, for real and again, and check what must hold of any task; returns the real result."""
    predicted = server.user(check=True, **options)
    assert server.writes() == [], "check mode wrote"
    real = server.user(**options)
    assert told(predicted) == told(real)
    assert predicted["diff"] == real["diff"]
    assert real["changed"] == bool(real["user"]["changes"]) == bool(server.writes())
    again = server.user(**options)
    assert not again["failed"] and not again["changed"], again
    assert server.writes() == [], "the second run wrote"
    return real


def told(result: Result) -> list[t.Any]:
    """What check mode must foresee of a result: all but what only the server can know."""
    unknown = ("id", "created_at", "updated_at", "verified_at")
    return [
        result["changed"],
        result["summary"],
        [
            {
                **{name: user[name] for name in ("username", "action", "changes", "error")},
                "account": {name: value for name, value in user["account"].items() if name not in unknown},
            }
            for user in result["users"]
        ],
    ]
