# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Refusals: the text that the server gives, the HTTP status that it has in REST, and the code of newer servers."""

from __future__ import annotations

import typing as t

CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHENTICATED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    429: "RATE_LIMITED",
    500: "INTERNAL",
    503: "SERVICE_UNAVAILABLE",
}


class Refused(Exception):
    """A request that is not carried out.

    :param retry_after: seconds, where the server says how long to wait.
    """

    def __init__(self, text: str, status: int = 400, retry_after: int | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.status = status
        self.retry_after = retry_after

    @property
    def extensions(self) -> dict[str, t.Any]:
        """What newer servers tell besides the text."""
        told: dict[str, t.Any] = {"code": CODES[self.status], "retryable": self.status in (429, 503)}
        if self.retry_after is not None:
            told["retryAfterSeconds"] = self.retry_after
        return told


def forbidden() -> Refused:
    return Refused("forbidden", 403)


def taken() -> Refused:
    return Refused("already exists", 409)


def not_found(what: str) -> Refused:
    return Refused(f"{what} not found", 404)


def unauthenticated(text: str) -> Refused:
    return Refused(text, 401)
