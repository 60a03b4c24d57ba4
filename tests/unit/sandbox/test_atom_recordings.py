# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replays what the real Atom of v0.40 answered against the sandbox.

Recordings are no part of this project: they are looked for in ``$LIFECYCLE_SHARED`` or in ``../shared`` beside it. What
they leave out is put in again here, see ``Replay``.
"""

from __future__ import annotations

import json
import os
import pathlib
import typing as t

import pytest

from sandbox.atom import Atom
from sandbox.server import running
from unit.sandbox.atom_recording import Conversation, Line

ROOT = pathlib.Path(__file__).resolve().parents[3]
SHARED = pathlib.Path(os.environ.get("LIFECYCLE_SHARED") or ROOT.parent / "shared")
RECORDING = SHARED / "recordings" / "magistrala" / "atom-v0.40.jsonl"
EXCHANGES = 689
SHARE = 0.98

# Every exchange that the sandbox answers differently, and why.
DIFFERENCES: dict[int, str] = {}

# Roles of one name: in what order they come is left to the database, it is not that of their making, ids or tenants.
UNORDERED = (339, 340)

# Five requests at once, of which the third was carried out first.
RACE = {610: 612, 611: 610, 612: 611}


def many_names(start: str, count: int) -> str:
    names = " ".join(f"a{number}: name" for number in range(count))
    return json.dumps({"query": f"query D {{ {start} {{ items {{ {names} }} }} }}"})


def with_variables(like: Line, **variables: t.Any) -> str:
    """The request of another exchange with other variables."""
    content = json.loads(like["request_raw"])
    return json.dumps({"query": content["query"], "variables": content["variables"] | variables})


def long_bodies(lines: list[Line]) -> dict[int, str]:
    """The bodies that the recording cuts off, whole again."""
    return {
        98: with_variables(lines[97], input={"kind": "human", "name": "x" * 5000}),
        178: with_variables(lines[180], password="x" * 100_000),
        517: many_names("entities", 1100),
        518: many_names("entities(limit: 1)", 1200),
        520: json.dumps({"query": "{ health }", "x": "y" * 1_100_000}),
        521: json.dumps({"identifier": "x" * 40_000, "secret": "x"}),
        522: with_variables(lines[523], input={"attributes": {"blob": "x" * 200_000}}),
        609: with_variables(lines[608], q="x" * 5000),
    }


class Replay:
    """The three conversations of the recording, on two servers; the short sessions are on the second one's database."""

    def __init__(self, compose: Conversation, defaults: Conversation, lines: list[Line]) -> None:
        self.servers = {"compose": compose, "defaults": defaults, "short sessions": defaults}
        self.compose, self.defaults = compose, defaults
        self.lines = lines
        self.bodies = long_bodies(lines)
        self.interludes: dict[int, t.Callable[[], None]] = {
            435: lambda: compose.system.clock.advance(901),  # the lock was over
            482: self.spoil_token,
            593: self.make_bulk,
            663: self.ask_for_health,
            666: self.shorten_sessions,
            668: lambda: defaults.system.clock.advance(4),
            674: self.put_administrator_back,
        }

    def body(self, position: int) -> str:
        """What was sent. A rebuilt body must be as long as the recording says that it was."""
        raw = self.lines[position]["request_raw"] or ""
        whole = self.bodies.get(position)
        if whole is None:
            assert "...<" not in raw
            return str(raw)
        start, dummy, length = raw.partition("...<")
        assert whole.startswith(start)
        assert len(whole) == int(length.removesuffix(" bytes>"))
        return whole

    def run(self) -> dict[int, list[str]]:
        """What differs, by the position of the exchange."""
        found: dict[int, list[str]] = {}
        for place in range(len(self.lines)):
            if place in self.interludes:
                self.interludes[place]()
            position = RACE.get(place, place)
            line = self.lines[position]
            server = self.servers[line["conversation"]]
            differences = server.differences(line, self.body(position), position in UNORDERED)
            if differences:
                found[position] = differences
        return found

    def spoil_token(self) -> None:
        """The recorded token with a wrong secret was shown nowhere: it is another one whose last digit differs."""
        good = self.compose.known["pat_tok-2"]
        self.compose.known["pat_tok-5"] = good[:-1] + ("0" if good[-1] != "0" else "1")

    def make_bulk(self) -> None:
        """Only the first of 121 equal requests was recorded."""
        names = [f"bulk{number:03d}" for number in range(1, 121)]
        rows = [{"name": n, "attributes": {"email": f"{n}@example.com", "tags": ["bulk"]}} for n in names]
        self.compose.system.seed(0, people=rows)

    def ask_for_health(self) -> None:
        """106 of the requests that count towards the limit were left out."""
        for dummy in range(106):
            assert self.defaults.differences(self.lines[662], self.body(662)) == []

    def shorten_sessions(self) -> None:
        """The server was started anew, with the same database."""
        self.defaults.system.configure(session_seconds=3)
        self.defaults.system.clock.advance(61)

    def put_administrator_back(self) -> None:
        """The only administrator had disabled himself; somebody undid it in the database."""
        self.compose.system.state.directory.entities["00000000-0000-0000-0000-000000000001"].status = "active"


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    if not RECORDING.is_file():
        pytest.skip("no recordings of the real server here (LIFECYCLE_SHARED, or ../shared beside the project)")
    return [json.loads(line) for line in RECORDING.read_text().splitlines()]


def matters(line: Line) -> bool:
    """Whether an exchange must match: it has a note, or its answer is an error."""
    return bool(line["note"]) or line["status"] >= 400 or '"errors"' in (line["response_raw"] or "")


def test_the_sandbox_answers_as_the_real_server_did(lines: list[Line], capsys: pytest.CaptureFixture[str]) -> None:
    with running(Atom()) as first, running(Atom()) as second:
        compose = Conversation(first, introspection=True)
        defaults = Conversation(
            second, admin_secret="Admin-secret-1", minimum_password=12, allow_unverified=False, rate_limits=True
        )
        found = Replay(compose, defaults, lines).run()
        compose.close()
        defaults.close()
    important = {position for position, line in enumerate(lines) if matters(line)}
    others = set(range(len(lines))) - important
    with capsys.disabled():
        for name, part in (("with a note or an error", important), ("others", others)):
            print(f"\natom recording, {name}: {len(part - found.keys())}/{len(part)}", end="")
        print(f"\natom recording: {len(lines) - len(found)}/{len(lines)}")
    assert {where: what for where, what in found.items() if where not in DIFFERENCES} == {}
    assert DIFFERENCES.keys() - found.keys() == set(), "these differences are gone, take them off the table"
    assert not important & found.keys()
    assert len(others - found.keys()) >= SHARE * len(others)
    assert len(lines) == EXCHANGES
