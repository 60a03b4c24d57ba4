# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A small client of the simulated Atom, for the tests beside it."""

from __future__ import annotations

import typing as t

import requests

from sandbox.atom import SEED_PASSWORD, Atom
from sandbox.server import Sandbox

ADMIN_ID = "00000000-0000-0000-0000-000000000001"
ADMIN_ROLE = "00000000-0000-0000-0000-000000000002"

CREATE = "mutation C($input: CreateEntityInput!) { entity: createEntity(input: $input) { id name attributes status } }"
UPDATE = """mutation U($id: ID!, $input: UpdateEntityInput!) {
  entity: updateEntity(id: $id, input: $input) { id name attributes status }
}"""
PEOPLE = """query P($q: String, $deleted: DeletedFilter, $limit: Int, $offset: Int) {
  entities(q: $q, kind: human, deleted: $deleted, limit: $limit, offset: $offset) { total items { id name status } }
}"""
SET_PASSWORD = "mutation S($id: ID!, $password: String!) { done: createPassword(entityId: $id, password: $password) }"
TOKEN = """mutation T($input: CreateAccessTokenInput!) {
  made: createAccessToken(input: $input) { credentialId token expiresAt }
}"""


class Api:
    """Requests as the administrator unless told otherwise."""

    def __init__(self, sandbox: Sandbox, **switches: t.Any) -> None:
        self.url = sandbox.urls["magistrala"]
        self.app = sandbox.apps["magistrala"]
        assert isinstance(self.app.system, Atom)
        self.system = self.app.system
        self.app.act("POST", "reset", switches)
        self.token = self.login("admin", self.system.switches.admin_secret)["token"]

    def http(
        self, method: str, path: str, json: t.Any = None, token: str | None = "", **headers: str
    ) -> requests.Response:
        """Send a request, with the administrator's token unless another is given; None sends none."""
        if token is not None:
            headers["Authorization"] = f"Bearer {token or self.token}"
        return requests.request(method, self.url + path, json=json, headers=headers, timeout=10)

    def sign_in(self, identifier: str, secret: str = SEED_PASSWORD, **more: t.Any) -> requests.Response:
        return self.http("POST", "/auth/login", {"identifier": identifier, "secret": secret} | more, None)

    def login(self, identifier: str, secret: str = SEED_PASSWORD) -> dict[str, t.Any]:
        answer = self.sign_in(identifier, secret)
        assert answer.status_code == 200, answer.text
        return t.cast("dict[str, t.Any]", answer.json())

    def ask(self, query: str, token: str | None = "", **variables: t.Any) -> dict[str, t.Any]:
        """The whole answer to a GraphQL request."""
        answer = self.http("POST", "/graphql", {"query": query, "variables": variables}, token)
        assert answer.status_code == 200, answer.text
        return t.cast("dict[str, t.Any]", answer.json())

    def data(self, query: str, token: str | None = "", **variables: t.Any) -> t.Any:
        """What the only root field gave."""
        answer = self.ask(query, token, **variables)
        assert "errors" not in answer, answer
        (value,) = answer["data"].values()
        return value

    def error(self, query: str, token: str | None = "", **variables: t.Any) -> str:
        """The text of the only error."""
        (error,) = self.ask(query, token, **variables)["errors"]
        return str(error["message"])

    def create(self, name: str = "jane", **attributes: t.Any) -> str:
        """Add somebody; returns their id."""
        input = {"kind": "human", "name": name, "attributes": attributes}
        return str(self.data(CREATE, input=input)["id"])

    def people(self) -> dict[str, dict[str, t.Any]]:
        """What the control API tells about everybody, by name."""
        return {person["name"]: person for person in self.app.act("GET", "people", None)}
