# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Informatica IICS behind the interface of ``_client.py``."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._iics.catalog import Catalog
from ansible_collections.people.lifecycle.plugins.module_utils._iics.info import Reading
from ansible_collections.people.lifecycle.plugins.module_utils._iics.people import People
from ansible_collections.people.lifecycle.plugins.module_utils._iics.profiles import Profiles
from ansible_collections.people.lifecycle.plugins.module_utils._iics.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._iics.traits import ADMIN, IicsTraits, is_anonymous
from ansible_collections.people.lifecycle.plugins.module_utils._iics.v2 import V2


class IicsClient(Client):
    traits = IicsTraits()

    def open(self) -> None:
        parallel = min(self.connection.parallel, self.traits.max_parallel)
        self.service = Service(self.connection, self.params["api_hosts"] or (), self.redactor, self.read_only)
        self.service.sign_in.proof()
        self.people = People(self.service, parallel)
        self.catalog = Catalog(self.service)
        self.v2 = V2(self.service)
        self.profiles = Profiles(self.people, self.v2, self.notes.append)
        self.parallel = parallel

    def close(self) -> None:
        if hasattr(self, "service"):
            self.service.sign_out()

    def whoami(self) -> str:
        return self.service.caller.name

    def administrators(self) -> list[str]:
        """Who has the role Admin, directly or through a group, and can sign in."""
        everybody = self.people.listed or self.people.everybody()
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
        return self.catalog.resolve(kind, asked)

    def resolve_removed(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        known, unknown = self.catalog.resolve_known(kind, asked)
        self.notes += [f"{sentence} There is nothing to be taken away." for sentence in unknown]
        return known

    def find(self, wanted: t.Sequence[Wanted]) -> list[Snapshot | LifecycleError]:
        return [*self.people.find([one.username for one in wanted])]

    def organization(self) -> str | None:
        return self.service.organization

    def writes(self) -> int:
        return self.service.writes()

    def accounts(self, query: dict[str, t.Any]) -> t.Iterable[Snapshot]:
        return Reading(self.people, self.v2, self.catalog, self.parallel).accounts(query)

    def create(self, plan: Plan, step: Step) -> Account:
        wanted = plan.wanted
        if wanted.switches["api"] == "v2":
            return self.profiles.create(wanted, step.values, step.add)
        account = self.people.create(wanted.username, wanted.password, step.values, step.add)
        time_zone = step.values.get("time_zone")
        if time_zone is None or time_zone == account.values["time_zone"]:
            return account
        return self.profiles.update(account, {"time_zone": time_zone})

    def update(self, account: Account, values: Values) -> Account:
        return self.profiles.update(account, values)

    def set_password(self, account: Account, password: str) -> None:
        itself = account.id == self.service.caller.id
        self.people.change_password(None if itself else str(account.id), password, self.service.password)

    def change_memberships(self, plan: Plan, account: Account | None, step: Step) -> None:
        if account is not None:
            self.people.change_memberships(str(account.id), step.add, step.remove)

    def delete(self, account: Account) -> None:
        self.people.delete(account)
