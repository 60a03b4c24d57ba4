# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala behind the interface of the core."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import each_apart
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
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.find import Finder
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.read import Reader
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import concerns_domains
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import Service
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import MagistralaTraits, final_name
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.write import Writer

if t.TYPE_CHECKING:
    from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.domains import Domains


class MagistralaClient(Client):
    """``traits`` know the server's generation once ``find`` has read something."""

    traits = MagistralaTraits()
    unseen_domains = ""

    def open(self) -> None:
        self.service = self.serve(lambda: Service(self.connection, self.redactor, self.read_only))
        self.reader = Reader(self.service, self.connection.parallel)
        self.writer = Writer(self.service, self.reader)

    @functools.cached_property
    def domains(self) -> Domains:
        """Read only by those who need it, like its code: most tasks are about accounts alone."""
        from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.domains import Domains

        parallel = self.connection.parallel
        return self.keep(lambda: Domains(self.service, parallel), parallel)

    def release(self) -> str | None:
        return self.reader.generation.release if self.reader.generation else None

    def writes(self) -> int:
        return self.service.session.writes()

    def whoami(self) -> str:
        return self.reader.my_name()

    def administrators(self) -> list[str]:
        """Who can administer the platform and sign in."""
        return self.reader.administrators()

    def resolve(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        return [self.domains.resolve(role) for role in asked]

    def find(self, wanted: t.Sequence[Wanted]) -> list[Snapshot | LifecycleError]:
        found = Finder(self.reader).find(wanted)
        self.traits = MagistralaTraits(self.reader.generation)
        if any(map(concerns_domains, wanted)):
            from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.holdings import with_domains

            found = with_domains(wanted, found, self.domains, self.reader.by_name)
        if not any(entry.switches["verify_password"] for entry in wanted):
            return found
        return each_apart(lambda at: self.prove(wanted[at], found[at]), range(len(found)), self.connection.parallel)

    def accounts(self, query: Values) -> t.Iterable[Snapshot]:
        from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.info import Selection

        found = Selection(query, self.reader).read()
        if not query["domains"]:
            return found
        from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.holdings import (
            members_for,
            seated_everywhere,
        )

        members = members_for(query, self.domains)
        for failure in members.failed.values():  # whoever asks would take silence for no role
            raise failure
        self.unseen_domains = members.unseen
        self.notes += self.unseen()
        return seated_everywhere(found, members, leftovers=query["leftovers"])

    def unseen(self) -> list[str]:
        return [self.unseen_domains] if self.unseen_domains else []

    def prove(self, wanted: Wanted, found: Snapshot | LifecycleError) -> Snapshot | LifecycleError:
        """``found`` with what a sign-in says of the password, where that was asked for."""
        if isinstance(found, LifecycleError) or found.account is None or wanted.state != "present":
            return found
        account = found.account
        if wanted.password is None or not wanted.switches["verify_password"] or not account.enabled:
            return found
        accepted = self.service.accepts(account.username, wanted.password)
        proven = account._replace(handle=account.handle._replace(password_proven=accepted))
        return found._replace(account=proven)

    def create(self, plan: Plan, step: Step) -> Account:
        wanted = plan.wanted
        return self.writer.create(final_name(wanted), wanted.password, step.values, wanted.enabled is not False)

    def update(self, account: Account, values: Values) -> Account:
        return self.writer.update(account, values)

    def set_enabled(self, account: Account, enabled: bool) -> Account:
        return self.writer.set_enabled(account, enabled)

    def set_password(self, account: Account, password: str) -> None:
        """Change the own password; a token that was handed out before stays valid."""
        self.service.change_password(self.service.password or "", password)

    def change_memberships(self, plan: Plan, account: Account | None, step: Step) -> None:
        if account is not None:
            self.domains.change(str(account.id), step.add, step.remove)

    def delete(self, account: Account) -> None:
        self.writer.delete(account)
