# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One tree of errors; each knows how it is told to the user."""

from __future__ import annotations

import os
import traceback
import typing as t

READS = ("GET", "HEAD")
MOST_FRAMES = 5


class LifecycleError(Exception):
    """Something that the user is told in one sentence, with what to do about it where that is known.

    ``trace`` says where a mistake of the collection happened, without values; only verbose runs show it.
    """

    sign_in_refused = False
    trace = ""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        if not self.hint:
            return self.message
        stop = "" if self.message.endswith((".", "!", "?", ")")) else "."
        return f"{self.message}{stop} {self.hint}"

    def details(self) -> dict[str, t.Any]:
        """Further keys of the failed result, without secrets."""
        return {}


class InputError(LifecycleError):
    """The task asks for what cannot be; nothing was written."""


class WrongInstance(InputError):
    """This is not the organization or server that the connection expects: nothing is written there."""

    sign_in_refused = True  # by us: roles ask no more there

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(
            f"{found}, and expect says {expected:.100}: nothing was done there.",
            hint="Give the credentials of the instance that is meant, or correct expect.",
        )


class NoSuchName(InputError):
    """The task names a role, group or place that the system does not have."""


class MissingLibrary(LifecycleError):
    """A Python library that the task needs is not installed where the module runs."""

    def __init__(self, library: str, reason: str) -> None:
        super().__init__(
            f"The Python library {library} is needed {reason} and is not installed for the Python that runs this "
            "module.",
            hint=f"Install it (pip install {library}) or point ansible_python_interpreter to a Python that has it.",
        )


class Refused(LifecycleError):
    """One account cannot be brought to the wanted state; nothing was written for it."""


class WriteInCheckMode(LifecycleError):
    """A mistake in the collection: something tried to write during a dry run. Nothing was sent."""


class ApiError(LifecycleError):
    """A request that failed.

    ``status`` is the HTTP status, None where there was no answer; ``words`` are the server's own, cleaned, and
    ``codes`` its error codes. ``repeated`` says that an attempt before, whose answer was lost, may have been processed.
    """

    repeated = False

    def __init__(
        self,
        message: str,
        *,
        method: str = "",
        path: str = "",
        status: int | None = None,
        words: str = "",
        codes: tuple[str, ...] = (),
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.method = method
        self.path = path
        self.status = status
        self.words = words
        self.codes = codes

    def details(self) -> dict[str, t.Any]:
        request = f"{self.method} {self.path}".strip()
        return {"request": request, "status": self.status} if request else {}

    def retold(self, kind: type[ApiError], message: str, hint: str | None = None) -> ApiError:
        """The same failure as another ``kind`` of error, in words that say what it means here."""
        return kind(
            message,
            method=self.method,
            path=self.path,
            status=self.status,
            words=self.words,
            codes=self.codes,
            hint=hint,
        )


class Unreachable(ApiError):
    """No connection, or none that can be trusted."""


class OutcomeUnknown(ApiError):
    """The connection was lost, or the server failed, after a write was sent: look before doing it again."""


class AuthenticationFailed(ApiError):
    """The service does not accept the credentials, or the session ended and could not be renewed."""

    sign_in_refused = True


class PermissionDenied(ApiError):
    """The calling account may not do this."""


class NotFound(ApiError):
    """There is no such thing."""


class Rejected(ApiError):
    """The service understood the request and declined it (another 4xx)."""


class ServerFailed(ApiError):
    """The service could not answer (5xx, or 429 for too long)."""


class BadAnswer(ApiError):
    """The answer is not what the service's API promises."""


def unexpected(error: Exception) -> LifecycleError:
    """A mistake in the collection as an error that can be told: where it happened, not with which data."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{os.path.basename(frame.filename)}, line {frame.lineno} ({frame.name})" for frame in frames]
    told = LifecycleError(
        f"Unexpected {type(error).__name__} in {' < '.join(reversed(places[-MOST_FRAMES:])) or 'an unknown place'}: "
        "this is a mistake in the collection people.lifecycle.",
        hint="Please report it with the version of the collection and of the service.",
    )
    told.trace = "\n".join(places)
    return told
