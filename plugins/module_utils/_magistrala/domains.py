# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The domains service: who has which role in which domain, read for all accounts in one sweep, given and taken."""

from __future__ import annotations

import threading
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    InputError,
    NoSuchName,
    NotFound,
    PermissionDenied,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Membership
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import is_personal
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.members import Members, NoDomains
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import Unexpected
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import (
    ADMINISTRATOR,
    Named,
    membership,
    named,
    roles_of,
    rows,
    the_one,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import (
    NOBODY,
    PASSWORD_OPTIONS,
    Service,
    SuccessorAnswers,
)

PAGE = 100
PATH = "/domains"
PAT_AND_DOMAINS = (
    f"This server shows and changes the roles of domains to no personal access token. Use {PASSWORD_OPTIONS}."
)


class Domains:
    """The domains that the calling account sees: for an administrator of the platform all, for others the own."""

    def __init__(self, service: Service, parallel: int) -> None:
        self.service = service
        self.parallel = parallel
        self._all: list[Named] | None = None
        self._roles: dict[str, list[Named]] = {}
        self._older = False
        self._reading = threading.Lock()

    def all(self) -> list[Named]:
        """Every domain in any state, read once. Raises NoDomains where there is no domains service at this address."""
        with self._reading:
            if self._all is None:
                self._all = [named(row) for row in self._rows(PATH, "domains", status="all")]
            return self._all

    def resolve(self, asked: t.Mapping[str, t.Any]) -> Membership:
        """The membership that ``asked``, a ``domain`` and a ``role`` by name or id, means; raises InputError."""
        domain = the_one(asked["domain"], self.all(), "domain")
        role = the_one(asked["role"], self.roles(domain), "role")
        return membership(domain, role, self._shown(domain))

    def roles(self, domain: Named) -> list[Named]:
        """The roles of one domain, read once; raises NoSuchName where the calling account may not look."""
        if domain.id not in self._roles:
            self._check_token()
            try:
                found = self._rows(f"{PATH}/{segment(domain.id)}/roles", "roles")
            except PermissionDenied as error:
                raise NoSuchName(
                    f"Magistrala does not let the calling account look into the domain {domain.name}: only its "
                    f"administrators can ({error.words})."
                ) from None
            self._roles[domain.id] = [named(row) for row in found]
        return self._roles[domain.id]

    def members(self, only: t.Container[str] | None = None) -> Members:
        """Who is a member where, as it is now; ``only`` of the domains with these ids, if that is enough."""
        domains = [domain for domain in self.all() if only is None or domain.id in only]
        if domains:
            self._check_token()
        held: dict[str, list[Membership]] = {}
        hidden = []
        for domain, found in zip(domains, each(self._members_of, domains, self.parallel), strict=True):
            if found is None:
                hidden.append(domain.name)
                continue
            seats = [(member, role) for member, roles in found for role in roles]
            mighty = frozenset(member for member, role in seats if role.name == ADMINISTRATOR)
            for member, role in seats:
                administrators = mighty if role.name == ADMINISTRATOR else frozenset()
                held.setdefault(member, []).append(membership(domain, role, self._shown(domain), administrators))
        return Members({member: tuple(seats) for member, seats in held.items()}, tuple(hidden))

    def change(self, user_id: str, add: t.Sequence[Membership], remove: t.Sequence[Membership]) -> None:
        """Take roles, then give others: nobody has two in one domain. One that is there or gone already is fine."""
        for taken in remove:
            self._send(taken, "/delete", user_id, ok=range(200, 300))
        for given in add:
            try:
                self._send(given, "", user_id, ok=range(200, 300))
            except Rejected as error:
                if error.words != "failed to add policies":  # what both generations say to a member of that very role
                    raise

    def _send(self, seat: Membership, end: str, user_id: str, ok: t.Container[int]) -> None:
        domain_id, role_id = seat.key
        path = f"{PATH}/{segment(domain_id)}/roles/{segment(role_id)}/members{end}"
        self.service.session.send("POST", path, json={"members": [user_id]}, ok=ok)

    def _members_of(self, domain: Named) -> list[tuple[str, list[Named]]] | None:
        """The members of one domain with their roles; none of one that is gone, None where the caller may not look."""
        try:
            found = self._rows(f"{PATH}/{segment(domain.id)}/roles/members", "members")
        except PermissionDenied:
            return None
        except NotFound:
            return []
        return [roles_of(row) for row in found]

    def _rows(self, path: str, name: str, **query: str) -> list[t.Any]:
        """Every entry of a listing; raises BadAnswer where it ends early."""
        found: list[t.Any] = []
        while True:
            answer = self._get(path, {**query, "limit": PAGE, "offset": len(found)})
            try:
                page, total = rows(self.service.session.data(answer), name)
            except Unexpected as error:
                raise self.service.session.bad_answer(answer, f"with {error}") from None
            if path == PATH and not found:
                self._older = "offset" in self.service.session.data(answer)
            found += page
            if len(found) >= total:
                return found
            if not page:
                raise self.service.session.bad_answer(answer, f"with {len(found)} of {total} {name}")

    def _get(self, path: str, query: dict[str, t.Any]) -> t.Any:
        try:
            return self.service.session.get(path, query=query)
        except NotFound as error:
            if path == PATH and error.words != NOBODY:
                other = self.service.wrong_address(error)
                if isinstance(other, SuccessorAnswers):
                    raise other from None
                raise no_service(error, self.service.connection.url) from None
            raise

    def _check_token(self) -> None:
        if not self._older and is_personal(self.service.connection.token):
            raise InputError(PAT_AND_DOMAINS)

    def _shown(self, domain: Named) -> str:
        """The name of a domain, its id where others have the same name."""
        alone = sum(each.name == domain.name for each in self.all()) == 1
        return domain.name if alone else domain.id


def no_service(error: ApiError, url: str) -> NoDomains:
    return NoDomains(
        f"There is no domains service at {url} ({error.method} {error.path} was answered 404).",
        hint="The proxy in front of Magistrala leads to users and domains alike; give its address in api_url.",
    )
