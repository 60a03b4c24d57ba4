# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests to IQ Server: who calls, the server's release, and failures in words that say what to do."""

from __future__ import annotations

import base64
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    AuthenticationFailed,
    NotFound,
    PermissionDenied,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._http.bounds import MANY
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import json_object, plain_words, text_of
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer, Session
from ansible_collections.people.lifecycle.plugins.module_utils._http.sign_in import SignIn
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import INTERNAL

SYSTEM = "IQ Server"
API = "/api/v2"
RELEASE = re.compile(r"NexusIQ/\d+\.(\d+)\.")
# Writes must carry the same value as header and cookie where a reverse proxy authenticates; it does no harm elsewhere.
CSRF = {"X-CSRF-TOKEN": "people.lifecycle", "Cookie": "CLM-CSRF-TOKEN=people.lifecycle"}
WRITES = ("POST", "PUT", "DELETE")

CONFIGURE = "Edit System Configuration and Users, which the role System Administrator has"
VIEW_ROLES = "View All Roles, which the role System Administrator has"
READ = "View IQ Elements, which the role Policy Administrator has, or Owner at the root organization"
EDIT_ACCESS = "Edit Access Control, which the role Policy Administrator has, or Owner at the root organization"

Parsed = t.TypeVar("Parsed")


def words(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """The server writes plain sentences; a proxy in front of it may write JSON or HTML."""
    return plain_words(answer) or text_of(json_object(answer).get("message")), ()


def realm_query(realm: str) -> dict[str, str] | None:
    """Internal is what every server takes for granted, and all that servers before release 136 have."""
    return None if realm == INTERNAL else {"realm": realm}


class Service:
    """One IQ Server. ``release`` is the second number of its version, None where no answer has named it."""

    def __init__(self, connection: Connection, redactor: Redactor, read_only: bool) -> None:
        self.caller = connection.username or ""
        self.release: int | None = None
        self.answered = False
        proof = base64.b64encode(f"{self.caller}:{connection.password}".encode()).decode()
        redactor.learn(proof)
        self.session = Session(
            SYSTEM,
            connection,
            redactor=redactor,
            read_only=read_only,
            sign_in=SignIn(proof=proof),
            headers=lambda proof: {"Authorization": f"Basic {proof}"},
            words=words,
        )

    def close(self) -> None:
        self.session.close()

    def send(self, method: str, path: str, permission: str, **options: t.Any) -> Answer:
        """Send one request below ``/api/v2``; ``permission`` is what the caller needs for it.

        Raises the ApiErrors of ``Session.send`` with texts of this system.
        """
        if method in WRITES:
            options["headers"] = CSRF
        try:
            answer = self.session.send(method, API + path, **options)
        except ApiError as error:
            raise self._explained(error, permission) from None
        version = RELEASE.search(answer.headers.get("Server", ""))
        if version:
            self.release = int(version[1])
        self.answered = self.answered or answer.status == 200
        return answer

    def get(self, path: str, permission: str, **options: t.Any) -> Answer:
        return self.send("GET", path, permission, **options)

    def list(self, path: str, permission: str, **options: t.Any) -> Answer:
        """A listing, which this server has in one piece."""
        return self.get(path, permission, largest=MANY, **options)

    def make_sure(self) -> None:
        """Raise NotFound where nothing has shown yet that an IQ Server is at the address;
        all releases list their roles.
        """
        if not self.answered:
            self.list("/roles", VIEW_ROLES, ok=(200, 403))

    def parsed(self, answer: Answer, parse: t.Callable[[t.Any], Parsed], kind: type = dict) -> Parsed:
        """``parse`` of the JSON in ``answer``, which must be a ``kind``; raises BadAnswer."""
        data = self.session.data(answer, kind)
        try:
            return parse(data)
        except (KeyError, TypeError, AttributeError, ValueError):
            raise self.bad_answer(answer, "with JSON of an unexpected shape") from None

    def bad_answer(self, answer: Answer, what: str) -> ApiError:
        return self.session.bad_answer(answer, what)

    def _explained(self, error: ApiError, permission: str) -> ApiError:
        """``error`` in words of this system where its status means more here than in general."""
        asked = f"{error.method} {error.path}"
        match error.status:
            case 401:
                kind: type[ApiError] = AuthenticationFailed
                what = f"does not accept the user name and password (or token) of {self.caller}"
                hint = "Check api_username (IQ_SERVER_USERNAME) and api_password (IQ_SERVER_PASSWORD)."
            case 402:
                kind, what = type(error), f"has no valid product licence and declines {asked}"
                hint = "Install a licence there first."
            case 403:
                kind, what = PermissionDenied, f"does not let {self.caller} do {asked}"
                hint = f"The account needs the permission {permission}."
            case 404 if error.method in WRITES:
                kind, what = NotFound, f"does not have what {asked} is about"
                hint = "It was there when the task began; run the task again."
            case 404:
                kind, what = NotFound, f"does not answer at {self.session.base}: there is no {error.path}"
                hint = (
                    "Check api_url (IQ_SERVER_URL): is it the address of an IQ Server, with its context path if it has "
                    "one?"
                )
            case 429:
                kind, what = type(error), f"declines {asked}, because there were too many requests"
                hint = "Run again in some minutes; Sonatype Cloud takes 1500 requests in five minutes from one address."
            case _:
                return error
        said = f" It says: {error.words.rstrip('.')}." if error.words else ""
        return error.retold(kind, f"{SYSTEM} {what}.{said}", hint)
