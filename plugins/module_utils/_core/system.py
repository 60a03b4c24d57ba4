# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A system as everything above it sees it, and tasks that are not about the state of accounts."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.client import Client, Connection
from ansible_collections.people.lifecycle.plugins.module_utils._core.environment import Environment
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import NO_VALUES, Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import COMMON, Rule
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits

Spec = dict[str, dict[str, t.Any]]


class System(t.NamedTuple):
    """One system: its traits, its rules, its options and its client.

    ``environment`` names its variables. ``connection`` are the options that say where it is and who calls, which
    ``connect`` checks. ``person`` are options of one account, ``shared`` those that may also hold for many; ``query``
    those of the info module.
    """

    traits: Traits
    environment: Environment
    connection: Spec
    person: Spec
    shared: Spec
    query: Spec
    connect: t.Callable[[Values], Connection]
    client: t.Callable[..., Client]
    own_rules: tuple[Rule, ...] = ()

    def variables(self, instance: str | None = None) -> set[str]:
        """The environment variables of an instance."""
        names = (name for option in self.connection.values() for name in option.get("fallback", (None, ()))[1])
        return {self.environment.renamed(name, instance) for name in names}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Everything that can be refused, in the order in which it is judged."""
        return (*COMMON, *self.own_rules)


class Operation(t.NamedTuple):
    """What a module that is not about the state of accounts would do, found out without changing anything.

    ``act`` carries it out, outside of check mode and only where ``changed`` says so; what it returns adds to
    ``result``. ``before`` and ``after`` are the diff; where nothing can be compared, ``changed`` is always true and the
    module's documentation says so.
    """

    changed: bool
    act: t.Callable[[], Values]
    result: Values = NO_VALUES
    before: Values = NO_VALUES
    after: Values = NO_VALUES
