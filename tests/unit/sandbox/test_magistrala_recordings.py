# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replays what the real Magistrala users service answered against the sandbox (see ``magistrala_replay``)."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running
from unit.sandbox.magistrala_replay import Conversation, Exchange, Line, lines, server_exchange

SERVER_FILES = ("early2025", "v0.30", "v0.30-strict")
EXCHANGES = 685

# Every exchange that the sandbox answers differently, and why.
DIFFERENCES = {
    # the recorder's stand-in for the token service listed a refreshed token under a second id; the real service keeps
    # the id of the token that was refreshed
    ("v0.30", 279): "ids of refresh tokens",
}


def cli_exchange(line: Line) -> Exchange:
    method, path, headers, body = line["req"]
    status, answer = line["resp"]
    sent = {name: value for name, value in headers.items() if name != "Content-Length"}
    return Exchange(method, path, sent, body, status, None, None, answer)


@pytest.fixture(scope="module")
def sandbox() -> t.Iterator[Sandbox]:
    with running(Magistrala()) as sandbox:
        yield sandbox


def replay(sandbox: Sandbox, exchanges: list[Exchange], **switches: t.Any) -> dict[int, list[str]]:
    """What differs, by the position of the exchange; a conversation begins where ``tok-1`` is issued."""
    found: dict[int, list[str]] = {}
    conversation: Conversation | None = None
    for position, exchange in enumerate(exchanges):
        if conversation is None or (position > 1 and '"access_token":"tok-1"' in exchange.answer):
            if conversation:
                conversation.close()
            conversation = Conversation(sandbox, **switches)
        differences = conversation.differences(exchange)
        if differences:
            found[position] = differences
    if conversation:
        conversation.close()
    return found


def test_the_sandbox_answers_as_the_real_server_did(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    found: dict[tuple[str, int], list[str]] = {}
    total = 0
    for name in SERVER_FILES:
        exchanges = [server_exchange(line) for line in lines(name)]
        total += len(exchanges)
        found |= {(name, position): what for position, what in replay(sandbox, exchanges, profile=name).items()}
    with capsys.disabled():
        print(f"\nmagistrala recordings: {total - len(found)}/{total}")
    assert {where: what for where, what in found.items() if where not in DIFFERENCES} == {}
    assert DIFFERENCES.keys() - found.keys() == set(), "these differences are gone, take them off the table"
    assert total == EXCHANGES


def test_the_sandbox_answers_the_official_cli_as_the_real_server_did(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    exchanges = [cli_exchange(line) for line in lines("cli-early2025-wire")]
    found = replay(sandbox, exchanges, profile="early2025", self_register=True)
    with capsys.disabled():
        print(f"\nmagistrala CLI recordings: {len(exchanges) - len(found)}/{len(exchanges)}")
    assert found == {}
