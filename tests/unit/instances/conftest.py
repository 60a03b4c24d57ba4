# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A company with two IICS organizations, two IQ Servers and one Magistrala."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from people_actions import act
from people_company import SIGN_IN, Company
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running

INSTANCES = {"iics": "iics", "iics_dev": "iics", "iq": "iq", "iq_emea": "iq", "magistrala": "magistrala"}
Result = dict[str, t.Any]


@pytest.fixture(scope="session")
def systems() -> t.Iterator[Sandbox]:
    with running(Iics(), Iq(), Magistrala(), instances={"iics_dev": Iics(), "iq_emea": Iq()}) as sandbox:
        yield sandbox


class Large(Company):
    """The company, and the actions of the roles in it."""

    def __init__(self, sandbox: Sandbox, folder: pathlib.Path) -> None:
        super().__init__(sandbox)
        self.folder = folder

    def connection(self, system: str) -> dict[str, t.Any]:
        user, password = SIGN_IN[INSTANCES[system]]
        given = {"api_url": self.sandbox.urls[system], "api_username": user, "api_password": password, "retries": 0}
        return {**given, "system": INSTANCES[system]} if system != INSTANCES[system] else given

    def connections(self) -> dict[str, dict[str, t.Any]]:
        return {name: self.connection(name) for name in INSTANCES}

    def act(self, role: str, people: t.Any, **options: t.Any) -> Result:
        given = {"people": people, "connections": self.connections(), "report": False, **options}
        return act(self.folder, role, self, **given)

    def users(self, instance: str) -> list[Result]:
        """Everybody whom an instance lets sign in."""
        system = INSTANCES[instance]
        options = {key: value for key, value in self.connection(instance).items() if key != "system"}
        found = self.run(f"x.{system}_user_info", options, True)["users"]
        return [user for user in found if user.get("enabled") is not False]

    def where(self, email: str) -> set[str]:
        """The instances in which somebody has an account with that address."""
        return {name for name in INSTANCES for user in self.users(name) if user["email"] == email}


@pytest.fixture
def company(systems: Sandbox, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Large:
    for app in systems.apps.values():
        app.act("POST", "reset", {})
    return Large(systems, tmp_path)
