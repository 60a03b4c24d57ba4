# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where roles can be given in IQ Server, and which roles there are."""

from __future__ import annotations

import dataclasses
import difflib
import functools
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import Membership
from ansible_collections.people.lifecycle.plugins.module_utils._errors import InputError, PermissionDenied
from ansible_collections.people.lifecycle.plugins.module_utils._iq import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iq.facts import BUILT_IN_ROLES
from ansible_collections.people.lifecycle.plugins.module_utils._iq.service import READ, VIEW_ROLES, Service
from ansible_collections.people.lifecycle.plugins.module_utils._urls import segment

ROOT = "ROOT_ORGANIZATION_ID"
ROLE_ID = re.compile(r"[0-9a-f]{32}")
MOST_NEAR = 3


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a role is given; ``name`` is what the user calls it."""

    kind: str
    id: str
    name: str = ""

    @property
    def path(self) -> str:
        single = self.kind in ("global", "repository_container")
        return f"/roleMemberships/{self.kind}" + ("" if single else f"/{segment(self.id)}")

    def shown(self) -> dict[str, t.Any]:
        """As it is written in the option ``grants``."""
        return {self.kind: self.name or True}


GLOBAL = Place("global", "global")
CONTAINER = Place("repository_container", "repository_container")


@dataclasses.dataclass(frozen=True)
class Grant:
    """What revoking and giving needs; ``spelled`` is the name as the member list has it."""

    place: Place
    role: str
    spelled: str | None = None


class Places:
    """Roles, organizations and applications of one server, each read once and only when needed."""

    def __init__(self, service: Service) -> None:
        self.service = service

    @functools.cached_property
    def roles(self) -> dict[str, str]:
        """Ids by name; without the permission to list them those that are the same on every server."""
        try:
            answer = self.service.get("/roles", VIEW_ROLES)
        except PermissionDenied as error:
            self.roles_unseen: PermissionDenied | None = error
            return BUILT_IN_ROLES
        self.roles_unseen = None
        return self.service.parsed(answer, parse.named("roles", "name"))

    @functools.cached_property
    def role_names(self) -> dict[str, str]:
        return {role: name for name, role in self.roles.items()}

    @functools.cached_property
    def organizations(self) -> dict[str, str]:
        """Internal ids by name, as far as the caller may see them."""
        return self._listing("organizations", "name")

    @functools.cached_property
    def applications(self) -> dict[str, str]:
        """Internal ids by public id, as far as the caller may see them."""
        return self._listing("applications", "publicId")

    def _listing(self, what: str, name: str) -> dict[str, str]:
        return self.service.parsed(self.service.get(f"/{what}", READ), parse.named(what, name))

    def everywhere(self) -> list[Place]:
        """Every place that the caller can see, the global one first; raises PermissionDenied when it sees no tree."""
        if not self.organizations:
            raise PermissionDenied(
                f"IQ Server shows {self.service.caller} no organization, so its grants cannot be looked at.",
                hint=f"The account needs the permission {READ}.",
            )
        organizations = [Place("organization", id, name) for name, id in self.organizations.items()]
        applications = [Place("application", id, name) for name, id in self.applications.items()]
        return [GLOBAL, CONTAINER, *organizations, *applications]

    def membership(self, place: Place, role: str, spelled: str | None = None) -> Membership:
        shown = {"role": self.role_names.get(role, role), **place.shown()}
        return Membership("grants", (place.kind, place.id, role), shown, Grant(place, role, spelled))

    def resolve(self, asked: t.Sequence[dict[str, t.Any]]) -> list[Membership]:
        """What the option ``grants`` names; raises InputError with all that is unknown, and near names."""
        resolved, problems = [], []
        for grant in asked:
            try:
                role, place = self._role(grant["role"]), self._place(grant)
            except InputError as error:
                problems.append(str(error))
            else:
                resolved.append(self.membership(place, role))
        if problems:
            raise InputError(" ".join(dict.fromkeys(problems)))
        return resolved

    def _role(self, asked: str) -> str:
        if asked in self.roles:
            return self.roles[asked]
        is_id = ROLE_ID.fullmatch(asked) is not None
        if asked in self.role_names or (is_id and self.roles_unseen):
            return asked
        if self.roles_unseen:
            raise InputError(f"The role {asked} cannot be looked up: {self.roles_unseen} Or give the id of the role.")
        raise InputError(unknown("role", asked, self.roles))

    def _place(self, grant: dict[str, t.Any]) -> Place:
        for place in (GLOBAL, CONTAINER):
            if grant[place.kind] is not None:
                if not grant[place.kind]:
                    raise InputError(f"{place.kind}: false says nothing; a grant names the one place where it is given.")
                return place
        if grant["organization"] is not None:
            return self._named("organization", grant["organization"], self.organizations)
        return self._named("application", grant["application"], self.applications)

    def _named(self, kind: str, asked: str, known: dict[str, str]) -> Place:
        if asked in known:
            return Place(kind, known[asked], asked)
        name = next((name for name, id in known.items() if id == asked), None)
        if name is not None:
            return Place(kind, asked, name)
        hint = "" if known else f" It shows {self.service.caller} none at all; the account needs the permission {READ}."
        raise InputError(unknown(kind, asked, known) + hint)


def unknown(kind: str, asked: str, known: t.Iterable[str]) -> str:
    """A sentence that names what is near."""
    folded = {name.casefold(): name for name in known}
    near = [folded[name] for name in difflib.get_close_matches(asked.casefold(), folded, MOST_NEAR)]
    return f"IQ Server has no {kind} {asked}." + (f" Near: {', '.join(near)}." if near else "")
