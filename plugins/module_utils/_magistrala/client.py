# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Magistrala users service behind the interface of ``_client.py``."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    InputError,
    LifecycleError,
    NotFound,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.directory import Directory
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import as_listed
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.search import Search, proven
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import MagistralaTraits, name_for

TOGETHER = ("first_name", "last_name", "metadata", "private_metadata")
BY_THEMSELVES = {"role": "role", "email": "email", "username": "username", "tags": "tags", "profile_picture": "picture"}
ALREADY = (400, 404, 409, 422)  # how a second deletion is answered, and what else those statuses mean


class MagistralaClient(Client):
    """``facts`` know the server's generation once ``find`` has read something."""

    traits = MagistralaTraits()

    def open(self) -> None:
        self.service = Service(self.connection, self.redactor, self.read_only)
        self.directory = Directory(self.service, self.connection.parallel)

    def close(self) -> None:
        if hasattr(self, "service"):
            self.service.close(self.traits.generation or self.directory.generation)

    def writes(self) -> int:
        return self.service.session.writes()

    def whoami(self) -> str:
        return self.directory.me().username

    def administrators(self) -> list[str]:
        """Who can administer the platform and sign in."""
        return self.directory.administrators()

    def resolve(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        raise InputError(f"Magistrala has no {kind}.")

    def find(self, wanted: t.Sequence[Wanted]) -> list[Snapshot | LifecycleError]:
        found = Search(self.directory).find(wanted)
        self.traits = MagistralaTraits(self.directory.generation)
        proves = any(each_wanted.switches["verify_password"] for each_wanted in wanted)
        numbers = range(len(found)) if proves else ()
        return each(lambda at: self.prove(wanted[at], found[at]), numbers, self.connection.parallel) if proves else found

    def accounts(self, query: dict[str, t.Any]) -> t.Iterable[Snapshot]:
        from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.info import Selection

        return Selection(query, self.directory).read()

    def prove(self, wanted: Wanted, found: Snapshot | LifecycleError) -> Snapshot | LifecycleError:
        """``found`` with what a sign-in says of the password, where that was asked for."""
        if isinstance(found, LifecycleError) or found.account is None or wanted.state != "present":
            return found
        if wanted.password is None or not wanted.switches["verify_password"] or not found.account.enabled:
            return found
        account = proven(found.account, self.service.accepts(found.account.username, wanted.password))
        return dataclasses.replace(found, account=account)

    def create(self, plan: Plan, step: Step) -> Account:
        body = {
            **step.values,
            "credentials": {"username": name_for(plan.wanted), "secret": plan.wanted.password},
            "status": "disabled" if plan.wanted.enabled is False else "enabled",
        }
        return self.directory.parse(self.service.send("POST", "/users", json=body))

    def update(self, account: Account, values: Values) -> Account:
        """What is likelier to be declined comes first."""
        path = f"/users/{segment(str(account.id))}"
        bodies = [(f"{path}/{end}", {name: values[name]}) for name, end in BY_THEMSELVES.items() if name in values]
        together = {name: values[name] for name in TOGETHER if name in values}
        if together:
            bodies.append((path, together))
        for where, body in bodies:
            self.service.send("PATCH", where, json=body)
        return self.read(account)

    def read(self, account: Account) -> Account:
        """The account as it is now, in no more detail than before; answers to writes leave things out and misstate roles."""
        now = self.directory.by_id(str(account.id))
        if now is None:
            raise LifecycleError(f"Magistrala: {account.username} is gone; somebody else works on it at the same time.")
        return now if account.handle.complete else as_listed(now)

    def set_enabled(self, account: Account, enabled: bool) -> Account:
        self.service.send("POST", f"/users/{segment(str(account.id))}/{'enable' if enabled else 'disable'}")
        return dataclasses.replace(account, enabled=enabled, deleted=False)

    def set_password(self, account: Account, password: str) -> None:
        """Change the own password; a token that was handed out before stays valid."""
        self.service.change_password(self.service.password or "", password)

    def delete(self, account: Account) -> None:
        path = f"/users/{segment(str(account.id))}"
        try:
            self.service.send("DELETE", path, ok=(200, 204))
        except (NotFound, Rejected) as error:
            now = self.directory.by_id(str(account.id)) if error.status in ALREADY else account
            if now is not None and not now.deleted:
                raise
