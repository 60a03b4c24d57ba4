# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fewest requests: nothing is asked twice, and nothing that the task does not need."""

from __future__ import annotations

import asyncio
import collections
import typing as t

from unit.iq.server import JANE, Server

DATA = {"role": "Developer", "organization": "Data"}
PORTAL = {"role": "Owner", "application": "data-portal"}


def many(count: int) -> list[dict[str, t.Any]]:
    return [{"username": f"person-{number:05d}"} for number in range(1, count + 1)]


def once(server: Server) -> int:
    """How many requests there were, none of them twice."""
    counted = collections.Counter(f"{line.method} {line.path}" for line in server.app.journal)
    assert max(counted.values()) == 1, counted.most_common(3)
    return len(counted)


def test_many_unchanged_accounts_take_one_request(server: Server) -> None:
    server.seed(300)
    result = server.user(users=many(300))
    assert not result["changed"] and server.requests() == ["GET users"]


def test_one_unchanged_account_takes_one_request(server: Server) -> None:
    server.seed(300)
    assert not server.user(username="person-00007", email="person-00007@example.com")["changed"]
    assert server.requests() == ["GET users/person-00007"]


def test_grants_at_named_places_are_read_there_only(server: Server) -> None:
    server.seed(100, organizations=30, applications=60)
    for one in many(100):
        server.grant(one["username"], DATA, PORTAL)
    result = server.user(
        users=many(100), grants={"add": [DATA], "remove": [{"role": "Developer", "application": "data-portal"}]}
    )
    assert not result["changed"] and once(server) == 3 + 1 + 2, "three catalogs, the accounts, two places"


def test_a_sweep_reads_every_place_once_for_all(server: Server) -> None:
    server.seed(50, organizations=10, applications=20)
    result = server.user(users=many(50), grants={"set": []})
    places = len(server.system.state.owners())
    assert not result["changed"] and once(server) == 1 + 3 + places, "no roles are looked up where nothing is held"


def test_leavers_who_left(server: Server) -> None:
    result = server.user(users=many(50), state="absent")
    places = len(server.system.state.owners())
    assert not result["changed"] and once(server) == 1 + 3 + 1 + places, "accounts, three catalogs, tokens, places"


def test_leavers_without_revoke(server: Server) -> None:
    result = server.user(users=many(50), state="absent", revoke=False)
    assert not result["changed"] and once(server) == 1, "accounts"


def test_a_new_account_takes_five_requests(server: Server) -> None:
    assert server.user(**JANE)["changed"]
    assert server.requests() == ["GET users/jane", "GET users", "GET userTokens", "POST users", "GET users/jane"]


def test_new_accounts_take_two_requests_each(server: Server) -> None:
    users = [{**JANE, **one} for one in many(40)]
    assert server.user(users=users)["changed"]
    assert len(server.requests()) == 2 + 2 * 40 and len(server.writes()) == 40


def test_an_update_takes_one_request(server: Server) -> None:
    server.seed(40)
    assert server.user(users=[{**one, "last_name": "New"} for one in many(40)])["changed"]
    assert len(server.requests()) == 1 + 40


def test_places_are_read_a_few_at_a_time(server: Server) -> None:
    server.seed(1, applications=40)
    running, most = 0, 0
    handle = server.system.handle

    async def counting(scope: t.Any, receive: t.Any, send: t.Any) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        try:
            await handle(scope, receive, send)
        finally:
            running -= 1

    server.system.handle = counting  # type: ignore[method-assign]
    try:
        for parallel, bound in ((1, 1), (4, 4), (8, 8), (100, 16)):
            most = 0
            assert not server.user(username="person-00001", grants={"set": []}, parallel=parallel)["failed"]
            assert 1 <= most <= bound and (parallel == 1 or most > 1)
    finally:
        server.system.handle = handle  # type: ignore[method-assign]
