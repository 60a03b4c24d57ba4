# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One API call on its way to what answers it."""

from __future__ import annotations

import dataclasses
import typing as t

from .http import Refusal, Request
from .model import User

if t.TYPE_CHECKING:
    from .app import Iics


@dataclasses.dataclass(slots=True)
class Call:
    """A request, the variable segments of its path, and who sent it ("" and None where no session is needed)."""

    iics: Iics
    request: Request
    arguments: tuple[str, ...]
    session_id: str = ""
    caller: User | None = None

    @property
    def now(self) -> float:
        return self.iics.clock.now()

    @property
    def caller_name(self) -> str:
        return self.caller.name if self.caller else ""

    def user(self, identifier: str) -> User:
        """The user with that v3 id; status and code for an unknown one were not recorded."""
        return self.known_user(self.iics.directory.users.get(identifier))

    def user_named(self, name: str) -> User:
        return self.known_user(self.iics.directory.user_named(name))

    def known_user(self, user: User | None) -> User:
        if user is None:
            raise Refusal(self.iics.switches.unknown_user_status, "SIM_UNKNOWN_USER", "The user does not exist.")
        return user
