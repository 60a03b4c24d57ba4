# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In what Atom differs from the users service before it. Pure."""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._core.closing import Closing, Farewell
from ansible_collections.people.lifecycle.plugins.module_utils._core.leftovers import ResidualAccess
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Snapshot, Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._core.traits import Traits
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import (
    ATOM,
    EARLY_2025,
    LAST_REST,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.residual import HOUR, lasting
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.traits import MagistralaTraits

ROLES, GROUPS = "platform_roles", "groups"
KINDS = (ROLES, GROUPS)  # what accounts hold on the platform, beside the role of administrators
SESSIONS = "sessions that were open: they stop, but go on if the account is enabled before they end"


class AtomTraits(MagistralaTraits):
    changes_need_enabled = False

    def __init__(self) -> None:
        super().__init__(ATOM)

    def farewell(self, found: Snapshot) -> Farewell:
        """Roles of the platform and groups go, too."""
        farewell = super().farewell(found)
        held = (each for kind in KINDS for each in found.memberships.get(kind, ()))
        return farewell._replace(remove=(*farewell.remove, *held))

    def residual_access(self, closing: Closing) -> tuple[ResidualAccess, ...]:
        return () if closing.mode == "delete" else tuple(lasting(closing, SESSIONS, HOUR))

    def sets_password(self, wanted: Wanted, found: Snapshot) -> bool:
        """A restored account has none, so it gets the given one whatever ``update_password`` says."""
        revived = found.account is not None and found.account.deleted
        return super().sets_password(wanted, found) or (revived and wanted.password is not None)

    def notes(self, wanted: Wanted, found: Snapshot) -> list[str]:
        account = found.account
        if account is None:
            return []
        if account.deleted and not wanted.password:
            return [f"{account.username}: a restored account has no password; nobody can sign in until one is set."]
        if self.sets_password(wanted, found) and account.enabled:
            return [f"{account.username}: sessions that are open now outlive the change of the password."]
        if wanted.switches["verify_password"] and wanted.password and account.handle.password_proven is None:
            return [f"{account.username}: the password could not be proven, because the account cannot sign in now."]
        return []


class AnyGenerationTraits(MagistralaTraits):
    """Magistrala as long as no server has told of which generation it is."""

    def for_release(self, release: str | None) -> Traits:
        if release == ATOM.release:
            return AtomTraits()
        generation = next((each for each in (EARLY_2025, LAST_REST) if each.release == release), None)
        return MagistralaTraits(generation) if generation else self
