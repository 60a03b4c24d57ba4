# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Issues tokens and revokes refresh tokens: what magistrala_token does.

A sign-in or a refresh changes nothing that a later run would find, so it counts as reading and happens in check mode,
too; the tasks after it need the token there as well. A revocation is a change.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, NotFound, Refused
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Operation
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import expiry, revocation_id
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.client import MagistralaClient
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import (
    PASSWORD_OPTIONS,
    REVOKE,
    Tokens,
)

Granted = t.TypeVar("Granted")
OWNERS_MAKE = "their owners make personal access tokens in Magistrala. Give one of those in api_token."
LISTING = "/users/tokens/refresh-tokens"


def plan_tokens(client: MagistralaClient, params: Values) -> Operation:
    """The tokens that the task asks for, and the revocations that are left to do."""
    service = client.service

    def sign_in(username: str, password: str) -> Tokens:
        return service.issue(username, password, params["description"])

    def revoke(ids: list[str]) -> None:
        for token_id in ids:
            service.send("POST", REVOKE, json={"token_id": token_id})

    if params["grant"] == "access_token":
        client.reader.me()  # tells where there is no users service at all
        raise Refused(f"This server makes no access tokens for tasks: {OWNERS_MAKE}")
    tokens = grant(client, params, service.refresh, sign_in)
    result = shown(tokens) if tokens else {}
    if tokens:
        service.sign_in.replace(tokens.access)
    return revocations(params, result, lambda: refresh_tokens(client), revoke)


def grant(
    client: t.Any,
    params: Values,
    refresh: t.Callable[[str], Granted],
    sign_in: t.Callable[[str, str], Granted],
) -> Granted | None:
    """What a refresh or a sign-in gives, if one is asked for. Raises InputError where something is missing for that."""
    if params["grant"] == "none":
        return None
    if params["grant"] == "refresh":
        if not params["refresh_token"]:
            raise InputError("grant: refresh needs refresh_token.")
        return refresh(params["refresh_token"])
    connection = client.connection
    if not (connection.username and connection.password):
        raise InputError(f"grant: password needs {PASSWORD_OPTIONS}.")
    return sign_in(connection.username, connection.password)


def revocations(
    params: Values,
    result: Values,
    listing: t.Callable[[], list[dict[str, t.Any]]],
    revoke: t.Callable[[list[str]], None],
) -> Operation:
    """What is left to revoke of the tokens of ``listing``; ``result`` is what the task gives beside the list."""
    asked, wants_listing = params["revoke"] or [], params["list_refresh_tokens"]
    if not (asked or wants_listing):
        return Operation(False, dict, result)
    there = listing()
    revocable = [each["id"] for each in there if each["id"] in asked]
    others = [each for each in there if each["id"] not in asked]

    def act() -> Values:
        revoke(revocable)
        return {}

    result |= {"revoked": revocable}
    if wants_listing:
        result["refresh_tokens"] = others
    before, after = ({"refresh_tokens": [each["id"] for each in some]} for some in (there, others))
    return Operation(bool(revocable), act, result, before if revocable else {}, after if revocable else {})


def shown(tokens: Tokens) -> Values:
    return {
        "access_token": tokens.access,
        "access_expires_at": expiry(tokens.access),
        "refresh_token": tokens.refresh,
        "refresh_expires_at": expiry(tokens.refresh),
    }


def refresh_tokens(client: MagistralaClient) -> list[dict[str, t.Any]]:
    """The refresh tokens of the calling account but this run's own; Refused by a server that keeps no list of them."""
    session = client.service.session
    try:
        answer = session.get(LISTING)
    except NotFound:
        client.reader.me()  # tells where there is no users service at all
        raise Refused("This server (of early 2025) keeps no list of refresh tokens, and can revoke none.") from None
    listed = session.data(answer).get("refresh_tokens")
    if not isinstance(listed, list) or not all(isinstance(each, dict) and "id" in each for each in listed):
        raise session.bad_answer(answer, "with JSON of an unexpected shape")
    own = {revocation_id(tokens.refresh) for tokens in client.service.own}
    return [{"id": each["id"], "description": each.get("description", "")} for each in listed if each["id"] not in own]
