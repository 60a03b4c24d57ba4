# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many unchanged accounts cost the pages of the listing and at most two requests more, in all three systems."""

from __future__ import annotations

import collections
import threading
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core import workers
from ansible_collections.people.lifecycle.plugins.module_utils._http import retry
from harness import run_module
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running
from unit.magistrala.server import PASSWORD, Server

COUNT = 450
PAGES = {"iics": 3, "iq": 1, "magistrala": 5}
LOGINS = {
    "iics": {"api_username": "admin@example.com", "api_password": "Sandbox-admin-1"},
    "iq": {"api_username": "admin", "api_password": "admin123"},
    "magistrala": {"api_username": "admin", "api_password": "12345678"},
}
NAMES = {"iics": "person-{:05d}@example.com", "iq": "person-{:05d}", "magistrala": "person-{:05d}"}


@pytest.fixture(scope="module")
def systems() -> t.Iterator[Sandbox]:
    with running(Iics(), Iq(), Magistrala()) as sandbox:
        for app in sandbox.apps.values():
            app.act("POST", "seed", {"count": COUNT})
        yield sandbox


@pytest.mark.parametrize("check", (True, False))
@pytest.mark.parametrize("system", PAGES)
def test_unchanged_people_cost_the_pages_and_two_requests(systems: Sandbox, system: str, check: bool) -> None:
    journal = systems.apps[system].journal
    users = [{"username": NAMES[system].format(number)} for number in range(1, COUNT + 1)]
    journal.clear()
    result = run_module(f"{system}_user", check=check, api_url=systems.urls[system], **LOGINS[system], users=users)
    assert result["summary"]["unchanged"] == COUNT, result
    assert len(journal) <= PAGES[system] + 2
    twice = collections.Counter((line.method, line.path) for line in journal)
    assert max(twice.values()) == 1, twice.most_common(3)


def new_people(count: int) -> list[dict[str, t.Any]]:
    return [
        {
            "username": f"new-{number}",
            "first_name": "New",
            "last_name": "Person",
            "email": f"new-{number}@example.com",
            "password": PASSWORD,
        }
        for number in range(count)
    ]


def test_creates_cost_one_request_each(server: Server) -> None:
    result = server.user(users=new_people(50))
    assert result["summary"]["created"] == 50
    assert collections.Counter(server.requests()) == {
        "POST /users/tokens/issue": 1,
        "GET /users": 1,
        "POST /users": 50,
        **dict.fromkeys(server.sign_out, 1),
    }


def test_a_rate_limit_slows_all_workers_together(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    held: set[str] = set()

    def pause(seconds: float) -> None:
        held.add(threading.current_thread().name)
        workers.pause(seconds)

    monkeypatch.setattr(retry, "pause", pause)
    server.faults({"kind": "status", "status": 429, "retry_after": "1", "method": "POST", "path": "/users", "skip": 20})
    result = server.user(users=new_people(60), parallel=4)
    assert result["summary"]["created"] == 60
    assert server.requests().count("POST /users") == 61, "the one that was turned away is sent again, and nothing else"
    assert len(held) == 4, "everybody waits"
