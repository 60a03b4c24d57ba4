# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signed in to IICS: one session and one pool of connections for both APIs, shared by all workers."""

from __future__ import annotations

import contextlib
import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    BadAnswer,
    LifecycleError,
    WrongInstance,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer, Session
from ansible_collections.people.lifecycle.plugins.module_utils._http.sign_in import SignIn
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import same_service, segment
from ansible_collections.people.lifecycle.plugins.module_utils._iics.answers import (
    NOT_LOADED,
    explain,
    sign_in_failure,
    words,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iics.hosts import DOMAIN, LOGIN
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import TITLE

V3 = "/public/core/v3"
V2 = "/api/v2/user"
V2_ORG = "/api/v2/org"
LOGOUT = "/saas/public/core/v3/logout"
V3_HEADER, V2_HEADER, ROOT_HEADER = "INFA-SESSION-ID", "icSessionId", "IDS-SESSION-ID"


class Caller(t.NamedTuple):
    """The account that the task runs with."""

    id: str
    name: str


class Service:
    """One organization, signed in.

    The sign-in goes to ``connection.url``, everything else to where its answer says. ``hosts`` lists further hosts that
    the answer may lead to; ``read_only`` is as in ``Session``. ``expect`` is the name or id that the organization must
    have.
    """

    caller: Caller

    def __init__(
        self, connection: Connection, hosts: t.Sequence[str], redactor: Redactor, read_only: bool, expect: str = ""
    ) -> None:
        self.username, self.password = connection.username or "", connection.password or ""
        self.hosts = hosts
        self.expect = expect
        self.organization: str | None = None
        self.organization_id = ""
        self._session_ids: list[str] = []
        self.sign_in = SignIn(self._sign_in)
        self.v3 = Session(
            TITLE,
            connection,
            redactor=redactor,
            read_only=read_only,
            sign_in=self.sign_in,
            headers=lambda session_id: {V3_HEADER: session_id},
            words=words,
            missing_is_gone=False,
        )
        self.v3.ended = self.ended
        self.session = self.v3
        self.v2 = self.v3.beside(headers=lambda session_id: {V2_HEADER: session_id})
        self.root = self.v3.beside(headers=lambda session_id: {ROOT_HEADER: session_id})
        self.door = self.v3.beside()

    def writes(self) -> int:
        """How many writes of this thread the service has confirmed."""
        return self.v3.writes()

    def learn(self, secret: str | None) -> None:
        """Note a secret that came with an answer, so that it is never shown."""
        self.v3.redactor.learn(secret)

    def _sign_in(self) -> str:
        """Open a session and return its id."""
        body = {"username": self.username, "password": self.password}
        try:
            answer = self.door.send("POST", LOGIN, json=body, ok=(200,), reads=True, signed=False)
        except ApiError as error:
            raise sign_in_failure(error, self.username, self.door.base) from None
        data = self.door.data(answer)
        try:
            info = data["userInfo"]
            session_id, caller = info["sessionId"], Caller(info["id"], info["name"])
            base = data["products"][0]["baseApiUrl"].rstrip("/")
        except (KeyError, IndexError, TypeError, AttributeError):
            session_id, caller, base = "", Caller("", ""), ""
        if not (session_id and base and all(isinstance(text, str) for text in (session_id, *caller))):
            raise self.door.bad_answer(answer, "without a session")
        self.learn(session_id)
        self._session_ids.append(session_id)
        self.caller = caller
        self.organization = info.get("orgName") or info.get("orgId")
        self.organization_id = str(info.get("orgId") or "")
        self._check_organization(info)
        if not same_service(base, self.door.base, (DOMAIN,), self.hosts):
            raise BadAnswer(
                f"{TITLE}: the sign-in at {self.door.base} leads to {base:.100}, which is not https on a host of the "
                "same domain, so the session is not sent there.",
                hint="If that host is right, list it in api_hosts (IICS_API_HOSTS).",
            )
        self.v3.base = self.v2.base = base
        self.root.base = base.removesuffix("/saas")
        return str(session_id)

    def _check_organization(self, info: Values) -> None:
        """Raise WrongInstance where the account belongs to another organization than the one that is expected."""
        told = [info[key] for key in ("orgName", "orgId") if info.get(key)]
        if self.expect and self.expect.casefold() not in (str(name).casefold() for name in told):
            raise WrongInstance(
                f"{self.username} signs in to the organization {' / '.join(map(str, told)) or 'of no name'}",
                self.expect,
            )

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

    def close(self) -> None:
        """End the session and close the connections; never raises."""
        for session_id in self._session_ids[-1:]:
            with contextlib.suppress(LifecycleError):
                self.door.send("POST", LOGOUT, headers={V3_HEADER: session_id}, reads=True, signed=False, brief=True)
        self.v3.close()

    def send(self, method: str, path: str, **options: t.Any) -> Answer:
        """One request of the v3 API; raises the ApiErrors of ``Session.send`` in words of this service."""
        return self._send(self.v3, method, V3 + path, **options)

    def send_v2(self, method: str, path: str, **options: t.Any) -> Answer:
        """The same for the v2 user resource."""
        return self._send(self.v2, method, V2 + path, **options)

    @functools.cached_property
    def maps_saml(self) -> bool:
        """Whether groups or roles of the identity provider are mapped,
        which then decide about roles and groups of SAML accounts.

        An organization that does not tell is taken for one that maps nothing: what it then refuses is told for each
        account.
        """
        return any(self._maps(kind) for kind in ("groupMappings", "roleMappings"))

    def _maps(self, kind: str) -> bool:
        """Whether there is a mapping of one kind;
        ``count`` is text by the documentation, and a number in its example.
        """
        path = f"/Orgs/{segment(self.organization_id)}/SAMLConfig/{kind}"
        try:
            found = self.v3.data(self.send("GET", path, query={"limit": 1}))
        except ApiError:
            return False
        return bool(found.get(kind)) or str(found.get("count") or 0) != "0"

    def read_org(self) -> Answer:
        """The v2 object of the organization itself."""
        return self._send(self.v2, "GET", V2_ORG)

    def send_root(self, method: str, path: str, **options: t.Any) -> Answer:
        """The same for services beside the platform's own, such as that of file listeners."""
        return self._send(self.root, method, path, **options)

    def _send(self, session: Session, method: str, path: str, **options: t.Any) -> Answer:
        try:
            return session.send(method, path, **options)
        except ApiError as error:
            raise explain(error, self.caller.name, session.base) from None
