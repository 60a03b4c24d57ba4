# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated organization, and the modules run against it."""

from __future__ import annotations

import typing as t

from harness import run_module
from sandbox.iics import Iics
from sandbox.iics.http import Reply, Request
from sandbox.iics.model import User
from sandbox.server import Sandbox
from unit.sandbox.iics_client import ADMIN

V3 = "/saas/public/core/v3"
PASSWORD = "Canary-Password-12345"
JANE: dict[str, t.Any] = {
    "username": "jane@example.com",
    "first_name": "Jane",
    "last_name": "Smith",
    "email": "jane@example.com",
}
DESIGNER: dict[str, t.Any] = {"roles": {"add": ["Designer"]}}
FACTS = ("id", "created_at", "created_by", "updated_at", "updated_by", "status", "status_meaning", "enabled")

Result = dict[str, t.Any]


class Recording(Iics):
    """Keeps the requests with their bodies, and the connections; ``before`` sees each request before it is answered."""

    received: list[Request]
    transports: dict[int, t.Any]
    before: t.Callable[[Request], None] | None

    def start(self) -> None:
        super().start()
        self.received = []
        self.transports = {}
        self.before = None

    async def handle(
        self, scope: dict[str, t.Any], receive: t.Callable[..., t.Any], send: t.Callable[..., t.Any]
    ) -> None:
        transport = scope["extensions"].get("sandbox.transport")  # a fault's other client has none
        self.transports[id(transport)] = transport
        await super().handle(scope, receive, send)

    def reply(self, request: Request) -> Reply:
        self.received.append(request)
        if self.before is not None:
            self.before(request)
        return super().reply(request)


class Server:
    """A fresh organization with one administrator; ``user``, ``info`` and ``password`` run the modules as that one."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.url = sandbox.urls["iics"]
        self.app = sandbox.apps["iics"]
        assert isinstance(self.app.system, Recording)
        self.system = self.app.system
        self.app.act("POST", "reset", {})

    def switch(self, **switches: t.Any) -> None:
        self.app.act("POST", "configure", switches)

    def seed(self, count: int = 0, **options: t.Any) -> None:
        self.app.act("POST", "seed", {"count": count, **options})

    def add(self, name: str, **person: t.Any) -> None:
        """One account, described in the words of the sandbox."""
        self.seed(people=[{"name": name, "roles": ["Designer"], **person}])

    def faults(self, *rules: dict[str, t.Any]) -> None:
        self.app.act("POST", "faults", list(rules))

    def advance(self, minutes: float) -> None:
        self.app.act("POST", "clock", {"advance": minutes * 60})

    def run(self, module: str, check: bool = False, **options: t.Any) -> Result:
        """The result of one module; the journal holds its requests alone. An option that is None is not given."""
        self.app.journal.clear()
        self.system.received.clear()
        self.system.transports.clear()
        given = {"api_url": self.url, "api_username": ADMIN[0], "api_password": ADMIN[1], "retries": 0, **options}
        return run_module(module, check=check, **{name: value for name, value in given.items() if value is not None})

    def user(self, check: bool = False, **options: t.Any) -> Result:
        return self.run("iics_user", check, **options)

    def info(self, **options: t.Any) -> list[Result]:
        result = self.run("iics_user_info", **options)
        assert not result["failed"], result
        users: list[Result] = result["users"]
        return users

    def names(self, **options: t.Any) -> list[str]:
        return [user["username"] for user in self.info(**options)]

    def password(self, check: bool = False, **options: t.Any) -> Result:
        return self.run("iics_user_password", check, **options)

    def stored(self, name: str) -> User:
        user = self.system.directory.user_named(name)
        assert user is not None, name
        return user

    def has(self, name: str) -> bool:
        return self.system.directory.user_named(name) is not None

    def roles(self, name: str) -> list[str]:
        return sorted(role.name for role in self.stored(name).roles.values())

    def groups(self, name: str) -> list[str]:
        return sorted(group.name for group in self.stored(name).groups.values())

    def requests(self) -> list[str]:
        """What the last run sent, without sign-in and sign-out: method and path below the API, without query."""
        lines = [f"{line.method} {line.path.partition('?')[0]}" for line in self.app.journal]
        shown = [line.replace(V3, "").replace("/saas/api", "") for line in lines]
        return [line for line in shown if line not in ("POST /login", "POST /logout")]

    def count(self, ending: str) -> int:
        return sum(line.path.partition("?")[0].endswith(ending) for line in self.app.journal)

    def writes(self) -> list[str]:
        return [f"{line.method} {line.path}" for line in self.app.writes()]


def foreseen(server: Server, **options: t.Any) -> Result:
    """Run in check mode, for real and again, and check what must hold of any task; returns the real result."""
    predicted = server.user(check=True, **options)
    assert server.writes() == [], "check mode wrote"
    real = server.user(**options)
    assert not real["failed"], real
    assert told(predicted) == told(real)
    assert predicted["diff"] == real["diff"]
    wrote = bool(server.writes())
    assert real["changed"] == wrote == any(user["changes"] for user in real["users"])
    again = server.user(**options)
    assert not again["failed"] and not again["changed"], again
    assert server.writes() == [], "the second run wrote"
    return real


def refused(server: Server, **options: t.Any) -> str:
    """Run in check mode and for real, see that both fail alike and nothing was written; returns the message."""
    predicted, real = server.user(check=True, **options), server.user(**options)
    assert server.writes() == [] and predicted["failed"] and real["failed"]
    assert not real.get("changed") and predicted["msg"] == real["msg"]
    return str(real["msg"])


def told(result: Result) -> list[t.Any]:
    """What check mode must foresee of a result: all but what only the service can know."""
    return [
        result["changed"],
        result["summary"],
        [
            {
                **{name: user[name] for name in ("username", "action", "changes", "error")},
                "account": {name: value for name, value in user["account"].items() if name not in FACTS},
            }
            for user in result["users"]
        ],
    ]
