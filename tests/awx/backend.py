# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sandbox as the systems behind jobs, with administrators whose passwords are found wherever they leak."""

from __future__ import annotations

import contextlib
import pathlib
import typing as t

import harness
from awx import jobs
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.magistrala.rules import Secret
from sandbox.server import Sandbox, running

SYSTEMS = ("iics", "iq", "magistrala")
CANARY = "Canary-of-{}-8d1f6c0b72e94a53!"
ADMINISTRATORS = {"iics": "admin@example.com", "iq": "admin", "magistrala": "admin"}
ADDRESSES = {"iics": "login_url", "iq": "server_url", "magistrala": "url"}


class Backend:
    """Three systems that are running."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        iics, iq, magistrala = (self.system(name) for name in SYSTEMS)
        (administrator,) = [u for u in iics.directory.users.values() if u.name == ADMINISTRATORS["iics"]]
        administrator.passwords = [(administrator.passwords[0][0], CANARY.format("iics"))]
        for user in iq.state.users.values():
            user.set_password(CANARY.format("iq"))
        for account in magistrala.table.users.values():
            account.secret = Secret(CANARY.format("magistrala"))

    def system(self, name: str) -> t.Any:
        return self.sandbox.apps[name].system

    def credentials(self, folder: pathlib.Path, *systems: str, **more: t.Any) -> dict[str, str]:
        """What the credentials of ``systems`` (all by default) inject, with ``more`` fields filled."""
        environment: dict[str, str] = {}
        for name in systems or SYSTEMS:
            fields = {
                ADDRESSES[name]: self.sandbox.urls[name],
                "username": ADMINISTRATORS[name],
                "password": CANARY.format(name),
            }
            environment |= jobs.credential(name, {**fields, **more}, folder)
        return environment

    def names(self, name: str) -> list[str]:
        """The user names of all accounts, but for the administrator's and samples that came with the system."""
        system = self.system(name)
        if name == "iics":
            found = [user.name for user in system.directory.users.values()]
        elif name == "iq":
            found = [user.username for user in system.state.users.values()]
        else:
            found = [user.username for user in system.table.users.values() if user.status != "deleted"]
        return sorted(one for one in found if one != ADMINISTRATORS[name])

    def writes(self) -> list[str]:
        """The requests so far that change something, as system, method and path."""
        return [
            f"{name} {line.method} {line.path}" for name in SYSTEMS for line in harness.writes(self.sandbox.apps[name])
        ]

    def quiet(self) -> None:
        """Stop recording requests, and forget those so far."""
        for app in self.sandbox.apps.values():
            app.journal.clear()
            app.journal_on = False


@contextlib.contextmanager
def backend() -> t.Iterator[Backend]:
    """Run the sandbox in this process; IICS has the limit of a large organization."""
    with running(Iics(object_limit=1_000_000), Iq(), Magistrala()) as sandbox:
        yield Backend(sandbox)
