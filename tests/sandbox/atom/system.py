# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Atom as a simulated system: switches, state and control."""

from __future__ import annotations

import contextlib
import json
import typing as t
import uuid

from ..faults import answer as send_answer
from ..faults import read_body
from ..system import OPERATION, System
from . import graphql, groups, invitations, limits, listing, removal, roles, seeding
from .bodies import BadBody
from .call import Call
from .errors import Refused, unauthenticated
from .http import Reply, Request, refusal_reply, text_reply
from .passwords import store_password
from .rest import ROUTES
from .sessions import authenticate, open_session
from .state import ADMIN, ADMIN_ROLE, State
from .switches import Switches as AtomSwitches

OPERATIONS = (groups, invitations, listing, removal, roles)  # imported for the operations that they register
MOST_REST = 32 * 1024
SEED_PASSWORD = seeding.PASSWORD


def note_operation(scope: dict[str, t.Any], body: bytes) -> None:
    if scope["path"] == "/graphql":
        scope[OPERATION] = graphql.operation_of(body)


class Atom(System):
    """The identity service of Magistrala from v0.40 on."""

    name = "magistrala"
    Switches = AtomSwitches
    switches: AtomSwitches

    def now(self) -> float:
        """The moment that it is for the service."""
        return self.clock.now()

    def start(self) -> None:
        self.state = State(self.now)
        self.key_id = str(uuid.uuid4())
        self.tokens: dict[str, str] = {}
        self.refresh_tokens: dict[str, str] = {}
        self.resets: dict[str, tuple[str, float]] = {}
        self.mails: list[dict[str, str]] = []
        self.failures = limits.Windows()
        self.requests = limits.Windows()
        self.seeded = 0
        store_password(self.state, self.state.directory.entities[ADMIN], self.switches.admin_secret)

    def seed(self, count: int = 0, **options: t.Any) -> None:
        """Add people; see ``seeding.seed`` for the options."""
        self.seeded = seeding.seed(self.state, self.switches.newer, self.seeded, count, **options)

    def expire_sessions(self) -> None:
        """Every session ends. Access tokens are credentials, not sessions: they stay good."""
        now = self.state.stamp()
        for session in self.state.sessions.values():
            session.expires_at = session.refresh_expires_at = min(session.expires_at, now)

    @contextlib.contextmanager
    def administrator(self) -> t.Iterator[dict[str, str]]:
        """A session of the first platform administrator who is active."""
        holders = [a.subject_id for a in self.state.assignments.values() if a.role_id == ADMIN_ROLE]
        entity = next((e for e in map(self.state.directory.active, holders) if e), None)
        if entity is None:
            raise LookupError("nobody is a platform administrator")
        session, token = open_session(self, entity)
        try:
            yield {"Authorization": f"Bearer {token}"}
        finally:
            del self.state.sessions[session.id], self.tokens[token], self.refresh_tokens[session.refresh_token]

    def empty_page(self, body: bytes) -> bytes:
        try:
            content = json.loads(body)
        except ValueError:
            return body
        data = content.get("data") if isinstance(content, dict) else None
        for value in data.values() if isinstance(data, dict) else ():
            if isinstance(value, dict) and "items" in value:
                value["items"] = []
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    def inspect(self, verb: str) -> t.Any:
        """``people`` and ``tenants`` as they are, deleted ones too; ``outbox``: the mails so far."""
        told: dict[str, t.Callable[[], t.Any]] = {
            "people": lambda: seeding.people(self.state),
            "tenants": lambda: seeding.tenants(self.state),
            "outbox": lambda: self.mails,
        }
        return told[verb]() if verb in told else super().inspect(verb)

    async def look(self, scope: dict[str, t.Any], receive: t.Callable[..., t.Any]) -> t.Callable[..., t.Any]:
        body = await read_body(receive)
        note_operation(scope, body)

        async def again() -> dict[str, t.Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        return again

    async def handle(
        self, scope: dict[str, t.Any], receive: t.Callable[..., t.Any], send: t.Callable[..., t.Any]
    ) -> None:
        request = Request.of(scope, await read_body(receive))
        note_operation(scope, request.body)
        reply = self.reply(request)
        if self.switches.tells_codes:
            reply.headers["x-request-id"] = str(uuid.uuid4())
        body = b"" if request.method == "HEAD" else reply.body
        await send_answer(send, reply.status, reply.raw_headers(), body)

    def reply(self, request: Request) -> Reply:
        try:
            if self.switches.rate_limits:
                limits.check_rate(self.requests, request.path, request.client, self.clock.now())
            if request.method == "OPTIONS":
                return Reply(200)
            if request.path == "/graphql":
                return graphql.answer(self, request) if request.method == "POST" else Reply(405)
            return self.rest(request)
        except BadBody as refusal:
            return text_reply(refusal.status, refusal.text)
        except Refused as refusal:
            return refusal_reply(refusal)

    def rest(self, request: Request) -> Reply:
        routes = [route for route in ROUTES if route.fits(request.path)]
        if not routes:
            return Reply(404)
        route = next((route for route in routes if route.method == request.method), None)
        if route is None:
            return Reply(405)
        if route.json:
            if request.header(b"content-type").partition(";")[0].strip().lower() != "application/json":
                return text_reply(415, "Expected request with `Content-Type: application/json`")
            if len(request.body) > MOST_REST:
                return text_reply(413, "Failed to buffer the request body: length limit exceeded")
        if not route.signed:
            return route.handler(Call(self), request)
        token = request.token
        if token is None:
            raise unauthenticated("missing authentication")
        return route.handler(authenticate(self, token), request)
