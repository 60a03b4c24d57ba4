# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An IQ Server with people in several realms, and the actions of the roles on it."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from people_actions import act
from people_company import Company
from sandbox.iq import Iq
from sandbox.server import Sandbox, running

Result = dict[str, t.Any]


@pytest.fixture(scope="session")
def systems() -> t.Iterator[Sandbox]:
    with running(Iq()) as sandbox:
        yield sandbox


class Realms(Company):
    """One IQ Server."""

    def __init__(self, sandbox: Sandbox, folder: pathlib.Path) -> None:
        super().__init__(sandbox)
        self.folder = folder

    def seed(self, **options: t.Any) -> None:
        self.sandbox.apps["iq"].act("POST", "seed", {"count": 0, **options})

    def act(self, role: str, people: t.Any, **options: t.Any) -> Result:
        given = {
            "people": people,
            "connections": {"iq": self.connection("iq")},
            "systems": ["iq"],
            "report": False,
            **options,
        }
        return act(self.folder, role, self, **given)

    def left(self, *names: str) -> list[tuple[str, str, str]]:
        """Name, realm and state of what is there under these names: accounts, tokens, grants."""
        found = self.module("iq", True).read(usernames=list(names), realm="all", tokens=True, grants=True)["users"]
        return [(user["username"], user["realm"], user["state"]) for user in found]


@pytest.fixture
def company(systems: Sandbox, tmp_path: pathlib.Path) -> Realms:
    for app in systems.apps.values():
        app.act("POST", "reset", {})
    return Realms(systems, tmp_path)
