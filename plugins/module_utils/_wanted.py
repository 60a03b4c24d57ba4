# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task asks for one account."""

from __future__ import annotations

import dataclasses

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Membership, Values


@dataclasses.dataclass(frozen=True)
class Change:
    """Wanted memberships of one kind: some more, some less, or exactly these."""

    add: tuple[Membership, ...] = ()
    remove: tuple[Membership, ...] = ()
    exactly: tuple[Membership, ...] | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """The wanted state of one account; what the task does not name is None or left out, and stays as it is.

    ``values`` holds the given fields by option name, ``switches`` the options that only the system itself understands.
    """

    username: str
    state: str = "present"
    values: Values = dataclasses.field(default_factory=dict)
    enabled: bool | None = None
    password: str | None = dataclasses.field(default=None, repr=False)
    update_password: str = "on_create"
    memberships: dict[str, Change] = dataclasses.field(default_factory=dict)
    switches: Values = dataclasses.field(default_factory=dict)

    @property
    def leaves(self) -> bool:
        """Whether this takes something away that the calling account must not lose."""
        return self.state in ("absent", "disabled") or self.enabled is False
