# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A small client of the simulated Magistrala, for the tests beside it."""

from __future__ import annotations

import base64
import json
import typing as t

import requests

from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox

ADMIN = {"username": "admin", "password": "12345678"}


class Api:
    """Requests with an administrator's token unless told otherwise."""

    def __init__(self, sandbox: Sandbox, **switches: t.Any) -> None:
        self.url = sandbox.urls["magistrala"]
        self.app = sandbox.apps["magistrala"]
        assert isinstance(self.app.system, Magistrala)
        self.system = self.app.system
        self.app.act("POST", "reset", switches)
        self.http = requests.Session()
        self.http.trust_env = False
        self.token = ""
        self.token = self.login(**ADMIN)["access_token"]

    def call(
        self, method: str, path: str, body: t.Any = None, token: str | None = None, **options: t.Any
    ) -> requests.Response:
        token = self.token if token is None else token
        headers = {"Content-Type": "application/json"} | options.pop("headers", {})
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = json.dumps(body) if isinstance(body, dict | list) else body
        return self.http.request(method, self.url + path, data=data, headers=headers, timeout=10, **options)

    def get(self, path: str, token: str | None = None, **params: t.Any) -> requests.Response:
        return self.call("GET", path, token=token, params=params)

    def login(self, username: str, password: str) -> dict[str, str]:
        answer = self.call("POST", "/users/tokens/issue", {"username": username, "password": password}, "")
        assert answer.status_code == 201, answer.text
        return t.cast("dict[str, str]", answer.json())

    def create(self, username: str = "jane", **fields: t.Any) -> dict[str, t.Any]:
        answer = self.call("POST", "/users", person(username) | fields)
        assert answer.status_code == 201, answer.text
        return t.cast("dict[str, t.Any]", answer.json())

    def view(self, user: dict[str, t.Any]) -> dict[str, t.Any]:
        return t.cast("dict[str, t.Any]", self.get(f"/users/{user['id']}").json())


def person(username: str) -> dict[str, t.Any]:
    return {
        "first_name": "Jane",
        "last_name": "Doe",
        "email": f"{username}@example.com",
        "credentials": {"username": username, "secret": "12345678"},
    }


def claims(token: str) -> dict[str, t.Any]:
    part = token.split(".")[1]
    return t.cast("dict[str, t.Any]", json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def names(answer: requests.Response) -> list[str]:
    return [user["credentials"]["username"] for user in answer.json()["users"]]
