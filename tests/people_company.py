# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of onboarding and offboarding share:
the real modules against a sandbox, without Ansible around them.
"""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Modules
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.entry import Settings
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.handover import Handover
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.join import join
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leave import Leaving, leave
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import read_leavers
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.search import Search
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.visit import Visit
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NO_DECISIONS, Decisions
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import read_naming, wanted_accounts
from harness import run_module, writes
from sandbox.server import Sandbox

SIGN_IN = {
    "iics": ("admin@example.com", "Sandbox-admin-1"),
    "iq": ("admin", "admin123"),
    "magistrala": ("admin", "12345678"),
}
DEVELOPER = {"role": "Developer", "organization": "Data"}
OWNER = {"role": "Owner", "organization": "Data"}
PROFILES = {
    "engineer": {
        "iics": {"roles": ["Designer"], "groups": ["Data Engineering"]},
        "iq": {"grants": [DEVELOPER]},
        "magistrala": {"tags": ["data"], "metadata": {"team": "data"}},
    },
    "lead": {
        "iics": {"roles": ["Operator"]},
        "iq": {"grants": [OWNER]},
        "magistrala": {"tags": ["lead"], "role": "admin"},
    },
    "analyst": {"magistrala": {"tags": ["reporting"]}},
}


def person(number: int = 1, **fields: t.Any) -> dict[str, t.Any]:
    record = {
        "id": f"E{number}",
        "first_name": "Jane",
        "last_name": f"Smith{number}",
        "email": f"jane{number}@example.com",
    }
    return {**record, "profile": ["engineer"], **fields}


class Company:
    """Three systems, and what is done to them; ``calls`` are the modules that ran, with their arguments."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.calls: list[tuple[str, dict[str, t.Any], bool]] = []
        self.said: list[str] = []
        self.iics_names = "{email}"

    def run(self, name: str, arguments: dict[str, t.Any], check: bool) -> dict[str, t.Any]:
        self.calls.append((name, arguments, check))
        return run_module(name.rpartition(".")[2], check=check, **arguments)

    def connection(self, system: str) -> dict[str, t.Any]:
        user, password = SIGN_IN[system]
        return {"api_url": self.sandbox.urls[system], "api_username": user, "api_password": password, "retries": 0}

    def connections(self) -> dict[str, dict[str, t.Any]]:
        return {system: self.connection(system) for system in SIGN_IN}

    def module(self, system: str, check: bool, **options: t.Any) -> Modules:
        return Modules(system, TRAITS[system], self.run, {**self.connection(system), **options}, None, check)

    def join(
        self,
        system: str,
        *people: dict[str, t.Any],
        check: bool = False,
        handover: Handover | None = None,
        profiles: t.Any = None,
        **settings: t.Any,
    ) -> list[Line]:
        given = (list(people), profiles or PROFILES, {"iics": self.iics_names}, [system], datetime.date(2026, 11, 23))
        plan = wanted_accounts(*given, decisions=settings.get("decisions", NO_DECISIONS))
        assert plan["refused"] == []
        visit = Visit(self.module(system, check), plan[system], Settings(**settings))
        return join(visit, handover or Handover(), self.said.append)

    def leave(
        self,
        system: str,
        people: t.Any,
        mode: str = "disable",
        check: bool = False,
        batch_size: int = 500,
        decisions: Decisions = NO_DECISIONS,
        **connection: t.Any,
    ) -> list[Line]:
        modules = self.module(system, check, **connection)
        search = Search(
            read_leavers(people, "offboard_people"), [modules], read_naming({}, "offboard_naming"), decisions
        )
        search.run()
        closed = leave(search.entries(modules), modules, Leaving(mode, batch_size), self.said.append)
        return [*closed, *search.held(modules)]

    def writes(self, system: str) -> int:
        return len(writes(self.sandbox.apps[system]))

    def forget(self) -> None:
        for app in self.sandbox.apps.values():
            app.journal.clear()

    def break_down(self, system: str, **rule: t.Any) -> None:
        self.sandbox.apps[system].act("POST", "faults", [rule] if rule else [])

    def accounts(self, system: str) -> dict[str, dict[str, t.Any]]:
        options = {"magistrala": {"status": "all"}, "iq": {"grants": True}, "iics": {}}[system]
        found = self.module(system, True).run(
            f"x.{system}_user_info", self.module(system, True).connection | options, True
        )
        return {user["username"]: user for user in found["users"]}
