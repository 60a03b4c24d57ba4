# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured: the letters are those of the guide about speed."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import sys
import typing as t

from measured import HERE, Figure, Playbooks, Spent, people_of, run
from people import SITUATIONS, changed, people_file
from sandboxed import LOGINS, Sandbox, repeated

WORKERS = 4
PAGE = 100
MODULE_WAY = {"people_lifecycle_direct": False}
NOBODY_ELSE = 1  # the administrator is on the first page, too


@dataclasses.dataclass(frozen=True)
class Sizes:
    """How much is measured: numbers of people, and how often."""

    bulk: tuple[int, ...] = (100, 1000, 10000)
    loop: int = 100
    memory: tuple[int, ...] = (1000, 10000, 100000)
    counted: int = 1000
    onboarded: tuple[int, ...] = (1000, 10000)
    rounds: int = 3
    loop_rounds: t.Mapping[str, int] = dataclasses.field(
        default_factory=lambda: {"create": 3, "unchanged": 3, "change": 1}
    )
    single_rounds: int = 9
    situations: tuple[str, ...] = SITUATIONS


QUICK = Sizes((3,), 1, (3,), 3, (3,), 1, {"change": 1}, 1, ("change",))

Figures = dict[str, dict[str, t.Any]]


class Bench:
    """All measurements against one sandbox; each returns its figures by name."""

    def __init__(self, sandbox: Sandbox, folder: pathlib.Path, sizes: Sizes) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.sizes = sizes
        self.url = sandbox.urls["magistrala"]
        self.login = {"api_url": self.url, **LOGINS["magistrala"]}
        self.playbooks = Playbooks(folder)

    def ground(self, count: int, situation: str) -> None:
        self.sandbox.fresh("magistrala", 0 if situation == "create" else count)

    def floor_command(self, count: int, situation: str) -> list[str]:
        people = people_file(self.folder, count, situation)
        return [sys.executable, str(HERE / "floor.py"), self.url, str(people), str(WORKERS)]

    def bulk_task(
        self, count: int, situation: str, module: str = "people.lifecycle.magistrala_user"
    ) -> dict[str, t.Any]:
        people = people_file(self.folder, count, situation)
        return {module: {**self.login, "parallel": WORKERS, "users": people_of(people)}}

    def bulk(self) -> Figures:
        """a, b in both ways, and Ansible's own share: a module that does nothing with the same list; in turns."""
        figures: Figures = {}
        for count in self.sizes.bulk:
            nothing = self.bulk_task(count, "unchanged", "bench_nothing")
            for situation in self.sizes.situations:
                command, task = self.floor_command(count, situation), self.bulk_task(count, situation)
                shares = {"a": Figure(), "b": Figure(), "b module": Figure(), "nothing": Figure()}
                for dummy in range(self.sizes.rounds):
                    self.ground(count, situation)
                    shares["a"].add(run(command))
                    self.ground(count, situation)
                    shares["b"].add(self.playbooks.time("bulk", task))
                    self.ground(count, situation)
                    shares["b module"].add(self.playbooks.time("bulk-module", task, vars=MODULE_WAY))
                    shares["nothing"].add(self.playbooks.time("nothing", nothing))
                for letter, figure in shares.items():
                    figures[f"{letter} {situation} {count}"] = dataclasses.asdict(figure)
        return figures

    def loops(self) -> Figures:
        """c in both ways and d: a task for each person; in turns."""
        figures: Figures = {}
        count = self.sizes.loop
        for situation in self.sizes.situations:
            own, uri = self.own_loop(count, situation), self.uri_loop(count, situation)
            ways = {"c": (own, {}), "c module": (own, MODULE_WAY), "d": (uri, {})}
            shares = {letter: Figure() for letter in ways}
            for dummy in range(self.sizes.loop_rounds[situation]):
                for letter, (tasks, variables) in ways.items():
                    self.ground(count, situation)
                    shares[letter].add(self.playbooks.time("loop", *tasks, vars=variables))
            figures |= {
                f"{letter} {situation} {count}": dataclasses.asdict(figure) for letter, figure in shares.items()
            }
        return figures

    def own_loop(self, count: int, situation: str) -> list[dict[str, t.Any]]:
        names = ("username", "first_name", "last_name", "email", "password")
        person = {name: f"{{{{ item.{name} }}}}" for name in names}
        people = people_of(people_file(self.folder, count, situation))
        return [{"people.lifecycle.magistrala_user": {**self.login, **person}, "loop": people}]

    def uri_loop(self, count: int, situation: str) -> list[dict[str, t.Any]]:
        """What people write without a module: look each one up, then create who is missing and change who differs."""
        people = people_of(people_file(self.folder, count, situation))
        headers = {"Authorization": "Bearer {{ token.json.access_token }}"}
        missing = "item.json.users | selectattr('credentials.username', 'eq', item.item.username) | length == 0"
        names = {name: f"{{{{ item.item.{name} }}}}" for name in ("first_name", "last_name", "email")}
        login = {"username": "{{ item.item.username }}", "secret": "{{ item.item.password }}"}
        asked = f"{self.url}/users?status=all&username={{{{ item.username }}}}"
        task = "ansible.builtin.uri"
        return [
            {task: self.sign_in(), "register": "token"},
            {task: {"url": asked, "headers": headers}, "loop": people, "register": "found"},
            {
                task: {
                    "url": f"{self.url}/users",
                    "method": "POST",
                    "headers": headers,
                    "body_format": "json",
                    "body": {**names, "credentials": login, "status": "enabled"},
                    "status_code": 201,
                },
                "loop": "{{ found.results }}",
                "when": missing,
            },
            {
                task: {
                    "url": f"{self.url}/users/{{{{ item.json.users[0].id }}}}",
                    "method": "PATCH",
                    "headers": headers,
                    "body_format": "json",
                    "body": {"last_name": "{{ item.item.last_name }}"},
                },
                "loop": "{{ found.results }}",
                "when": f"not ({missing}) and item.json.users[0].last_name != item.item.last_name",
            },
        ]

    def sign_in(self) -> dict[str, t.Any]:
        body = {"username": self.login["api_username"], "password": self.login["api_password"]}
        url = f"{self.url}/users/tokens/issue"
        return {"url": url, "method": "POST", "body_format": "json", "body": body, "status_code": 201}

    def single(self) -> Figures:
        """g: one task about one account in both ways, one task of uri and none, in turns."""
        self.ground(1, "unchanged")
        names = {"username": "person-00001", "first_name": "Person", "last_name": "00001"}
        task = {"people.lifecycle.magistrala_user": {**self.login, **names}}
        ways = {
            "g empty": ([], {}),
            "g single": ([task], {}),
            "g module": ([task], MODULE_WAY),
            "g uri": ([{"ansible.builtin.uri": self.sign_in()}], {}),
        }
        shares = {name: Figure() for name in ways}
        for dummy in range(self.sizes.single_rounds):
            for name, (tasks, variables) in ways.items():
                shares[name].add(self.playbooks.time("single", *tasks, vars=variables))
        return {name: dataclasses.asdict(figure) for name, figure in shares.items()}

    def memory(self) -> Figures:
        """e: the peak of the module process with as many accounts on the server as are wanted, nothing to change."""
        figures: Figures = {}
        for count in self.sizes.memory:
            self.ground(count, "unchanged")
            for name, module in (("e", "people.lifecycle.magistrala_user"), ("e nothing", "bench_nothing")):
                task = self.bulk_task(count, "unchanged", module)
                figure, rounds = Figure(), self.sizes.rounds if name == "e" else 1
                for dummy in range(rounds):
                    figure.add(self.playbooks.time("memory", task, watched=True))
                figures[f"{name} {count}"] = dataclasses.asdict(figure)
        return figures

    def requests(self) -> Figures:
        """f: what arrived at the server, against the least that the API allows."""
        count = self.sizes.counted
        pages = -(-(count + NOBODY_ELSE) // PAGE)
        # Signing in, and the pages; one write each. What is changed is read before, because the listing does not tell
        # who keeps its names, and after, because the answer to the write is not the whole truth.
        session = 2  # it is begun and ended
        writes = {"create": count, "unchanged": 0, "change": 3 * changed(count)}
        read = {"create": 1, "unchanged": pages, "change": pages}
        figures: Figures = {}
        for situation in SITUATIONS:
            self.sandbox.fresh("magistrala", 0 if situation == "create" else count, journal=True)
            self.playbooks.time("requests", self.bulk_task(count, situation))
            sent = self.sandbox.requests("magistrala")
            figures[f"f {situation} {count}"] = {
                "requests": len(sent),
                "least": session + read[situation] + writes[situation],
                "repeated": repeated(sent),
            }
        loop = self.sizes.loop
        self.sandbox.fresh("magistrala", loop, journal=True)
        self.playbooks.time("requests", *self.own_loop(loop, "unchanged"))
        sent = self.sandbox.requests("magistrala")
        return figures | {
            f"f loop {loop}": {"requests": len(sent), "least": session + loop, "repeated": repeated(sent)}
        }

    def onboard(self) -> Figures:
        """People in all three systems through the role, when nothing is to be changed;
        and the empty playbook beside it.
        """
        figures: Figures = {}
        for count in self.sizes.onboarded:
            figures |= self.onboard_so_many(count)
        return figures

    def onboard_so_many(self, count: int) -> Figures:
        for system in LOGINS:
            self.sandbox.fresh(system)
        self.sandbox.control("iics", "configure", {"object_limit": 100000})
        people = [
            {
                "id": f"E{number}",
                "first_name": "Person",
                "last_name": f"{number:05d}",
                "email": f"person-{number:05d}@example.com",
                "profile": ["everybody"],
            }
            for number in range(1, count + 1)
        ]
        path = self.folder / "people-onboard.json"
        path.write_text(json.dumps(people))
        variables = {
            "onboard_people_file": str(path),
            "onboard_profiles": {
                "everybody": {
                    "iics": {"roles": ["Designer"]},
                    "iq": {"grants": [{"role": "Developer", "organization": "Data"}]},
                    "magistrala": {"tags": ["everybody"]},
                }
            },
            "onboard_connections": {
                system: {"api_url": self.sandbox.urls[system], **login} for system, login in LOGINS.items()
            },
            "onboard_report": False,
        }

        def play() -> Spent:
            return self.playbooks.time("onboard", roles=["people.lifecycle.onboard"], vars=variables)

        first, again, empty = Figure(), Figure(), Figure()
        first.add(play())
        for dummy in range(self.sizes.rounds):
            again.add(play())
            empty.add(self.playbooks.time("empty"))
        shares = {"first": first, "again": again, "beside": empty}
        return {f"onboard {name} {count}": dataclasses.asdict(figure) for name, figure in shares.items()}
