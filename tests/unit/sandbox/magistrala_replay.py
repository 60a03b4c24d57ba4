# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sends recorded requests to the sandbox and compares what comes back.

Recordings are no part of this project: they are looked for in ``$LIFECYCLE_SHARED`` or in ``../shared`` beside it.
Ids, times and tokens differ from run to run, so each recorded one stands for the one that the sandbox gave at the same
place; all else (status, content type, Location, every byte of the body) must be equal. Lists that the real database
gives in no order are compared in one.
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
from sandbox.server import Sandbox

ROOT = pathlib.Path(__file__).resolve().parents[3]
RECORDINGS = pathlib.Path(os.environ.get("LIFECYCLE_SHARED") or ROOT.parent / "shared") / "recordings" / "magistrala"

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ROLE = re.compile(r"\bdomain_[A-Za-z0-9]{20,}")
TOKEN = re.compile(
    r"\b(?:pat_tok|tok|jwt)-\d+\b|\beyJ[\w-]+(?:\.[\w-]+\.[\w-]+)?"
    r"|\bpat_[A-Za-z0-9+/=]{44}_(?:[^\"\\]|\\u00[0-9a-f]{2})+"
)
TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")
FRAGMENT = re.compile(r"(?<=[?&]id=)[0-9a-f]{6,}")

Line = dict[str, t.Any]


class Exchange(t.NamedTuple):
    """One recorded request and its answer; location and content_type are None where the file does not tell.

    ``status`` is None where the server closed the connection without an answer.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: str
    status: int | None
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
        for pattern in (UUID, ROLE):
            text = pattern.sub(lambda found: self.known.get(found[0], found[0]), text)
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
        for pattern in (UUID, ROLE, TOKEN):
            theirs, ours = pattern.findall(recorded), pattern.findall(given)
            if len(theirs) == len(ours):
                for their, our in zip(theirs, ours, strict=True):
                    if pattern is TOKEN or our not in self.known.values():
                        self.known.setdefault(their, our)

    def send(self, exchange: Exchange) -> tuple[int | None, http.client.HTTPMessage, str]:
        """Status, headers and body; a connection that was closed without an answer gives None and nothing."""
        headers = {name: json.loads(f'"{self.translate(value)}"') for name, value in exchange.headers.items()}
        path = FRAGMENT.sub(self.fragment, self.translate(exchange.path))
        self.connection.request(exchange.method, path, self.translate(exchange.body).encode() or None, headers)
        try:
            response = self.connection.getresponse()
        except http.client.RemoteDisconnected:
            self.connection.close()
            return None, http.client.HTTPMessage(), ""
        return response.status, response.headers, response.read().decode()

    def differences(self, exchange: Exchange) -> list[str]:
        """Send the request; says what of the answer is not as recorded."""
        status, headers, body = self.send(exchange)
        theirs, ours = exchange.answer, body
        if exchange.path.startswith("/domains"):
            theirs, ours = arranged(theirs, self.translate), arranged(ours, str)
        self.learn(theirs, ours)
        pairs: dict[str, tuple[object, object]] = {"status": (exchange.status, status)}
        pairs["body"] = (TIME.sub("TIME", self.translate(theirs)), TIME.sub("TIME", ours))
        if exchange.content_type is not None:
            pairs["content type"] = (exchange.content_type, headers.get("Content-Type", ""))
        if exchange.location is not None:
            pairs["location"] = (self.translate(exchange.location), headers.get("Location", ""))
        return [f"{name}: recorded {want!r}, got {got!r}" for name, (want, got) in pairs.items() if want != got]


def arranged(answer: str, translate: t.Callable[[str], str]) -> str:
    """A page of domains or members with what has no order in the real database (there is no ORDER BY) put in one.

    These are members, the actions of a role, and in generation A, which has aliases, domains.
    """
    if not answer.startswith("{"):
        return answer

    def sort(value: t.Any) -> t.Any:
        if not isinstance(value, dict):
            return value
        if "actions" in value:
            value["actions"].sort()
        for name in ("domains", "members", "roles"):
            for entry in value.get(name, ()):
                sort(entry)
        if "members" in value:
            value["members"].sort(key=lambda entry: translate(entry["member_id"] if isinstance(entry, dict) else entry))
        if value.get("domains") and "alias" in value["domains"][0]:
            value["domains"].sort(key=lambda entry: entry["alias"])
        return value

    return json.dumps(sort(json.loads(answer)), ensure_ascii=False)


def lines(name: str) -> list[Line]:
    path = RECORDINGS / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip("no recordings of the real server here (LIFECYCLE_SHARED, or ../shared beside the project)")
    return [json.loads(line) for line in path.read_text().splitlines()]


def server_exchange(line: Line) -> Exchange:
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
