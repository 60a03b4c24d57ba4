# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts of the organization: find, list, create, change memberships and passwords, delete."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    BadAnswer,
    LifecycleError,
    NotFound,
    PermissionDenied,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Membership, Snapshot, Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._iics import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iics.pages import Pages
from ansible_collections.people.lifecycle.plugins.module_utils._iics.service import SYSTEM, Service
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import FIELDS

MOST_LOOK_UPS = 3
AUTHENTICATION = {"native": 0, "saml": 1}
CREATED_WITH = {
    "username": "name",
    **{field.option: field.api for field in FIELDS if field.option != "time_zone"},
    "password": "password",
}
JOBS = (
    "If the account still has scheduled jobs, somebody must take them over on the pages of the service first; no API can "
    "do that."
)


class People:
    """The v3 users resource."""

    def __init__(self, service: Service, parallel: int) -> None:
        self.service = service
        self.parallel = parallel
        self.pages = Pages(service, "/users", parse.account)
        self.listed: list[Account] | None = None

    def find(self, names: t.Sequence[str]) -> list[Snapshot]:
        """What is there under each of ``names``, in any case: a few look-ups, or one listing.

        Nobody is absent before a full listing said so, because the filter may be exact about case.
        """
        known: dict[str, Account] = {}
        if len(names) <= MOST_LOOK_UPS:
            known = by_name(each(self._perhaps, names, self.parallel))
        if any(name.casefold() not in known for name in names):
            listed, complete = self._everybody()
            known = by_name(listed) | known
            if not complete:
                missing = [name for name in names if name.casefold() not in known]
                known |= by_name(each(self.named, missing, self.parallel))
        return [parse.found(known.get(name.casefold())) for name in names]

    def named(self, name: str) -> Account | None:
        """The account that the filter finds under that name."""
        fitting = self.pages.named("userName", name)
        return next((account for account in fitting if account.username.casefold() == name.casefold()), None)

    def _perhaps(self, name: str) -> Account | None:
        """The same for a name that the filter may not take."""
        try:
            return self.named(name)
        except Rejected:
            return None

    def with_id(self, identifier: str) -> Account | None:
        """The account with that v3 id."""
        fitting = self.pages.named("userId", identifier)
        return next((account for account in fitting if account.id == identifier), None)

    def everybody(self) -> list[Account]:
        """Every account; raises BadAnswer for a listing that cannot be complete."""
        listed = self.pages.all()
        self._check(listed)
        self.listed = listed
        return listed

    def _everybody(self) -> tuple[list[Account], bool]:
        listed, complete = self.pages.read()
        if complete:
            self._check(listed)
        return listed, complete

    def _check(self, listed: t.Sequence[Account]) -> None:
        caller = self.service.caller
        if not any(account.id == caller.id for account in listed):
            raise BadAnswer(
                f"{SYSTEM}: the listing of users came without the calling account {caller.name}, so it is not complete.",
                method="GET",
                path="/users",
            )

    def create(
        self, username: str, password: str | None, values: Values, memberships: t.Sequence[Membership]
    ) -> Account:
        """A new account with its roles and groups, which v3 takes by id."""
        given = {"username": username, **values, "password": password}
        body: Values = {key: given[option] for option, key in CREATED_WITH.items() if given.get(option) is not None}
        body["authentication"] = AUTHENTICATION[values.get("authentication") or "native"]
        for kind in ("roles", "groups"):
            ids = [m.key[0] for m in memberships if m.kind == kind]
            if ids:
                body[kind] = ids
        answer = self.service.send("POST", "/users", json=body)
        (account,) = self.pages.parsed(answer, [self.service.v3.data(answer)]).values()
        return account

    def change_memberships(
        self, identifier: str, add: t.Sequence[Membership], remove: t.Sequence[Membership]
    ) -> None:
        """Add first, so that nobody is without a role in between; a failure after the first request is marked."""
        requests = [
            (f"{verb}{kind.capitalize()}", kind, [m.reference for m in memberships if m.kind == kind])
            for verb, memberships, kinds in (("add", add, ("roles", "groups")), ("remove", remove, ("groups", "roles")))
            for kind in kinds
        ]
        for call, kind, names in requests:
            if names:
                self.service.send("PUT", f"/users/{segment(identifier)}/{call}", json={kind: names})

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

    def delete(self, account: Account) -> None:
        """Delete the account; one that is gone already is fine."""
        identifier = str(account.id)
        try:
            self.service.send("DELETE", f"/users/{segment(identifier)}", ok=(200, 202, 204))
        except (NotFound, PermissionDenied, Rejected) as error:
            if self._is_gone(account):
                return
            if isinstance(error, Rejected):
                error.hint = JOBS
            raise

    def _is_gone(self, account: Account) -> bool:
        """Whether the service surely does not have the account any more."""
        try:
            return self.with_id(str(account.id)) is None and self.named(account.username) is None
        except LifecycleError:
            return False


def by_name(accounts: t.Iterable[Account | None]) -> dict[str, Account]:
    return {account.username.casefold(): account for account in accounts if account is not None}
