# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nobody passes for done of whom a module did not say so; what it says of somebody stands on their own line."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, Lines, Modules
from people_company import Company, person

IQ = TRAITS["iq"]
JANE = {"first_name": "Jane", "last_name": "Smith", "email": "jane@example.com", "password": "Somebody-5678"}


def lines(*names: str) -> Lines:
    return {key(name): Line("", name) for name in names}


def key(name: str) -> tuple[str, ...]:
    return IQ.entry_key({"username": name})


def wanted(*names: str, **changes: t.Any) -> list[dict[str, t.Any]]:
    return [{**JANE, "username": name, **changes} for name in names]


def test_a_module_that_fails_as_a_whole_did_nothing_for_anybody(company: Company) -> None:
    people = lines("jane", "john")
    company.module("iq", False).bring(people, wanted("jane", "jane", "john"))
    assert {line.error for line in people.values()} == {"IQ Server: nothing was changed. jane is listed twice."}
    assert {line.action for line in people.values()} == {"failed"} and not any(line.changed for line in people.values())
    assert company.writes("iq") == 0


def test_one_who_cannot_be_done_keeps_the_sentence_and_the_others_are_done(company: Company) -> None:
    people = lines("john", "jane ", "joe")
    company.module("iq", False).bring(people, wanted("john", "jane ", "joe"))
    assert [line.action for line in people.values()] == ["created", "failed", "created"]
    assert "'jane ' cannot be a user name" in str(people[key("jane ")].error)
    assert people[key("john")].error is None and people[key("john")].done == ["create"]


def test_an_outage_is_told_to_everybody_and_remembered(company: Company) -> None:
    company.break_down("iq", kind="drop_before", times=0)
    modules, people = company.module("iq", False), lines("jane", "john")
    modules.bring(people, wanted("jane", "john"))
    assert {line.error for line in people.values()} == {modules.outage}
    assert "broke off the connection" in str(modules.outage)


@pytest.mark.parametrize("system", TRAITS)
def test_a_refused_sign_in_is_remembered(company: Company, system: str) -> None:
    modules = company.module(system, True, api_password="wrong")
    assert modules.read(usernames=["jane"])["sign_in_refused"] is True
    assert modules.outage


def test_a_failure_of_one_account_is_no_outage(company: Company) -> None:
    company.break_down("iq", kind="status", method="POST", path="/api/v2/users", status=503, times=0)
    modules, people = company.module("iq", False), lines("jane")
    modules.bring(people, wanted("jane"))
    assert people[key("jane")].action == "failed" and modules.outage is None


def test_names_are_compared_as_the_system_compares_them(company: Company) -> None:
    company.join("iq", person())
    people = lines("JANE1")
    company.module("iq", False).bring(people, [{"username": "jane1", "last_name": "Brown"}])
    assert people[key("jane1")].action == "updated"
    assert people[key("jane1")].changes == [{"field": "last_name", "before": "Smith1", "after": "Brown"}]


def test_somebody_of_whom_nothing_is_said_is_not_taken_for_unchanged(company: Company) -> None:
    company.join("iq", person())

    def forgetful(name: str, arguments: dict[str, t.Any], check: bool) -> dict[str, t.Any]:
        return company.run(name, {**arguments, "return_unchanged": False}, check)

    people = lines("jane1")
    users = [{"username": "jane1", "last_name": "Smith1"}]
    Modules("iq", IQ, forgetful, company.connection("iq"), None, False).bring(people, users)
    assert people[key("jane1")].action == "failed"
    assert people[key("jane1")].error == "The module did not say what became of this account."
