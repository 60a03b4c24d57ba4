# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The users service: one session and one token for all workers, and refusals in words that help."""

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
    Rejected,
    ServerFailed,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import json_object, text_of
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer, Session
from ansible_collections.people.lifecycle.plugins.module_utils._http.sign_in import SignIn
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import claims

NOBODY = "entity not found"
UNVERIFIED = "email not verified"
ATOM_SESSION = "/auth/session"
LOGIN = "/users/tokens/issue"
REFRESH = "/users/tokens/refresh"
REVOKE = "/users/tokens/revoke"
REFRESH_TOKEN = 1  # what such a token says of its type
WEAK_PASSWORD = "password does not meet the requirements"
WRONG_PASSWORD = ("invalid user id or secret", "compare hash and password failed")
REFUSED_LOGIN = (401, 403, 404, 422)
NO_CREDENTIALS = "Magistrala needs api_token, or api_username and api_password."


class Tokens(t.NamedTuple):
    """What a sign-in or a refresh gives."""

    access: str
    refresh: str


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def words(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """Generation A says why in ``error`` and what in ``message``, generation B only ``message``."""
    said = json_object(answer)
    return text_of(said.get("error")) or text_of(said.get("message")), ()


class Service:
    """The users service of one server; signs in with the first request that needs it. ``read_only`` as in ``Session``."""

    def __init__(self, connection: Connection, redactor: Redactor, read_only: bool) -> None:
        self.connection = connection
        self.redactor = redactor
        given = connection.token or None
        self.sign_in = SignIn(None if given else self._sign_in, given)
        self.session = Session(
            "Magistrala",
            connection,
            redactor=redactor,
            read_only=read_only,
            sign_in=self.sign_in,
            headers=bearer,
            words=words,
        )
        self.password = connection.password
        self._own: list[Tokens] = []  # what this run was given, to be revoked at its end

    def close(self, generation: str | None) -> None:
        """Revoke the refresh tokens that the run was given, where the server can, and close the connections; never raises."""
        for tokens in self._own:
            self.revoke(tokens, generation)
        self.session.close()

    def revoke(self, tokens: Tokens, generation: str | None) -> None:
        """Take back a refresh token of this run; only generation B can."""
        token_id = claims(tokens.refresh).get("jti")
        if generation == "B" and token_id:
            with contextlib.suppress(LifecycleError):
                body = {"token_id": token_id}
                self.send("POST", REVOKE, json=body, headers=bearer(tokens.access), reads=True, signed=False)

    def signed_in(self) -> str:
        """The token in use, issued now unless there is one. Raises InputError and what ``issue`` raises."""
        return self.sign_in.proof()

    def _sign_in(self) -> str:
        if not (self.connection.username and self.password):
            raise InputError(NO_CREDENTIALS)
        tokens = self.issue(self.connection.username, self.password)
        self._own.append(tokens)
        return tokens.access

    def issue(self, username: str, password: str, description: str | None = None) -> Tokens:
        """Sign in with a user name or an e-mail address; never tried twice with the same password.

        Raises AuthenticationFailed where the service refuses, and errors that tell a wrong address from a wrong password.
        """
        body = {"username": username, "password": password, **({"description": description} if description else {})}
        try:
            answer = self.send("POST", LOGIN, json=body, reads=True, signed=False)
        except (AuthenticationFailed, NotFound, PermissionDenied, Rejected) as error:
            if error.status not in REFUSED_LOGIN:
                raise
            raise error.retold(
                AuthenticationFailed,
                f"Magistrala does not accept the user name and password of {username}.",
                "Check api_username and api_password; the account must be enabled.",
            ) from None
        return self.tokens(answer)

    def tokens(self, answer: Answer) -> Tokens:
        """The tokens in an answer, which are secrets from now on."""
        data = self.session.data(answer)
        access, refresh = data.get("access_token"), data.get("refresh_token")
        if not (isinstance(access, str) and isinstance(refresh, str) and access):
            raise self.session.bad_answer(answer, "without a token")
        for token in (access, refresh):
            self.redactor.learn(token)
        return Tokens(access, refresh)

    def refresh(self, token: str) -> Tokens:
        """New tokens for a refresh token. Raises AuthenticationFailed, and InputError for a token of another kind."""
        if claims(token).get("type", REFRESH_TOKEN) != REFRESH_TOKEN:
            raise InputError("refresh_token holds a token of another kind, an access token perhaps.")
        headers = {**bearer(token), "Content-Type": "application/json"}
        try:
            return self.tokens(self.send("POST", REFRESH, headers=headers, reads=True, signed=False))
        except (AuthenticationFailed, ServerFailed) as error:
            raise error.retold(
                AuthenticationFailed,
                "Magistrala does not accept the refresh token.",
                "It has expired or was revoked, is no refresh token, or its account is disabled. Sign in again.",
            ) from None

    def accepts(self, username: str, password: str) -> bool:
        """Whether the account can sign in with that password; costs a sign-in, and a refresh token until the run ends."""
        try:
            self._own.append(self.issue(username, password))
        except AuthenticationFailed:
            return False
        return True

    def change_password(self, old: str, new: str) -> None:
        """Give the calling account a new password; raises Rejected where ``old`` is not the present one."""
        try:
            self.send(
                "PATCH",
                "/users/secret",
                json={"old_secret": old, "new_secret": new},
                headers=bearer(self.signed_in()),
                signed=False,
            )
        except (AuthenticationFailed, Rejected) as error:
            if error.words not in WRONG_PASSWORD:
                raise
            raise error.retold(
                Rejected,
                "Magistrala: the old password is not the present one of the calling account.",
            ) from None
        self.password = new

    def send(self, method: str, path: str, **options: t.Any) -> Answer:
        """``Session.send``, with the refusals of this service explained."""
        try:
            return self.session.send(method, path, **options)
        except ApiError as error:
            raise self.explained(error) from None

    def explained(self, error: ApiError) -> ApiError:
        """``error`` with what to do about it, or another one where it means something else."""
        if isinstance(error, NotFound) and error.words != NOBODY:
            return self.wrong_address(error)
        if isinstance(error, AuthenticationFailed) and self.connection.token and error.words != UNVERIFIED and not error.hint:
            return error.retold(
                AuthenticationFailed,
                "Magistrala does not accept the token in api_token.",
                "It has expired, was revoked, belongs to another server, or its owner's e-mail address is not verified. "
                "Give a fresh one, or api_username and api_password, which are used again when a token expires.",
            )
        if isinstance(error, AuthenticationFailed) and error.words == UNVERIFIED:
            return error.retold(
                AuthenticationFailed,
                "Magistrala: the e-mail address of the calling account is not verified, and this server lets the account do "
                "nothing before.",
                "Confirm the address, or take the credentials of an administrator or a personal access token.",
            )
        if error.words == WEAK_PASSWORD:
            error.hint = "The server has a rule of its own for passwords; eight characters or more, if nobody changed it."
        if isinstance(error, PermissionDenied) and error.hint is None:
            error.hint = "The calling account must be an administrator of the platform (role admin)."
            if (self.connection.token or "").startswith("pat_"):
                error.hint += " Its personal access token must have the scope for this, too."
        return error

    def wrong_address(self, error: NotFound) -> ApiError:
        """Why nothing is there: a server without users API any more, or something that is no users service at all."""
        if self.is_atom():
            return BadAnswer(
                f"Magistrala: {self.connection.url} has no users API any more; it is version 0.40 or later, where people are "
                f"kept by Atom.",
                method=error.method,
                path=error.path,
                status=error.status,
                hint="This collection works with servers up to 0.30.",
            )
        return BadAnswer(
            f"Magistrala: there is no users service at {self.connection.url}: {error.method} {error.path} was answered 404 "
            f"in words that are not Magistrala's.",
            method=error.method,
            path=error.path,
            status=error.status,
            hint="Check api_url; it is the address of the users service or its proxy, without /users.",
        )

    def is_atom(self) -> bool:
        """Whether the successor of the users service answers here: a route of its own is there."""
        try:
            answer = self.session.get(ATOM_SESSION, signed=False, ok=(200, 401, 405))
        except ApiError:
            return False
        return answer.status == 405 or not json_object(answer).keys().isdisjoint(("error", "entity_id"))
