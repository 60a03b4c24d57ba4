# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala's users service as a simulated system: switches, state and control."""

from __future__ import annotations

import contextlib
import json
import math
import secrets
import typing as t
import uuid

from starlette.types import Receive, Scope, Send

from ..system import System
from . import api, atom, rules
from .errors import invalid
from .rules import Secret
from .store import Table
from .switches import Switches as MagistralaSwitches
from .tokens import ACCESS, Session, Tokens

ROUTERS = {"A": api.router("A"), "B": api.router("B"), "gone": atom.router()}
SEED_PASSWORD = "Sandbox-person-1"
FOREVER = 100 * 365 * 86400


class Magistrala(System):
    """The users service of SuperMQ early 2025 (generation A) or Magistrala v0.30 (B)."""

    name = "magistrala"
    Switches = MagistralaSwitches
    switches: MagistralaSwitches

    def start(self) -> None:
        self.instance = str(uuid.uuid4())
        self.table = Table()
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
        self.router = ROUTERS["gone" if self.switches.api == "gone" else self.generation]

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

    def inspect(self, verb: str) -> t.Any:
        """``outbox``: the mails so far, each with kind, email and token.

        ``refresh-tokens``: how many live ones each account has, by user name, or by id once the account was purged.
        """
        if verb == "outbox":
            return self.mails
        if verb == "refresh-tokens":
            users, counts = self.table.users, self.tokens.live_refresh_tokens(self.clock.now())
            return {users[key].username if key in users else key: count for key, count in counts.items()}
        return super().inspect(verb)

    def seed(
        self,
        count: int,
        disabled: int = 0,
        deleted: int = 0,
        verified: bool = False,
        pats: t.Sequence[dict[str, t.Any]] = (),
        **options: t.Any,
    ) -> None:
        """Add people with the password ``Sandbox-person-1``; numbering goes on where the last call ended.

        :param disabled: so many of them, the last but for the deleted ones, are disabled.
        :param deleted: so many of them, the very last, are deleted.
        :param pats: personal access tokens for anybody: ``{"token": "pat_...", "username": ..., "scopes": ["*"]}``.
        """
        if options:
            raise TypeError(f"unknown options {', '.join(options)}")
        if disabled + deleted > count:
            raise ValueError("more people disabled and deleted than people")
        for position in range(count):
            left = count - position
            number = f"{self.seeded + position + 1:05d}"
            stamp = self.stamp()
            self.table.add(
                first_name="Person",
                last_name=number,
                username=f"person-{number}",
                email=f"person-{number}@example.com",
                secret=self.seed_secret,
                created=stamp,
                status="deleted" if left <= deleted else "disabled" if left <= deleted + disabled else "enabled",
                verified=stamp if verified else 0,
            )
        self.seeded += count
        for pat in pats:
            user = self.table.usernames[pat["username"]]
            self.tokens.add_pat(user, self.clock.now() + FOREVER, pat.get("scopes", ["*"]), pat["token"])

    def expire_sessions(self) -> None:
        self.tokens.clear()

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
        if not isinstance(content, dict) or "users" not in content:
            return body
        return json.dumps(content | {"users": []}, separators=(",", ":")).encode() + b"\n"

    def purge(self, now: float) -> None:
        """What the real server's job does: remove deleted rows that are old enough, administrators never."""
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
