# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Atom, the identity service of Magistrala's newest generation:
sessions, passwords as proof, and GraphQL over one session.
"""

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
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import json_object, plain_words, text_of
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer, Session
from ansible_collections.people.lifecycle.plugins.module_utils._http.sign_in import SignIn
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.graphql import (
    Call,
    first_error,
    request_of,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.refusals import (
    LOCKED,
    UNVERIFIED,
    WRONG,
    explained,
    explained_sign_in,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import NO_CREDENTIALS, bearer

LOGIN, LOGOUT, WHO = "/auth/login", "/auth/logout", "/auth/session"
CALLS_AT_ONCE = 50  # a request may cost a thousand points, and no call of ours costs more than eleven


class Granted(t.NamedTuple):
    """What a sign-in or a refresh gives; no refresh token from most servers."""

    token: str
    expires_at: str | None
    refresh_token: str | None = None
    refresh_expires_at: str | None = None


def words(answer: Answer) -> tuple[str, tuple[str, ...]]:
    return text_of(json_object(answer).get("error")) or plain_words(answer), ()


class GraphqlSession(Session):
    """A session in which the status of an answer does not tell whether a write was made:
    whoever reads the answer says so.
    """

    def confirm(self) -> None:
        """Nothing is known from the status."""

    def confirm_write(self) -> None:
        super().confirm()

    def retract(self, writes: int) -> None:
        """Count as before: what was written since was undone."""
        self._confirmed.count = writes


class AtomService:
    """One server; signs in with the first request that needs it. ``read_only`` as in ``Session``."""

    def __init__(self, connection: Connection, redactor: Redactor, read_only: bool) -> None:
        self.connection = connection
        self.redactor = redactor
        self.password = connection.password
        self.sign_in = SignIn(None if connection.token else self._sign_in, connection.token or None)
        self.session = GraphqlSession(
            "Magistrala",
            connection,
            redactor=redactor,
            read_only=read_only,
            sign_in=self.sign_in,
            headers=bearer,
            words=words,
        )
        self.own: list[str] = []  # the tokens of sessions that this run began, to be ended with it

    def close(self) -> None:
        """End the sessions of this run and close the connections; never raises."""
        for token in self.own:
            self.sign_out(token)
        self.session.close()

    def sign_out(self, token: str) -> None:
        """End a session of this run, which is no write; never raises."""
        with contextlib.suppress(LifecycleError):
            try:
                self.session.send("POST", LOGOUT, headers=bearer(token), reads=True, signed=False)
            except NotFound:
                self.ask("mutation", [Call("logout")], reads=True, token=token)

    def _sign_in(self) -> str:
        if not (self.connection.username and self.password):
            raise InputError(NO_CREDENTIALS)
        self.own.append(self.issue(self.connection.username, self.password).token)
        return self.own[-1]

    def issue(self, identifier: str, password: str) -> Granted:
        """Begin a session; one attempt, because five failures lock an account.
        Raises AuthenticationFailed and Rejected.
        """
        body = {"identifier": identifier, "secret": password}
        try:
            answer = self.session.send("POST", LOGIN, json=body, reads=True, signed=False, ok=(200, 429))
            if answer.status == 429 and words(answer)[0] == LOCKED:
                raise self.refusal(answer, LOCKED)
            if answer.status == 429:  # too many requests of whatever kind: those may be repeated in a while
                answer = self.session.send("POST", LOGIN, json=body, reads=True, signed=False)
        except NotFound:  # a proxy that hands on GraphQL alone
            return self.issue_by_graphql(body, identifier)
        except ApiError as error:
            raise explained_sign_in(error, identifier) from None
        return self.granted(answer)

    def issue_by_graphql(self, body: dict[str, str], identifier: str) -> Granted:
        """As ``issue``, in fields that every version has."""
        try:
            (told,) = self.ask(
                "mutation", [Call("login", {"input": body}, "{ token expiresAt }")], reads=True, token=""
            )
        except ApiError as error:
            raise explained_sign_in(error, identifier) from None
        granted = self.granted_in(told)
        if granted is None:
            raise BadAnswer(
                "Magistrala: login was answered without a token.", method="POST", path="/graphql", status=200
            )
        return granted

    def refusal(self, answer: Answer, text: str) -> ApiError:
        """A status that says to wait, where waiting for less than the given time is in vain."""
        return Rejected(
            f"Magistrala: {answer.method} {answer.path} was answered {answer.status}: {text}.",
            method=answer.method,
            path=answer.path,
            status=answer.status,
            words=text,
        )

    def granted(self, answer: Answer) -> Granted:
        """The tokens in an answer; raises BadAnswer."""
        granted = self.granted_in(self.session.data(answer))
        if granted is None:
            raise self.session.bad_answer(answer, "without a token")
        return granted

    def granted_in(self, told: t.Any) -> Granted | None:
        """The tokens in what REST or GraphQL told, which are secrets from now on."""
        told = told if isinstance(told, dict) else {}
        found = [
            next((told[name] for name in names if isinstance(told.get(name), str) and told[name]), None)
            for names in (
                ("token",),
                ("expires_at", "expiresAt"),
                ("refresh_token", "refreshToken"),
                ("refresh_token_expires_at", "refreshTokenExpiresAt"),
            )
        ]
        if found[0] is None:
            return None
        for secret in (found[0], found[2]):
            self.redactor.learn(secret)
        return Granted(found[0], *found[1:])

    def accepts(self, identifier: str, password: str) -> bool | None:
        """Whether that password is the account's; None where the service does not tell. One attempt.

        Raises Rejected where too many attempts failed before, which says nothing of this password.
        """
        try:
            granted = self.issue(identifier, password)
        except AuthenticationFailed as error:
            if error.words in (WRONG, UNVERIFIED):
                return error.words == UNVERIFIED
            return None
        self.sign_out(granted.token)
        return True

    def query(self, *calls: Call) -> list[t.Any]:
        """Read; the answers in the order of ``calls``. Raises the ApiError of the first that fails."""
        return self.ask("query", calls, reads=True)

    def mutate(self, *calls: Call) -> list[t.Any]:
        """Write; the calls are made in order, and one that fails undoes none of the others."""
        parts = [calls[at : at + CALLS_AT_ONCE] for at in range(0, len(calls), CALLS_AT_ONCE)]
        return [found for part in parts for found in self.ask("mutation", part, reads=False)]

    def ask(self, kind: str, calls: t.Sequence[Call], *, reads: bool, token: str | None = None) -> list[t.Any]:
        """One request; ``token`` in place of the run's own proof, which then is not renewed."""
        body = request_of(kind, calls)
        renewed = token is not None
        while True:
            proof = self.sign_in.proof() if token is None else token
            answer = self.session.send(
                "POST", "/graphql", json=body, headers=bearer(proof) if proof else {}, reads=reads, signed=False
            )
            content = self.session.data(answer)
            error = first_error(content, calls, not reads)
            if isinstance(error, AuthenticationFailed) and not renewed:
                renewed = True
                if self.sign_in.renewable:
                    self.sign_in.renew(proof)
                    continue
                self.sign_in.refuse(explained(error, self.connection))
            data = content.get("data")
            found = [data.get(f"r{at}") for at in range(len(calls))] if isinstance(data, dict) else []
            if not reads and any(each is not None for each in found):
                self.session.confirm_write()
            if error is not None:
                raise explained(error, self.connection, self.redactor) from None
            if not found or any(each is None for each in found):
                raise self.session.bad_answer(answer, "with JSON of an unexpected shape")
            return found
