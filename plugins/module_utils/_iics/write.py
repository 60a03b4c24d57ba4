# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creates, changes and deletes accounts. What goes through v2 is verified in v3."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    BadAnswer,
    LifecycleError,
    NotFound,
    PermissionDenied,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Membership, Values, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._iics.read import Reader
from ansible_collections.people.lifecycle.plugins.module_utils._iics.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import AUTHENTICATION, FIELDS, TITLE
from ansible_collections.people.lifecycle.plugins.module_utils._iics.v2 import V2, apart, long_id

JOBS = (
    "If the account still has scheduled jobs, somebody must take them over on the pages of the service first; no API "
    "can do that. If it owns file listeners, successors.file_listeners (of the role offboard: offboard_successors) "
    "says who gets them."
)
LISTENERS = "/mftsaas/api/v1/ChangeCallbackOwnership"
PENDING = "A new e-mail address may have to be confirmed by its owner first, by a link that works for 24 hours."


class Writer:
    """Every write of this collection to IICS; ``note`` takes sentences for the user."""

    def __init__(self, service: Service, reader: Reader, v2: V2, note: t.Callable[[str], None]) -> None:
        self.service = service
        self.reader = reader
        self.v2 = v2
        self.note = note

    def create(self, wanted: Wanted, values: Values, memberships: t.Sequence[Membership]) -> Account:
        """A new account with its roles and groups, and with a time zone that only v2 can give it."""
        if wanted.switches["api"] == "v2":
            return self._create_by_v2(wanted, values, memberships)
        account = self._create_by_v3(wanted, values, memberships)
        time_zone = values.get("time_zone")
        if time_zone is None or time_zone == account.values["time_zone"]:
            return account
        return self.update(account, {"time_zone": time_zone})

    def _create_by_v3(self, wanted: Wanted, values: Values, memberships: t.Sequence[Membership]) -> Account:
        body: Values = {
            "name": wanted.username,
            **{field.api: values.get(field.option) for field in FIELDS if field.option != "time_zone"},
            "password": wanted.password,
            "authentication": AUTHENTICATION[values.get("authentication") or "native"],
        }
        for kind in ("roles", "groups"):
            body[kind] = [m.key[0] for m in memberships if m.kind == kind] or None
        answer = self.service.send(
            "POST", "/users", json={key: value for key, value in body.items() if value is not None}
        )
        (account,) = self.reader.pages.items_of(answer, [self.service.v3.data(answer)]).values()
        return account

    def _create_by_v2(self, wanted: Wanted, values: Values, memberships: t.Sequence[Membership]) -> Account:
        roles, others = apart(memberships)
        user = self.v2.create(wanted.username, wanted.password or "", values, wanted.switches, roles)
        account = self._again(user["name"], long_id(user))
        if others:
            self.change_memberships(str(account.id), others, ())
        return verify(account, values)

    def update(self, account: Account, values: Values) -> Account:
        """Change ``values`` through v2; returns the account as v3 then shows it.

        v2 takes whole objects, so what is sent is what was read directly before: others may have changed the account
        since the plan was made. Raises LifecycleError where the change did not take.
        """
        before = self._again(account.username, account.id)
        self.v2.update(self.v2.object_of(account), values)
        after = self._again(account.username, account.id)
        self._give_back(before.handle["roles"], after)
        return verify(after, values)

    def _again(self, username: str, identifier: str | None) -> Account:
        account = self.reader.again(username, identifier)
        if account is None:
            raise LifecycleError(f"{TITLE}: v3 does not show {username}, which v2 is to write or has written.")
        return account

    def _give_back(self, before: tuple[Membership, ...], after: Account) -> None:
        """Undo what a full-object write may do to roles that v2 has no names for."""
        lost = [role for role in before if role not in after.handle["roles"]]
        if not lost:
            return
        event = f"{after.username}: the update through v2 took away the roles {', '.join(role.shown for role in lost)}"
        try:
            self.change_memberships(str(after.id), lost, ())
        except LifecycleError as error:
            raise LifecycleError(f"{event}, and giving them back failed: {error}") from None
        self.note(f"{event}; they were given back.")

    def change_memberships(self, identifier: str, add: t.Sequence[Membership], remove: t.Sequence[Membership]) -> None:
        """Add first, so that nobody is without a role in between."""
        for verb, memberships, kinds in (("add", add, ("roles", "groups")), ("remove", remove, ("groups", "roles"))):
            for kind in kinds:
                names = [m.reference for m in memberships if m.kind == kind]
                if names:
                    path = f"/users/{segment(identifier)}/{verb}{kind.capitalize()}"
                    self.service.send("PUT", path, json={kind: names})

    def change_password(self, identifier: str | None, new: str, old: str | None) -> None:
        """Give the account a new password; ``old`` in place of ``identifier`` for the calling account."""
        body = {"newPassword": new, **({"oldPassword": old} if identifier is None else {"userId": identifier})}
        self.service.send("POST", "/Users/ChangePassword", json=body)
        if identifier is None:
            self.service.password = new

    def reset_password(self, identifier: str, answer: str, new: str) -> None:
        """Give the account a new password by its security answer, even where the old one has expired."""
        body = {"userId": identifier, "securityAnswer": answer, "newPassword": new}
        self.service.send("POST", "/Users/ResetPassword", json=body)
        if identifier == self.service.caller.id:
            self.service.password = new

    def hand_over_listeners(self, account: Account, follower: Account) -> None:
        """Give the file listener associations of an account to another one.

        How the service names the new owner, and what it answers where there are no associations, is not documented. If
        it declines, and there are some, it will not let the account be deleted either.
        """
        body = {"currentOwner": account.id, "newOwner": follower.id}
        try:
            self.service.send_root("POST", LISTENERS, json=body)
        except (NotFound, Rejected) as error:
            self.note(
                f"{account.username}: file listeners were not handed to {follower.username}; there may be none. {error}"
            )

    def delete(self, account: Account) -> None:
        """Delete the account; one that is gone already is fine.

        Which status an account that is not there has is not documented, and a 404 may mean that the caller is no
        administrator: so whether it is gone is looked at.
        """
        try:
            self.service.send("DELETE", f"/users/{segment(str(account.id))}", ok=(200, 202, 204))
        except (NotFound, PermissionDenied, Rejected) as error:
            if self._is_gone(account):
                return
            if isinstance(error, Rejected):
                error.hint = JOBS
            raise

    def _is_gone(self, account: Account) -> bool:
        """Whether the service surely does not have the account any more."""
        try:
            return self.reader.with_id(str(account.id)) is None and self.reader.with_name(account.username) is None
        except LifecycleError:
            return False


def verify(account: Account, values: Values) -> Account:
    """``account``, which must hold ``values``; raises BadAnswer where the service kept something else."""
    other = [
        f.option for f in FIELDS if f.option in values and not f.same(account.values.get(f.option), values[f.option])
    ]
    if other:
        raise BadAnswer(
            f"{TITLE} accepted the change of {', '.join(other)} for {account.username} through v2, and v3 still shows "
            "something else.",
            hint=PENDING if "email" in other else None,
        )
    return account
