# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names of instances, and of the environment variables that belong to each. Pure."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError

INSTANCE = re.compile(r"[a-z][a-z0-9_]*")


class Environment(t.NamedTuple):
    """The environment variables of one system: ``prefix`` begins their names, ``address`` is the end of the address's.

    An instance that is not named like the system has its own name in capitals in place of the prefix, and nothing else.
    """

    system: str
    prefix: str
    address: str = "URL"

    def variable(self, end: str, instance: str | None = None) -> str:
        """The name of a variable of an instance; without one, of the instance named like the system."""
        prefix = self.prefix if instance in (None, "", self.system) else str(instance).upper()
        return f"{prefix}_{end}"

    def renamed(self, variable: str, instance: str | None) -> str:
        """The variable of an instance that stands where the system's ``variable`` does."""
        return self.variable(variable[len(self.prefix) + 1 :], instance)


def title_of(title: str, system: str, instance: str | None) -> str:
    """What messages call an instance of a system called ``title``."""
    return title if instance in (None, "", system) else f"{title} ({instance})"


def check_instance(name: str, own: t.Collection[str], others: t.Mapping[str, t.Collection[str]]) -> None:
    """Raise InputError for what can be no instance:
    ``own`` are its variables, ``others`` those of other instances by name.
    """
    if not INSTANCE.fullmatch(name):
        raise InputError(
            f"{name!r:.60} is no name of an instance: small letters, digits and underscores, a letter first."
        )
    for other, variables in others.items():
        taken = sorted(set(own) & set(variables))
        if taken:
            raise InputError(f"An instance cannot be named {name}: its variable {taken[0]} is that of {other}.")
