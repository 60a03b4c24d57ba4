# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A plain client of the simulated IICS."""

from __future__ import annotations

import typing as t

import requests

ADMIN = ("admin@example.com", "Sandbox-admin-1")
DESIGNER = "9aTuLGRQgHyjpftpLFj7Qg"
DATA_PREVIEW = "aKOABsXIRP6eI0aEE32bg8"
PASSWORD = "Jane-secret-42"
JANE = {"firstName": "Jane", "lastName": "Smith", "email": "jane@example.com"}


class Client:
    """Requests with a session id; no redirects, no retries, no proxies."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False
        self.session_id = ""

    def control(self, verb: str, data: t.Any) -> None:
        response = self.http.post(f"{self.url}/_sandbox/{verb}", json=data)
        assert response.status_code == 200, response.text

    def switch(self, **switches: t.Any) -> None:
        self.control("configure", switches)

    def seed(self, count: int = 0, **options: t.Any) -> None:
        self.control("seed", {"count": count, **options})

    def advance(self, minutes: float) -> None:
        self.control("clock", {"advance": minutes * 60})

    def login(self, name: str = ADMIN[0], password: str = ADMIN[1]) -> requests.Response:
        return self.http.post(f"{self.url}/saas/public/core/v3/login", json={"username": name, "password": password})

    def login_v2(self, name: str = ADMIN[0], password: str = ADMIN[1]) -> requests.Response:
        return self.http.post(f"{self.url}/ma/api/v2/user/login", json={"username": name, "password": password})

    def sign_in(self, name: str = ADMIN[0], password: str = ADMIN[1]) -> None:
        self.session_id = self.login(name, password).json()["userInfo"]["sessionId"]

    def v3(self, method: str, path: str, **options: t.Any) -> requests.Response:
        headers = {"INFA-SESSION-ID": self.session_id}
        return self.http.request(method, f"{self.url}/saas/public/core/v3/{path}", headers=headers, **options)

    def v2(
        self, method: str, path: str = "", headers: dict[str, str] | None = None, **options: t.Any
    ) -> requests.Response:
        headers = {"icSessionId": self.session_id, **(headers or {})}
        return self.http.request(method, f"{self.url}/saas/api/v2/user{path}", headers=headers, **options)

    def find(self, name: str) -> dict[str, t.Any] | None:
        """The account as v3 lists it."""
        found = self.v3("GET", "users", params={"q": f'userName=="{name}"'}).json()
        return found[0] if found else None

    def account(self, name: str) -> dict[str, t.Any]:
        """The same, of an account that must exist."""
        found = self.find(name)
        assert found is not None, name
        return found

    def create(self, name: str = "jane@example.com", **fields: t.Any) -> requests.Response:
        memberships = {} if "groups" in fields else {"roles": [DESIGNER]}
        return self.v3("POST", "users", json={"name": name, **JANE, **memberships, **fields})

    def group_id(self, name: str) -> str:
        groups = self.v3("GET", "userGroups", params={"q": f"userGroupName=={name}"}).json()
        return str(groups[0]["id"])


def code(response: requests.Response) -> str:
    """The error code of an answer of either API version, in JSON."""
    data = response.json()
    return str(data["error"]["code"] if "error" in data else data["code"])


def names(items: list[dict[str, t.Any]], key: str) -> list[str]:
    return [item[key] for item in items]
