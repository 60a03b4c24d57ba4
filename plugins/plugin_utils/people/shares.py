# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What profiles and exceptions give people in one instance, found out once for all who have the same profiles. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.plugin_utils.people.assignment import Assignment
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import Instance
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.profile import Access, Profiles, access_of, others


class Share(t.NamedTuple):
    """What somebody gets in an instance, None where no profile gives an account there; what only ``others`` get, and
    which part of that came from exceptions that have ``ended``.
    """

    access: Access | None
    others: Access
    ended: Access


class Shares:
    """The shares in ``instance`` of all who are assigned any of ``profiles``;
    nobody may change one, as many people have it.
    """

    def __init__(self, profiles: Profiles, instance: Instance) -> None:
        self.profiles = profiles
        self.instance = instance
        self._usual: dict[tuple[str, ...], Share] = {}

    def of(self, assignment: Assignment, *, wanted: bool) -> Share:
        """The share of one person; where no account is ``wanted``, they get nothing. Raises InputError."""
        if not wanted or assignment.access or assignment.ended or assignment.hold:
            return self._own(assignment, wanted)
        names = tuple(assignment.person.profile)
        if names not in self._usual:
            self._usual[names] = self._own(assignment, wanted)
        return self._usual[names]

    def _own(self, assignment: Assignment, wanted: bool) -> Share:
        """Somebody who is held has nothing of others but what exceptions gave that have ended."""
        names = (*assignment.person.profile, *assignment.access)
        known = {**self.profiles, **assignment.access}
        access = access_of(names, known, self.instance, assignment.person.id) if wanted else None
        ended = others(access, assignment.ended, self.instance)
        rest = ended if assignment.hold else others(access, {**self.profiles, **assignment.ended}, self.instance)
        return Share(access, rest, ended)
