# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Repository managers and repositories, where servers with Sonatype Repository Firewall give roles, too.

Who has roles there is told from release 198 on, by an answer of its own; single roles are given and taken from 205 on.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, NoSuchName
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._iq import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iq.place import Place
from ansible_collections.people.lifecycle.plugins.module_utils._iq.service import READ, Service
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import REPOSITORY_PLACES

TOLD_SINCE, CHANGED_SINCE = 198, 205
MANAGER, REPOSITORY = REPOSITORY_PLACES
NOT_THERE = (402, 404, 405)  # how servers without Firewall answer is not published


class Firewall:
    """The repository managers of one server and their repositories, read once and only when needed."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.hidden = False  # whether the caller may not see them

    @functools.cached_property
    def managers(self) -> list[Place]:
        """The repository managers; none on a server without Firewall."""
        answer = self.service.list("/firewall/repositoryManagers", READ, ok=(200, 403, *NOT_THERE))
        self.hidden = answer.status == 403
        if answer.status != 200:
            return []
        managers = self.service.parsed(answer, parse.managers)
        return [Place(MANAGER, id, name) for id, name in managers.items()]

    @functools.cached_property
    def repositories(self) -> list[Place]:
        """The repositories of all managers, each under the name of its manager and its public id."""
        found = []
        for manager in self.managers:
            path = f"/firewall/repositories/configuration/{segment(manager.id)}"
            answer = self.service.list(path, READ, ok=(200, 403, 404))
            self.hidden = self.hidden or answer.status == 403
            known = self.service.parsed(answer, parse.repositories) if answer.status == 200 else {}
            found += [Place(REPOSITORY, id, f"{manager.name}/{name}") for id, name in known.items()]
        return found

    def everywhere(self) -> list[Place]:
        """Every place whose roles the server tells; none on releases that do not."""
        return [*self.managers, *self.repositories] if self.tells else []

    @property
    def tells(self) -> bool:
        """Whether this release tells who has roles there; taken for granted where nobody knows the release."""
        return self.service.release is None or self.service.release >= TOLD_SINCE

    @property
    def changes(self) -> bool:
        """Whether this release takes and gives single roles there."""
        return self.service.release is None or self.service.release >= CHANGED_SINCE

    def place(self, kind: str, asked: str) -> Place:
        """The place of this name or id. Raises InputError, NoSuchName where the server has none."""
        if not self.changes:
            raise InputError(
                f"{kind}: IQ Server gives and takes single roles there from release {CHANGED_SINCE} on, and this one "
                f"is {self.service.release}."
            )
        known = self.managers if kind == MANAGER else self.repositories
        found = [place for place in known if place.name == asked] or [place for place in known if place.id == asked]
        if len(found) == 1:
            return found[0]
        words = kind.replace("_", " ")
        if found:
            ids = " or ".join(sorted(place.id for place in found))
            raise InputError(f"IQ Server has {len(found)} of the name {asked} for {kind}; give the id: {ids}.")
        if self.hidden:
            raise InputError(
                f"IQ Server shows {self.service.caller} no {words}; the account needs the permission {READ}."
            )
        near = near_names(asked, [place.name for place in known])
        raise NoSuchName(
            f"IQ Server has no {words} {asked}.", hint=f"Did you mean {' or '.join(near)}?" if near else None
        )

    def unseen(self) -> str:
        """What to tell where there may be roles that nobody can look at; empty where there are none."""
        if self.managers and not self.tells:
            return (
                f"IQ Server tells who has roles at repository managers and repositories from release {TOLD_SINCE} on, "
                f"and this one is {self.service.release}: those are not looked at. Look at them on its own pages."
            )
        return ""


def left_there(name: str, places: t.Collection[Place]) -> str:
    """The sentence about roles of ``name`` that this release does not take."""
    named = ", ".join(sorted({f"{place.kind.replace('_', ' ')} {place.name}" for place in places}))
    return (
        f"The roles of {name} at {named} were left: IQ Server takes single roles there from release {CHANGED_SINCE} "
        "on. Take them on its own pages."
    )
