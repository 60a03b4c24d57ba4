# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Atom behind the interface of the core."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import apart, each_apart
from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Memberships,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.access_tokens import with_access_tokens
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.find import find
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.graphql import Call, UnknownField
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.info import accounts_for
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.platform import Platform
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.read import Reader
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.service import AtomService
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.tenants import Tenants
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.traits import KINDS, AtomTraits
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.write import Writer
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.holdings import (
    members_for,
    seated_everywhere,
    with_domains,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import leaves_domains
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import final_name


class AtomClient(Client):
    traits = AtomTraits()

    def open(self) -> None:
        self.not_seen: list[str] = []
        self.service = self.serve(lambda: AtomService(self.connection, self.redactor, self.read_only))
        self.reader = Reader(self.service, self.connection.parallel)
        self.writer = Writer(self.service, self.reader)
        self.tenants = self.keep(lambda: Tenants(self.service))
        self.platform = Platform(self.service)

    def release(self) -> str | None:
        return self.reader.generation.release

    def writes(self) -> int:
        return self.service.session.writes()

    def whoami(self) -> str:
        return self.reader.me().username

    def administrators(self) -> list[str]:
        """Who can administer the platform and sign in."""
        return self.reader.administrators()

    def resolve(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        return [self.tenants.resolve(role) for role in asked]

    def find(self, wanted: t.Sequence[Wanted]) -> list[Snapshot | LifecycleError]:
        found = self.with_tokens(wanted, find(wanted, self.reader))
        found = with_domains(wanted, found, self.tenants, self.nobody_follows)
        found = self.with_platform(wanted, found)
        return each_apart(lambda at: self.prepared(wanted[at], found[at]), range(len(found)), self.connection.parallel)

    def nobody_follows(self, username: str) -> None:
        """A tenant may lose its last administrator, since those of the platform can give it another."""

    def with_platform(
        self, wanted: t.Sequence[Wanted], found: t.Sequence[Snapshot | LifecycleError]
    ) -> list[Snapshot | LifecycleError]:
        """``found`` with roles of the platform and groups of those who leave;
        what nobody could look at is left undone.
        """
        pairs = [*zip(wanted, found, strict=True)]
        leaving = {
            str(one.account.id)
            for entry, one in pairs
            if leaves_domains(entry) and isinstance(one, Snapshot) and one.account and one.present
        }
        failure = None
        held: dict[str, Memberships] = {}
        try:
            held = self.platform.held(sorted(leaving)) if leaving else held
        except LifecycleError as error:
            failure = error
        return [
            (
                with_held(one, held.get(str(one.account.id), {}), failure)
                if isinstance(one, Snapshot) and one.account and str(one.account.id) in leaving
                else one
            )
            for one in found
        ]

    def with_tokens(
        self, wanted: t.Sequence[Wanted], found: t.Sequence[Snapshot | LifecycleError]
    ) -> list[Snapshot | LifecycleError]:
        """``found`` with the access tokens of those who are to be disabled; a deletion revokes them by itself."""
        closing = {
            str(snapshot.account.id)
            for entry, snapshot in zip(wanted, found, strict=True)
            if entry.state == "disabled" and isinstance(snapshot, Snapshot) and snapshot.account and snapshot.present
        }
        tokens = apart(lambda: self.writer.access_tokens(sorted(closing)))
        return [
            (
                with_tokens(snapshot, snapshot.account, tokens)
                if isinstance(snapshot, Snapshot) and snapshot.account and str(snapshot.account.id) in closing
                else snapshot
            )
            for snapshot in found
        ]

    def prepared(self, wanted: Wanted, found: Snapshot | LifecycleError) -> Snapshot | LifecycleError:
        """``found`` with what a restoration must know,
        or what a sign-in says of the password where that is asked for.
        """
        if isinstance(found, LifecycleError) or found.account is None or wanted.state != "present":
            return found
        account, proven = found.account, None
        if wanted.password is not None and wanted.switches["verify_password"] and account.enabled:
            try:
                proven = self.service.accepts(str(account.id), wanted.password)
            except LifecycleError as error:  # too many attempts: that concerns this account alone
                return error
        handle = account.handle._replace(password_proven=proven, role=wanted.values.get("role"))
        return found._replace(account=account._replace(handle=handle))

    def accounts(self, query: Values) -> t.Iterable[Snapshot]:
        found = accounts_for(query, self.reader)
        if query["tokens"]:
            found, untold = with_access_tokens(found, self.service, self.connection.parallel)
            self.not_seen += untold
        if query["domains"]:
            members = members_for(query, self.tenants)
            self.not_seen += [members.unseen] if members.unseen else []
            found = seated_everywhere(found, members, leftovers=query["leftovers"])
        self.notes += self.not_seen
        return found

    def unseen(self) -> list[str]:
        return self.not_seen

    def create(self, plan: Plan, step: Step) -> Account:
        wanted = plan.wanted
        return self.writer.create(final_name(wanted), wanted.password or "", step.values, wanted.enabled is not False)

    def update(self, account: Account, values: Values) -> Account:
        return self.writer.update(account, values)

    def set_enabled(self, account: Account, enabled: bool) -> Account:
        return self.writer.set_enabled(account, enabled)

    def set_password(self, account: Account, password: str) -> None:
        """Sessions go on. The own password is changed with the old one where the server can do that."""
        if account.id != self.reader.my_id():
            self.writer.set_password(account, password)
        elif not self.change_own_password(self.service.password, password):
            self.writer.set_password(account, password)
            self.service.password = password

    def change_own_password(self, old: str | None, new: str) -> bool:
        """Whether the server knows how to change the own password with the old one; then it is done."""
        if not old:
            return False
        try:
            self.service.mutate(Call("changeOwnPassword", {"currentPassword": old, "newPassword": new}))
        except UnknownField:
            return False
        self.service.password = new
        return True

    def change_memberships(self, plan: Plan, account: Account | None, step: Step) -> None:
        if account is None:
            return
        failure = None
        try:
            self.platform.take(account, [each for each in step.remove if each.kind in KINDS])
        except LifecycleError as error:  # tenants are left all the same
            failure = error
        self.tenants.change(account, step.add, [each for each in step.remove if each.kind not in KINDS])
        if failure is not None:
            raise failure

    def revoke_tokens(self, found: Snapshot) -> None:
        if found.account is not None:
            self.writer.revoke(str(found.account.id), found.tokens)

    def delete(self, account: Account) -> None:
        self.writer.delete(account)


def with_tokens(
    found: Snapshot, account: Account, tokens: t.Mapping[str, t.Sequence[str]] | LifecycleError
) -> Snapshot:
    """``found`` with its access tokens; what nobody could look at is left undone."""
    if isinstance(tokens, LifecycleError):
        sentence = f"{account.username} may still have access tokens: {tokens}"
        return found._replace(undone=(*found.undone, sentence))
    return found._replace(tokens=tuple(tokens[str(account.id)]))


def with_held(found: Snapshot, held: Memberships, failure: LifecycleError | None) -> Snapshot:
    """``found`` with what somebody who leaves holds of the platform, or with why nobody can tell."""
    if failure is not None and found.account is not None:
        doubt = f"{found.account.username} may still have roles of the platform and groups: {failure}"
        return found._replace(undone=(*found.undone, doubt))
    more = {kind: memberships for kind, memberships in held.items() if memberships}
    return found._replace(memberships={**found.memberships, **more})
