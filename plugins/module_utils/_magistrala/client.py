# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Magistrala users service behind the interface of ``_client.py``."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._account import Account, Found, Membership, Values
from ansible_collections.people.lifecycle.plugins.module_utils._client import Client
from ansible_collections.people.lifecycle.plugins.module_utils._errors import (
    AuthenticationFailed,
    BadAnswer,
    InputError,
    LifecycleError,
    NotFound,
    Rejected,
)
from ansible_collections.people.lifecycle.plugins.module_utils._http import Answer, Session
from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.facts import FIELDS, MagistralaFacts
from ansible_collections.people.lifecycle.plugins.module_utils._plan import Plan, Step
from ansible_collections.people.lifecycle.plugins.module_utils._urls import segment
from ansible_collections.people.lifecycle.plugins.module_utils._wanted import Wanted
from ansible_collections.people.lifecycle.plugins.module_utils._words import json_object, text_of
from ansible_collections.people.lifecycle.plugins.module_utils._workers import each

PAGE = 100
UNKNOWN_LOGIN = (401, 404, 422)


def words(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """Generation A says why in ``error`` and what in ``message``, generation B only ``message``."""
    said = json_object(answer)
    return text_of(said.get("error")) or text_of(said.get("message")), ()


class MagistralaClient(Client):
    facts = MagistralaFacts()

    def open(self) -> None:
        if not self.connection.token and not (self.connection.username and self.connection.password):
            raise InputError("Magistrala needs api_token, or api_username and api_password.")
        self.session = Session(
            "Magistrala", self.connection, redactor=self.redactor, read_only=self.read_only, words=words
        )
        self.session.headers = self.headers
        self.token = self.connection.token or self.issue_token()

    def close(self) -> None:
        if hasattr(self, "session"):
            self.session.close()

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def issue_token(self) -> str:
        """Sign in; never tried twice with the same password."""
        try:
            answer = self.session.send(
                "POST",
                "/users/tokens/issue",
                json={"username": self.connection.username, "password": self.connection.password},
                reads=True,
                signed=False,
            )
        except (AuthenticationFailed, NotFound, Rejected) as error:
            if error.status not in UNKNOWN_LOGIN:
                raise
            raise AuthenticationFailed(
                f"Magistrala does not accept the user name and password of {self.connection.username}.",
                method=error.method,
                path=error.path,
                status=error.status,
                hint="Check api_username and api_password; the account must be enabled.",
            ) from None
        token = self.session.data(answer).get("access_token")
        if not isinstance(token, str) or not token:
            raise self.session.bad_answer(answer, "without a token")
        self.redactor.learn(token)
        return token

    def whoami(self) -> str:
        return self.account(self.session.get("/users/profile")).username

    def resolve(self, kind: str, asked: t.Sequence[t.Any]) -> list[Membership]:
        raise InputError(f"Magistrala has no {kind}.")

    def find(self, wanted: t.Sequence[Wanted]) -> list[Found | LifecycleError]:
        names = {one.username for one in wanted}
        first, total = self.page({"status": "all"}, 0) if len(names) > 1 else ([], 0)
        accounts = {account.username: account for account in first if account.username in names}
        rest = names - accounts.keys()
        if len(first) < total and rest:
            if -(-total // PAGE) - 1 <= len(rest):
                for account in self.pages({"status": "all"}, PAGE):
                    if account.username in names:
                        accounts[account.username] = account
                rest = set()
        elif len(names) > 1:
            rest = set()
        looked_up = each(self.look_up, sorted(rest), self.connection.parallel)
        accounts.update({account.username: account for account in looked_up if account is not None})
        return [Found(accounts.get(one.username)) for one in wanted]

    def look_up(self, username: str) -> Account | None:
        """The account of exactly that name; the server's filter matches substrings and takes wildcards."""
        query = {"status": "all", "username": username.replace("\\", "_")}
        return next((account for account in self.pages(query) if account.username == username), None)

    def page(self, query: dict[str, t.Any], offset: int) -> tuple[list[Account], int]:
        answer = self.session.get("/users", query={**query, "limit": PAGE, "offset": offset})
        data = self.session.data(answer)
        users, total = data.get("users"), data.get("total")
        if not isinstance(users, list) or not isinstance(total, int):
            raise self.session.bad_answer(answer, "with JSON of an unexpected shape")
        return [self.parse(user, answer) for user in users], total

    def pages(self, query: dict[str, t.Any], offset: int = 0) -> t.Iterator[Account]:
        while True:
            accounts, total = self.page(query, offset)
            yield from accounts
            offset += len(accounts)
            if offset >= total:
                return
            if not accounts:
                raise BadAnswer(
                    f"Magistrala: the listing of accounts broke off after {offset} of {total}.",
                    method="GET",
                    path="/users",
                    hint="Nothing can be told from half a listing; run again.",
                )

    def accounts(self, query: dict[str, t.Any]) -> t.Iterable[Found]:
        names = query["usernames"]
        for account in self.pages({"status": query["status"]}):
            if names is None or account.username in names:
                yield Found(account)

    def account(self, answer: Answer) -> Account:
        return self.parse(self.session.data(answer), answer)

    def parse(self, user: t.Any, answer: Answer) -> Account:
        try:
            username, status = user["credentials"]["username"], user["status"]
            return Account(
                username=username,
                id=user["id"],
                values={field.option: user.get(field.api, field.normal(None)) for field in FIELDS},
                enabled=status == "enabled",
                deleted=status == "deleted",
                facts={"role": user.get("role"), "created_at": user.get("created_at")},
            )
        except (KeyError, TypeError, AttributeError):
            raise self.session.bad_answer(answer, "with a user of an unexpected shape") from None

    def read(self, account: Account) -> Account:
        return self.account(self.session.get(f"/users/{segment(str(account.id))}"))

    def create(self, plan: Plan, step: Step) -> Account:
        body = {
            **step.values,
            "credentials": {"username": plan.wanted.username, "secret": plan.wanted.password},
            "status": "disabled" if plan.wanted.enabled is False else "enabled",
        }
        return self.account(self.session.send("POST", "/users", json=body))

    def update(self, account: Account, values: Values) -> Account:
        path = f"/users/{segment(str(account.id))}"
        common = {name: values[name] for name in ("first_name", "last_name", "metadata") if name in values}
        if common:
            self.session.send("PATCH", path, json=common)
        for name in ("tags", "email"):
            if name in values:
                self.session.send("PATCH", f"{path}/{name}", json={name: values[name]})
        return self.read(account)

    def set_enabled(self, account: Account, enabled: bool) -> Account:
        verb = "enable" if enabled else "disable"
        self.session.send("POST", f"/users/{segment(str(account.id))}/{verb}")
        return self.read(account)

    def delete(self, account: Account) -> None:
        self.session.send("DELETE", f"/users/{segment(str(account.id))}", ok=(200, 204, 404))
