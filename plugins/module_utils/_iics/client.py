# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Informatica IICS behind the interface that all systems share."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import first_of
from ansible_collections.people.lifecycle.plugins.module_utils._iics.catalog import Catalog
from ansible_collections.people.lifecycle.plugins.module_utils._iics.info import Reading
from ansible_collections.people.lifecycle.plugins.module_utils._iics.read import Reader
from ansible_collections.people.lifecycle.plugins.module_utils._iics.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._iics.succession import Succession
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import ADMIN, IicsTraits, is_anonymous
from ansible_collections.people.lifecycle.plugins.module_utils._iics.v2 import V2
from ansible_collections.people.lifecycle.plugins.module_utils._iics.write import Writer

FIXED = (
    "This organization maps groups or roles of its identity provider to its own roles, so that roles and groups of "
    "accounts with authentication: saml are decided there. They were left as they are, whatever tasks or profiles say."
)


class IicsClient(Client):
    traits = IicsTraits()

    def open(self) -> None:
        hosts, expected = self.params["api_hosts"] or (), self.params["expect"] or ""
        self.parallel = min(self.connection.parallel, self.traits.max_parallel)
        self.service = self.serve(
            lambda: Service(self.connection, hosts, self.redactor, self.read_only, expected), expected, *hosts
        )
        self.service.sign_in.proof()
        self.reader = Reader(self.service, self.parallel)
        self.catalog = self.keep(lambda: Catalog(self.service))
        self.v2 = V2(self.service)
        self.writer = Writer(self.service, self.reader, self.v2, self.notes.append)

    def whoami(self) -> str:
        return self.service.caller.name

    def administrators(self) -> list[str]:
        """Who has the role Admin, directly or through a group, and can sign in."""
        everybody = self.reader.listing or self.reader.everybody()
        return sorted(
            account.username
            for account in everybody
            if account.enabled and self.administers(account.handle) and not is_anonymous(account.username)
        )

    def administers(self, memberships: t.Mapping[str, tuple[Membership, ...]]) -> bool:
        roles = {role.shown for role in memberships.get("roles", ())}
        return ADMIN in roles or ADMIN in self.catalog.roles_of(memberships.get("groups", ()))

    def loses_admin(self, plan: Plan) -> bool:
        return self.administers(plan.found.memberships) and not self.administers(plan.after.memberships)

    def resolve(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        resolved, problems = self.catalog.look_up(kind, asked)
        if problems:
            raise InputError(first_of(problems))
        return resolved

    def resolve_removed(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        resolved, problems = self.catalog.look_up(kind, asked)
        self.notes += [f"{sentence} There is nothing to be taken away." for sentence in problems]
        return resolved

    def find(self, wanted: t.Sequence[Wanted]) -> list[Snapshot | LifecycleError]:
        found = self.reader.find([each.username for each in wanted])
        pairs = [(each, self._with_fixed(each, snapshot)) for each, snapshot in zip(wanted, found, strict=True)]
        return [*Succession(self.reader, wanted).of(pairs)]

    def _with_fixed(self, wanted: Wanted, found: Snapshot | LifecycleError) -> Snapshot | LifecycleError:
        """``found``, which says where the identity provider alone decides about memberships that a task names."""
        if isinstance(found, LifecycleError):
            return found
        asked = wanted.state == "present" and wanted.memberships
        by_saml = found.account is not None and found.account.values.get("authentication") == "saml"
        if not (asked and by_saml and self.service.maps_saml):
            return found
        if FIXED not in self.remarks:
            self.remarks.append(FIXED)
        return found._replace(fixed=self.traits.memberships)

    def organization(self) -> str | None:
        return self.service.organization

    def writes(self) -> int:
        return self.service.writes()

    def accounts(self, query: Values) -> t.Iterable[Snapshot]:
        return Reading(self.reader, self.v2, self.catalog, self.parallel).accounts(query)

    def create(self, plan: Plan, step: Step) -> Account:
        return self.writer.create(plan.wanted, step.values, step.add)

    def update(self, account: Account, values: Values) -> Account:
        return self.writer.update(account, values)

    def set_password(self, account: Account, password: str) -> None:
        itself = account.id == self.service.caller.id
        self.writer.change_password(None if itself else str(account.id), password, self.service.password)

    def change_memberships(self, plan: Plan, account: Account | None, step: Step) -> None:
        if account is not None:
            self.writer.change_memberships(str(account.id), step.add, step.remove)

    def hand_over(self, account: Account, found: Snapshot) -> None:
        for _what, follower in found.followers:
            self.writer.hand_over_listeners(account, follower)

    def delete(self, account: Account) -> None:
        self.writer.delete(account)
