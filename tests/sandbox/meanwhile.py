# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Another client of a system: an administrator of the system's own, whom neither the journal nor a fault notices."""

from __future__ import annotations

import dataclasses
import json
import re
import typing as t

if t.TYPE_CHECKING:
    from .system import System


@dataclasses.dataclass(frozen=True)
class Errand:
    """One request of the other client; ``status`` is a regular expression for what it has to be answered."""

    method: str
    path: str  # percent-encoded, with its query
    json: t.Any = None
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    status: str = "2.."


class Answer(t.NamedTuple):
    status: int
    body: bytes

    def json(self) -> t.Any:
        return json.loads(self.body)


class ErrandFailed(Exception):
    """The system answered the other client with a status that its errand does not allow."""


async def ask(system: System, errand: Errand) -> Answer:
    """What the system's own handling answers to one request. Raises ErrandFailed for an unexpected status."""
    status, body = 0, b""

    async def receive() -> dict[str, t.Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: dict[str, t.Any]) -> None:
        nonlocal status, body
        status = message.get("status", status)
        body += message.get("body", b"")

    content = b"" if errand.json is None else json.dumps(errand.json).encode()
    with system.administrator() as credentials:
        headers = {"host": "127.0.0.1", "content-type": "application/json"} | credentials | errand.headers
        await system.handle(scope_of(errand, headers), receive, send)
    if not re.fullmatch(errand.status, str(status)):
        words = body.decode(errors="replace")
        raise ErrandFailed(f"{errand.method} {errand.path} was answered {status}, not {errand.status}: {words}")
    return Answer(status, body)


def scope_of(errand: Errand, headers: dict[str, str]) -> dict[str, t.Any]:
    """The request as an ASGI scope; its path stays percent-encoded, as ``Controlled`` hands it on."""
    path, dummy, query = errand.path.partition("?")
    return {
        "type": "http",
        "http_version": "1.1",
        "scheme": "http",
        "method": errand.method,
        "path": path,
        "raw_path": path.encode("ascii"),
        "root_path": "",
        "query_string": query.encode("ascii"),
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "extensions": {},
    }
