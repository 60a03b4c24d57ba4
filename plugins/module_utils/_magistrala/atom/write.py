# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes accounts: whole attributes, read directly before; roles as assignments; passwords as credentials."""

from __future__ import annotations

import contextlib
import typing as t
import uuid

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    LifecycleError,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    Refused,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account, Values
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.graphql import Call
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.parse import (
    PERSON,
    Administrators,
    attributes_with,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.read import (
    ADMIN_ROLE,
    Reader,
    holders,
    people,
    rows_of,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.restore import access_of
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.service import (
    CALLS_AT_ONCE,
    AtomService,
)

CREDENTIALS = "{ items { id kind status } }"
NOBODY = Administrators({})


class Writer:
    """Creates, changes and deletes accounts; ``reader`` reads what is there."""

    def __init__(self, service: AtomService, reader: Reader) -> None:
        self.service = service
        self.reader = reader

    def create(self, username: str, password: str, values: Values, enabled: bool) -> Account:
        """The account with its password and role in one request; nothing of it stays where a part of that fails."""
        entity_id = str(uuid.uuid4())
        entity = {"id": entity_id, "kind": "human", "name": username, "attributes": attributes_with({}, values)}
        calls = [
            Call("createEntity", {"input": entity}, PERSON),
            Call("createPassword", {"entityId": entity_id, "password": password}),
        ]
        administers = values.get("role") == "admin"
        if administers:
            calls.append(give_role(entity_id))
        if not enabled:
            calls.append(Call("disableEntity", {"id": entity_id}, PERSON))
        before = self.service.session.writes()
        try:
            done = self.service.mutate(*calls)
        except LifecycleError as error:
            if not isinstance(error, OutcomeUnknown) or not self.has_password(entity_id):
                self.undo_creation(entity_id, before)
            raise
        now = done[0] if enabled else done[-1]
        return self.reader.account(now, Administrators({entity_id: []}) if administers else NOBODY)

    def undo_creation(self, entity_id: str, writes_before: int) -> None:
        """Leave nothing of an account that was made in part; where nothing was made, nothing is to be done."""
        entity = {"id": entity_id}
        with contextlib.suppress(LifecycleError):
            self.service.mutate(Call("deleteEntity", entity), Call("purgeEntity", entity))
            self.service.session.retract(writes_before)

    def has_password(self, entity_id: str) -> bool:
        """Whether somebody has one; nobody who is not there has."""
        with contextlib.suppress(LifecycleError):
            return bool(self.passwords(entity_id))
        return False

    def passwords(self, entity_id: str) -> list[str]:
        """The ids of the passwords that are good, the newest first."""
        return self.active([entity_id], "password")[entity_id]

    def access_tokens(self, entity_ids: t.Sequence[str]) -> dict[str, list[str]]:
        """The ids of the access tokens that are good, by whose they are."""
        return self.active(entity_ids, "access_token")

    def active(self, entity_ids: t.Sequence[str], kind: str) -> dict[str, list[str]]:
        """The ids of the active credentials of one kind, the newest first, by whose they are."""
        found: dict[str, list[str]] = {}
        for at in range(0, len(entity_ids), CALLS_AT_ONCE):
            asked = entity_ids[at : at + CALLS_AT_ONCE]
            lists = self.service.query(*(Call("credentials", {"entityId": each}, CREDENTIALS) for each in asked))
            for owner, listed in zip(asked, lists, strict=True):
                rows = [row for row in rows_of(listed) if row.get("status") == "active" and row.get("kind") == kind]
                found[owner] = [row["id"] for row in rows]
        return found

    def update(self, account: Account, values: Values) -> Account:
        """Change what differs in what is there at this moment; all of it in one request."""
        entity_id = str(account.id)
        entity, assigned = self.now(account)
        calls = []
        changes: Values = {"name": values["username"]} if "username" in values else {}
        stored = {name: value for name, value in values.items() if name not in ("username", "role")}
        if "metadata" in stored:
            stored["metadata"] = rebased(account.values["metadata"], stored["metadata"], entity.values["metadata"])
        if stored:
            changes["attributes"] = attributes_with(entity.handle.attributes, stored)
        if changes:
            calls.append(Call("updateEntity", {"id": entity_id, "input": changes}, PERSON))
        if values.get("role") == "admin" and not assigned:
            idle = not entity.enabled
            calls += [Call("enableEntity", {"id": entity_id}, PERSON)] if idle else []
            calls.append(give_role(entity_id))
            calls += [Call("disableEntity", {"id": entity_id}, PERSON)] if idle else []
        if values.get("role") == "user":
            calls += [Call("deleteRoleAssignment", {"id": each}) for each in assigned]
        try:
            done = self.service.mutate(*calls)
        except PermissionDenied:
            own = self_update(entity, values)
            if own is None or entity_id != self.reader.my_id():
                raise
            done = self.service.mutate(Call("updateEntity", {"id": entity_id, "input": own}, PERSON))
        role = values.get("role") or account.values["role"]
        row = next((each for each in reversed(done) if isinstance(each, dict) and "attributes" in each), None)
        now = entity if row is None else self.reader.account(row, None)
        return now._replace(values={**now.values, "role": role}, enabled=entity.enabled)

    def now(self, account: Account) -> tuple[Account, list[str]]:
        """The account as it is at this moment, with the assignments that make it an administrator."""
        entity_id = str(account.id)
        try:
            found, assigned = self.service.query(people(account.username), holders(holder=entity_id))
        except PermissionDenied:  # people without rights read and change themselves alone
            (own,) = self.service.query(Call("entity", {"id": entity_id}, PERSON))
            return self.reader.account(own, None), []
        rows = [row for row in rows_of(found) if row["id"] == entity_id and not row.get("deletedAt")]
        if not rows:
            raise LifecycleError(f"Magistrala: {account.username} is gone; somebody else works on it at the same time.")
        held = self.reader.administrators_in(assigned, holder=entity_id).direct
        return self.reader.account(rows[0], NOBODY), list(held.get(entity_id, ()))

    def set_enabled(self, account: Account, enabled: bool) -> Account:
        """Enable or disable; a deleted account is restored first, without anything that was given to it before."""
        if account.deleted:
            account = self.restore(account)
            if enabled:
                return account
        call = Call("enableEntity" if enabled else "disableEntity", {"id": str(account.id)}, PERSON)
        now = self.reader.account(self.service.mutate(call)[0], None)
        return account._replace(enabled=now.enabled)

    def restore(self, account: Account) -> Account:
        """The account active again, and nothing else; deleted again where what it had cannot be taken.

        Raises Refused for an administrator of whom the task does not say that they shall be one.
        """
        entity, before = {"id": str(account.id)}, self.service.session.writes()
        self.service.mutate(Call("restoreEntity", entity))
        try:
            access = access_of(self.service, str(account.id), account.username)
            if access.administers and account.handle.role is None:
                raise Refused(
                    f"{account.username} was an administrator when the account was deleted, and would be one again; "
                    "give the role that the account shall have. It is deleted again."
                )
            self.service.mutate(*access.withdrawals(str(account.id)))
        except LifecycleError:
            with contextlib.suppress(LifecycleError):
                self.service.mutate(Call("deleteEntity", entity))
                self.service.session.retract(before)
            raise
        values = {**account.values, "role": "user"}
        return account._replace(values=values, enabled=True, deleted=False)

    def set_password(self, account: Account, password: str) -> None:
        """Make ``password`` the only one; a disabled account is enabled for that moment."""
        entity = {"id": str(account.id)}
        if not account.enabled:
            self.service.mutate(Call("enableEntity", entity, PERSON))
        try:
            self.service.mutate(Call("createPassword", {"entityId": str(account.id), "password": password}))
            self.revoke(str(account.id), self.passwords(str(account.id))[1:])
        finally:
            if not account.enabled:
                self.service.mutate(Call("disableEntity", entity, PERSON))

    def revoke(self, entity_id: str, credentials: t.Sequence[str]) -> None:
        self.service.mutate(
            *(Call("revokeCredential", {"entityId": entity_id, "credentialId": each}) for each in credentials)
        )

    def delete(self, account: Account) -> None:
        """One that is deleted already is fine."""
        with contextlib.suppress(NotFound):
            self.service.mutate(Call("deleteEntity", {"id": str(account.id)}))


def give_role(entity_id: str) -> Call:
    assignment = {"subjectKind": "entity", "subjectId": entity_id, "roleId": ADMIN_ROLE}
    return Call("createRoleAssignment", {"input": assignment}, "{ id }")


def rebased(old: Values, new: Values, now: Values) -> Values:
    """``now`` with the keys changed that differ between ``old`` and ``new``: others may have written in between."""
    changed = {key: value for key, value in new.items() if key not in old or old[key] != value}
    return {**{key: value for key, value in now.items() if key not in old or key in new}, **changed}


def self_update(entity: Account, values: Values) -> Values | None:
    """What newer servers let people without rights change of themselves, and merge; None where more is asked for."""
    picture = "profile_picture" in values
    kept = isinstance(entity.handle.attributes, dict) and "profile_picture" in entity.handle.attributes
    if not values.keys() <= {"username", "first_name", "last_name", "profile_picture"} or (picture and kept):
        return None
    attributes: Values = {name: values[name] for name in ("first_name", "last_name") if name in values}
    if picture:
        attributes["picture"] = values["profile_picture"] or None
    name = {"name": values["username"]} if "username" in values else {}
    return {**name, **({"attributes": attributes} if attributes else {})}
