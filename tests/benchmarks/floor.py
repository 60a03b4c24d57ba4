# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The floor: a plain script with requests, which does what the bulk task must do and nothing else.

``python floor.py URL PEOPLE WORKERS``: sign in, read every page, create who is missing, change whose last name differs.
Like the module it reads a changed account again, because the answer to the change is not the whole truth.
"""

from __future__ import annotations

import concurrent.futures
import json
import sys
import threading
import typing as t

import requests

PAGE = 100


class Floor:
    """One server; one session for each worker, because a session is not made for several threads."""

    def __init__(self, url: str, workers: int) -> None:
        self.url = url
        self.pool = concurrent.futures.ThreadPoolExecutor(workers)
        self.own = threading.local()
        answer = requests.post(f"{url}/users/tokens/issue", json={"username": "admin", "password": "12345678"})
        answer.raise_for_status()
        self.token = answer.json()["access_token"]

    def send(self, method: str, path: str, **options: t.Any) -> t.Any:
        if not hasattr(self.own, "session"):
            self.own.session = requests.Session()
            self.own.session.headers["Authorization"] = f"Bearer {self.token}"
        answer = self.own.session.request(method, self.url + path, **options)
        answer.raise_for_status()
        return answer.json()

    def page(self, offset: int) -> t.Any:
        return self.send("GET", "/users", params={"status": "all", "limit": PAGE, "offset": offset})

    def accounts(self) -> dict[str, t.Any]:
        first = self.page(0)
        rest = self.pool.map(self.page, range(PAGE, first["total"], PAGE))
        return {user["credentials"]["username"]: user for page in (first, *rest) for user in page["users"]}

    def create(self, person: dict[str, t.Any]) -> None:
        names = {name: person[name] for name in ("first_name", "last_name", "email")}
        login = {"username": person["username"], "secret": person["password"]}
        self.send("POST", "/users", json={**names, "credentials": login, "status": "enabled"})

    def change(self, person: dict[str, t.Any], user_id: str) -> None:
        self.send("PATCH", f"/users/{user_id}", json={"last_name": person["last_name"]})
        self.send("GET", f"/users/{user_id}")

    def bring(self, person: dict[str, t.Any], account: t.Any) -> int:
        if account is None:
            self.create(person)
        elif account["last_name"] != person["last_name"]:
            self.change(person, account["id"])
        else:
            return 0
        return 1


def main(url: str, people: str, workers: str) -> None:
    with open(people) as file:
        wanted = json.load(file)["people"]
    floor = Floor(url, int(workers))
    accounts = floor.accounts()
    different = [person for person in wanted if is_different(person, accounts.get(person["username"]))]
    done = sum(floor.pool.map(lambda person: floor.bring(person, accounts.get(person["username"])), different))
    print(json.dumps({"wanted": len(wanted), "done": done}))


def is_different(person: dict[str, t.Any], account: t.Any) -> bool:
    return account is None or account["last_name"] != person["last_name"]


if __name__ == "__main__":
    main(*sys.argv[1:])
