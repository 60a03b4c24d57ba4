# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where roles can be given in IQ Server, and which roles there are."""

from __future__ import annotations

import functools
import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    InputError,
    NoSuchName,
    PermissionDenied,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Membership
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names
from ansible_collections.people.lifecycle.plugins.module_utils._iq import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iq.firewall import Firewall
from ansible_collections.people.lifecycle.plugins.module_utils._iq.place import (
    CONTAINER,
    GLOBAL,
    ROOT,
    UNLISTED_ROOT,
    Grant,
    Place,
)
from ansible_collections.people.lifecycle.plugins.module_utils._iq.service import READ, VIEW_ROLES, Service
from ansible_collections.people.lifecycle.plugins.module_utils._iq.traits import BUILT_IN_ROLES, REPOSITORY_PLACES

AUTOMATIC_ROLES = "/sourceControl/automaticRoleAssignment/userMappings"
ROLE_ID = re.compile(r"[0-9a-f]{32}")


class Places:
    """Roles, organizations and applications of one server, each read once and only when needed."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.firewall = Firewall(service)
        self.roles_hidden: PermissionDenied | None = None
        self._looked_up: dict[tuple[str, str], str | InputError] = {}

    @functools.cached_property
    def roles(self) -> dict[str, str]:
        """Names by id; without the permission to list them those that are the same on every server."""
        try:
            return self._listing("roles", "name", VIEW_ROLES)
        except PermissionDenied as error:
            self.roles_hidden = error
            return {role: name for name, role in BUILT_IN_ROLES.items()}

    @functools.cached_property
    def organizations(self) -> dict[str, str]:
        """Names by internal id, as far as the caller may see them."""
        return self._listing("organizations", "name", READ)

    @functools.cached_property
    def applications(self) -> dict[str, str]:
        """Public ids by internal id, as far as the caller may see them."""
        return self._listing("applications", "publicId", READ)

    def _listing(self, what: str, name: str, permission: str) -> dict[str, str]:
        return self.service.parsed(self.service.list(f"/{what}", permission), parse.named(what, name))

    def assigns_roles(self) -> bool:
        """Whether the root organization gives a role by itself to those who commit; false where nobody can tell."""
        answer = self.service.list(f"{AUTOMATIC_ROLES}/organization/{ROOT}", READ, ok=(200, 204, 400, 403, 404, 405))
        return answer.status == 200 and self.service.parsed(answer, parse.has_user_mappings)

    def everywhere(self) -> list[Place]:
        """Every place that the caller can see, the global one first; raises PermissionDenied when it sees no tree."""
        if not self.organizations:
            raise PermissionDenied(
                f"IQ Server shows {self.service.caller} no organization, so the grants there cannot be looked at.",
                hint=f"The account needs the permission {READ}.",
            )
        organizations = [Place("organization", id, name) for id, name in self.organizations.items()]
        if ROOT not in self.organizations:
            organizations.append(UNLISTED_ROOT)
        applications = [Place("application", id, name) for id, name in self.applications.items()]
        return [GLOBAL, CONTAINER, *organizations, *applications, *self.firewall.everywhere()]

    def membership(self, place: Place, role: str, spelled: str | None = None) -> Membership:
        """A role at a place; one that is ``spelled`` otherwise is another, although it may be the same person's."""
        shown = {"role": self.roles.get(role, role), **place.shown(), **({"username": spelled} if spelled else {})}
        key = (place.kind, place.id, role, *([spelled] if spelled else []))
        return Membership("grants", key, shown, Grant(place, role, spelled))

    def resolve(self, asked: t.Sequence[dict[str, t.Any]]) -> list[Membership]:
        """What the option ``grants`` names; raises InputError with all that is unclear,
        NoSuchName if all is unknown.
        """
        resolved: list[Membership] = []
        problems: list[InputError] = []
        for grant in asked:
            try:
                role, place = self._role(grant["role"]), self._place(grant)
            except InputError as error:
                problems.append(error)
            else:
                resolved.append(self.membership(place, role))
        if problems:
            unknown = all(isinstance(problem, NoSuchName) for problem in problems)
            raise (NoSuchName if unknown else InputError)(" ".join(dict.fromkeys(map(str, problems))))
        return resolved

    def _role(self, asked: str) -> str:
        role = self._id("role", asked, self.roles)
        if isinstance(role, str):
            return role
        if self.roles_hidden is None:
            raise role
        if ROLE_ID.fullmatch(asked):
            return asked
        raise InputError(f"The role {asked} cannot be looked up. {self.roles_hidden} Or give the id of the role.")

    def _place(self, grant: dict[str, t.Any]) -> Place:
        for place in (GLOBAL, CONTAINER):
            if grant[place.kind] is not None:
                if not grant[place.kind]:
                    raise InputError(
                        f"{place.kind}: false says nothing; a grant names the one place where it is given."
                    )
                return place
        for kind in REPOSITORY_PLACES:
            if grant[kind] is not None:
                return self.firewall.place(kind, grant[kind])
        kind = "organization" if grant["organization"] is not None else "application"
        known = self.organizations if kind == "organization" else self.applications
        id = self._id(kind, grant[kind], known)
        if isinstance(id, str):
            return Place(kind, id, known[id])
        if (kind, grant[kind]) == (UNLISTED_ROOT.kind, UNLISTED_ROOT.id):
            return UNLISTED_ROOT
        raise id

    def _id(self, kind: str, asked: str, known: dict[str, str]) -> str | InputError:
        """The id of what has this name, or this id; what is wrong with the name otherwise. Each is looked up once."""
        if (kind, asked) not in self._looked_up:
            ids = [id for id, name in known.items() if name == asked] or [id for id in known if id == asked]
            self._looked_up[kind, asked] = ids[0] if len(ids) == 1 else self._problem(kind, asked, known, ids)
        return self._looked_up[kind, asked]

    def _problem(self, kind: str, asked: str, known: dict[str, str], ids: list[str]) -> InputError:
        if ids:
            return InputError(
                f"IQ Server has {len(ids)} {kind}s called {asked}; give the id: {' or '.join(sorted(ids))}."
            )
        if not known:
            hint = f"It shows {self.service.caller} none at all; the account needs the permission {READ}."
            return InputError(f"IQ Server has no {kind} {asked}.", hint=hint)
        near = near_names(asked, known.values())
        return NoSuchName(
            f"IQ Server has no {kind} {asked}.", hint=f"Did you mean {' or '.join(near)}?" if near else None
        )
