# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sign-in, sessions and their end."""

from __future__ import annotations

import dataclasses
import enum
import typing as t

from . import views
from .ids import long_id
from .model import NATIVE, User

if t.TYPE_CHECKING:
    from .app import Iics


class Outcome(enum.Enum):
    WRONG = "wrong"
    LOCKED = "locked"
    EXPIRED = "expired"


def authenticate(iics: Iics, name: str, password: str) -> User | Outcome:
    """Check name and password; as many wrong passwords in a row as the account allows disable it.

    That only an ``Active`` account can sign in, and that an expired password is told apart, is a guess.
    """
    user = iics.directory.user_named(name)
    if user is None or user.authentication != NATIVE:
        return Outcome.WRONG
    if user.state == "Disabled":
        return Outcome.LOCKED
    if user.password != password or iics.refuses_sign_ins:
        user.failed_logins += 1
        if user.failed_logins >= user.max_login_attempts:
            user.state = "Disabled"
        return Outcome.WRONG
    state = views.state(user, iics.switches, iics.clock.now())
    if state is None:
        return Outcome.EXPIRED
    if state != "Active":
        return Outcome.WRONG
    user.failed_logins = 0
    user.last_login = iics.clock.now()
    return user


@dataclasses.dataclass(slots=True)
class Session:
    user: User
    started: float
    used: float
    absolute: bool


class Sessions:
    """The sessions that were handed out; both API versions accept all of them."""

    def __init__(self, iics: Iics) -> None:
        self.iics = iics
        self.by_id: dict[str, Session] = {}

    def open(self, user: User) -> str:
        """A new session's id: 22 characters, or the text of a JWT."""
        switches, now = self.iics.switches, self.iics.clock.now()
        absolute = switches.session == "jwt"
        identifier = token(switches.jwt_length) if absolute else long_id()
        self.by_id[identifier] = Session(user, now, now, absolute)
        return identifier

    def find(self, identifier: str) -> Session | None:
        """The session, unless it has ended."""
        session = self.by_id.get(identifier)
        if session is None:
            return None
        if self.seconds_left(session) + self.iics.switches.session_grace_minutes * 60 <= 0:
            del self.by_id[identifier]
            return None
        return session

    def seconds_left(self, session: Session) -> float:
        since = session.started if session.absolute else session.used
        return since + self.iics.switches.session_minutes * 60 - self.iics.clock.now()

    def close(self, identifier: str) -> None:
        self.by_id.pop(identifier, None)

    def close_all_of(self, user: User) -> None:
        for identifier in [key for key, session in self.by_id.items() if session.user is user]:
            del self.by_id[identifier]


def token(length: int) -> str:
    """Text of the given length in the form of a JWT."""
    filling = (long_id() * (length // 22 + 1))[: max(1, length - 44)]
    return f"eyJhbGciOiJSUzI1NiJ9.{filling}.{long_id()}"
