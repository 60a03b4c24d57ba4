# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Services that stay signed in from one task to the next, where one process does several:
the items of a loop, a role.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import Redactor

Made = t.TypeVar("Made")


class Kept:
    """The services of several tasks, by system and connection, and redactors that know the secrets of all of them.

    A service has a ``session`` with ``resume(read_only)``, and ``close()``, which signs out and never raises.
    With ``names``, those of roles, groups and places are looked up once for all of these tasks: only where none of
    them makes any in between.
    """

    def __init__(self, *, names: bool = False) -> None:
        self._redactors: dict[str, Redactor] = {}
        self._services: dict[t.Hashable, t.Any] = {}
        self._keeps_names = names
        self._names: dict[t.Hashable, t.Any] = {}

    def redactor(self, instance: str, names: t.Mapping[str, str]) -> Redactor:
        """The redactor of an instance, which calls some words by other ``names``."""
        return self._redactors.setdefault(instance, Redactor((), names))

    def service(self, key: t.Hashable, make: t.Callable[[], Made], read_only: bool) -> Made:
        """The service with ``key``, made when it is first asked for; it goes on with ``read_only``."""
        if key not in self._services:
            self._services[key] = make()
        service = self._services[key]
        service.session.resume(read_only)
        return t.cast(Made, service)

    def names(self, key: t.Hashable, make: t.Callable[[], Made]) -> Made:
        """The names that a service knows, which ``make`` begins to look up."""
        if not self._keeps_names:
            return make()
        if key not in self._names:
            self._names[key] = make()
        return t.cast(Made, self._names[key])

    def forget_names(self) -> None:
        """Have all names looked up anew."""
        self._names.clear()

    def close(self) -> None:
        """Sign out everywhere; never raises."""
        while self._services:
            self._services.popitem()[1].close()
