# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A company whose roster anybody may have written, in real services, with the real modules."""

from __future__ import annotations

import datetime
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Modules
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.entry import Settings
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handover import Handover
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.join import join
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.visit import Visit
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NO_DECISIONS, Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import wanted_accounts
from harness import run_module
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running
from unit.execution.conftest import SIGN_IN

SYSTEMS = ("iics", "iq", "magistrala")
DEVELOPER = {"role": "Developer", "organization": "Data"}
PROFILES = {
    "dev": {"iics": {"roles": ["Designer"]}, "iq": {"grants": [DEVELOPER]}, "magistrala": {"tags": ["dev"]}},
    "boss": {
        "iics": {"roles": ["Admin"]},
        "iq": {"grants": [{"role": "System Administrator", "global": True}]},
        "magistrala": {"role": "admin"},
    },
    "saml": {"iics": {"roles": ["Designer"], "authentication": "saml"}},
}
TODAY = datetime.date(2026, 11, 27)


def jane(**fields: t.Any) -> dict[str, t.Any]:
    return {
        "id": "E1",
        "first_name": "Jane",
        "last_name": "Smith",
        "email": "jane.smith@example.com",
        "profile": ["dev"],
        **fields,
    }


class Company:
    """Onboards people in one system; everything is looked at through the modules or in the state of the services."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def module(self, name: str, arguments: dict[str, t.Any], check: bool = False) -> dict[str, t.Any]:
        return run_module(name.rpartition(".")[2], check=check, **arguments)

    def connection(self, system: str) -> dict[str, t.Any]:
        user, password = SIGN_IN[system]
        return {"api_url": self.sandbox.urls[system], "api_username": user, "api_password": password, "retries": 0}

    def join(
        self,
        system: str,
        *people: dict[str, t.Any],
        decisions: Decisions = NO_DECISIONS,
        check: bool = False,
        defaults: dict[str, t.Any] | None = None,
        naming: dict[str, str] | None = None,
        **settings: t.Any,
    ) -> list[Line]:
        """``defaults`` are what ``module_defaults`` say for the user module."""

        def run(name: str, arguments: dict[str, t.Any], check: bool) -> dict[str, t.Any]:
            given = {**(defaults or {}), **arguments} if name.endswith("_user") else arguments
            return self.module(name, given, check)

        plan = wanted_accounts(list(people), PROFILES, naming or {}, [system], TODAY, decisions=decisions)
        assert plan["refused"] == []
        modules = Modules(system, TRAITS[system], run, self.connection(system), None, check)
        visit = Visit(modules, plan[system], Settings(decisions=decisions, **settings))
        return join(visit, Handover(), lambda text: None)

    def by_hand(self, system: str, username: str, **options: t.Any) -> None:
        """Somebody makes an account on their own, with what the system needs."""
        needed = {
            "iics": {"roles": {"add": ["Designer"]}},
            "iq": {"password": "By-Hand-Password-1"},
            "magistrala": {"password": "By-Hand-Password-1"},
        }[system]
        person = {"first_name": "Jane", "last_name": "Smith", "email": "jane.smith@example.com"}
        made = self.module(
            f"x.{system}_user", {**self.connection(system), "username": username, **person, **needed, **options}
        )
        assert not made["failed"], made["msg"]

    def accounts(self, system: str) -> dict[str, dict[str, t.Any]]:
        options = {"iics": {}, "iq": {"grants": True}, "magistrala": {"status": "all"}}[system]
        found = self.module(f"x.{system}_user_info", {**self.connection(system), **options})
        ours = ("last_login_at", "updated_at")  # what a visit leaves behind
        return {user["username"]: {key: user[key] for key in user if key not in ours} for user in found["users"]}

    def writes(self, system: str) -> int:
        ours = "/users/tokens/revoke"  # the run ends its own session with it
        return len([line for line in self.sandbox.apps[system].writes() if line.path != ours])


@pytest.fixture(scope="session")
def services() -> t.Iterator[Sandbox]:
    with running(Iics(), Iq(), Magistrala()) as sandbox:
        yield sandbox


@pytest.fixture
def company(services: Sandbox) -> Company:
    for app in services.apps.values():
        app.act("POST", "reset", {})
    return Company(services)
