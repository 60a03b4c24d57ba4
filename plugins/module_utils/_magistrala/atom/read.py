# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads people and who administers: through lists, because nobody may read a disabled or deleted account by its id."""

from __future__ import annotations

import threading
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    BadAnswer,
    PermissionDenied,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import json_object
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.graphql import Call
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.parse import (
    PERSON,
    Administrators,
    account_from,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.atom.service import WHO, AtomService
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import owner_id
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import ATOM
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import Unexpected
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.read import broken_off

LISTING = ("POST", "/graphql")
ADMIN_ROLE = "00000000-0000-0000-0000-000000000002"
PAGE = 100  # the most that a list with deleted accounts gives
PAGES_AT_ONCE = 10
TERMS_AT_ONCE = 40  # searches in one request; a search counts eleven of the thousand points that one may cost
MOST_READINGS = 3
ASSIGNMENTS = "{ total items { id subjectKind subjectId } }"

Rows = list[dict[str, t.Any]]


def people(q: str | None = None, offset: int = 0) -> Call:
    """One page of the people in any state, perhaps of those alone that have ``q`` somewhere in name or attributes."""
    # a backslash finds nothing, the wildcard for any character does
    narrowed = {} if q is None else {"q": q.replace("\\", "_")}
    arguments = {"kind": "human", "deleted": "all", **narrowed, "limit": PAGE, "offset": offset}
    return Call("entities", arguments, f"{{ total items {PERSON} }}")


def holders(offset: int = 0, holder: str | None = None) -> Call:
    """Who has the role of platform administrators; the assignments of one ``holder`` alone."""
    of = {"subjectKind": "entity", "subjectId": holder} if holder else {}
    return Call("roleAssignments", {"roleId": ADMIN_ROLE, **of, "limit": PAGE, "offset": offset}, ASSIGNMENTS)


class Reader:
    """The people of a server as a platform administrator sees them; nobody else sees more than the own account."""

    generation = ATOM

    def __init__(self, service: AtomService, parallel: int) -> None:
        self.service = service
        self.parallel = parallel
        self._me: Account | None = None
        self._asking = threading.Lock()
        self._administrators: list[str] | None = None

    def my_id(self) -> str:
        """The id of the calling account, from the token where that tells it."""
        return owner_id(self.service.sign_in.proof()) or self._who()

    def _who(self) -> str:
        answer = self.service.session.get(WHO)
        session = json_object(answer).get("session")
        entity_id = session.get("entityId") if isinstance(session, dict) else None
        if not isinstance(entity_id, str):
            raise self.service.session.bad_answer(answer, "without the id of the calling account")
        return entity_id

    def me(self) -> Account:
        """The calling account, read once; its role is not told to people without rights."""
        with self._asking:
            if self._me is None:
                own = Call("entity", {"id": self.my_id()}, PERSON)
                try:
                    entity, assigned = self.service.query(own, holders())
                    self._me = self.account(entity, self.administrators_in(assigned))
                except PermissionDenied:
                    (entity,) = self.service.query(own)
                    self._me = self.account(entity, None)
            return self._me

    def account(self, entity: t.Any, administrators: Administrators | None) -> Account:
        """The account in an entity; raises BadAnswer."""
        try:
            return account_from(entity, administrators)
        except Unexpected as error:
            raise malformed(str(error)) from None

    def everybody(self) -> list[Account]:
        """Every person in any state, deleted ones before others; a listing without the calling account is an error.

        The newest come first, so accounts that others create meanwhile move rows: then all is read again.
        """
        rows: Rows = []
        for dummy in range(MOST_READINGS):
            first, assigned = self.service.query(people(), holders())
            total, offsets = total_of(first), range(PAGE, total_of(first), PAGE)
            chunks = [offsets[at : at + PAGES_AT_ONCE] for at in range(0, len(offsets), PAGES_AT_ONCE)]
            read = each(lambda part: self.service.query(*(people(offset=at) for at in part)), chunks, self.parallel)
            pages = [first, *(page for part in read for page in part)]
            rows = [row for page in pages for row in rows_of(page)]
            if len({row["id"] for row in rows}) == len(rows) == total == max(map(total_of, pages)):
                accounts = self.accounts(rows, self.administrators_in(assigned))
                mine = self.my_id()
                if not any(account.id == mine for account in accounts):
                    raise broken_off(f"without the calling account among {len(accounts)}", *LISTING)
                self._administrators = administrators_among(accounts)
                return accounts
        raise broken_off(
            f"with {len({row['id'] for row in rows})} accounts where another number was announced", *LISTING
        )

    def having(self, terms: t.Sequence[str]) -> list[Account]:
        """At least everybody who has one of ``terms`` as name or address, in any state, deleted ones before others."""
        rows: dict[str, dict[str, t.Any]] = {}
        assigned: t.Any = None
        for at in range(0, len(terms), TERMS_AT_ONCE):
            asked = terms[at : at + TERMS_AT_ONCE]
            assigned, *pages = self.service.query(holders(), *map(people, asked))
            for term, page in zip(asked, pages, strict=True):
                rows.update((row["id"], row) for row in rows_of(page))
                for offset in range(PAGE, total_of(page), PAGE):
                    (more,) = self.service.query(people(term, offset))
                    rows.update((row["id"], row) for row in rows_of(more))
        return self.accounts(list(rows.values()), self.administrators_in(assigned)) if terms else []

    def accounts(self, rows: Rows, administrators: Administrators) -> list[Account]:
        """The accounts of the platform: who lives inside a tenant is not among them.
        Deleted ones first, the newest last.
        """
        own = [row for row in rows if row.get("tenantId") is None]
        own.sort(key=lambda row: (not row.get("deletedAt"), str(row.get("deletedAt"))))
        return [self.account(row, administrators) for row in own]

    def administrators_in(self, page: t.Any, holder: str | None = None) -> Administrators:
        """Who has the role, given the first page of its assignments (to ``holder``);
        members of groups are looked up.
        """
        rows = rows_of(page)
        for offset in range(PAGE, total_of(page), PAGE):
            (more,) = self.service.query(holders(offset, holder))
            rows += rows_of(more)
        direct: dict[str, list[str]] = {}
        groups = []
        for row in rows:
            subject = id_in(row, "subjectId")
            if row.get("subjectKind") == "group":
                groups.append(Call("groupMembers", {"groupId": subject}, "{ id }"))
            else:
                direct.setdefault(subject, []).append(row["id"])
        members = self.service.query(*groups) if groups else []
        return Administrators(direct, {id_in(member, "id") for group in members for member in listed(group)})

    def administrators(self) -> list[str]:
        """The user names of the administrators who can sign in."""
        if self._administrators is None:
            return administrators_among(self.everybody())
        return self._administrators


def administrators_among(accounts: t.Iterable[Account]) -> list[str]:
    return sorted(a.username for a in accounts if a.values["role"] == "admin" and a.enabled)


def rows_of(page: t.Any) -> Rows:
    """The rows of one page of a list; raises BadAnswer."""
    rows = page.get("items") if isinstance(page, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in rows):
        raise malformed("a list of an unexpected shape")
    return rows


def listed(value: t.Any) -> list[t.Any]:
    """A list without pages; raises BadAnswer."""
    if not isinstance(value, list):
        raise malformed("a list of an unexpected shape")
    return value


def id_in(row: t.Any, field: str) -> str:
    """The id in one field of a row; raises BadAnswer."""
    value = row.get(field) if isinstance(row, dict) else None
    if not isinstance(value, str):
        raise malformed("a list of an unexpected shape")
    return value


def total_of(page: t.Any) -> int:
    total = page.get("total") if isinstance(page, dict) else None
    if not isinstance(total, int) or isinstance(total, bool):
        raise malformed("a list of an unexpected shape")
    return total


def malformed(what: str) -> ApiError:
    return BadAnswer(f"Magistrala: POST /graphql was answered with {what}.", method="POST", path="/graphql", status=200)
