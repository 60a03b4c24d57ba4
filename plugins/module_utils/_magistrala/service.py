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
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import (
    is_personal,
    may_be_refresh_token,
    revocation_id,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.successor import is_atom

NOBODY = "entity not found"
UNVERIFIED = "email not verified"
LOGIN = "/users/tokens/issue"
REFRESH = "/users/tokens/refresh"
REVOKE = "/users/tokens/revoke"
OUT_OF_SCOPE = "failed to authorize PAT"
WEAK_PASSWORD = "password does not meet the requirements"
WRONG_PASSWORD = ("invalid user id or secret", "compare hash and password failed")
REFUSED_LOGIN = (401, 403, 404, 422)
PASSWORD_OPTIONS = "api_username (MAGISTRALA_USERNAME) and api_password (MAGISTRALA_PASSWORD)"
TOKEN_OPTION = "api_token (MAGISTRALA_TOKEN)"
NO_CREDENTIALS = (
    f"Magistrala needs {PASSWORD_OPTIONS}: a user name or e-mail address and its password, or a token in "
    f"{TOKEN_OPTION}."
)
PAT_AND_ROLES = "this server lets no personal access token change the role of an account."


class SuccessorAnswers(BadAnswer):
    """There is no users service here any more, but Atom, which took its place."""


class Tokens(t.NamedTuple):
    """What a sign-in or a refresh gives."""

    access: str
    refresh: str


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def words(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """Servers of early 2025 say why in ``error`` and what in ``message``, later ones have only ``message``."""
    body = json_object(answer)
    return text_of(body.get("error")) or text_of(body.get("message")), ()


def has_ended(answer: Answer, proof: str) -> bool:
    """Whether a refusal means that the session is over; signing in again verifies no e-mail address."""
    return answer.status == 401 and words(answer)[0] != UNVERIFIED


class Service:
    """The users service of one server, signed in when it is first needed. ``read_only`` as in ``Session``."""

    def __init__(self, connection: Connection, redactor: Redactor, read_only: bool) -> None:
        self.connection = connection
        self.redactor = redactor
        self.sign_in = SignIn(None if connection.token else self._sign_in, connection.token or None)
        self.session = Session(
            "Magistrala",
            connection,
            redactor=redactor,
            read_only=read_only,
            sign_in=self.sign_in,
            headers=bearer,
            words=words,
        )
        self.session.ended = has_ended
        self.domains = self.session.beside()
        self.domains.base = connection.other_url or connection.url
        self.password = connection.password
        self.superseded = False
        self.own: list[Tokens] = []  # what this run signed in for, to be revoked at its end

    def close(self) -> None:
        """Revoke the refresh tokens of the run, where the server can, and close the connections; never raises."""
        for tokens in self.own:
            self.revoke(tokens.refresh, self.own[-1].access)
        self.session.close()

    def revoke(self, refresh: str, access: str) -> None:
        """Take back a refresh token of this run, which is no write; never raises."""
        body = {"token_id": revocation_id(refresh)}
        if body["token_id"]:
            with contextlib.suppress(LifecycleError):
                self.session.send(
                    "POST", REVOKE, json=body, headers=bearer(access), reads=True, signed=False, brief=True
                )

    def _sign_in(self) -> str:
        """A new access token. Raises InputError and what ``issue`` raises."""
        if not (self.connection.username and self.password):
            raise InputError(NO_CREDENTIALS)
        self.own.append(self.issue(self.connection.username, self.password))
        return self.own[-1].access

    def issue(self, username: str, password: str, description: str | None = None) -> Tokens:
        """Sign in with a user name or an e-mail address; never tried twice with the same password.

        Raises AuthenticationFailed where the service refuses, and errors that tell a wrong address from a wrong
        password.
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
                f"Check {PASSWORD_OPTIONS}; the account must be enabled.",
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
        if not may_be_refresh_token(token):
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
        """Whether the account can sign in with that password."""
        try:
            tokens = self.issue(username, password)
        except AuthenticationFailed:
            return False
        self.revoke(tokens.refresh, tokens.access)
        return True

    def change_password(self, old: str, new: str) -> None:
        """Give the calling account a new password; raises Rejected where ``old`` is not the present one."""
        try:
            body, headers = {"old_secret": old, "new_secret": new}, bearer(self.sign_in.proof())
            self.send("PATCH", "/users/secret", json=body, headers=headers, signed=False)
        except (AuthenticationFailed, Rejected) as error:
            if error.words not in WRONG_PASSWORD:
                raise
            wrong = "Magistrala: the old password is not the present one of the calling account."
            raise error.retold(Rejected, wrong) from None
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
        if isinstance(error, AuthenticationFailed) and error.words == UNVERIFIED:
            unverified = error.retold(
                AuthenticationFailed,
                "Magistrala: the e-mail address of the calling account is not verified. Until it is, this server lets "
                "the account only read its profile, list and revoke its tokens, and change its e-mail address.",
                "Confirm the address, or use the credentials of an administrator or a personal access token.",
            )
            unverified.sign_in_refused = False
            return unverified
        if isinstance(error, AuthenticationFailed) and self.connection.token and not error.hint:
            return error.retold(
                AuthenticationFailed,
                f"Magistrala does not accept the token in {TOKEN_OPTION}.",
                f"It has expired, was revoked, or belongs to another server. Give a fresh one, or {PASSWORD_OPTIONS}, "
                "which are used again when a token expires.",
            )
        if isinstance(error, PermissionDenied) and error.hint is None:
            return self.not_permitted(error)
        if error.words == WEAK_PASSWORD:
            error.hint = (
                "The server has a rule of its own for passwords; eight characters or more, if nobody changed it."
            )
        return error

    def not_permitted(self, error: PermissionDenied) -> ApiError:
        """A refusal for lack of rights; a personal access token may lack what its owner has."""
        if error.words == OUT_OF_SCOPE:
            return error.retold(
                PermissionDenied,
                f"Magistrala: the personal access token in {TOKEN_OPTION} has no scope for {error.method} "
                f"{error.path}.",
                "Give it the operations read, list, update and delete for users.",
            )
        if is_personal(self.connection.token) and error.path.endswith("/role"):
            return error.retold(PermissionDenied, f"Magistrala: {PAT_AND_ROLES}", f"Use {PASSWORD_OPTIONS}.")
        error.hint = "The calling account must be an administrator of the platform (role admin)."
        return error

    def wrong_address(self, error: NotFound) -> ApiError:
        """Why nothing is there: the service has a successor here, or the server is something else altogether."""
        if is_atom(self.session):
            self.superseded = True
            return error.retold(
                SuccessorAnswers,
                f"Magistrala: {self.connection.url} no longer has a users API; people are kept by Atom.",
            )
        return error.retold(
            BadAnswer,
            f"Magistrala: there is no users service at {self.connection.url}: {error.method} {error.path} was answered "
            "404 in words that are not Magistrala's.",
            "Check api_url (MAGISTRALA_URL); it is the address of the users service or its proxy, without /users.",
        )
