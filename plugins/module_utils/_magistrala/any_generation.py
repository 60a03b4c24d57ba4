# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala of whichever generation: the users service is asked first, and Atom where it answers in its place."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client, Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.kept import Kept
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import (
    Account,
    Membership,
    Snapshot,
    Values,
    Wanted,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.client import MagistralaClient
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import SuccessorAnswers
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import MagistralaTraits

if t.TYPE_CHECKING:
    from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.client import AtomClient

Result = t.TypeVar("Result")


class AnyGeneration(Client):
    """Hands everything on to the client of the generation that answers; the first request tells which one that is."""

    def __init__(
        self, connection: Connection, params: Values, redactor: Redactor, *, read_only: bool, kept: Kept | None = None
    ) -> None:
        super().__init__(connection, params, redactor, read_only=read_only, kept=kept)
        self.backend: MagistralaClient | AtomClient = MagistralaClient(
            connection, params, redactor, read_only=read_only, kept=kept
        )
        self.backend.notes = self.notes

    def served(self, work: t.Callable[[t.Any], Result]) -> Result:
        """What ``work`` gives with the backend; with Atom's where it turns out that the users service is gone."""
        try:
            return work(self.backend)
        except SuccessorAnswers:
            self.turn_to_atom()
            return work(self.backend)

    def turn_to_atom(self) -> None:
        """Go on with Atom's client, whose code is loaded for nobody else."""
        from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.client import AtomClient

        self.backend.close()
        self.backend = AtomClient(
            self.connection, self.params, self.redactor, read_only=self.read_only, kept=self._kept
        )
        self.backend.notes = self.notes
        self.backend.open()

    @property
    def traits(self) -> MagistralaTraits:  # type: ignore[override]
        return self.backend.traits

    @property
    def reader(self) -> t.Any:
        return self.backend.reader

    @property
    def service(self) -> t.Any:
        return self.backend.service

    def open(self) -> None:
        self.backend.open()
        if isinstance(self.backend, MagistralaClient) and self.backend.service.superseded:  # an earlier task found out
            self.turn_to_atom()

    def close(self) -> None:
        self.backend.close()

    def release(self) -> str | None:
        return self.backend.release()

    def writes(self) -> int:
        return self.backend.writes()

    def whoami(self) -> str:
        return self.served(lambda backend: str(backend.whoami()))

    def administrators(self) -> list[str]:
        return self.served(lambda backend: t.cast("list[str]", backend.administrators()))

    def unseen(self) -> list[str]:
        return self.backend.unseen()

    def resolve(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        return self.served(lambda backend: t.cast("list[Membership]", backend.resolve(kind, asked)))

    def find(self, wanted: t.Sequence[Wanted]) -> list[Snapshot | LifecycleError]:
        return self.served(lambda backend: t.cast("list[Snapshot | LifecycleError]", backend.find(wanted)))

    def accounts(self, query: Values) -> t.Iterable[Snapshot]:
        return self.served(lambda backend: t.cast("list[Snapshot]", backend.accounts(query)))

    def create(self, plan: Plan, step: Step) -> Account:
        return self.backend.create(plan, step)

    def update(self, account: Account, values: Values) -> Account:
        return self.backend.update(account, values)

    def set_enabled(self, account: Account, enabled: bool) -> Account:
        return self.backend.set_enabled(account, enabled)

    def set_password(self, account: Account, password: str) -> None:
        self.backend.set_password(account, password)

    def change_memberships(self, plan: Plan, account: Account | None, step: Step) -> None:
        self.backend.change_memberships(plan, account, step)

    def revoke_tokens(self, found: Snapshot) -> None:
        self.backend.revoke_tokens(found)

    def delete(self, account: Account) -> None:
        self.backend.delete(account)
