# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is true of IICS: its fields, and the rules by which it would turn a task down."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import Account, Field, Found, Values, as_is
from ansible_collections.people.lifecycle.plugins.module_utils._facts import Facts
from ansible_collections.people.lifecycle.plugins.module_utils._plan import Plan
from ansible_collections.people.lifecycle.plugins.module_utils._wanted import Wanted

ANONYMOUS = "cai_anonymous_"
ADMIN = "Admin"
PLAIN_NAME = re.compile(r"[A-Za-z0-9._'-]+")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
LONGEST = 255
DEFAULT_TIME_ZONE = "America/Los_Angeles"

FIELDS = (
    Field("first_name", "firstName", needed=True),
    Field("last_name", "lastName", needed=True),
    Field("email", "email", needed=True),
    Field("title", "title"),
    Field("phone", "phone"),
    Field("description", "description"),
    Field("time_zone", "timeZoneId"),
    Field("authentication", "authentication"),
    Field("alias_name", "aliasName"),
    Field("max_login_attempts", "maxLoginAttempts", normal=as_is),
    Field("force_password_change", "forcePasswordChange", normal=bool),
)
DEFAULTS: Values = {
    "title": "",
    "phone": "",
    "description": "",
    "time_zone": DEFAULT_TIME_ZONE,
    "authentication": "native",
    "max_login_attempts": 10,
    "force_password_change": False,
}
BY_V2 = ("first_name", "last_name", "email", "title", "phone", "description", "time_zone")
COMPARED = (*BY_V2, "authentication", "alias_name", "max_login_attempts")
V2_ROLES = ("Admin", "Designer", "Service Consumer")
NOT_IN_V2 = ("alias_name", "max_login_attempts")
ONLY_IN_V2 = ("security_question", "security_answer", "salesforce_username")
CHANGED_ELSEWHERE = "It can be changed on the page Users of Administrator"


def is_anonymous(username: str) -> bool:
    """Whether this is the account that Application Integration keeps for itself."""
    return username.casefold().startswith(ANONYMOUS)


class IicsFacts(Facts):
    """User names fold case and never change; profiles do not change in v3; nothing disables an account."""

    system = "iics"
    title = "Informatica IICS"
    fields = FIELDS
    memberships = ("roles", "groups")
    memberships_with_create = True
    names_fold_case = True
    can_disable = False
    cannot_disable = (
        "None of its APIs can. Disable the account on the page Users of Administrator, deactivate it through SCIM where the "
        "organization has that, or remove it with state: absent."
    )
    max_parallel = 8

    def option_problems(self, entry: Values) -> list[str]:
        if is_anonymous(entry["username"]):
            return ["this account belongs to Application Integration itself and is never touched."]
        if entry["state"] != "present":
            return []
        problems = [f"{f.option} cannot be empty." for f in self.fields if f.needed and entry[f.option] == ""]
        if entry["email"] and not ADDRESS.fullmatch(entry["email"]):
            problems.append(f"{entry['email']!r:.80} is no e-mail address.")
        if entry["authentication"] == "saml" and entry["password"]:
            problems.append("an account with authentication: saml has no password here.")
        if entry["alias_name"] and entry["authentication"] != "saml":
            problems.append("alias_name goes with authentication: saml.")
        if entry["max_login_attempts"] is not None and entry["max_login_attempts"] < 1:
            problems.append("max_login_attempts is at least 1.")
        if len(entry["password"] or "") > LONGEST:
            problems.append(f"password has more than {LONGEST} characters.")
        return problems

    def needed_to_create(self, wanted: Wanted) -> list[str]:
        missing = super().needed_to_create(wanted)
        if wanted.switches["api"] == "v2":
            missing += [option for option in ("title", "phone") if not wanted.values.get(option)]
            if not wanted.password:
                missing.append("password")
            if not any(role in V2_ROLES for role in given(wanted, "roles")):
                missing.append(f"one of the roles {', '.join(V2_ROLES)} (api: v2 creates with these)")
        elif wanted.values.get("authentication") == "saml" and not wanted.values.get("alias_name"):
            missing.append("alias_name (with authentication: saml)")
        if not (given(wanted, "roles") or given(wanted, "groups")):
            missing.append("at least one of the roles or groups")
        return missing

    def problems(self, wanted: Wanted, found: Found) -> list[str]:
        if found.account is not None:
            return []
        name, values, switches = wanted.username, wanted.values, wanted.switches
        if switches["api"] == "v2":
            problems = [f"api: v2 has no {option}." for option in NOT_IN_V2 if values.get(option)]
            if values.get("authentication") == "saml":
                problems.append("api: v2 cannot create accounts with authentication: saml.")
            if not ADDRESS.fullmatch(name):
                problems.append("api: v2 creates accounts whose user name is an e-mail address only.")
            return problems
        problems = [f"{option} can be set with api: v2 only." for option in ONLY_IN_V2 if switches[option]]
        if not (PLAIN_NAME.fullmatch(name) or ADDRESS.fullmatch(name)):
            problems.append(
                "a new user name is an e-mail address, or has only letters (a-z), digits and the characters - _ . '."
            )
        return problems

    def target(self, wanted: Wanted, found: Found) -> Values:
        """For a new account what is given; for one that is there what differs and is to be changed or refused."""
        account = found.account
        mode = wanted.switches["on_profile_drift"]
        if account is not None:
            return {} if mode in ("warn", "ignore") else {o: wanted.values[o] for o in drift(wanted, account)}
        values = dict(wanted.values)
        if time_zone_lost(wanted) and mode in ("warn", "ignore"):
            del values["time_zone"]
        return values

    def refusal(self, plan: Plan) -> str | None:
        wanted, account = plan.wanted, plan.found.account
        if account is None:
            if time_zone_lost(wanted) and wanted.switches["on_profile_drift"] == "fail":
                return (
                    f"{wanted.username}: time_zone cannot be given to a new account in v3; it becomes {DEFAULT_TIME_ZONE}. Create "
                    f"the account with api: v2, or set on_profile_drift: v2_update (which changes it afterwards), warn or "
                    f"ignore."
                )
            return None
        return profile_refusal(plan, account) or password_refusal(plan, account) or membership_refusal(plan)

    def notes(self, wanted: Wanted, found: Found) -> list[str]:
        if wanted.switches["on_profile_drift"] != "warn":
            return []
        account = found.account
        if account is None:
            if not time_zone_lost(wanted):
                return []
            return [f"{wanted.username}: time_zone cannot be given to a new account in v3; it is {DEFAULT_TIME_ZONE}."]
        differing = drift(wanted, account)
        if not differing:
            return []
        return [f"{account.username}: {said(differing)} from the task, and v3 cannot change that. {CHANGED_ELSEWHERE}."]

    def predict_created(self, wanted: Wanted, account: Account) -> Account:
        return Account(account.username, None, {**DEFAULTS, **account.values})


def given(wanted: Wanted, kind: str) -> list[str]:
    """Names of the roles or groups that a new account would get."""
    change = wanted.memberships.get(kind)
    if change is None:
        return []
    return [m.shown for m in (change.add if change.exactly is None else change.exactly)]


def drift(wanted: Wanted, account: Account) -> list[str]:
    """Options whose wanted value is not what the account has; what the service does not show is not compared."""
    field = {each.option: each for each in FIELDS}
    return [
        option
        for option in COMPARED
        if option in wanted.values
        and option in account.values
        and not field[option].same(wanted.values[option], account.values[option])
    ]


def time_zone_lost(wanted: Wanted) -> bool:
    """Whether creating in v3 would not give the wanted time zone."""
    return wanted.switches["api"] == "v3" and wanted.values.get("time_zone") not in (None, "", DEFAULT_TIME_ZONE)


def said(options: t.Sequence[str]) -> str:
    return f"{', '.join(options)} {'differs' if len(options) == 1 else 'differ'}"


def profile_refusal(plan: Plan, account: Account) -> str | None:
    """Why fields of an account that exists cannot be changed."""
    differing = [option for step in plan.steps if step.verb == "update" for option in step.values]
    if not differing:
        return None
    if plan.wanted.switches["on_profile_drift"] == "fail":
        return (
            f"{account.username}: {said(differing)} from the task, and v3 cannot change that. Set on_profile_drift: v2_update "
            f"to change it through the older v2 API, warn or ignore to go on without. {CHANGED_ELSEWHERE}, too."
        )
    fixed = [option for option in differing if option not in BY_V2]
    if fixed:
        return f"{account.username}: {said(fixed)} from the task, and no API can change that. {CHANGED_ELSEWHERE}."
    return None


def password_refusal(plan: Plan, account: Account) -> str | None:
    """Why the account cannot get a password."""
    if "password" not in plan.verbs:
        return None
    return no_password_change(account)


def no_password_change(account: Account) -> str | None:
    """Why the password of ``account`` cannot be changed by anybody; None where it can."""
    elsewhere = signs_in_elsewhere(account)
    if elsewhere:
        return elsewhere
    if account.facts.get("status") == "password_expired":
        return (
            f"The password of {account.username} has expired and can only be reset with the security answer "
            f"(iics_user_password with security_answer)."
        )
    return None


def signs_in_elsewhere(account: Account) -> str | None:
    """Why the account has no password here; None where it has."""
    if account.values["authentication"] == "native":
        return None
    return f"{account.username} signs in through SAML and has no password here."


def membership_refusal(plan: Plan) -> str | None:
    """Why the service keeps the last role, or the last group of somebody without roles."""
    if "memberships" not in plan.verbs:
        return None
    before, after = plan.found.memberships, plan.after.memberships
    name = plan.wanted.username
    if before.get("roles") and not after.get("roles"):
        return (
            f"{name} would lose the last role given directly, which Informatica IICS refuses even where groups give roles. "
            f"Name the role that stays, or another one."
        )
    if before.get("groups") and not after.get("groups") and not after.get("roles"):
        return f"{name} would be left without role and group. Name the group that stays, or a role."
    return None
