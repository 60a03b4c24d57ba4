# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is refused in Informatica IICS."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Options
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import by_options, by_writes
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import EMAIL
from ansible_collections.people.lifecycle.plugins.module_utils._iics import traits

if t.TYPE_CHECKING:
    from ansible_collections.people.lifecycle.plugins.module_utils._iics.client import IicsClient

PLAIN_NAME = re.compile(r"[A-Za-z0-9._'-]+")


@by_options("The accounts of Application Integration itself are never touched")
def not_anonymous(entry: Options, client: Client) -> t.Iterator[str]:
    if traits.is_anonymous(entry["username"]):
        yield "this account belongs to Application Integration itself and is never touched."


@by_options("The way to sign in fits the other options")
def authentication_fits(entry: Options, client: Client) -> t.Iterator[str]:
    if entry["state"] != "present":
        return
    if entry["authentication"] == "saml" and entry["password"]:
        yield "an account with authentication: saml has no password here."
    if entry["alias_name"] and entry["authentication"] != "saml":
        yield "alias_name goes with authentication: saml."


@by_options("What is handed over goes with the account")
def successors_follow_leavers(entry: Options, client: Client) -> t.Iterator[str]:
    if entry["successors"] and entry["state"] != "absent":
        yield "successors goes with state: absent."


@by_writes("What is written is acceptable to the service")
def values_fit(plan: Plan, client: Client) -> t.Iterator[str]:
    values = plan.values
    for field in client.traits.fields:
        if field.needed and values.get(field.option) == "":
            yield f"{field.option} cannot be empty."
    if values.get("email") and not EMAIL.fullmatch(values["email"]):
        yield f"{values['email']!r:.80} is not a valid e-mail address."
    if values.get("max_login_attempts") is not None and values["max_login_attempts"] < 1:
        yield "max_login_attempts is at least 1."
    writes_password = "password" in plan.verbs or "create" in plan.verbs
    if writes_password and len(plan.wanted.password or "") > traits.LONGEST:
        yield f"password has more than {traits.LONGEST} characters."


@by_writes("A new account is what the chosen API can make")
def can_be_created(plan: Plan, client: Client) -> t.Iterator[str]:
    if "create" not in plan.verbs:
        return
    name, values, switches = plan.wanted.username, plan.wanted.values, plan.wanted.switches
    if switches["api"] == "v2":
        yield from (f"api: v2 has no {option}." for option in traits.NOT_IN_V2 if values.get(option))
        if values.get("authentication") == "saml":
            yield "api: v2 cannot create accounts with authentication: saml."
        if not EMAIL.fullmatch(name):
            yield "api: v2 creates accounts whose user name is an e-mail address only."
        return
    yield from (f"{option} can be set with api: v2 only." for option in traits.ONLY_IN_V2 if switches[option])
    if not (PLAIN_NAME.fullmatch(name) or EMAIL.fullmatch(name)):
        yield "a new user name is an e-mail address, or has only letters (a-z), digits and the characters - _ . '."
    if traits.time_zone_lost(plan.wanted) and switches["on_profile_drift"] == "fail":
        yield (
            f"time_zone cannot be given to a new account in v3; it becomes {traits.DEFAULT_TIME_ZONE}. Create the "
            "account with api: v2, or set on_profile_drift: v2_update (which changes it afterwards), warn or ignore."
        )


@by_writes("The organization has a licence for the roles that are given")
def has_licence(plan: Plan, client: IicsClient) -> t.Iterator[str]:
    added = [membership for step in plan.steps for membership in step.add]
    unlicensed = client.catalog.unlicensed(added) if added else []
    if unlicensed:
        yield f"the organization has no valid licence for the role {', '.join(unlicensed)}."


@by_writes("Fields of an account are changed only by an API that can, and when the task says so")
def profile_can_change(plan: Plan, client: IicsClient) -> t.Iterator[str]:
    account = plan.found.account
    differing = [option for step in plan.steps if step.verb == "update" for option in step.values]
    if account is None or not differing:
        return
    if plan.wanted.switches["on_profile_drift"] == "fail":
        yield (
            f"{traits.differing_wording(differing)} from the task, and v3 cannot change that. Set on_profile_drift: "
            "v2_update to change it through the older v2 API, warn or ignore to go on without. "
            f"{traits.CHANGED_ELSEWHERE}, too."
        )
        return
    fixed = [option for option in differing if option not in {field.option for field in traits.PROFILE}]
    if fixed:
        yield (
            f"{traits.differing_wording(fixed)} from the task, and no API can change that. {traits.CHANGED_ELSEWHERE}."
        )
        return
    client.v2.object_of(account)  # raises where v2 does not show the account; the write reads it anew


@by_writes("A password is given only to those who have one here")
def password_can_change(plan: Plan, client: Client) -> t.Iterator[str]:
    account = plan.found.account
    reason = no_password_change(account) if account is not None and "password" in plan.verbs else None
    if reason:
        yield reason


@by_writes("Nobody is left without a role")
def role_stays(plan: Plan, client: Client) -> t.Iterator[str]:
    if plan.found.account is None or "memberships" not in plan.verbs:
        return
    before, after = plan.found.memberships, plan.after.memberships
    name = plan.wanted.username
    if before.get("roles") and not after.get("roles"):
        yield (
            f"{name} would lose the last role given directly, which {traits.TITLE} refuses even where groups give "
            "roles. Name the role that stays, or another one."
        )
    elif before.get("groups") and not after.get("groups") and not after.get("roles"):
        yield f"{name} would be left without role and group. Name the group that stays, or a role."


@by_writes("The calling account keeps the role Admin")
def caller_keeps_admin(plan: Plan, client: IicsClient) -> t.Iterator[str]:
    account = plan.found.account
    itself = account is not None and account.id == client.service.caller.id
    if itself and "memberships" in plan.verbs and client.loses_admin(plan):
        yield f"{plan.wanted.username} is the account that this task runs with; it keeps the role {traits.ADMIN}."


def no_password_change(account: Account, by_answer: bool = False) -> str | None:
    """Why nobody can change the password of ``account`` (with ``by_answer``: reset it); None where it can be done."""
    if account.values["authentication"] != "native":
        return f"{account.username} signs in through SAML and has no password here."
    if account.info.get("status") == "password_expired" and not by_answer:
        return (
            f"The password of {account.username} has expired and can only be reset with the security answer "
            "(iics_user_password with security_answer)."
        )
    return None


RULES = (
    not_anonymous,
    authentication_fits,
    successors_follow_leavers,
    values_fit,
    can_be_created,
    has_licence,
    profile_can_change,
    password_can_change,
    role_stays,
    caller_keeps_admin,
)
