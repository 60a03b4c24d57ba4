# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who has which role where: read from many places at once, given and taken one by one."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import each_apart
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer, LifecycleError
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Membership
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._iq import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iq.place import GLOBAL, ROOT, UNIQUE, Grant, Place
from ansible_collections.people.lifecycle.plugins.module_utils._iq.service import CONFIGURE, EDIT_ACCESS, READ, Service
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import SYSTEM_ADMINISTRATOR

MembersByPlace = dict[Place, list[parse.Member]]


class RoleMemberships:
    """The role memberships of one server, those of users or of groups, as ``kind`` says."""

    def __init__(self, service: Service, parallel: int, kind: str = "USER") -> None:
        self.service = service
        self.parallel = parallel
        self.kind = kind
        self.administrators: list[parse.Member] | None = None

    def sweep(
        self, places: t.Iterable[Place], perhaps_hidden: t.Container[Place] = ()
    ) -> tuple[MembersByPlace, dict[Place, LifecycleError]]:
        """The users, or groups, that have roles at each place itself, not above it; all places at once, few at a time.

        Left out are places that are gone by now, and those of ``perhaps_hidden`` that the caller may not see. What
        cannot be read is told apart.
        """
        ordered = sorted(set(places), key=lambda place: (place.kind != "global", place.kind, place.name))
        read = each_apart(lambda place: self._read(place, place in perhaps_hidden), ordered, self.parallel)
        members: MembersByPlace = {}
        unread: dict[Place, LifecycleError] = {}
        for place, found in zip(ordered, read, strict=True):
            if isinstance(found, LifecycleError):
                unread[place] = found
            elif found is not None:
                members[place] = found
        return members, unread

    def at(self, places: t.Iterable[Place]) -> MembersByPlace:
        """The same of a few places; raises LifecycleError where one of them cannot be read."""
        members, unread = self.sweep(places)
        for error in unread.values():
            raise error
        return members

    def _read(self, place: Place, perhaps_hidden: bool = False) -> list[parse.Member] | None:
        gone = () if place.kind in UNIQUE and not perhaps_hidden else (404,)
        ok = (200, *gone, *((403,) if perhaps_hidden else ()))
        path, members_in = (
            (f"{place.path}/roles", parse.detailed_members) if place.of_repositories else (place.path, parse.members)
        )
        answer = self.service.list(path, CONFIGURE if place == GLOBAL else READ, ok=ok)
        if answer.status != 200:
            return None
        members = [member for member in self.service.parsed(answer, members_in) if given_at(place, member)]
        if place == GLOBAL:
            self.administrators = [member for member in members if member.role == SYSTEM_ADMINISTRATOR]
        return [member for member in members if member.kind == self.kind]

    def system_administrators(self) -> list[parse.Member]:
        """Users and groups with the role System Administrator, as they were read last."""
        if self.administrators is None:
            self._read(GLOBAL)
        return self.administrators or []

    def change(self, username: str, add: t.Sequence[Membership], remove: t.Sequence[Membership]) -> None:
        """Give roles, then take others away, the global ones first.

        Those under another spelling of the name go before, because servers that fold case keep only one of the two.
        """
        taken = sorted((m.reference for m in remove), key=lambda grant: (not grant.spelling, grant.place != GLOBAL))
        spelled = [grant for grant in taken if grant.spelling or not add]
        self._take(spelled, username)
        for membership in add:
            self._change("PUT", membership.reference, username, (200, 204))
        self._take([grant for grant in taken if grant not in spelled], username)
        self.make_sure(username, [m for m in remove if m.reference.place.of_repositories])
        self.make_sure_given(username, [m for m in add if m.reference.place.of_repositories])

    def _take(self, grants: t.Sequence[Grant], username: str) -> None:
        """Take whatever can be taken, whichever of them fails; raises LifecycleError of the first one that did."""
        for answer in each_apart(lambda grant: self._change("DELETE", grant, username, (200, 204, 404)), grants, 1):
            if isinstance(answer, LifecycleError):
                raise answer

    def make_sure_given(self, username: str, given: t.Sequence[Membership]) -> None:
        """See that all of ``given`` is there; raises BadAnswer."""
        there = self.at(membership.reference.place for membership in given)
        for grant in (membership.reference for membership in given):
            if not any(member.role == grant.role and member.name == username for member in there.get(grant.place, ())):
                raise BadAnswer(
                    f"IQ Server accepted a role of {username}, and does not have it.", path=grant.place.path
                )

    def make_sure(self, username: str, taken: t.Sequence[Membership]) -> None:
        """See that nothing of ``taken`` is left; raises BadAnswer."""
        left = self.at(membership.reference.place for membership in taken)
        gone = {(m.reference.place, m.reference.role, m.reference.spelling or username) for m in taken}
        for place, members in left.items():
            for member in members:
                if (place, member.role, member.name) in gone:
                    raise BadAnswer(f"IQ Server took a role from {username}, and still has it.", path=place.path)

    def _change(self, method: str, grant: Grant, username: str, ok: t.Container[int]) -> None:
        name = segment(grant.spelling or username)
        path = f"{grant.place.path}/role/{segment(grant.role)}/{self.kind.lower()}/{name}"
        self.service.send(method, path, CONFIGURE if grant.place == GLOBAL else EDIT_ACCESS, ok=ok)


def given_at(place: Place, member: parse.Member) -> bool:
    """Whether the role was given at ``place`` itself; answers also list what is inherited from organizations above.

    How the owners that exist once name themselves is not published.
    """
    if place == GLOBAL:
        return True
    if place.kind in UNIQUE:
        return member.owner_kind != "organization" and member.owner != ROOT
    return member.owner == place.id
