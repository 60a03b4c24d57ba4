# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts in IQ Server created, changed and deleted; each write is followed by a look."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Values
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._iq import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iq.read import Reader
from ansible_collections.people.lifecycle.plugins.module_utils._iq.service import CONFIGURE, Service, realm_query
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import FIELDS, INTERNAL


class Writer:
    """Writes to the users API of one server."""

    def __init__(self, service: Service, reader: Reader) -> None:
        self.service = service
        self.reader = reader

    def create(self, username: str, password: str | None, values: Values) -> Account:
        body = {"username": username, "password": password, **api_names(values)}
        self.service.send("POST", "/users", CONFIGURE, json=body)
        account = self.reader.look_up(INTERNAL, username)
        if account is None:
            raise BadAnswer(
                f"IQ Server accepted the new account {username}, and does not have it.", method="POST", path="/users"
            )
        other = [option for option, value in values.items() if account.values[option] != value]
        if other:
            raise BadAnswer(f"IQ Server accepted {', '.join(other)} of {username}, and stored something else.")
        return account

    def update(self, account: Account, values: Values) -> Account:
        """Send only what changes; the user name stays out of the body, which need not repeat it."""
        answer = self.service.send("PUT", f"/users/{segment(account.username)}", CONFIGURE, json=api_names(values))
        return self.service.parsed(answer, lambda data: parse.account(data, INTERNAL))

    def delete(self, account: Account, own: bool) -> None:
        """Delete the account and see that it is gone; whoever deletes their ``own`` account cannot look any more."""
        realm, path = account.handle, f"/users/{segment(account.username)}"
        self.service.send("DELETE", path, CONFIGURE, query=realm_query(realm), ok=(200, 204, 404))
        if not own and self.reader.look_up(realm, account.username) is not None:
            raise BadAnswer(f"IQ Server deleted {account.username}, and still has it.", method="DELETE", path=path)


def api_names(values: Values) -> Values:
    return {field.api: values[field.option] for field in FIELDS if field.option in values}
