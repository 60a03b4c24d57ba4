# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signed in to IICS: one session for both APIs, shared by all workers, and refusals in words that help."""

from __future__ import annotations

import contextlib
import functools
import threading
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._connection import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._errors import (
    ApiError,
    AuthenticationFailed,
    BadAnswer,
    InputError,
    LifecycleError,
    NotFound,
    PermissionDenied,
)
from ansible_collections.people.lifecycle.plugins.module_utils._http import Answer, Session
from ansible_collections.people.lifecycle.plugins.module_utils._iics.hosts import LOGIN
from ansible_collections.people.lifecycle.plugins.module_utils._iics.words import LOCKED, NOT_LOADED, words
from ansible_collections.people.lifecycle.plugins.module_utils._redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._urls import same_service

SYSTEM = "Informatica IICS"
V3 = "/public/core/v3"
V2 = "/api/v2/user"
LOGOUT = "/saas/public/core/v3/logout"
V3_HEADER, V2_HEADER = "INFA-SESSION-ID", "icSessionId"
REFUSED_LOGIN = (400, 401, 403)
ADMIN_NEEDED = "The account that the task runs with needs the role Admin."


class Caller(t.NamedTuple):
    """The account that the task runs with."""

    id: str
    name: str


class Service:
    """One organization, signed in.

    The sign-in goes to ``connection.url``, everything else to where its answer says. ``hosts`` lists further hosts that
    the answer may lead to; ``read_only`` is as in ``Session``.
    """

    caller: Caller

    def __init__(self, connection: Connection, hosts: t.Sequence[str], redactor: Redactor, read_only: bool) -> None:
        if not (connection.username and connection.password):
            raise InputError(f"{SYSTEM} needs api_username and api_password (or IICS_USERNAME and IICS_PASSWORD).")
        self.username, self.password = connection.username, connection.password
        self.hosts = hosts
        self.redactor = redactor
        self.session_id = ""
        self._signing_in = threading.Lock()
        self._refused: LifecycleError | None = None

        def session() -> Session:
            return Session(SYSTEM, connection, redactor=redactor, read_only=read_only, words=words)

        self.door, self.v3, self.v2 = session(), session(), session()
        for api, header in ((self.v3, V3_HEADER), (self.v2, V2_HEADER)):
            api.headers = functools.partial(self._proof, header)
            api.renew = self.renew
            api.ended = self.ended

    def _proof(self, header: str) -> dict[str, str]:
        return {header: self.session_id}

    def sign_in(self) -> None:
        """Open a session. A password is sent once only: the service locks accounts."""
        body = {"username": self.username, "password": self.password}
        try:
            answer = self.door.send("POST", LOGIN, json=body, ok=(200,), reads=True, signed=False)
        except ApiError as error:
            raise self._declined(error) from None
        data = self.door.data(answer)
        try:
            info = data["userInfo"]
            session_id, caller = info["sessionId"], Caller(info["id"], info["name"])
            base = data["products"][0]["baseApiUrl"].rstrip("/")
        except (KeyError, IndexError, TypeError, AttributeError):
            session_id, caller, base = "", Caller("", ""), ""
        if not (session_id and base and all(isinstance(text, str) for text in (session_id, *caller))):
            raise self.door.bad_answer(answer, "without a session")
        self.redactor.learn(session_id)
        self.session_id, self.caller = session_id, caller
        if not same_service(base, self.door.base, self.hosts):
            raise BadAnswer(
                f"{SYSTEM}: the sign-in at {self.door.base} leads to {base:.100}, which is not https on a host of the same "
                f"domain, so the session is not sent there.",
                hint="If that host is right, list it in api_hosts.",
            )
        self.v3.base = self.v2.base = base

    def renew(self, proof: dict[str, str]) -> None:
        """Sign in once more unless that happened since ``proof`` was used; never again after a refusal."""
        with self._signing_in:
            if self._refused is not None:
                raise self._refused
            if self.session_id in proof.values():
                try:
                    self.sign_in()
                except LifecycleError as error:
                    self._refused = error
                    raise

    def ended(self, answer: Answer, proof: dict[str, str]) -> bool:
        """Whether an answer means that the session in ``proof`` has ended: 401, or 403 where the session check says so.

        Where another worker has a new session by now, the old one is known to have ended.
        """
        if answer.status != 403 or NOT_LOADED in answer.text:
            return answer.status == 401
        return self.session_id not in proof.values() or not self.lasts()

    def lasts(self) -> bool:
        """Ask whether the session is still valid; in doubt it is."""
        body = {"@type": "validatedToken", "userName": self.caller.name, "icToken": self.session_id}
        try:
            answer = self.v2.send("POST", f"{V2}/validSessionId", json=body, reads=True, signed=False)
            return self.v2.data(answer).get("isValidToken") is not False
        except LifecycleError:
            return True

    def sign_out(self) -> None:
        """End the session and close the connections; never raises."""
        if self.session_id:
            with contextlib.suppress(LifecycleError):
                headers = {V3_HEADER: self.session_id}
                self.door.send("POST", LOGOUT, headers=headers, reads=True, signed=False)
            self.session_id = ""
        for session in (self.door, self.v3, self.v2):
            session.close()

    def send(self, method: str, path: str, **options: t.Any) -> Answer:
        """One request of the v3 API; raises the ApiErrors of ``Session.send`` with texts of this service."""
        try:
            return self.v3.send(method, V3 + path, **options)
        except ApiError as error:
            raise self.explained(error) from None

    def send_v2(self, method: str, path: str, **options: t.Any) -> Answer:
        """The same for the v2 user resource."""
        try:
            return self.v2.send(method, V2 + path, **options)
        except ApiError as error:
            raise self.explained(error) from None

    def explained(self, error: ApiError) -> ApiError:
        """``error`` with what to do about it, or another one where it means something else."""
        said = f" It says: {error.words}" if error.words else ""
        told: tuple[type[ApiError], str] | None = None
        if isinstance(error, PermissionDenied) and NOT_LOADED not in error.codes:
            told = (
                PermissionDenied,
                f"{SYSTEM} does not let {self.caller.name} do {error.method} {error.path}.{said}",
            )
        elif isinstance(error, NotFound) and not error.words:
            told = (
                PermissionDenied,
                f"{SYSTEM} answers {error.method} {error.path} with 404 and no explanation, as it does to accounts that are "
                f"no administrators.",
            )
        elif isinstance(error, AuthenticationFailed) and error.hint is None:
            error.hint = "A new sign-in did not help; does something between here and the service take out its headers?"
        if told is None:
            return error
        kind, message = told
        return kind(
            message,
            method=error.method,
            path=error.path,
            status=error.status,
            words=error.words,
            codes=error.codes,
            hint=ADMIN_NEEDED,
        )

    def _declined(self, error: ApiError) -> ApiError:
        """What a failed sign-in means: a wrong password, a locked account, a wrong address, or trouble."""
        request: dict[str, t.Any] = {
            "method": error.method,
            "path": error.path,
            "status": error.status,
            "words": error.words,
            "codes": error.codes,
        }
        if error.status in REFUSED_LOGIN and error.codes:
            if LOCKED in error.codes:
                return AuthenticationFailed(
                    f"{SYSTEM}: the account {self.username} is locked. It says: {error.words}",
                    hint="An administrator unlocks it on the page Users of Administrator (Reset); no API can.",
                    **request,
                )
            return AuthenticationFailed(
                f"{SYSTEM} does not accept the user name and password of {self.username}. It says: {error.words}",
                hint="Check api_username, api_password and the region in api_url. The password was tried once only, because "
                "the service locks accounts.",
                **request,
            )
        if error.status is not None and 400 <= error.status < 500 and error.status != 429:
            return BadAnswer(
                f"{SYSTEM}: there is no sign-in at {self.door.base}: POST {LOGIN} was answered {error.status}.",
                hint="Check api_url: scheme and host of the region's sign-in page, or the region's name.",
                **request,
            )
        return error
