# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala's users, auth and domains services as one simulated system: switches, state and control."""

from __future__ import annotations

import contextlib
import json
import math
import secrets
import typing as t
import uuid

from starlette.types import Receive, Scope, Send

from ..system import System
from . import api, inspection, rules, seeding
from .domains.state import Domains
from .errors import invalid
from .pats.state import PREFIX, Pats
from .routes import router
from .rules import Secret
from .seeding import SEED_PASSWORD
from .store import Table
from .switches import Switches as MagistralaSwitches
from .tokens import ACCESS, PAT, Session, Tokens

ROUTERS = {"A": router("A"), "B": router("B")}
ENTRIES = ("users", "domains", "roles", "members", "invitations", "pats")


class Magistrala(System):
    """The users service of SuperMQ early 2025 (generation A) or Magistrala v0.30 (B)."""

    name = "magistrala"
    Switches = MagistralaSwitches
    switches: MagistralaSwitches

    def start(self) -> None:
        self.instance = str(uuid.uuid4())
        self.table = Table()
        self.domains = Domains()
        self.pats = Pats()
        self.admins: set[str] = set()  # the relation platform#administrator, which the role column merely repeats
        self.mails: list[dict[str, str]] = []
        self.verifications: dict[str, tuple[str, str, float]] = {}
        self.last_stamp = 0
        self.seeded = 0
        self.seed_secret = Secret(SEED_PASSWORD)
        self.next_purge = self.clock.now() + self.switches.purge_interval
        self.apply_switches()
        self.tokens = Tokens(self.generation)
        admin = self.table.add(
            first_name="super",
            last_name="admin",
            username="admin",
            email="admin@example.com",
            secret=Secret("12345678"),
            created=self.stamp(),
            metadata={"role": "admin"},
            role="admin",
        )
        self.admins.add(admin.id)

    def configure(self, **switches: t.Any) -> None:
        super().configure(**switches)
        self.apply_switches()
        self.tokens.generation = self.generation

    def apply_switches(self) -> None:
        self.generation = "A" if self.switches.profile == "early2025" else "B"
        self.password_rule = rules.password_rule(self.switches.password_regex)
        allowed = self.switches.allow_unverified
        lenient = self.switches.profile != "v0.30-strict" if allowed is None else allowed
        self.allow_unverified = lenient or self.generation == "A"
        self.router = ROUTERS[self.generation]

    def stamp(self) -> int:
        """Now in microseconds, and later than any stamp before."""
        self.last_stamp = max(int(self.clock.now() * 1_000_000), self.last_stamp + 1)
        return self.last_stamp

    def check_password(self, password: str) -> None:
        """Raises Refused for an empty password and for one that the configured expression does not match."""
        if not password:
            raise invalid("missing password")
        if not self.password_rule.search(password):
            raise invalid("password does not meet the requirements")

    def mail(self, kind: str, email: str, token: str) -> None:
        """Keep in the outbox what the real server would send."""
        self.mails.append({"kind": kind, "email": email, "token": token})

    def outbox(self) -> list[tuple[str, str]]:
        """(e-mail, token) of every mail so far."""
        return [(mail["email"], mail["token"]) for mail in self.mails]

    def session(self, token: str) -> Session | None:
        """Who bears a token that is valid now; by a personal access token people have the rank of this moment."""
        now = self.clock.now()
        if not token.startswith(PREFIX):
            return self.tokens.bearer(token, now)
        pat = self.pats.bearer(token, now)
        if pat is None:
            return None
        role = "admin" if pat.user_id in self.admins else "user"
        return Session(pat.user_id, PAT, pat.expires / 1_000_000, role, True, pat=pat)

    def inspect(self, verb: str) -> t.Any:
        """``outbox``: the mails so far; ``accounts``, ``domains`` (with invitations) and ``pats``: what is stored.

        ``refresh-tokens``: how many live ones each account has, by user name, or by id once the account was purged.
        """
        if verb == "outbox":
            return self.mails
        if verb == "refresh-tokens":
            users, counts = self.table.users, self.tokens.live_refresh_tokens(self.clock.now())
            return {users[key].username if key in users else key: count for key, count in counts.items()}
        tell = {"accounts": inspection.accounts, "domains": inspection.domains, "pats": inspection.pats}.get(verb)
        return tell(self) if tell else super().inspect(verb)

    def seed(
        self,
        count: int,
        disabled: int = 0,
        deleted: int = 0,
        verified: bool = False,
        accounts: t.Sequence[dict[str, t.Any]] = (),
        domains: t.Sequence[dict[str, t.Any]] = (),
        pats: t.Sequence[dict[str, t.Any]] = (),
        **options: t.Any,
    ) -> None:
        """Add people with the password ``Sandbox-person-1``; numbering goes on where the last call ended.

        :param disabled: so many of them, the last but for the deleted ones, are disabled.
        :param deleted: so many of them, the very last, are deleted.
        :param accounts: further accounts, see ``seeding.account``.
        :param domains: with roles, members and invitations, see ``seeding.domain``.
        :param pats: personal access tokens for anybody, see ``seeding.pat``.
        """
        if options:
            raise TypeError(f"unknown options {', '.join(options)}")
        seeding.people(self, count, disabled, deleted, verified)
        for account in accounts:
            seeding.account(self, **account)
        for domain in domains:
            seeding.domain(self, **domain)
        for pat in pats:
            seeding.pat(self, **pat)

    def expire_sessions(self) -> None:
        self.tokens.clear()
        self.pats.clear()

    @contextlib.contextmanager
    def administrator(self) -> t.Iterator[dict[str, str]]:
        """A session of the first platform administrator, with a token of its own and no refresh token."""
        user = next((user for user in self.table.users.values() if user.id in self.admins), None)
        if user is None:
            raise LookupError("nobody is a platform administrator")
        token = secrets.token_urlsafe()
        self.tokens.sessions[token] = Session(user.id, ACCESS, math.inf, "admin", verified=True)
        try:
            yield {"Authorization": f"Bearer {token}"}
        finally:
            self.tokens.sessions.pop(token, None)

    def empty_page(self, body: bytes) -> bytes:
        try:
            content = json.loads(body)
        except ValueError:
            return body
        if not isinstance(content, dict) or content.keys().isdisjoint(ENTRIES):
            return body
        emptied = {name: [] if name in ENTRIES else value for name, value in content.items()}
        return json.dumps(emptied, separators=(",", ":")).encode() + b"\n"

    def full_page(self, content: t.Any, turn: int) -> t.Any:
        if not isinstance(content, dict) or "users" not in content:
            return content
        names = [f"{turn}-{n}" for n in range(100)]
        times = {"created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}
        users = [
            {"id": name, "status": "enabled", "role": "user", "credentials": {"username": name}, **times}
            for name in names
        ]
        return {**content, "users": users, "total": (turn + 1) * 100}

    def purge(self, now: float) -> None:
        """What the real server's job does: remove deleted rows that are old enough, administrators never.

        Memberships of domains and personal access tokens stay.
        """
        while self.next_purge <= now:
            self.next_purge += self.switches.purge_interval
        limit = int((now - self.switches.purge_after) * 1_000_000)
        for user in list(self.table.users.values()):
            if user.status == "deleted" and user.role == "user" and (user.updated or user.created) < limit:
                self.table.remove(user)
                self.admins.discard(user.id)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        now = self.clock.now()
        if now >= self.next_purge:
            self.purge(now)
        scope[api.SYSTEM] = self
        await self.router(scope, receive, send)
