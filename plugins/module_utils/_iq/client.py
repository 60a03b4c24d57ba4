# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IQ Server behind the interface of ``_client.py``."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import Account, Found, Membership, Values
from ansible_collections.people.lifecycle.plugins.module_utils._client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._iq.facts import INTERNAL, TOKEN_REALMS, IqFacts
from ansible_collections.people.lifecycle.plugins.module_utils._iq.grants import Grants
from ansible_collections.people.lifecycle.plugins.module_utils._iq.guards import Guards
from ansible_collections.people.lifecycle.plugins.module_utils._iq.holdings import Holdings
from ansible_collections.people.lifecycle.plugins.module_utils._iq.people import People
from ansible_collections.people.lifecycle.plugins.module_utils._iq.places import Places
from ansible_collections.people.lifecycle.plugins.module_utils._iq.reading import Reader
from ansible_collections.people.lifecycle.plugins.module_utils._iq.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._iq.tokens import Tokens
from ansible_collections.people.lifecycle.plugins.module_utils._plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._wanted import Wanted


class IqClient(Client):
    facts = IqFacts()

    def open(self) -> None:
        parallel = min(self.connection.parallel, self.facts.max_parallel)
        self.service = Service(self.connection, self.redactor, self.read_only)
        self.people = People(self.service, parallel)
        self.tokens = Tokens(self.service)
        self.places = Places(self.service)
        self.grants = Grants(self.service, parallel)
        self.holdings = Holdings(self.people, self.places, self.grants, self.tokens, self.notes.append)
        self.guards = Guards(self.people, self.grants, self.whoami)
        self.reader = Reader(self.people, self.tokens, self.holdings)

    def close(self) -> None:
        if hasattr(self, "service"):
            self.service.close()

    def whoami(self) -> str:
        return self.caller

    @functools.cached_property
    def caller(self) -> str:
        """The calling account: a user name, or the owner of the token whose code is used as one."""
        name = self.service.caller
        account = self.people.look_up(INTERNAL, name)
        if account is not None:
            return account.username
        owner = self.tokens.owner(name, TOKEN_REALMS)
        if owner is None:
            self.notes.append(
                f"IQ Server tells nothing of the calling account {name} (of a directory, perhaps): only that very name is "
                f"kept from removal."
            )
        return owner or name

    def resolve(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        return self.places.resolve(asked)

    def find(self, wanted: t.Sequence[Wanted]) -> list[Found | LifecycleError]:
        people = self.people.find([(one.switches["realm"], one.username) for one in wanted])
        return self.holdings.add(wanted, people)

    def accounts(self, query: dict[str, t.Any]) -> t.Iterable[Found]:
        return self.reader.accounts(query)

    def objections(self, plans: t.Sequence[Plan]) -> list[str | None]:
        return self.guards.objections(plans)

    def administrators(self) -> list[str]:
        return self.guards.administrators()

    def create(self, plan: Plan, step: Step) -> Account:
        return self.people.create(plan.wanted.username, plan.wanted.password, step.values)

    def update(self, account: Account, values: Values) -> Account:
        return self.people.update(account, values)

    def change_memberships(self, plan: Plan, account: Account | None, step: Step) -> None:
        username = plan.wanted.username
        self.grants.change(username, step.add, step.remove)
        if plan.wanted.state == "absent":
            self.grants.make_sure(username, step.remove)

    def revoke_tokens(self, found: Found) -> None:
        for code in found.tokens:
            self.tokens.revoke(code)

    def delete(self, account: Account) -> None:
        own = account.handle == INTERNAL and self.facts.key(account.username) == self.facts.key(self.whoami())
        self.people.delete(account, own)
