# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signed in to IICS: one session for both APIs, shared by all workers, and refusals in words that help."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    AuthenticationFailed,
    BadAnswer,
    InputError,
    LifecycleError,
    NotFound,
    PermissionDenied,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer, Session
from ansible_collections.people.lifecycle.plugins.module_utils._http.sign_in import SignIn
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import same_service
from ansible_collections.people.lifecycle.plugins.module_utils._iics.hosts import LOGIN
from ansible_collections.people.lifecycle.plugins.module_utils._iics.words import LOCKED, NOT_LOADED, words

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
        self.organization: str | None = None
        self._session_ids: list[str] = []
        self.sign_in = SignIn(self._sign_in)

        def session(header: str) -> Session:
            return Session(
                SYSTEM,
                connection,
                redactor=redactor,
                read_only=read_only,
                sign_in=self.sign_in,
                headers=lambda session_id: {header: session_id},
                words=words,
            )

        self.door, self.v3, self.v2 = session(V3_HEADER), session(V3_HEADER), session(V2_HEADER)
        self.v3.ended = self.v2.ended = self.ended

    def writes(self) -> int:
        """How many writes of this thread the service has confirmed."""
        return self.v3.writes() + self.v2.writes()

    def _sign_in(self) -> str:
        """Open a session and return its id."""
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
        self.caller = caller
        self.organization = info.get("orgName") or info.get("orgId")
        if not same_service(base, self.door.base, self.hosts):
            raise BadAnswer(
                f"{SYSTEM}: the sign-in at {self.door.base} leads to {base:.100}, which is not https on a host of the same "
                f"domain, so the session is not sent there.",
                hint="If that host is right, list it in api_hosts.",
            )
        self.v3.base = self.v2.base = base
        self._session_ids.append(session_id)
        return session_id

    def ended(self, answer: Answer, session_id: str) -> bool:
        """Whether an answer means that the session has ended: 401, or 403 where the session check says so.

        Where another worker has a new session by now, the old one is known to have ended.
        """
        if answer.status != 403 or NOT_LOADED in answer.text:
            return answer.status == 401
        return self._session_ids[-1:] != [session_id] or not self.lasts(session_id)

    def lasts(self, session_id: str) -> bool:
        """Ask whether the session is still valid; in doubt it is."""
        body = {"@type": "validatedToken", "userName": self.caller.name, "icToken": session_id}
        try:
            answer = self.v2.send("POST", f"{V2}/validSessionId", json=body, reads=True, signed=False)
            return self.v2.data(answer).get("isValidToken") is not False
        except LifecycleError:
            return True

    def sign_out(self) -> None:
        """End the session and close the connections; never raises."""
        for session_id in self._session_ids[-1:]:
            with contextlib.suppress(LifecycleError):
                self.door.send("POST", LOGOUT, headers={V3_HEADER: session_id}, reads=True, signed=False)
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
        asked = f"{error.method} {error.path}"
        if isinstance(error, PermissionDenied) and NOT_LOADED not in error.codes:
            message = f"{SYSTEM} does not let {self.caller.name} do {asked}.{said}"
            return error.retold(PermissionDenied, message, ADMIN_NEEDED)
        if isinstance(error, NotFound) and not error.words:
            message = (
                f"{SYSTEM} answers {asked} with 404 and no explanation, as it does to accounts that are not administrators."
            )
            return error.retold(PermissionDenied, message, ADMIN_NEEDED)
        if isinstance(error, AuthenticationFailed) and error.hint is None:
            error.hint = "A new sign-in did not help; does something between here and the service take out its headers?"
        return error

    def _declined(self, error: ApiError) -> ApiError:
        """What a failed sign-in means: a wrong password, a locked account, a wrong address, or trouble."""
        if error.status in REFUSED_LOGIN and error.codes:
            if LOCKED in error.codes:
                return error.retold(
                    AuthenticationFailed,
                    f"{SYSTEM}: the account {self.username} is locked. It says: {error.words}",
                    "An administrator unlocks it on the page Users of Administrator (Reset); no API can.",
                )
            return error.retold(
                AuthenticationFailed,
                f"{SYSTEM} does not accept the user name and password of {self.username}. It says: {error.words}",
                "Check api_username, api_password and the region in api_url. The password was tried once only, because the "
                "service locks accounts.",
            )
        if error.status is not None and 400 <= error.status < 500 and error.status != 429:
            return error.retold(
                BadAnswer,
                f"{SYSTEM}: there is no sign-in at {self.door.base}: POST {LOGIN} was answered {error.status}.",
                "Check api_url: scheme and host of the region's sign-in page, or the region's name.",
            )
        return error
