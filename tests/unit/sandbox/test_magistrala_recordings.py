# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replays what the real Magistrala users service answered against the sandbox.

Recordings are no part of this project: they are looked for in ``$LIFECYCLE_SHARED`` or in ``../shared`` beside it.
Ids, times and tokens differ from run to run, so each recorded one stands for the one that the sandbox gave at the same
place; all else (status, content type, Location, every byte of the body) must be equal.
"""

from __future__ import annotations

import http.client
import json
import os
import pathlib
import re
import typing as t

import pytest

from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running

ROOT = pathlib.Path(__file__).resolve().parents[3]
RECORDINGS = pathlib.Path(os.environ.get("LIFECYCLE_SHARED") or ROOT.parent / "shared") / "recordings" / "magistrala"

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TOKEN = re.compile(r"\btok-\d+\b|\beyJ[\w-]+(?:\.[\w-]+\.[\w-]+)?")
TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
FRAGMENT = re.compile(r"(?<=[?&]id=)[0-9a-f]{6,}")

SERVER_FILES = ("early2025", "v0.30", "v0.30-strict")
EXCHANGES = 685

# Every exchange that the sandbox answers differently, and why.
DIFFERENCES = {
    # the recorder's stand-in for the token service listed a refreshed token under a second id; the real service keeps
    # the id of the token that was refreshed
    ("v0.30", 279): "ids of refresh tokens",
}


class Exchange(t.NamedTuple):
    """One recorded request and its answer; location and content_type are None where the file does not tell."""

    method: str
    path: str
    headers: dict[str, str]
    body: str
    status: int
    content_type: str | None
    location: str | None
    answer: str


class Conversation:
    """A sequence of exchanges with one database."""

    def __init__(self, sandbox: Sandbox, **switches: t.Any) -> None:
        system = sandbox.apps["magistrala"].system
        assert isinstance(system, Magistrala)
        self.system = system
        self.system.reset(**switches)
        self.connection = http.client.HTTPConnection(sandbox.urls["magistrala"].removeprefix("http://"), timeout=10)
        self.known: dict[str, str] = {}

    def close(self) -> None:
        self.connection.close()

    def translate(self, text: str) -> str:
        """``text`` with the sandbox's ids and tokens in place of the recorded ones."""
        text = UUID.sub(lambda found: self.known.get(found[0], found[0]), text)
        return TOKEN.sub(lambda found: self.known.get(found[0]) or self.mailed(found[0]), text)

    def mailed(self, token: str) -> str:
        """A token that no answer has shown came by mail: the latest one is meant."""
        return self.known.setdefault(token, self.system.outbox()[-1][1] if self.system.outbox() else token)

    def fragment(self, found: re.Match[str]) -> str:
        """The part of the sandbox's id that stands where ``found`` stands in the recorded id."""
        recorded = next((known for known in self.known if UUID.fullmatch(known) and found[0] in known), found[0])
        start = recorded.index(found[0])
        return self.known.get(recorded, recorded)[start : start + len(found[0])]

    def learn(self, recorded: str, given: str) -> None:
        """Pair ids and tokens; an id has one counterpart, tokens of the same second may well be equal."""
        for pattern in (UUID, TOKEN):
            theirs, ours = pattern.findall(recorded), pattern.findall(given)
            if len(theirs) == len(ours):
                for their, our in zip(theirs, ours, strict=True):
                    if pattern is TOKEN or our not in self.known.values():
                        self.known.setdefault(their, our)

    def differences(self, exchange: Exchange) -> list[str]:
        """Send the request; says what of the answer is not as recorded."""
        headers = {name: self.translate(value) for name, value in exchange.headers.items()}
        path = FRAGMENT.sub(self.fragment, self.translate(exchange.path))
        self.connection.request(exchange.method, path, self.translate(exchange.body).encode() or None, headers)
        response = self.connection.getresponse()
        body = response.read().decode()
        self.learn(exchange.answer, body)
        pairs: dict[str, tuple[object, object]] = {"status": (exchange.status, response.status)}
        pairs["body"] = (TIME.sub("TIME", self.translate(exchange.answer)), TIME.sub("TIME", body))
        if exchange.content_type is not None:
            pairs["content type"] = (exchange.content_type, response.headers.get("Content-Type", ""))
        if exchange.location is not None:
            pairs["location"] = (self.translate(exchange.location), response.headers.get("Location", ""))
        return [f"{name}: recorded {want!r}, got {got!r}" for name, (want, got) in pairs.items() if want != got]


def lines(name: str) -> list[dict[str, t.Any]]:
    path = RECORDINGS / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip("no recordings of the real server here (LIFECYCLE_SHARED, or ../shared beside the project)")
    return [json.loads(line) for line in path.read_text().splitlines()]


def server_exchange(line: dict[str, t.Any]) -> Exchange:
    headers = {}
    if line["auth"] is not None:
        headers["Authorization"] = f"Bearer {line['auth']}"
    if line["content_type"] is not None:
        headers["Content-Type"] = line["content_type"]
    headers |= line["extra_headers"] or {}
    return Exchange(
        line["method"],
        line["path"],
        headers,
        line["request_raw"] or "",
        line["status"],
        line["response_content_type"] or "",
        line["location"] or "",
        line["response_raw"] or "",
    )


def cli_exchange(line: dict[str, t.Any]) -> Exchange:
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
