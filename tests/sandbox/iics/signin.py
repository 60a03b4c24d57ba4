# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The logins, the logouts and the session check."""

from __future__ import annotations

import typing as t

from . import body, v2_view, xml
from .call import Call
from .http import Refusal, Reply, Request, json_reply, v2_reply
from .ids import PLATFORM_ORG_ID, org_ids
from .model import User
from .sessions import Outcome, authenticate

WRONG = "User name or password is not valid."
LOCKED = "User account is locked"
EXPIRED = "The password has expired."
SUCCESS = {"@type": "success"}


def base_url(call: Call) -> str:
    """Where further calls go: the host that the client used, unless a switch says otherwise."""
    switches, request = call.iics.switches, call.request
    scheme = switches.base_scheme or request.scheme
    return switches.base_url or f"{scheme}://{request.header(b'host')}/saas"


def credentials(data: dict[str, t.Any]) -> tuple[str, str]:
    return body.required(data, "username", body.LONGEST), body.required(data, "password", body.LONGEST)


def sign_in(call: Call, data: dict[str, t.Any]) -> User:
    """The user that the credentials belong to; v2's codes for a locked account and an expired password are unknown."""
    switches, v2 = call.iics.switches, call.request.is_v2
    outcome = authenticate(call.iics, *credentials(data))
    if outcome is Outcome.WRONG:
        if v2:
            raise Refusal(switches.wrong_password_status_v2, "UI_10000", WRONG)
        raise Refusal(switches.wrong_password_status, "IDS_085", WRONG)
    if outcome is Outcome.LOCKED:
        raise Refusal(switches.locked_status, "SIM_LOCKED" if v2 else "IDS_086", LOCKED)
    if outcome is Outcome.EXPIRED:
        raise Refusal(400, "SIM_PASSWORD_EXPIRED", EXPIRED)
    return outcome


def login_v3(call: Call) -> Reply:
    user = sign_in(call, body.members(call.request))
    user_info = {
        "sessionId": call.iics.sessions.open(user),
        "id": user.id,
        "name": user.name,
        "parentOrgId": PLATFORM_ORG_ID,
        "orgId": org_ids(call.iics.switches.organization)[0],
        "orgName": call.iics.switches.organization,
        "groups": {},
        "status": "Active",
    }
    product = {"name": "Integration Cloud", "baseApiUrl": base_url(call)}
    return json_reply(200, {"products": [product], "userInfo": user_info})


def members_v2(request: Request) -> dict[str, t.Any]:
    """The object in the body of a v2 request, JSON or XML."""
    if not request.sends_xml:
        return body.members(request)
    try:
        return xml.parse(request.body)
    except ValueError as error:
        raise Refusal(400, "SIM_BAD_BODY", f"The request body is not a valid XML document: {error}.") from error


def login_v2(call: Call) -> Reply:
    user = sign_in(call, members_v2(call.request))
    shown = v2_view.user(user, call.iics.switches, base_url(call))
    return v2_reply(call.request, 200, {**shown, "icSessionId": call.iics.sessions.open(user)})


def logout_v3(call: Call) -> Reply:
    call.iics.sessions.close(call.session_id)
    return Reply(200)


def logout_v2(call: Call) -> Reply:
    call.iics.sessions.close(call.session_id)
    return Reply(200)


def logout_all(call: Call) -> Reply:
    """End every session of the organization; the members of the success object were not recorded."""
    sign_in(call, members_v2(call.request))
    call.iics.expire_sessions()
    return v2_reply(call.request, 200, SUCCESS)


def valid_session_id(call: Call) -> Reply:
    """Whether a session still lasts, and how many minutes; asking does not prolong it."""
    data = members_v2(call.request)
    name, identifier = body.required(data, "userName"), body.required(data, "icToken")
    session = call.iics.sessions.find(identifier)
    valid = session is not None and session.user.name.casefold() == name.casefold()
    left = int(call.iics.sessions.seconds_left(session) // 60) if session and valid else 0
    shown = {"@type": "validatedToken", "timeUntilExpire": max(0, left), "isValidToken": valid}
    return v2_reply(call.request, 200, shown)
