# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One place in IQ Server where roles are given, and one role given there."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import REPOSITORY_PLACES

ROOT = "ROOT_ORGANIZATION_ID"
UNIQUE = ("global", "repository_container")  # kinds of which a server has one


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a role is given; ``name`` is what the user calls it."""

    kind: str
    id: str
    name: str = ""

    @property
    def path(self) -> str:
        return f"/roleMemberships/{self.kind}" + ("" if self.kind in UNIQUE else f"/{segment(self.id)}")

    @property
    def of_repositories(self) -> bool:
        """Whether it is a repository manager or a repository, of which only the newer answers tell."""
        return self.kind in REPOSITORY_PLACES

    def shown(self) -> dict[str, t.Any]:
        """As it is written in the option ``grants``."""
        return {self.kind: self.name or True}


GLOBAL = Place("global", "global")
CONTAINER = Place("repository_container", "repository_container")
UNLISTED_ROOT = Place("organization", ROOT, ROOT)


@dataclasses.dataclass(frozen=True)
class Grant:
    """What revoking and giving needs;
    ``spelling`` is the user name in the member list where it is not the account's.
    """

    place: Place
    role: str
    spelling: str | None = None
