# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/api/v2/userTokens``: a person's own token, and the administrator's view of all; also their default expiry."""

from __future__ import annotations

import datetime
import typing as t

from .access import ACCOUNT_REALMS
from .message import Answer, Refusal, Request, no_content, ok
from .state import State, Token
from .users import requested_realm

TIMES_SINCE = 197
EXPIRY_SINCE = 199
DEFAULT_DAYS = "userTokenDefaultExpirationDays"
MAX_DAYS = 36500  # the real bound is not published


def iso(seconds: float) -> str:
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_json(state: State, token: Token) -> dict[str, t.Any]:
    """A token as administrators see it: without its passCode."""
    data: dict[str, t.Any] = {"userCode": token.user_code, "username": token.username, "realm": token.realm}
    if state.switches.release >= TIMES_SINCE:
        data["createTime"] = iso(token.created)
        if token.last_access is not None:
            data["lastAccessTime"] = iso(token.last_access)
    if state.switches.release >= EXPIRY_SINCE and token.expires is not None:
        data["expirationDate"] = iso(token.expires)
    return data


def own(state: State, request: Request) -> Token | None:
    return state.token(request.caller.realm, request.caller.username)


def token_realm(state: State, request: Request) -> str:
    """Tokens also exist for Crowd, and for people of an LDAP server, whose id is then the realm."""
    ldap = state.token_realms - {*ACCOUNT_REALMS, "Crowd"}
    return requested_realm(state, request, (*ACCOUNT_REALMS, "Crowd", *ldap))


def create_own(state: State, request: Request) -> Answer:
    """The only answer that shows a passCode."""
    if own(state, request):
        raise Refusal(state.switches.second_token, "A user token already exists for the current user.")
    token = state.add_token(request.caller.realm, request.caller.username)
    codes = {"userCode": token.user_code, "passCode": token.pass_code}
    return ok(codes if state.switches.token_answer == "codes" else {**as_json(state, token), **codes})


def delete_own(state: State, request: Request) -> Answer:
    token = own(state, request)
    if token:
        state.remove_token(token)
    elif state.switches.delete_missing_token != 204:
        raise Refusal(404, "User token does not exist for the current user.")
    return no_content()


def has_own(state: State, request: Request) -> Answer:
    return ok({"userTokenExists": own(state, request) is not None})


def own_create_time(state: State, request: Request) -> Answer:
    token = own(state, request)
    if token is None:
        raise Refusal(404, "User token does not exist for the current user.")
    return ok(iso(token.created))


def list_all(state: State, request: Request) -> Answer:
    realm = token_realm(state, request)
    after, before = day(request, "createdAfter"), day(request, "createdBefore")
    tokens = [token for token in state.tokens.values() if token.realm == realm]
    if after is not None:
        tokens = [token for token in tokens if token.created >= after]
    if before is not None:
        tokens = [token for token in tokens if token.created < before]
    return ok([as_json(state, token) for token in tokens])


def day(request: Request, name: str) -> float | None:
    text = request.parameter(name)
    if text is None:
        return None
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=datetime.timezone.utc).timestamp()
    except ValueError:
        raise Refusal(400, f"{name} must have the form yyyy-mm-dd.") from None


def read(state: State, request: Request) -> Answer:
    token = state.token(token_realm(state, request), request.parts[0])
    if token is None:
        raise Refusal(state.switches.read_missing_token, "No user token found for the specified user.")
    return ok(as_json(state, token))


def revoke(state: State, request: Request) -> Answer:
    token = state.codes.get(request.parts[0])
    if token:
        state.remove_token(token)
    elif state.switches.unknown_user_code != 204:
        raise Refusal(404, "No user token found for the specified userCode.")
    return no_content()


def purge(state: State, request: Request) -> Answer:
    """Tokens of LDAP users: all of them, or those of people who are gone. The server knows no LDAP people by itself."""
    known = {*ACCOUNT_REALMS, "Crowd"}
    for token in [token for token in state.tokens.values() if token.realm not in known]:
        if state.switches.purge == "ldap" or state.user(token.realm, token.username) is None:
            state.remove_token(token)
    return no_content()


def read_configuration(state: State, request: Request) -> Answer:
    return ok({} if state.token_days is None else {DEFAULT_DAYS: state.token_days})


def update_configuration(state: State, request: Request) -> Answer:
    days = request.json_object().get(DEFAULT_DAYS)
    if days is not None:
        if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= MAX_DAYS:
            raise Refusal(400, f"{DEFAULT_DAYS} must be a number from 1 to {MAX_DAYS}.")
        state.token_days = days
    return read_configuration(state, request)


def reset_configuration(state: State, request: Request) -> Answer:
    names = request.query.get("property", [DEFAULT_DAYS])
    if names != [DEFAULT_DAYS]:
        raise Refusal(400, "Unknown property.")
    state.token_days = None
    return read_configuration(state, request)
