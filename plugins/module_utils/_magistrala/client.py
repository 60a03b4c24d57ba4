# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Magistrala users service behind the interface of ``_client.py``."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import Account, Found, Membership, Values
from ansible_collections.people.lifecycle.plugins.module_utils._client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._errors import (
    InputError,
    LifecycleError,
    NotFound,
    Refused,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.accounts import as_listed
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.directory import Directory
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.facts import MagistralaFacts, name_for
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.search import Search, proven
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._wanted import Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._workers import each

TOGETHER = ("first_name", "last_name", "metadata", "private_metadata")
BY_THEMSELVES = {"role": "role", "email": "email", "username": "username", "tags": "tags", "profile_picture": "picture"}
ALREADY = (400, 404, 409, 422)  # how a second deletion is answered, and what else those statuses mean


class MagistralaClient(Client):
    """``facts`` know the server's generation once ``find`` has read something."""

    facts = MagistralaFacts()

    def open(self) -> None:
        self.service = Service(self.connection, self.redactor, self.read_only)
        self.directory = Directory(self.service, self.connection.parallel)

    def close(self) -> None:
        if hasattr(self, "service"):
            self.service.session.close()

    def whoami(self) -> str:
        return self.directory.me().username

    def administrators(self) -> list[str]:
        """Who can administer the platform and sign in."""
        return self.directory.administrators()

    def resolve(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        raise InputError(f"Magistrala has no {kind}.")

    def find(self, wanted: t.Sequence[Wanted]) -> list[Found | LifecycleError]:
        found = Search(self.directory).find(wanted)
        self.facts = MagistralaFacts(self.directory.generation)
        proves = any(one.switches["verify_password"] for one in wanted)
        numbers = range(len(found))
        return each(lambda at: self.judge(wanted[at], found[at]), numbers, self.connection.parallel if proves else 1)

    def accounts(self, query: dict[str, t.Any]) -> t.Iterable[Found]:
        from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.query import Selection

        return Selection(query, self.directory).read()

    def judge(self, wanted: Wanted, found: Found | LifecycleError) -> Found | LifecycleError:
        """``found`` with the password proven where that was asked for; Refused where this caller may not go on."""
        if isinstance(found, LifecycleError) or found.account is None or wanted.state != "present":
            return found
        account = found.account
        if (
            wanted.values.get("role") == "user"
            and account.values["role"] == "admin"
            and account.id == self.directory.my_id()
        ):
            return Refused(f"{account.username} is the account that this task runs with; it keeps the role admin.")
        if wanted.password is None:
            return found
        if wanted.switches["verify_password"] and account.enabled:
            account = proven(account, self.service.accepts(account.username, wanted.password))
        return self.password_refusal(wanted, account) or (found if account is found.account else Found(account))

    def password_refusal(self, wanted: Wanted, account: Account) -> Refused | None:
        """Why the account cannot have the wanted password: the own one only can be changed, and with the old one."""
        if wanted.update_password == "on_create":
            if account.handle.password_proven is not False:
                return None
            return Refused(f"{account.username} has another password than the given one. {ONLY_THE_OWN}")
        if account.handle.password_proven:
            return None
        if account.id != self.directory.my_id():
            return Refused(f"{account.username} exists already, and its password cannot be set here. {ONLY_THE_OWN}")
        if not self.service.password:
            return Refused(f"Changing the password of {account.username} needs the present one in api_password.")
        return None

    def create(self, plan: Plan, step: Step) -> Account:
        body = {
            **step.values,
            "credentials": {"username": name_for(plan.wanted), "secret": plan.wanted.password},
            "status": "disabled" if plan.wanted.enabled is False else "enabled",
        }
        return self.directory.parse(self.service.send("POST", "/users", json=body))

    def update(self, account: Account, values: Values) -> Account:
        """What is likelier to be declined comes first; a failure after that is marked."""
        path = f"/users/{segment(str(account.id))}"
        bodies = [(f"{path}/{end}", {name: values[name]}) for name, end in BY_THEMSELVES.items() if name in values]
        together = {name: values[name] for name in TOGETHER if name in values}
        if together:
            bodies.append((path, together))
        for position, (where, body) in enumerate(bodies):
            try:
                self.service.send("PATCH", where, json=body)
            except LifecycleError as error:
                error.after_writes = position > 0
                raise
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


ONLY_THE_OWN = (
    "Magistrala lets nobody set another account's password: its owner changes it, or has a reset link mailed "
    "(magistrala_user_password)."
)
