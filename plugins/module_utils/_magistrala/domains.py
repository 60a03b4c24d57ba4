# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The domains service: who has which role in which domain, read for all accounts in one sweep, given and taken."""

from __future__ import annotations

import threading
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.apart import each_apart
from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    InputError,
    LifecycleError,
    NoSuchName,
    NotFound,
    PermissionDenied,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Membership
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import is_personal
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.members import (
    Members,
    NoDomains,
    NoInvitations,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import Unexpected
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seating import INVITATIONS, PATH, Seating
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.seats import (
    ADMINISTRATOR,
    Named,
    invitation,
    invited,
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

    def members(self, only: t.Container[str] | None = None, *, invitations: bool = False) -> Members:
        """Who is a member where, as it is now; ``only`` of the domains with these ids, if that is enough.

        With ``invitations`` those that may still be accepted are among the memberships.
        """
        domains = [domain for domain in self.all() if only is None or domain.id in only]
        if domains:
            self._check_token()
        held: dict[str, list[Membership]] = {}
        hidden = []
        failed: dict[str, LifecycleError] = {}
        for domain, found in zip(domains, each_apart(self._members_of, domains, self.parallel), strict=True):
            if isinstance(found, LifecycleError):
                failed[domain.id] = InputError(f"Who is in the domain {domain.name} cannot be read: {found}")
                continue
            if found is None:
                hidden.append(domain.name)
                continue
            seats = [(member, role) for member, roles in found for role in roles]
            mighty = frozenset(member for member, role in seats if role.name == ADMINISTRATOR)
            shown = self._shown(domain)
            for member, role in seats:
                administrators = mighty if role.name == ADMINISTRATOR else frozenset()
                held.setdefault(member, []).append(membership(domain, role, shown, administrators))
        unread = ""
        try:
            for who, offered in self._invitations(domains, failed) if invitations else ():
                held.setdefault(who, []).append(offered)
        except NoInvitations as error:
            unread = str(error)
        return Members(
            {member: tuple(seats) for member, seats in held.items()}, tuple(hidden), unread=unread, failed=failed
        )

    def change(self, user_id: str, add: t.Sequence[Membership], remove: t.Sequence[Membership]) -> None:
        """Take roles, then give others: nobody has two in one domain. Raises LifecycleError."""
        Seating(self.service, older=self._older).change(user_id, add, remove)

    def _invitations(
        self, domains: t.Sequence[Named], failed: dict[str, LifecycleError]
    ) -> t.Iterator[tuple[str, Membership]]:
        """Who may still become a member of which of ``domains``, as far as the calling account is told.

        Servers of early 2025 list all invitations in one place, later ones those of each domain; what cannot be read of
        one goes into ``failed``.
        """
        paths = [INVITATIONS] if self._older else [f"{PATH}/{segment(domain.id)}{INVITATIONS}" for domain in domains]
        by_id = {domain.id: domain for domain in domains}
        for at, found in enumerate(each_apart(self._pending, paths, self.parallel)):
            if isinstance(found, LifecycleError):
                if self._older:
                    raise found
                domain = domains[at]
                failed[domain.id] = InputError(f"Who is invited to the domain {domain.name} cannot be read: {found}")
                continue
            for who, domain_id, role in map(invited, found):
                if domain_id in by_id:
                    yield who, invitation(by_id[domain_id], role, self._shown(by_id[domain_id]))

    def _pending(self, path: str) -> list[t.Any]:
        """Raises NoInvitations where servers of early 2025 have them somewhere else."""
        try:
            return self._rows(path, "invitations", state="pending")
        except PermissionDenied:  # a domain whose members are hidden as well
            return []
        except NotFound:
            if path == INVITATIONS:
                why = f"there is no service of invitations at {self.service.domains.base}."
                raise NoInvitations(f"Nobody looked for invitations to domains: {why}") from None
            return []

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
                page, total = rows(self.service.domains.data(answer), name)
            except Unexpected as error:
                raise self.service.domains.bad_answer(answer, f"with {error}") from None
            if path == PATH and not found:
                self._older = "offset" in self.service.domains.data(answer)
            found += page
            if len(found) >= total:
                return found
            if not page:
                raise self.service.domains.bad_answer(answer, f"with {len(found)} of {total} {name}")

    def _get(self, path: str, query: dict[str, t.Any]) -> t.Any:
        try:
            return self.service.domains.get(path, query=query)
        except NotFound as error:
            if path == PATH and error.words != NOBODY:
                other = self.service.wrong_address(error)
                if isinstance(other, SuccessorAnswers):
                    raise other from None
                raise no_service(error, self.service.domains.base) from None
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
        hint="Give the address of the proxy in front of Magistrala, which leads to users and domains alike, in "
        "api_url, or that of the domains service in domains_url (MAGISTRALA_DOMAINS_URL).",
    )
