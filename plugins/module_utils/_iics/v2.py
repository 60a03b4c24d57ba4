# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The v2 user resource, in XML as its documentation shows it.

It has ids of its own, and knows neither user groups nor more than a few roles. An update replaces the whole object;
fields that are left out may be reset. Passwords are shown as a mask, and an update does not change them.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    BadAnswer,
    LifecycleError,
    NotFound,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Membership, Values
from ansible_collections.people.lifecycle.plugins.module_utils._http.bounds import MANY
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._http.xml import render
from ansible_collections.people.lifecycle.plugins.module_utils._iics.answers import NOT_LOADED
from ansible_collections.people.lifecycle.plugins.module_utils._iics.parse import WRITERS
from ansible_collections.people.lifecycle.plugins.module_utils._iics.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import PROFILE, TITLE, V2_ROLES

LISTS = {"root": "user", "roles": "role", "usergroups": "usergroup"}
XML = {"Accept": "application/xml", "Content-Type": "application/xml"}
READ = {"Accept": "application/xml"}

INFO = {
    "security_question": "securityQuestion",
    "salesforce_username": "sfUsername",
    "v2_id": "id",
    "v2_org_id": "orgId",
    "org_id": "orgUuid",
    **WRITERS,
}
SENT = (  # first those of the documentation's example, in its order
    *("orgId", "name", "firstName", "lastName", "title", "password", "phone", "emails", "roles", "timezone"),
    *("description", "sfUsername", "securityQuestion", "securityAnswer", "forceChangePassword", "optOutOfEmails"),
    "usergroups",
)
EMPTY: dict[str, t.Any] = {"firstName": "", "lastName": "", "title": "", "phone": "", "roles": []}
UNPROVEN = "The v2 API is not known to update every account; on_profile_drift: warn or ignore goes on without it."

Object = dict[str, t.Any]


class V2:
    """Users as v2 sees them: dictionaries with the service's own names."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def with_name(self, name: str) -> Object | None:
        """The object with that user name; None where v2 has none that it can load."""
        return self._one(f"/name/{segment(name)}")

    def with_id(self, identifier: str) -> Object | None:
        """The object with that v2 id."""
        return self._one(f"/{segment(identifier)}")

    def _one(self, path: str) -> Object | None:
        try:
            return self._user(self.service.send_v2("GET", path, headers=READ))
        except ApiError as error:
            if isinstance(error, NotFound) or NOT_LOADED in error.codes:
                return None
            raise

    def object_of(self, account: Account) -> Object:
        """The object of an account that v3 shows; raises LifecycleError where v2 has none."""
        user = self.with_name(account.username)
        if user is None:
            raise LifecycleError(
                f"{account.username}: v2 of {TITLE} does not show this account, so it cannot change it. It may show "
                "activated accounts only."
            )
        if long_id(user) not in ("", account.id):
            raise BadAnswer(f"{account.username}: v2 and v3 of {TITLE} have different accounts under this name.")
        return user

    def everybody(self) -> list[Object]:
        """Every object; by its documentation the list may leave people out."""
        answer = self.service.send_v2("GET", "", headers=READ, largest=MANY)
        root, users = self.service.v2.xml(answer, LISTS)
        if root != "root" or not all(isinstance(user, dict) for user in users):
            raise self.service.v2.bad_answer(answer, "with XML that is no list of users")
        for user in users:
            self._learn(user)
        return list(users)

    def update(self, user: Object, values: Values) -> None:
        """Write the whole object back with ``values`` in place, and without what was shown as a mask."""
        kept = {key: value for key, value in user.items() if key != "password" and not is_mask(value)}
        changed = {**kept, **{f.v2: values[f.option] for f in PROFILE if f.option in values}}
        try:
            self.service.send_v2("POST", f"/{segment(user['id'])}", body=request_body(changed), headers=XML)
        except ApiError as error:
            error.hint = error.hint or UNPROVEN
            raise

    def create(self, username: str, password: str, values: Values, switches: Values, roles: t.Sequence[str]) -> Object:
        """A new account with the documented fields; returns the object that the service answers with."""
        user: Object = {
            "orgId": self.organization(),
            "name": username,
            "password": password,
            "roles": [{"name": role} for role in roles],
            "securityQuestion": switches["security_question"],
            "securityAnswer": switches["security_answer"],
            "sfUsername": switches["salesforce_username"],
            "forceChangePassword": values.get("force_password_change"),
            **{field.v2: values.get(field.option) for field in PROFILE},
        }
        return self._user(self.service.send_v2("POST", "", body=request_body(user), headers=XML))

    def organization(self) -> str:
        """The id that v2 knows the organization by: that of the calling account."""
        me = self.with_name(self.service.caller.name)
        if me is None or not me.get("orgId"):
            raise BadAnswer(f"{TITLE}: v2 does not show the calling account {self.service.caller.name}.")
        return str(me["orgId"])

    def _user(self, answer: Answer) -> Object:
        root, user = self.service.v2.xml(answer, LISTS)
        if root != "user" or not isinstance(user, dict) or not user.get("id") or not user.get("name"):
            raise self.service.v2.bad_answer(answer, "with XML that is no user")
        self._learn(user)
        return user

    def _learn(self, user: Object) -> None:
        self.service.learn(user.get("securityAnswer"))


def request_body(user: Object) -> bytes:
    """A request with what it may hold, in the documentation's order; what is required and not there is empty."""
    if "emails" not in user and "email" in user:
        user = {**user, "emails": user["email"]}
    filled = {**EMPTY, **{key: value for key, value in user.items() if value is not None}}
    return render("user", {key: filled[key] for key in SENT if key in filled}, LISTS)


def is_mask(value: t.Any) -> bool:
    """Whether ``value`` stands for a secret that is not shown, such as ``********``."""
    return isinstance(value, str) and set(value) == {"*"}


def long_id(user: Object) -> str:
    """The v3 id in a v2 object, which spells its name in two ways."""
    return str(user.get("uuid") or user.get("uuId") or "")


def account(user: Object) -> Account:
    """A v2 object as accounts are shown, its roles as the handle; never its password or the answer to its question."""
    values: Values = {field.option: user.get(field.v2) or "" for field in PROFILE}
    values["email"] = user.get("emails") or user.get("email") or ""
    values["force_password_change"] = user.get("forceChangePassword") == "true"
    info = {fact: user[key] for fact, key in INFO.items() if user.get(key)}
    roles = tuple(Membership("roles", (role["name"],), role["name"]) for role in user.get("roles") or ())
    return Account(user["name"], long_id(user) or None, values, info=info, handle={"roles": roles})


def apart(memberships: t.Sequence[Membership]) -> tuple[list[str], list[Membership]]:
    """Names of the roles that v2 can give, and the memberships that are left for v3."""
    known = [m.shown for m in memberships if m.kind == "roles" and m.shown in V2_ROLES]
    return known, [m for m in memberships if m.kind != "roles" or m.shown not in V2_ROLES]
