# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The systems with their rules, and of each rule an entry that it refuses.

What every file named like a system in this folder has:

* ``GOOD(count)``: so many entries of people who join, and who can.
* ``REFUSALS``: by the name of a rule, a function that is given a fresh server and returns a ``Refusal``.
* ``NEVER``: by the name of a rule that cannot refuse anything in this system, what must be true of its traits for that.
"""

from __future__ import annotations

import importlib
import importlib.util
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import Rule
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import System
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.traits import AtomTraits

SYSTEMS = ("iics", "iq", "magistrala", "atom")
SYSTEM_OF = {"atom": "magistrala"}  # the system of what is tried like one of its own
PACKAGE = "ansible_collections.people.lifecycle.plugins.module_utils"

Entry = dict[str, t.Any]


class Refusal(t.TypedDict, total=False):
    """``entry`` is what the rule refuses, ``also`` are entries that it refuses together with that one.

    ``setup`` is called before each run, ``options`` are those of the task, ``others`` are the good entries in place of
    those that the system has by default.
    """

    entry: Entry
    also: list[Entry]
    setup: t.Callable[[], None]
    options: dict[str, t.Any]
    others: list[Entry]


class Generators(t.Protocol):
    """What a file named like a system has."""

    REFUSALS: dict[str, t.Callable[[t.Any], Refusal]]
    NEVER: dict[str, t.Callable[[Traits], bool]]

    def GOOD(self, count: int) -> list[Entry]: ...


def system(name: str) -> System:
    module = importlib.import_module(f"{PACKAGE}._{SYSTEM_OF.get(name, name)}.system")
    (found,) = (value for value in vars(module).values() if isinstance(value, System))
    return found


def traits(name: str) -> Traits:
    return AtomTraits() if name == "atom" else system(name).traits


def rules(name: str) -> tuple[Rule, ...]:
    return system(name).rules


def generators(name: str) -> Generators:
    return t.cast("Generators", importlib.import_module(f"unit.entries.{name}"))


def has_generators(name: str) -> bool:
    return importlib.util.find_spec(f"unit.entries.{name}") is not None
