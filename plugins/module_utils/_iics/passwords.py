# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ``iics_user_password`` does: the own password, another's, or one reset by its security answer."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, Refused
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.outcome import PASSWORD_SHOWN
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Operation, Spec
from ansible_collections.people.lifecycle.plugins.module_utils._iics.client import IicsClient
from ansible_collections.people.lifecycle.plugins.module_utils._iics.rules import no_password_change
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import LONGEST, TITLE, is_anonymous

PASSWORD: Spec = {
    "username": {"type": "str", "aliases": ["name"]},
    "id": {"type": "str"},
    "password": {"type": "str", "required": True, "no_log": True},
    "old_password": {"type": "str", "no_log": True},
    "security_answer": {"type": "str", "no_log": True},
}


def plan_password(client: IicsClient, params: Values) -> Operation:
    """What is to be done; raises InputError and Refused before anything is written."""
    new, old, answer = params["password"], params["old_password"], params["security_answer"]
    for option in ("password", "old_password", "security_answer", "username", "id"):
        if params[option] == "":
            raise InputError(f"{option} is empty.")
    if len(new) > LONGEST:
        raise InputError(f"password has more than {LONGEST} characters.")
    caller, writer = client.service.caller, client.writer
    if is_callers(client, params):
        identifier, username = caller.id, caller.name
        if not answer:
            present = old or client.service.password
            return action(username, identifier, lambda: writer.change_password(None, new, present), present != new)
    else:
        if old:
            raise InputError(
                "old_password is for the account that the task runs with; leave out username and id, or old_password."
            )
        account = account_of(client, params)
        reason = no_password_change(account, by_answer=bool(answer))
        if reason:
            raise Refused(reason)
        identifier, username = str(account.id), account.username
        if not answer:
            return action(username, identifier, lambda: writer.change_password(identifier, new, None))
    return action(username, identifier, lambda: writer.reset_password(identifier, answer, new))


def is_callers(client: IicsClient, params: Values) -> bool:
    """Whether the task is about the account that it runs with, which is so where it names none."""
    caller = client.service.caller
    if params["id"]:
        return bool(params["id"] == caller.id)
    return not params["username"] or client.traits.key(params["username"]) == client.traits.key(caller.name)


def account_of(client: IicsClient, params: Values) -> Account:
    """The account that the task names; raises InputError where there is none."""
    if params["id"]:
        account, what = client.reader.with_id(params["id"]), f"the id {params['id']}"
    else:
        account, what = client.reader.named(params["username"]), f"the user name {params['username']}"
    if account is None:
        raise InputError(f"{TITLE} has no account with {what:.300}.")
    if is_anonymous(account.username):
        raise InputError(f"{account.username} belongs to Application Integration itself and is never touched.")
    return account


def action(username: str, identifier: str, write: t.Callable[[], None], changed: bool = True) -> Operation:
    def act() -> Values:
        write()
        return {}

    before: Values = {"username": username}
    after = {**before, "password": PASSWORD_SHOWN} if changed else before
    return Operation(changed, act, {"username": username, "id": identifier}, before, after)
