# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server of each system, with what it takes to make somebody there."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from harness import run_module
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running

SIGN_IN = {
    "iics": ("admin@example.com", "Sandbox-admin-1"),
    "iq": ("admin", "admin123"),
    "magistrala": ("admin", "12345678"),
}
PASSWORD = "Given-Password-1"
JANE = {"first_name": "Jane", "last_name": "Smith", "email": "jane@example.com", "password": PASSWORD}
EXTRA: dict[str, dict[str, t.Any]] = {"iics": {"roles": {"add": ["Designer"]}}, "iq": {}, "magistrala": {}}
CREATES = {"iics": "/saas/public/core/v3/users", "iq": "/api/v2/users", "magistrala": "/users"}


@dataclasses.dataclass
class Place:
    """One system, its modules and its control."""

    name: str
    sandbox: Sandbox

    def run(self, module: str = "user", check: bool = False, **options: t.Any) -> dict[str, t.Any]:
        user, password = SIGN_IN[self.name]
        self.app.journal.clear()
        return run_module(
            f"{self.name}_{module}",
            check=check,
            api_url=self.sandbox.urls[self.name],
            api_username=user,
            api_password=password,
            **options,
        )

    @property
    def app(self) -> t.Any:
        return self.sandbox.apps[self.name]

    def joiner(self, username: str = "jane", **differs: t.Any) -> dict[str, t.Any]:
        """The options that make an account."""
        return {"username": username, **JANE, **EXTRA[self.name], **differs}

    def faults(self, *rules: dict[str, t.Any]) -> None:
        self.app.act("POST", "faults", list(rules))

    def account(self, username: str = "jane") -> dict[str, t.Any]:
        found = self.run("user_info", usernames=[username])
        return found["users"][0] if found["users"] else {}


@pytest.fixture(scope="session")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Iics(), Iq(), Magistrala()) as served:
        yield served


@pytest.fixture(params=["iics", "iq", "magistrala"])
def place(sandbox: Sandbox, request: pytest.FixtureRequest) -> Place:
    found = Place(request.param, sandbox)
    found.app.act("POST", "reset", {})
    return found


@pytest.fixture
def magistrala(sandbox: Sandbox) -> Place:
    found = Place("magistrala", sandbox)
    found.app.act("POST", "reset", {})
    return found
