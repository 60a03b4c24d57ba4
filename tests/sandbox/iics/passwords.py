# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Password rules, change and reset."""

from __future__ import annotations

from . import body, views
from .call import Call
from .http import Refusal, Reply
from .model import NATIVE, User
from .switches import IicsSwitches

ALPHABETS = (str.islower, str.isupper, str.isdigit, lambda character: not character.isalnum())


def check(password: str, user: User | None, switches: IicsSwitches, now: float) -> None:
    """Refuse a password that breaks the organization's rules; the codes are unknown."""
    mix = sum(any(map(belongs, password)) for belongs in ALPHABETS)
    if len(password) < switches.password_min_length or mix < switches.password_min_mix:
        raise Refusal(400, "SIM_WEAK_PASSWORD", "The password does not meet the organization's rules.")
    since = now - switches.password_reuse_days * 86400
    if user and switches.password_reuse_days:
        recent = [used for moment, used in user.passwords if moment > since]
        if password in recent or password == user.password:
            raise Refusal(400, "SIM_REUSED_PASSWORD", "The password was used before.")


def store(call: Call, user: User, password: str) -> None:
    check(password, user, call.iics.switches, call.now)
    user.passwords.append((call.now, password))
    user.force_password_change = False
    user.failed_logins = 0


def change(call: Call) -> Reply:
    """Change one's own password (``oldPassword``), or as an administrator another's (``userId``)."""
    data = body.members(call.request)
    new = body.required(data, "newPassword", body.LONGEST)
    identifier, old = body.text(data, "userId"), body.text(data, "oldPassword")
    caller = call.known_user(call.caller)
    user = call.user(identifier) if identifier else caller
    if user is caller:
        if not old:
            raise body.missing("oldPassword")
        if old != user.password:
            raise Refusal(400, "SIM_WRONG_PASSWORD", "The old password is not valid.")
    elif not caller.is_admin:
        raise Refusal(403, "SIM_FORBIDDEN", "Changing another user's password needs the Admin role.")
    if views.state(user, call.iics.switches, call.now) is None:
        raise Refusal(400, "SIM_PASSWORD_EXPIRED", "The password has expired; reset it.")
    meaning = call.iics.switches.provisioned_password
    if user.state == "Provisioned" and meaning == "refused":
        raise Refusal(400, "SIM_NOT_ACTIVATED", "The user has not activated the account.")
    store(call, user, new)
    if user.state == "Provisioned" and meaning == "activates":
        user.state = "Active"
    return Reply(200)


def reset(call: Call) -> Reply:
    """Set a new password with the security answer; this also ends the state of an expired one."""
    data = body.members(call.request)
    user = call.user(body.required(data, "userId"))
    answer = body.required(data, "securityAnswer")
    new = body.required(data, "newPassword", body.LONGEST)
    if user.authentication != NATIVE:
        raise Refusal(400, "SIM_NOT_NATIVE", "The user does not sign in with a password of this service.")
    if answer != user.security_answer:
        raise Refusal(400, "SIM_WRONG_ANSWER", "The security answer is not valid.")
    store(call, user, new)
    if user.state is None:
        user.state = "Active"
    return Reply(200)
