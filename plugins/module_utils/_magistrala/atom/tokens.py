# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Begins sessions, and lists and revokes access tokens on Atom: what magistrala_token does there."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    AuthenticationFailed,
    InputError,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Operation
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.client import AtomClient
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.graphql import Call
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.read import malformed
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.restore import every
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.service import AtomService, Granted
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import expiry
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import PASSWORD_OPTIONS

REFRESH_PREFIX = "atom_rt_"
NO_DESCRIPTION = "Sessions of this server have no description; the given one is not used."
TOKENS = "{ total items { id: credentialId name description } }"


def plan_tokens(client: AtomClient, params: Values) -> Operation:
    """The session that the task asks for, and the revocations that are left to do: those of access tokens."""
    service = client.service
    granted = grant(service, params)
    if granted:
        service.sign_in.replace(granted.token)
        if params["description"]:
            client.notes.append(NO_DESCRIPTION)
    result = shown(granted) if granted else {}
    revoke, wants_listing = params["revoke"] or [], params["list_refresh_tokens"]
    if not (revoke or wants_listing):
        return Operation(False, dict, result)
    there = access_tokens(service)
    revocable = [each for each in there if each["id"] in revoke]
    others = [each for each in there if each["id"] not in revoke]

    def act() -> Values:
        service.mutate(*(Call("revokeAccessToken", {"credentialId": each["id"]}) for each in revocable))
        return {}

    result |= {"revoked": [each["id"] for each in revocable]}
    if wants_listing:
        result["refresh_tokens"] = others
    before, after = ({"refresh_tokens": [each["id"] for each in some]} for some in (there, others))
    return Operation(bool(revocable), act, result, before if revocable else {}, after if revocable else {})


def grant(service: AtomService, params: Values) -> Granted | None:
    """A session, if one is asked for. Raises InputError where something is missing for that."""
    if params["grant"] == "none":
        return None
    if params["grant"] == "refresh":
        if not params["refresh_token"]:
            raise InputError("grant: refresh needs refresh_token.")
        return refresh(service, params["refresh_token"])
    connection = service.connection
    if not (connection.username and connection.password):
        raise InputError(f"grant: password needs {PASSWORD_OPTIONS}.")
    return service.issue(connection.username, connection.password)


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
            "The session has ended, or the token is of another kind. Where a server gives no refresh tokens, the access token "
            "itself is given here while it is good. Sign in again.",
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
