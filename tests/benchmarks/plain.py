# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A plain script with requests: ``python plain.py REQUESTS`` signs in to three systems,
and reads again what was read before.

It keeps every answer, as whoever wants to compare accounts has to, and compares nothing. The systems are asked one
after the other, each by as many workers as the collection has.
"""

from __future__ import annotations

import concurrent.futures
import json
import sys
import threading
import typing as t

import requests

WORKERS = 4


class Signed:
    """One system, signed in; one session for each worker, because a session is not made for several threads."""

    def __init__(self, url: str, login: dict[str, str]) -> None:
        self.url = url
        self.own = threading.local()
        self.login = (login["api_username"], login["api_password"])
        self.headers: dict[str, str] = {}
        self.auth: tuple[str, str] | None = None

    def iics(self) -> None:
        body = {"username": self.login[0], "password": self.login[1]}
        answer = self.send("POST", "/saas/public/core/v3/login", json=body)
        self.headers = {"INFA-SESSION-ID": answer["userInfo"]["sessionId"]}

    def iq(self) -> None:
        self.auth = self.login

    def magistrala(self) -> None:
        body = {"username": self.login[0], "password": self.login[1]}
        self.headers = {
            "Authorization": f"Bearer {self.send('POST', '/users/tokens/issue', json=body)['access_token']}"
        }

    def send(self, method: str, path: str, **options: t.Any) -> t.Any:
        if not hasattr(self.own, "session"):
            self.own.session = requests.Session()
        answer = self.own.session.request(method, self.url + path, headers=self.headers, auth=self.auth, **options)
        return answer.json() if answer.ok and answer.content else None


def main(path: str) -> None:
    with open(path) as file:
        given = json.load(file)
    kept = []
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for system, sent in given["sent"].items():
            signed = Signed(given["urls"][system], given["logins"][system])
            getattr(signed, system)()
            reads = [path for method, path in sent if method == "GET"]
            kept.append(list(pool.map(lambda path, signed=signed: signed.send("GET", path), reads)))
    print({system: len(answers) for system, answers in zip(given["sent"], kept, strict=True)})


if __name__ == "__main__":
    main(sys.argv[1])
