# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads accounts: all of them page by page, by id, or by an exact value despite the server's substring filters."""

from __future__ import annotations

import contextlib
import functools
import re
import threading
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    ApiError,
    BadAnswer,
    NotFound,
    PermissionDenied,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Account
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._http.bounds import MANY, Listing
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import is_personal, owner_id
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.generations import Generation, generation_of
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.parse import (
    Page,
    Unexpected,
    account_from,
    is_reduced,
    page_from,
)
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.service import OUT_OF_SCOPE, Service

TITLE = "Magistrala"
PAGE = 100
MOST_READINGS = 3
# the later generation would list by change, and every write would move rows
BY_CREATION = {
    "order": "created_at",
    "dir": "asc",
}
EVERYBODY = {"status": "all"}
UNKNOWN_ID = (400, 404)
WILDCARD = re.compile(r"([\\%_])")


def literal(text: str) -> str:
    """``text`` for a filter of the server, where ``%``, ``_`` and the backslash have a meaning of their own."""
    return WILDCARD.sub(r"\\\1", text)


class Reader:
    """The accounts of a server, as an administrator sees them. ``generation`` is known after the first answer."""

    def __init__(self, service: Service, parallel: int) -> None:
        self.service = service
        self.parallel = parallel
        self.generation: Generation | None = None
        self._me: Account | None = None
        self._asking = threading.Lock()
        self._administrators: list[str] | None = None

    def me(self) -> Account:
        """The calling account, read once."""
        with self._asking:
            if self._me is None:
                self._me = self.account_in(self.service.send("GET", "/users/profile"))
            return self._me

    def my_id(self) -> str:
        """The id of the calling account, from the token where that tells it."""
        return owner_id(self.service.sign_in.proof()) or str(self.me().id)

    def my_name(self) -> str:
        """The user name of the calling account; by a personal access token without more scopes than a listing needs."""
        token = self.service.connection.token
        mine = owner_id(token) if token and is_personal(token) else None
        if mine and self._me is None:
            with contextlib.suppress(PermissionDenied):
                for account in self.page({**EVERYBODY, "id": mine}, 0).accounts:
                    if account.id == mine:
                        return account.username
        return self.me().username

    def account_in(self, answer: Answer) -> Account:
        """The account in an answer that shows one whole user."""
        user = self.service.session.data(answer)
        try:
            account = account_from(user, complete=True)
        except Unexpected as error:
            raise self.service.session.bad_answer(answer, f"with {error}") from None
        self.generation = self.generation or generation_of(user)
        return account

    def by_id(self, user_id: str) -> Account | None:
        """The account with that id, None where there is none; PermissionDenied where the view is a stranger's."""
        account = self.glimpse(user_id)
        if account is not None and is_reduced(account):
            raise PermissionDenied(
                f"Magistrala shows {account.username} to administrators only, and the calling account is none.",
                method="GET",
                path=f"/users/{segment(user_id)}",
                status=200,
                hint="Use an administrator's credentials.",
            )
        return account

    def glimpse(self, user_id: str) -> Account | None:
        """Like ``by_id``, but a stranger's view is returned too."""
        try:
            return self.account_in(self.service.send("GET", f"/users/{segment(user_id)}"))
        except (NotFound, Rejected) as error:
            if error.status in UNKNOWN_ID:
                return None
            raise

    def page(
        self, query: t.Mapping[str, t.Any], offset: int, path: str = "/users", listing: Listing | None = None
    ) -> Page:
        """One page, of ``listing`` where there are more; an empty one where there should be more is an error."""
        listing = listing or Listing(TITLE, path, PAGE)
        asked = {**BY_CREATION, **query, "limit": PAGE, "offset": offset}
        try:
            answer = self.service.send("GET", path, query=asked, largest=MANY)
        except (NotFound, PermissionDenied) as error:
            raise not_administrator(error) from None
        try:
            page = page_from(self.service.session.data(answer))
        except Unexpected as error:
            raise self.service.session.bad_answer(answer, f"with {error}") from None
        listing.announced(page.total)
        listing.take(answer.body, len(page.accounts))
        self.generation = self.generation or page.generation
        if offset < page.total and not page.accounts:
            raise broken_off(f"at {offset} of {page.total}")
        return page

    def everybody(self, first: Page | None = None) -> list[Account]:
        """Every account in any state; ``first`` is the first page where it was read already.

        A listing that lacks the calling account is an error.
        """
        accounts = self.every(EVERYBODY, first)
        mine = self.my_id()
        if not any(account.id == mine for account in accounts):
            raise broken_off(f"without the calling account among {len(accounts)}")
        self._administrators = administrators_among(accounts)
        return accounts

    def administrators(self) -> list[str]:
        """The user names of the administrators who can sign in."""
        if self._administrators is None:
            self._administrators = administrators_among(self.every({"status": "enabled"}))
        return self._administrators

    def every(self, query: t.Mapping[str, t.Any], first: Page | None = None, path: str = "/users") -> list[Account]:
        """All that ``query`` matches, complete; read again where accounts went in the meantime.

        Accounts that came are at the end, so nothing is missing of what was there at the beginning: other jobs may
        create accounts at the same time.
        """
        rows: list[Account] = []
        total = 0
        for dummy in range(MOST_READINGS):
            listing = Listing(TITLE, path, PAGE)
            page = first or self.page(query, 0, path, listing)
            first = None
            page_at = functools.partial(self.page, query, path=path, listing=listing)
            rest = each(page_at, range(PAGE, page.total, PAGE), self.parallel)
            rows = [account for each_page in (page, *rest) for account in each_page.accounts]
            total = page.total
            if len(rows) == len({account.id for account in rows}) >= total == min([total, *(p.total for p in rest)]):
                return rows
        raise broken_off(f"with {len({account.id for account in rows})} accounts where {total} were announced")

    def by_name(self, username: str) -> Account | None:
        """The account with exactly that user name, in any state."""
        query = {**EVERYBODY, "username": literal(username)}
        listing = Listing(TITLE, "/users", PAGE)
        offset = 0
        while True:
            page = self.page(query, offset, listing=listing)
            for account in page.accounts:
                if account.username == username:
                    return account
            offset += len(page.accounts)
            if offset >= page.total:
                return None


def administrators_among(accounts: t.Iterable[Account]) -> list[str]:
    return sorted(a.username for a in accounts if a.values["role"] == "admin" and a.enabled)


def not_administrator(error: ApiError) -> ApiError:
    """A refused listing in plain words; the later generation answers 404 where the earlier one answers 403."""
    if error.words == OUT_OF_SCOPE:
        return error
    return error.retold(
        PermissionDenied,
        "Magistrala lists accounts to administrators only, and the calling account is none (or is no longer).",
        "Use the credentials or a personal access token of an account with the role admin.",
    )


def broken_off(how: str, method: str = "GET", path: str = "/users") -> BadAnswer:
    """The error for a listing of accounts that is not whole."""
    return BadAnswer(
        f"Magistrala: the listing of accounts ended {how}.",
        method=method,
        path=path,
        hint="Nothing can be told from half a listing; run again.",
    )
