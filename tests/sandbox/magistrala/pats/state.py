# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Personal access tokens: what they are, whose they are, what they allow."""

from __future__ import annotations

import base64
import dataclasses
import secrets
import string
import typing as t
import uuid

from ..gojson import encode
from ..views import moment, nanoseconds

PREFIX = "pat_"
SECRET_LETTERS = string.ascii_letters + "1234567890!@#$%^&&*|+-="
SECRET_LENGTH = 100
ANY = "*"
USER_OPERATIONS = ("create", "delete", "list", "read", "update")


@dataclasses.dataclass(slots=True, eq=False)
class Pat:
    """One token; times are microseconds since the epoch.

    :param scope: generation A: ``{"users": {operation: [ids or *]}, "domains": {...}}``, as it was sent.
    :param scopes: generation B: the entries that were added, each with domain, entity and operation.
    """

    id: str
    user_id: str
    name: str
    description: str
    secret: str
    issued: int
    expires: int
    scope: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    scopes: list[dict[str, str]] = dataclasses.field(default_factory=list)
    revoked: int = 0

    def allows_users(self, operation: str, user_id: str) -> bool:
        """Generation A: whether the token may do ``operation`` with a user."""
        return not {ANY, user_id}.isdisjoint(self.scope.get("users", {}).get(operation, ()))

    def allows_in_domain(self, domain_id: str, operation: str) -> bool:
        """Generation B: whether the token may do ``operation`` with a domain."""
        return any(
            (entry["entity_type"], entry["domain_id"], entry["operation"]) == ("domains", domain_id, operation)
            and entry["entity_id"] in (ANY, domain_id)
            for entry in self.scopes
        )


class Pats:
    """Every personal access token. Nothing that happens to an account ends the tokens of its owner."""

    def __init__(self) -> None:
        self.all: dict[str, Pat] = {}
        self.secrets: dict[str, Pat] = {}

    def add(self, user_id: str, issued: int, seconds: float, secret: str = "", **values: t.Any) -> Pat:
        """A new token; ``secret`` is made as the real server makes it, unless one is given."""
        pat_id = str(uuid.uuid4())
        secret = secret or new_secret(user_id, pat_id)
        pat = Pat(pat_id, user_id, secret=secret, issued=issued, expires=issued + int(seconds * 1_000_000), **values)
        self.all[pat.id] = self.secrets[secret] = pat
        return pat

    def bearer(self, secret: str, now: float) -> Pat | None:
        """The token that is known, not expired and not revoked."""
        pat = self.secrets.get(secret)
        return pat if pat and not pat.revoked and pat.expires > now * 1_000_000 else None

    def of(self, user_id: str) -> list[Pat]:
        return [pat for pat in self.all.values() if pat.user_id == user_id]

    def remove(self, pat: Pat) -> None:
        del self.all[pat.id], self.secrets[pat.secret]

    def clear(self) -> None:
        self.all.clear()
        self.secrets.clear()


def new_secret(user_id: str, pat_id: str) -> str:
    """Ids of owner and token in Base64 between ``pat_`` and a hundred random letters."""
    ids = base64.b64encode(uuid.UUID(user_id).bytes + uuid.UUID(pat_id).bytes).decode()
    return f"{PREFIX}{ids}_" + "".join(secrets.choice(SECRET_LETTERS) for dummy in range(SECRET_LENGTH))


def scope_object(scope: dict[str, t.Any]) -> dict[str, t.Any]:
    """Generation A's scope as it shows it: operations in order, a star in place of a list with a star."""
    shown: dict[str, t.Any] = {}
    for name, value in sorted(scope.items(), key=lambda item: item[0] != "users"):
        if isinstance(value, dict):
            shown[name] = scope_object(dict(sorted(value.items())))
        else:
            shown[name] = ANY if ANY in value else value
    return shown


def pat_object(pat: Pat, generation: str, now: float, *, fresh: bool = False) -> str:
    """The JSON object of a token; its secret is shown in the answer to its creation only."""
    shown: dict[str, t.Any] = {"id": pat.id, "user" if generation == "A" else "user_id": pat.user_id, "name": pat.name}
    shown |= {"description": pat.description} if pat.description else {}
    shown |= {"secret": pat.secret} if fresh else {}
    shown |= {"scope": scope_object(pat.scope)} if generation == "A" else {}
    cut = 1_000_000 if generation == "A" else 1
    for name, stamp in (("issued_at", pat.issued), ("expires_at", pat.expires)):
        shown[name] = nanoseconds(stamp) if fresh else moment(stamp // cut * cut)
    shown |= {"updated_at": moment(0), "last_used_at": moment(0)}
    shown |= {"revoked": True} if pat.revoked else {}
    shown["revoked_at"] = moment(pat.revoked)
    if generation == "B":
        expired = pat.expires <= now * 1_000_000
        shown["status"] = "revoked" if pat.revoked else "expired" if expired else "active"
    return encode(shown)
