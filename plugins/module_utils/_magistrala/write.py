# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes accounts: one request for each thing that the service changes by itself."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError, NotFound, Rejected
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Values
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import as_listed
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.read import Reader
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import Service

TOGETHER = ("first_name", "last_name", "metadata", "private_metadata")
BY_THEMSELVES = {"role": "role", "email": "email", "username": "username", "tags": "tags", "profile_picture": "picture"}
ALREADY = (400, 404, 409, 422)  # how a second deletion is answered, and what else those statuses mean


class Writer:
    """Creates, changes and deletes accounts; ``reader`` reads what is there then."""

    def __init__(self, service: Service, reader: Reader) -> None:
        self.service = service
        self.reader = reader

    def create(self, username: str, password: str | None, values: Values, enabled: bool) -> Account:
        body = {
            **values,
            "credentials": {"username": username, "secret": password},
            "status": "enabled" if enabled else "disabled",
        }
        return self.reader.account_in(self.service.send("POST", "/users", json=body))

    def update(self, account: Account, values: Values) -> Account:
        """What is likelier to be declined comes first. Answers to writes leave things out and misstate roles."""
        path = f"/users/{segment(str(account.id))}"
        bodies = [(f"{path}/{end}", {name: values[name]}) for name, end in BY_THEMSELVES.items() if name in values]
        together = {name: values[name] for name in TOGETHER if name in values}
        if together:
            bodies.append((path, together))
        for where, body in bodies:
            self.service.send("PATCH", where, json=body)
        now = self.reader.by_id(str(account.id))
        if now is None or self.reader.generation is None:
            raise LifecycleError(f"Magistrala: {account.username} is gone; somebody else works on it at the same time.")
        return now if account.handle.complete else as_listed(now, self.reader.generation)

    def set_enabled(self, account: Account, enabled: bool) -> Account:
        path = f"/users/{segment(str(account.id))}/{'enable' if enabled else 'disable'}"
        now = self.reader.account_in(self.service.send("POST", path))
        return account._replace(enabled=now.enabled, deleted=now.deleted)

    def delete(self, account: Account) -> None:
        """One that is deleted already is fine."""
        try:
            self.service.send("DELETE", f"/users/{segment(str(account.id))}", ok=(200, 204))
        except (NotFound, Rejected) as error:
            now = self.reader.by_id(str(account.id)) if error.status in ALREADY else account
            if now is not None and not now.deleted:
                raise
            if error.repeated:
                self.service.session.confirm()
