# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated IQ Server under test, its switches set through the control API, and short ways to speak with it."""

from __future__ import annotations

import typing as t

import requests

from sandbox.iq import Iq

ADMIN = ("admin", "admin123")


class Server:
    """The server under test, its state, and short ways to speak with it."""

    def __init__(self, system: Iq, url: str) -> None:
        self.system, self.url = system, url

    def switch(self, **switches: t.Any) -> None:
        answer = requests.post(f"{self.url}/_sandbox/configure", json=switches, timeout=5)
        assert answer.status_code == 200, answer.text

    def call(
        self, method: str, path: str, body: t.Any = None, login: tuple[str, str] | None = ADMIN, **options: t.Any
    ) -> requests.Response:
        url = f"{self.url}/api/v2/{path}"
        return requests.request(method, url, json=body, auth=login, timeout=5, **options)

    def status(self, method: str, path: str, body: t.Any = None, **options: t.Any) -> int:
        return self.call(method, path, body, **options).status_code
