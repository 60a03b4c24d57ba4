# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated IQ Server: from an HTTP request to an endpoint, and what is the same for all of them."""

from __future__ import annotations

import base64
import contextlib
import json
import typing as t

from ..faults import read_body
from ..system import System
from . import routes, seeds
from . import switches as switch_table
from .access import authenticate, demand
from .message import NO_CONTENT, Answer, Refusal, Request, parse_query, refused
from .permissions import SYSTEM_ADMINISTRATOR
from .state import State

RATE_WINDOW = 300  # seconds
WRITES = ("POST", "PUT", "DELETE", "PATCH")


class Iq(System):
    """Sonatype IQ Server; a fresh one has ``admin`` / ``admin123`` and a small sample tree."""

    name = "iq"
    Switches = switch_table.Switches
    switches: switch_table.Switches

    def start(self) -> None:
        self.state = State(self.switches, self.clock)
        self.window: tuple[float, int] = (0.0, 0)
        seeds.sample_tree(self.state)

    def configure(self, **switches: t.Any) -> None:
        super().configure(**switches)
        self.state.switch(self.switches)

    def seed(self, count: int, **options: t.Any) -> None:
        """People, and with options more; see ``seeds.seed``."""
        seeds.seed(self.state, count, **options)

    def expire_sessions(self) -> None:
        """Nothing: every request of this API carries its credentials."""

    @contextlib.contextmanager
    def administrator(self) -> t.Iterator[dict[str, str]]:
        """The first person who has the role System Administrator, with the sandbox's own password."""
        members = self.state.everything.members.get(SYSTEM_ADMINISTRATOR, {})
        names = [name for (kind, dummy), name in members.items() if kind == "USER"]
        if not names:
            raise LookupError("nobody is a System Administrator by name")
        login = base64.b64encode(f"{names[0]}:{self.state.own_password}".encode()).decode()
        yield {"Authorization": f"Basic {login}"}

    def empty_page(self, body: bytes) -> bytes:
        data = json.loads(body)
        if isinstance(data, dict):
            return json.dumps({name: [] if isinstance(value, list) else value for name, value in data.items()}).encode()
        return b"[]" if isinstance(data, list) else body

    async def handle(
        self, scope: dict[str, t.Any], receive: t.Callable[..., t.Any], send: t.Callable[..., t.Any]
    ) -> None:
        method = scope["method"]
        body = b"" if method in ("GET", "HEAD") else await read_body(receive)
        try:
            answer = self.respond(method, scope["path"], scope["query_string"], dict(scope["headers"]), body)
        except Refusal as refusal:
            answer = refused(refusal, self.switches.error_body)
        headers = answer.headers
        if self.switches.server_header == "on":
            headers.append((b"server", b"NexusIQ/" + self.switches.version.encode()))
        if answer.status != NO_CONTENT:
            headers.append((b"content-length", str(len(answer.body)).encode()))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else answer.body})

    def respond(self, method: str, path: str, query: bytes, headers: dict[bytes, bytes], body: bytes) -> Answer:
        """The answer to one request; raises Refusal."""
        self.count_request()
        path = self.below_base(path)
        if path == "/ping" and method in ("GET", "HEAD"):
            return Answer(200, [(b"content-type", b"text/plain")], b"pong\n")
        if not path.startswith(routes.PREFIX):
            raise Refusal(404, "HTTP 404 Not Found")
        caller = authenticate(self.state, headers.get(b"authorization"), self.refuses_sign_ins)
        if self.switches.licensed == "402":
            raise Refusal(402, "No valid product license installed.")
        self.check_csrf(method, headers)
        route, parts = routes.find(method, path, self.switches.release)
        if route.permission:
            demand(self.state, caller, route.permission)
        return route.handler(self.state, Request(caller, parts, parse_query(query), headers, body))

    def below_base(self, path: str) -> str:
        """The path without the context path; raises Refusal outside of it."""
        if self.switches.encoded_slash == "400" and "%2f" in path.lower():
            raise Refusal(400, "Ambiguous URI path separator")
        base = self.switches.base_path
        if not path.startswith(base + "/"):
            raise Refusal(404, "HTTP 404 Not Found")
        return path[len(base) :]

    def count_request(self) -> None:
        """Raise Refusal (429) beyond the rate limit of this window."""
        if not self.switches.rate_limit:
            return
        now = self.clock.now()
        start, count = self.window
        if now - start >= RATE_WINDOW:
            start, count = now, 0
        self.window = (start, count + 1)
        if count >= self.switches.rate_limit:
            raise Refusal(429, "Too many requests have been sent from this address. Please try again later.")

    def check_csrf(self, method: str, headers: dict[bytes, bytes]) -> None:
        """Writes of browsers, and behind a reverse proxy all writes, carry the same value as header and cookie."""
        if method not in WRITES:
            return
        pairs = (pair.strip().partition(b"=") for pair in headers.get(b"cookie", b"").split(b";"))
        cookies = {name: value for name, dummy, value in pairs}
        if self.switches.csrf_mode == "off" and b"CLMSESSIONID" not in cookies:
            return
        if b"x-csrf-token" not in headers or cookies.get(b"CLM-CSRF-TOKEN") != headers[b"x-csrf-token"]:
            raise Refusal(self.switches.csrf_status, "Invalid cross-site request forgery token")
