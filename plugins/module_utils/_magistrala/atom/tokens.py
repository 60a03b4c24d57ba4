# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Begins sessions, and lists and revokes access tokens on Atom: what magistrala_token does there."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import AuthenticationFailed, InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Operation
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.client import AtomClient
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.graphql import Call
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.read import malformed
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.restore import every
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.service import AtomService, Granted
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import expiry
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.tokens import grant, revocations

REFRESH_PREFIX = "atom_rt_"
NO_DESCRIPTION = "Sessions of this server have no description; the given one is not used."
TOKENS = "{ total items { id: credentialId name description } }"


def plan_tokens(client: AtomClient, params: Values) -> Operation:
    """The session that the task asks for, and the revocations that are left to do: those of access tokens."""
    service = client.service

    def revoke(ids: list[str]) -> None:
        service.mutate(*(Call("revokeAccessToken", {"credentialId": each}) for each in ids))

    if params["grant"] == "access_token":
        return access_token(client, params, revoke)
    granted = grant(client, params, lambda token: refresh(service, token), service.issue)
    if granted:
        service.sign_in.replace(granted.token)
        if params["description"]:
            client.notes.append(NO_DESCRIPTION)
    return revocations(params, shown(granted) if granted else {}, lambda: access_tokens(service), revoke)


def access_token(client: AtomClient, params: Values, revoke: t.Callable[[list[str]], None]) -> Operation:
    """A new access token that may do what the calling account may, made before the revocations that are asked for.

    Raises InputError without a name.
    """
    service, name = client.service, (params["description"] or "").strip()
    if not name:
        raise InputError("grant: access_token needs description, the name by which the token is known.")
    asked: Values = {"name": name, "scoped": False, "permissions": []}
    asked |= {"expiresAt": params["expires_at"]} if params["expires_at"] else {}
    others = revocations(params, {}, lambda: access_tokens(service), revoke)

    def act() -> Values:
        (told,) = service.mutate(Call("createAccessToken", {"input": asked}, "{ credentialId token expiresAt }"))
        made = service.granted_in(told)
        if made is None:
            raise malformed("no token")
        ids = {"access_token_id": told["credentialId"]}
        return {**others.act(), **ids, "access_token": made.token, "access_expires_at": made.expires_at}

    after = {**others.after, "access_token": name}
    return Operation(True, act, others.result, others.before, after)


def refresh(service: AtomService, token: str) -> Granted:
    """The session of a token goes on: of a refresh token where the server gives them, of an access token elsewhere."""
    service.redactor.learn(token)
    fields = "{ token expiresAt }"
    call, proof = Call("refreshSession", {}, fields), token
    if token.startswith(REFRESH_PREFIX):
        fields = "{ token expiresAt refreshToken refreshTokenExpiresAt }"
        call, proof = Call("refreshToken", {"input": {"refreshToken": token}}, fields), ""
    try:
        (told,) = service.ask("mutation", [call], reads=True, token=proof)
    except AuthenticationFailed as error:
        raise error.retold(
            AuthenticationFailed,
            "Magistrala does not accept the refresh token.",
            "The session has ended, or the token is of another kind. Where a server gives no refresh tokens, the "
            "access token itself is given here while it is good. Sign in again.",
        ) from None
    granted = service.granted_in(told)
    if granted is None:
        raise malformed("no token")
    return granted


def shown(granted: Granted) -> Values:
    """The tokens of a session; where it has no refresh token, its own is the one to refresh it with."""
    end = expiry(granted.token) or granted.expires_at
    return {
        "access_token": granted.token,
        "access_expires_at": end,
        "refresh_token": granted.refresh_token or granted.token,
        "refresh_expires_at": granted.refresh_expires_at if granted.refresh_token else end,
    }


def access_tokens(service: AtomService) -> list[dict[str, t.Any]]:
    """The access tokens of the calling account that are good; their names are shown as descriptions."""
    rows = every(service, "accessTokens", {"status": "active"}, TOKENS)
    return [{"id": each["id"], "description": each.get("name", "")} for each in rows]
