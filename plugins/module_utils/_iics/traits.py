# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is true of IICS: its fields, its kinds of access, and what changes in an account. Pure."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.kinds import Memberships, Setting
from ansible_collections.people.lifecycle.plugins.module_utils._core.leftovers import ManualTask
from ansible_collections.people.lifecycle.plugins.module_utils._core.marks import TextMark
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Field,
    Snapshot,
    Values,
    Wanted,
    as_is,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Trace, Traits

TITLE = "Informatica IICS"
ANONYMOUS = "cai_anonymous_"
ADMIN = "Admin"
LONGEST = 255
BARRED = ("disabled", "password_expired")  # states in which nobody can sign in before somebody did something about it
DEFAULT_TIME_ZONE = "America/Los_Angeles"


@dataclasses.dataclass(frozen=True)
class IicsField(Field):
    """A row with the name that v2 has for the field, too; ``api`` is that of v3."""

    v2: str = ""


PROFILE = (  # what v2 can change
    IicsField("first_name", "firstName", needed=True, v2="firstName"),
    IicsField("last_name", "lastName", needed=True, v2="lastName"),
    IicsField("email", "email", needed=True, v2="emails"),
    IicsField("title", "title", v2="title"),
    IicsField("phone", "phone", v2="phone"),
    IicsField("description", "description", v2="description"),
    IicsField("time_zone", "timeZoneId", v2="timezone"),
)
COMPARED = (
    *PROFILE,
    Field("authentication", "authentication"),
    Field("alias_name", "aliasName"),
    Field("max_login_attempts", "maxLoginAttempts", normal=as_is),
)
FIELDS = (*COMPARED, Field("force_password_change", "forcePasswordChange", normal=bool))
AUTHENTICATION = {"native": 0, "saml": 1}  # as the create call has it
DEFAULTS: Values = {
    "title": "",
    "phone": "",
    "description": "",
    "time_zone": DEFAULT_TIME_ZONE,
    "authentication": "native",
    "max_login_attempts": 10,
    "force_password_change": False,
}
V2_ROLES = ("Admin", "Designer", "Service Consumer")
NOT_IN_V2 = ("alias_name", "max_login_attempts")
ONLY_IN_V2 = ("security_question", "security_answer", "salesforce_username")
CHANGED_ELSEWHERE = "It can be changed on the page Users of Administrator"

LISTENERS_LEFT = ManualTask(
    "Give the file listeners of this account, if it owned any, to somebody else: name the new owner as file_listeners "
    "in offboard_successors before the run, or call ChangeCallbackOwnership with the id of the account as "
    "currentOwner.",
    "IICS REST API, POST /mftsaas/api/v1/ChangeCallbackOwnership",
    unless="hand_over",
)


def is_anonymous(username: str) -> bool:
    """Whether this is the account that Application Integration keeps for itself."""
    return username.casefold().startswith(ANONYMOUS)


class IicsTraits(Traits):
    """User names fold case and never change; profiles do not change in v3; nothing disables an account."""

    name = "iics"
    title = TITLE
    fields = FIELDS
    kinds = (Memberships("roles"), Memberships("groups"), Setting("time_zone"), Setting("authentication"))
    memberships_with_create = True
    names_fold_case = True
    can_disable = False
    cannot_disable = (
        "None of its APIs can. Disable the account, or enable or unlock it (Reset), on the page Users of Administrator;"
        " to close it, you may also deactivate it through SCIM where the organization has that, or use state: absent."
    )
    max_parallel = 8
    person_fields = ("first_name", "last_name", "email", "title", "phone", "description")
    row_options = ("time_zone", "authentication", "alias_name")
    reviewed_options = ("authentication", "alias_name")
    rule_options = ("alias_name",)
    administration: t.ClassVar[Values] = {"roles": ADMIN}
    organizations_module = "people.lifecycle.iics_org_info"
    access_options: t.ClassVar[Values] = {"effective_roles": True}
    review_options: t.ClassVar[Values] = {"effective_roles": True}
    mark = TextMark("description", LONGEST)
    mails_link = True
    join_options: t.ClassVar[Values] = {"on_profile_drift": "warn"}
    successors_option = "successors"
    successors_known = ("file_listeners",)
    keeps_one = "roles"
    mighty = (ADMIN,)
    manual_open = (
        ManualTask(
            "Disable this account, or give its scheduled jobs to somebody else and run again; no API can do either.",
            "IICS Administrator > Users",
        ),
        LISTENERS_LEFT,
    )
    manual: t.ClassVar[dict[str, tuple[ManualTask, ...]]] = dict.fromkeys(
        ("disable", "delete"),
        (
            ManualTask(
                "Give the scheduled jobs of this account, if it had any, to somebody else; they stop with the account.",
                "IICS Administrator > Users, Monitor > Scheduled jobs",
            ),
            LISTENERS_LEFT,
        ),
    )

    def by_rule(self, options: Values, access: Values) -> Values:
        """Only people of SAML have an id at the identity provider."""
        return options if access.get("authentication") == "saml" else {}

    def administers(self, account: Values) -> list[str]:
        """Directly, or by the role that one of the account's groups gives."""
        by_group = ADMIN in (account.get("effective_roles") or ()) and ADMIN not in (account.get("roles") or ())
        groups = ", ".join(account.get("groups") or ())
        return [*super().administers(account), *([f"roles: {ADMIN} by one of the groups {groups}"] if by_group else [])]

    def traces(self, account: Values) -> list[Trace]:
        """The last sign-in; an account that was never activated, or never used, counts from when it was made."""
        if account.get("status") == "provisioned":
            return [Trace("never activated; made", account.get("created_at") or "")]
        if account.get("last_login_at"):
            return [Trace("last sign-in", account["last_login_at"])]
        return [Trace("never signed in; made", account.get("created_at") or "")]

    def barred(self, account: Values) -> str:
        return str(account.get("status_meaning") or "") if account.get("status") in BARRED else ""

    def needed_to_create(self, wanted: Wanted) -> list[str]:
        missing = super().needed_to_create(wanted)
        if wanted.switches["api"] == "v2":
            missing += [option for option in ("title", "phone") if not wanted.values.get(option)]
            if not wanted.password:
                missing.append("password")
            if not any(role in V2_ROLES for role in new_memberships(wanted, "roles")):
                missing.append(f"one of the roles {', '.join(V2_ROLES)} (api: v2 creates with these)")
        elif wanted.values.get("authentication") == "saml" and not wanted.values.get("alias_name"):
            missing.append("alias_name (with authentication: saml)")
        if not (new_memberships(wanted, "roles") or new_memberships(wanted, "groups")):
            missing.append("at least one of the roles or groups")
        return missing

    def target(self, wanted: Wanted, found: Snapshot) -> Values:
        """For a new account what is given; for one that is there what differs and is to be changed or refused."""
        account = found.account
        mode = wanted.switches["on_profile_drift"]
        if account is not None:
            return {} if mode in ("warn", "ignore") else {o: wanted.values[o] for o in drift(wanted, account)}
        values = dict(wanted.values)
        if time_zone_lost(wanted) and mode in ("warn", "ignore"):
            del values["time_zone"]
        return values

    def notes(self, wanted: Wanted, found: Snapshot) -> list[str]:
        account = found.account
        if wanted.switches["on_profile_drift"] != "warn":
            return []
        if account is None:
            lost = f"{wanted.username}: time_zone cannot be given to a new account in v3; it is {DEFAULT_TIME_ZONE}."
            return [lost] if time_zone_lost(wanted) else []
        differing = drift(wanted, account)
        what = f"{account.username}: {differing_wording(differing)} from the task, and v3 cannot change that."
        return [f"{what} {CHANGED_ELSEWHERE}."] if differing else []

    def predict_created(self, wanted: Wanted, account: Account) -> Account:
        return Account(account.username, None, {**DEFAULTS, **account.values})


def new_memberships(wanted: Wanted, kind: str) -> list[str]:
    """Names of the roles or groups that a new account would get."""
    change = wanted.memberships.get(kind)
    if change is None:
        return []
    return [m.shown for m in (change.add if change.exactly is None else change.exactly)]


def drift(wanted: Wanted, account: Account) -> list[str]:
    """Options whose wanted value is not what the account has; what the service does not show is not compared."""
    return [
        field.option
        for field in COMPARED
        if field.option in wanted.values
        and field.option in account.values
        and not field.same(wanted.values[field.option], account.values[field.option])
    ]


def time_zone_lost(wanted: Wanted) -> bool:
    """Whether creating in v3 would not give the wanted time zone."""
    return wanted.switches["api"] == "v3" and wanted.values.get("time_zone") not in (None, "", DEFAULT_TIME_ZONE)


def differing_wording(options: t.Sequence[str]) -> str:
    return f"{', '.join(options)} {'differs' if len(options) == 1 else 'differ'}"
