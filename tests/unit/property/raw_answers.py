# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that no service gives: real ones that were spoiled here and there, and others that are raw bytes."""

from __future__ import annotations

import copy
import dataclasses
import functools
import gzip
import json
import typing as t

from hypothesis import strategies as st

from rawserver import http
from sandbox.faults import Recorder, answer, fresh_length
from sandbox.system import System

Headers = list[tuple[bytes, bytes]]
CLEAR_SCREEN = "\x1b[2J\x1b[1;32mok\x1b[0m\x07\x9b0m\u202e"
DEEP = functools.reduce(lambda inner, dummy: [inner], range(200), t.cast(t.Any, 0))

texts = st.sampled_from(
    [
        "",
        CLEAR_SCREEN,
        "\ud800",
        "\x00",
        "a" * 5000,
        "..",
        "{{ 1 }}",
        "<b>&",
        "admin",
        "enabled",
        "2026-01-01T00:00:00Z",
    ]
)
numbers = st.sampled_from([0, -1, 1.5, 10**18, 10**30, float("inf"), float("nan"), 2**31])
leaves = st.none() | st.booleans() | numbers | texts | st.text(max_size=20)
values = (
    leaves
    | st.just(DEEP)
    | st.lists(leaves, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "name", "\x1b"]), leaves, max_size=2)
)
odd_headers = st.sampled_from(
    [
        (b"content-type", b"text/html"),
        (b"content-type", b"application/xml; charset=utf-16"),
        (b"retry-after", b"99999999999999999999"),
        (b"retry-after", b"Wed, 99 Foo 2026"),
        (b"retry-after", b"\xb2"),
        (b"server", b"NexusIQ/1.99999999999999999999.0"),
        (b"server", "NexusIQ/1.\u0663.0".encode()),
        (b"content-encoding", b"br"),
        (b"content-encoding", b"gzip"),
        (b"location", b"http://[::1"),
        (b"set-cookie", b"a=" + b"x" * 5000),
        (b"www-authenticate", b"Basic realm=\xff"),
    ]
)


@dataclasses.dataclass
class Spoiling:
    """What is done to one answer: a value ``at`` some place replaced, left out or repeated, or its frame changed."""

    kind: str
    at: int
    value: t.Any
    header: tuple[bytes, bytes]
    status: int

    def apply(self, kept: Recorder) -> None:
        if self.kind == "status":
            kept.status = self.status
        elif self.kind == "header":
            kept.headers = [*(pair for pair in kept.headers if pair[0] != self.header[0]), self.header]
        elif self.kind == "cut":
            kept.body = kept.body[: self.at % (len(kept.body) + 1)]
        elif self.kind == "byte":
            at = self.at % (len(kept.body) + 1)
            kept.body = kept.body[:at] + bytes([self.at % 256]) + kept.body[at + 1 :]
        elif self.kind == "pad":
            kept.body += b" " * 3 * 2**20
        elif self.kind == "bomb":
            kept.body, kept.headers = packed(), [*kept.headers, (b"content-encoding", b"gzip")]
        else:
            kept.body = self.spoiled(kept.body)

    def spoiled(self, body: bytes) -> bytes:
        try:
            content = json.loads(body)
        except ValueError:
            return self.spoiled_xml(body)
        root = [copy.deepcopy(content)]
        places = list(nodes(root))
        holder, key = places[self.at % len(places)]
        if self.kind == "replace" or holder is root:
            holder[key] = self.value
        elif self.kind == "leave out":
            del holder[key]
        elif isinstance(holder, list):
            holder[:] = [*reversed(holder), holder[key], holder[key]]
        return json.dumps(root[0]).encode()

    def spoiled_xml(self, body: bytes) -> bytes:
        pieces = body.split(b"<")
        at = self.at % len(pieces)
        if self.kind == "replace":
            text = str(self.value).encode("utf-8", "replace").replace(b"<", b"&lt;")
            pieces[at] = pieces[at].partition(b">")[0] + b">" + text
        elif self.kind == "leave out":
            del pieces[at]
        else:
            pieces.insert(at, pieces[at])
        return b"<".join(pieces)


@functools.cache
def packed() -> bytes:
    return gzip.compress(b" " * 40 * 2**20)


def nodes(holder: t.Any) -> t.Iterator[tuple[t.Any, t.Any]]:
    """Every place in a JSON value, as what holds it and the key or position there."""
    keys = list(holder) if isinstance(holder, dict) else range(len(holder))
    for key in keys:
        yield holder, key
        if isinstance(holder[key], (dict, list)):
            yield from nodes(holder[key])


KINDS = ("replace", "replace", "replace", "leave out", "repeat", "status", "header", "cut", "byte", "pad", "bomb")
spoilings = st.builds(
    Spoiling,
    kind=st.sampled_from(KINDS),
    at=st.integers(0, 2000),
    value=values,
    header=odd_headers,
    status=st.sampled_from([200, 201, 204, 302, 304, 400, 401, 403, 404, 409, 422, 429, 500, 503, 599]),
)
plans = st.dictionaries(st.integers(0, 8), spoilings, min_size=1, max_size=3)


class Spoiled:
    """``system`` with a ``plan``: which of its answers, counted from the sign-in, are spoiled in which way."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.begin({})

    def begin(self, plan: dict[int, Spoiling]) -> None:
        self.plan, self.answers = plan, 0

    def __getattr__(self, name: str) -> t.Any:
        return getattr(self.system, name)

    async def handle(self, scope: dict, receive: t.Callable, send: t.Callable) -> None:
        kept = Recorder()
        await self.system.handle(scope, receive, kept)
        spoiling = self.plan.get(self.answers)
        self.answers += 1
        if spoiling:
            spoiling.apply(kept)
        await answer(send, kept.status, fresh_length(kept.headers, kept.body), kept.body)


bodies = (
    st.binary(max_size=200)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
    | values.map(lambda value: json.dumps(value).encode())
)
framings = st.sampled_from(
    [
        (),
        ("Content-Length: 5",),
        ("Content-Length: -1",),
        ("Content-Length: 99999999999999999999",),
        ("Transfer-Encoding: chunked",),
        ("Content-Length: 3", "Content-Length: 4"),
        ("X: " + "y" * 70_000,),
        tuple(f"X-{number}: y" for number in range(150)),
        ("Content-Encoding: gzip", "Connection: close"),
        ("Retry-After: \x1b[2J", "Connection: close"),
    ]
)
statuses = st.sampled_from(
    ["200 OK", "200 \x1b[2J", "201 Made", "100 Continue", "000 No", "999 ?", "401 No", "503 Busy", "abc", "-1 x"]
)
raw_answers = st.lists(
    st.binary(max_size=60)
    | st.builds(lambda body, lines, status: http(body, *lines, status=status), bodies, framings, statuses),
    min_size=1,
    max_size=6,
)
