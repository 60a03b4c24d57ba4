# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One recorded conversation with the real Atom, held again with the simulated one.

Ids, times and tokens differ from run to run, so each recorded one stands for the one that the sandbox gave at the same
place. The real server writes the members of an object in an order that changes from answer to answer where one of them
takes longer (see ``role`` of a role assignment); the order of members is not compared, all else is.
"""

from __future__ import annotations

import http.client
import json
import re
import typing as t

from sandbox.atom import Atom
from sandbox.server import Sandbox

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
RECORDED_TOKEN = re.compile(r"\b(?:jwt|pat_tok)-\d+\b")
TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+|atom_[0-9a-f]{32}_[0-9a-f]{64}")
KEY_NAME = re.compile(r"atom_[0-9a-f]{8}\b")
MASKS = (
    (re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?(?=Z|\+00:00)"), "TIME"),
    (re.compile(r"serving on 127\.0\.0\.1:\d+"), "serving on PORT"),
    (re.compile(r'"([xy])":"[\w-]{43}"'), r'"\1":"NUMBER"'),
)

Line = dict[str, t.Any]


def masked(text: str) -> str:
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    return text


def parsed(text: str) -> t.Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def pairs(theirs: t.Any, ours: t.Any) -> t.Iterator[tuple[str, str]]:
    """The strings that stand at the same place in two answers."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in theirs.keys() & ours.keys():
            yield from pairs(theirs[key], ours[key])
    elif isinstance(theirs, list) and isinstance(ours, list):
        for their, our in zip(theirs, ours, strict=False):
            yield from pairs(their, our)
    elif isinstance(theirs, str) and isinstance(ours, str):
        yield theirs, ours


class Conversation:
    """Exchanges with one server and one database."""

    def __init__(self, sandbox: Sandbox, **switches: t.Any) -> None:
        system = sandbox.apps["magistrala"].system
        assert isinstance(system, Atom)
        self.system = system
        self.system.reset(**switches)
        self.connection = http.client.HTTPConnection(sandbox.urls["magistrala"].removeprefix("http://"), timeout=10)
        self.known: dict[str, str] = {}

    def close(self) -> None:
        self.connection.close()

    def translate(self, text: str) -> str:
        """``text`` with the sandbox's ids and tokens in place of the recorded ones."""
        text = UUID.sub(self.our_id, text)
        text = KEY_NAME.sub(self.our_key_name, text)
        return RECORDED_TOKEN.sub(lambda found: self.known.get(found[0], found[0]), text)

    def our_id(self, found: re.Match[str]) -> str:
        ours = self.known.get(found[0].lower(), found[0].lower())
        return ours if found[0].islower() or found[0].isdigit() else ours.upper()

    def our_key_name(self, found: re.Match[str]) -> str:
        part = found[0].removeprefix("atom_")
        return next((f"atom_{ours[:8]}" for theirs, ours in self.known.items() if theirs.startswith(part)), found[0])

    def learn(self, theirs: t.Any, ours: t.Any) -> None:
        """Pair the ids and tokens of two answers."""
        for their, our in pairs(theirs, ours):
            if UUID.fullmatch(their) and UUID.fullmatch(our):
                self.known.setdefault(their, our)
            if RECORDED_TOKEN.fullmatch(their) and TOKEN.fullmatch(our):
                self.known.setdefault(their, our)

    def request(self, line: Line, body: str) -> http.client.HTTPResponse:
        headers: dict[str, str] = {}
        if line["auth"] is not None:
            headers["Authorization"] = f"Bearer {self.translate(line['auth'])}"
        if line["content_type"] is not None:
            headers["Content-Type"] = line["content_type"]
        headers |= line["extra_headers"] or {}
        data = self.translate(body).encode() or None
        self.connection.request(line["method"], self.translate(line["path"]), data, headers)
        return self.connection.getresponse()

    def differences(self, line: Line, body: str, unordered: bool = False) -> list[str]:
        """Send a request; says what of the answer is not as recorded.

        :param unordered: the rows of the only listing may come in any order.
        """
        response = self.request(line, body)
        theirs, ours = line["response_raw"] or "", response.read().decode()
        if unordered:
            theirs, ours = self.in_order(theirs, self.translate), self.in_order(ours, str)
        self.learn(parsed(theirs), parsed(ours))
        want, got = masked(self.translate(theirs)), masked(ours)
        if "...<" in want:
            want, dummy, length = want.partition("...<")
            got = got[: len(want)] if len(ours) == int(length.removesuffix(" bytes>")) else f"{len(ours)} bytes"
        compared: dict[str, tuple[t.Any, t.Any]] = {
            "status": (line["status"], response.status),
            "body": (parsed(want), parsed(got)),
            "content type": (line["response_content_type"], response.headers.get("Content-Type")),
            "cookie": (self.cookie(line["set_cookie"]), self.cookie(response.headers.get("Set-Cookie"))),
            "wait": (wait(line["retry_after"]), wait(response.headers.get("Retry-After"))),
        }
        return [f"{name}: recorded {a!r}, got {b!r}" for name, (a, b) in compared.items() if a != b]

    def cookie(self, text: str | None) -> str | None:
        return text and self.translate(text)

    def in_order(self, text: str, translate: t.Callable[[str], str]) -> str:
        content = json.loads(text)
        (listing,) = content["data"].values()
        listing["items"].sort(key=lambda row: (row["name"], translate(row["tenantId"] or "")))
        return json.dumps(content)


def wait(text: str | None) -> str | None:
    """How long to wait: a lock says its whole length, the rest of a minute is as long as it is."""
    return "rest of a minute" if text is not None and 1 <= int(text) <= 60 else text
