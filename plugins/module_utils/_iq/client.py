# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IQ Server behind the interface of the core."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.module_utils._iq import info
from ansible_collections.people.lifecycle.plugins.module_utils._iq.find import Finder
from ansible_collections.people.lifecycle.plugins.module_utils._iq.grants import RoleMemberships
from ansible_collections.people.lifecycle.plugins.module_utils._iq.holdings import Holdings
from ansible_collections.people.lifecycle.plugins.module_utils._iq.places import Places
from ansible_collections.people.lifecycle.plugins.module_utils._iq.read import Finding, Reader
from ansible_collections.people.lifecycle.plugins.module_utils._iq.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._iq.tokens import Tokens
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import (
    ACCOUNT_REALMS,
    INTERNAL,
    TOKEN_REALMS,
    IqTraits,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iq.write import Writer


class IqClient(Client):
    traits: Traits = IqTraits()
    member_kind = "USER"  # whose roles are read and changed

    def open(self) -> None:
        parallel = min(self.connection.parallel, self.traits.max_parallel)
        self.service = self.serve(lambda: Service(self.connection, self.redactor, self.read_only))
        self.reader = Reader(self.service, parallel)
        self.writer = Writer(self.service, self.reader)
        self.tokens = Tokens(self.service)
        self.places = self.keep(lambda: Places(self.service))
        self.memberships = RoleMemberships(self.service, parallel, self.member_kind)
        self.holdings = Holdings(self.reader, self.places, self.memberships, self.tokens, self.notes.append)

    def release(self) -> str | None:
        return str(self.service.release) if self.service.release else None

    def writes(self) -> int:
        return self.service.session.writes()

    def whoami(self) -> str:
        return self.caller

    @functools.cached_property
    def caller(self) -> str:
        """The calling account: a user name, or the owner of the token whose code is used as one."""
        name = self.service.caller
        account = self.reader.look_up(INTERNAL, name)
        if account is not None:
            return account.username
        owner = self.tokens.owner(name, TOKEN_REALMS)
        if owner is None:
            self.notes.append(
                f"IQ Server has no account {name}, with which this task runs (it may be of a directory): only that "
                "very name is kept from removal."
            )
        return owner or name

    def resolve(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        return self.places.resolve(asked)

    def find(self, wanted: t.Sequence[Wanted]) -> list[Finding]:
        return Finder(self.holdings).find(wanted)

    def accounts(self, query: Values) -> t.Iterable[Snapshot]:
        return info.accounts(query, self.reader, self.holdings)

    def administrators(self) -> list[str]:
        """User names of the people with an account and the global role System Administrator; not those in groups."""
        return sorted(self.with_account(self.role_holders()))

    def role_holders(self) -> set[str]:
        """Who has the global role System Administrator; a grant may name nobody."""
        return {member.name for member in self.memberships.system_administrators() if member.kind == "USER"}

    def with_account(self, names: set[str]) -> set[str]:
        """Those of ``names`` that have an account in any realm."""
        found: set[str] = set()
        for realm in ACCOUNT_REALMS:
            found |= {account.username for account in self.reader.named_in(realm, names - found)} & names
        return found

    def residual(self) -> list[str]:
        if not self.places.assigns_roles():
            return []
        return [
            "Automatic role assignment is on for this IQ Server: it may give roles again to a name that commits, so "
            "that a grant may come back."
        ]

    def unseen(self) -> list[str]:
        return self.holdings.unseen

    def create(self, plan: Plan, step: Step) -> Account:
        return self.writer.create(plan.wanted.username, plan.wanted.password, step.values)

    def update(self, account: Account, values: Values) -> Account:
        return self.writer.update(account, values)

    def change_memberships(self, plan: Plan, account: Account | None, step: Step) -> None:
        username = plan.wanted.username
        self.memberships.change(username, step.add, step.remove)
        if plan.wanted.state == "absent":
            self.memberships.make_sure(username, step.remove)

    def revoke_tokens(self, found: Snapshot) -> None:
        for code in found.tokens:
            self.tokens.revoke(code)

    def delete(self, account: Account) -> None:
        own = account.handle == INTERNAL and self.traits.key(account.username) == self.traits.key(self.whoami())
        self.writer.delete(account, own)
