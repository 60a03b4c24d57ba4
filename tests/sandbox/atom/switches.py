# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of the simulated server, and what newer servers do otherwise."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass
class Switches:
    """Every switch with its default; the defaults are Magistrala's own settings.

    :param newer: what is known of servers after v0.40: unique addresses, ``changeOwnPassword``, a narrowed self-update,
        more filters of ``entities``, error codes.
    :param error_codes: ``extensions.code`` and its like in GraphQL errors; None means as ``newer`` says.
    :param refresh_tokens: newer servers only, where it is off unless somebody switches it on.
    :param minimum_password: characters; Atom's own default is 12.
    :param allow_unverified: a sign-in is good though the e-mail address was never confirmed; Atom's default is False.
    :param rate_limits: requests of one client are counted; on by default in Atom.
    :param smtp: mail can be sent; it is kept in the outbox.
    """

    newer: bool = False
    error_codes: bool | None = None
    refresh_tokens: bool = False
    admin_secret: str = "12345678"
    minimum_password: int = 8
    allow_unverified: bool = True
    signup: bool = True
    smtp: bool = False
    rate_limits: bool = False
    introspection: bool = False
    session_seconds: float = 3600
    refresh_token_seconds: float = 30 * 86400
    lock_failures: int = 5
    lock_seconds: float = 900
    complexity: int = 1000
    depth: int = 20

    def __post_init__(self) -> None:
        if self.refresh_tokens and not self.newer:
            raise ValueError("refresh_tokens needs newer: v0.40 has none")

    @property
    def tells_codes(self) -> bool:
        return self.newer if self.error_codes is None else self.error_codes
