# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One request on its way through the server: what it asks, who asks, and what goes back."""

from __future__ import annotations

import dataclasses
import re
import typing as t
import urllib.parse

from starlette.types import Scope

from . import gojson
from .errors import NOT_JSON, Refused, invalid, refused
from .store import User
from .tokens import Session

if t.TYPE_CHECKING:
    from .system import Magistrala

BAD_QUERY = "invalid query parameters"
TRUE, FALSE = ("1", "t", "T", "TRUE", "true", "True"), ("0", "f", "F", "FALSE", "false", "False")


@dataclasses.dataclass(slots=True)
class Reply:
    """An answer; ``body`` is JSON text, None sends an empty body."""

    status: int
    body: str | None = None
    location: str = ""


class Params:
    """The query string. A parameter that is read and was given twice is refused."""

    def __init__(self, query: str) -> None:
        self.values: dict[str, list[str]] = {}
        for name, value in urllib.parse.parse_qsl(query, keep_blank_values=True):
            self.values.setdefault(name, []).append(value)

    def word(self, name: str, default: str = "") -> str:
        values = self.values.get(name)
        if values and len(values) > 1:
            raise invalid(BAD_QUERY)
        return values[0] if values else default

    def count(self, name: str, default: int) -> int:
        word = self.word(name, str(default))
        if not re.fullmatch(r"[0-9]{1,20}", word) or int(word) >= 2**64:
            raise invalid(BAD_QUERY)
        return int(word)

    def flag(self, name: str) -> bool:
        word = self.word(name, "false")
        if word not in TRUE + FALSE:
            raise invalid(BAD_QUERY)
        return word in TRUE


class Call:
    """A request; ``session`` is None where the endpoint asks for no token."""

    __slots__ = ("body", "generation", "headers", "path", "query", "session", "system")

    def __init__(self, system: Magistrala, scope: Scope, body: bytes) -> None:
        self.system = system
        self.generation = system.generation
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.query: str = scope["query_string"].decode("ascii", "replace")
        self.path = {name: urllib.parse.unquote(value) for name, value in scope["path_params"].items()}
        self.body = body
        self.session: Session | None = None

    def header(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")

    def refuse(self, situation: str) -> Refused:
        """The refusal of this server's generation, to be raised."""
        return refused(situation, self.generation)

    def fields(self, shape: gojson.Shape) -> dict[str, t.Any]:
        """The body's fields that ``shape`` knows. Raises Refused."""
        try:
            return gojson.decode(self.body, shape)
        except gojson.BadJson as error:
            raise invalid(str(error) if self.generation == "A" else NOT_JSON) from None
        except gojson.BadWord as error:
            raise invalid(str(error)) from None

    @property
    def id(self) -> str:
        """The id in the path; of a user, a domain or a token, as the route has it."""
        return self.path.get("id", "")

    @property
    def caller(self) -> str:
        """The id of the user whom the token belongs to."""
        return self.session.user_id if self.session else ""

    def myself(self) -> User:
        """The user whom the token belongs to, in any status. Raises Refused where the row was purged."""
        return self.user(self.caller)

    def user(self, user_id: str) -> User:
        user = self.system.table.users.get(user_id)
        if user is None:
            raise self.refuse("view unknown")
        return user


def is_admin(call: Call) -> bool:
    """Whether the caller is a platform administrator (the contract's section 1.13).

    A asks the policy relation and falls back on the role column. B asks the relation only where the token claims the
    role, and then refuses a caller who has lost it, whatever the call; otherwise the column decides.
    """
    system = call.system
    related = call.caller in system.admins
    if call.generation == "B" and call.session and call.session.role == "admin":
        if not related:
            raise call.refuse("no longer admin")
        return True
    user = system.table.users.get(call.caller)
    return (related and call.generation == "A") or (user is not None and user.role == "admin")


def require_admin(call: Call, situation: str = "not admin") -> None:
    if not is_admin(call):
        raise call.refuse(situation)


def require_self_or_admin(call: Call, situation: str = "not admin") -> None:
    admin = is_admin(call)
    if not admin and call.caller != call.id:
        raise call.refuse(situation)
