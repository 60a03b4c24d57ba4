# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose accounts leave, and when nothing begins at all."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Modules
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.leaver import read_leavers
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.search import Search
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.decisions import NO_DECISIONS
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.plan import read_naming

Accounts = list[dict[str, t.Any]]


def account(username: str, email: str, **more: t.Any) -> dict[str, t.Any]:
    return {"username": username, "email": email, "first_name": "Jane", "last_name": "Smith", **more}


def search(
    given: t.Any, iq: Accounts, magistrala: Accounts, *, guards: dict[str, t.Any] | None = None, down: str = ""
) -> Search:
    """A search over accounts that are just there."""
    held = {"iq": iq, "magistrala": magistrala}

    def run(name: str, arguments: dict[str, t.Any], check: bool) -> dict[str, t.Any]:
        system = name.split(".")[-1].partition("_")[0]
        assert check
        if system == down:
            return {"failed": True, "msg": "no connection", "request": "GET /users", "status": None}
        names = {name.casefold() for name in arguments["usernames"]}
        found = [
            a for a in held[system] if a["username"].casefold() in names or a["email"].casefold() in arguments["emails"]
        ]
        return {"users": found, **(guards or {})}

    instances = [Modules(name, TRAITS[name], run, {}, None, True) for name in ("iq", "magistrala")]
    searching = Search(
        read_leavers(given, "offboard_people"), instances, read_naming({}, "offboard_naming"), NO_DECISIONS
    )
    searching.run()
    return searching


def modules(searching: Search, system: str) -> Modules:
    return next(each for each in searching.instances if each.name == system)


def names(searching: Search, system: str) -> list[str]:
    return [entry["username"] for entry in searching.entries(modules(searching, system)) if entry["current"]]


JSMITH = account("jsmith", "Jane.Smith@example.com")
JANE_SMITH = account("jane-smith", "jane.smith@example.com")


@pytest.mark.parametrize(
    "given",
    [
        "jane.smith@example.com",
        "JANE.SMITH@example.com\n",
        ["jsmith"],
        ["jane-smith"],
        [{"email": "jane.smith@example.com"}],
        [{"id": "E1", "first_name": "Jane", "last_name": "Smith", "email": "jane.smith@example.com", "profile": ["x"]}],
    ],
)
def test_found_in_all_systems_though_the_names_differ(given: t.Any) -> None:
    searching = search(given, [JSMITH], [JANE_SMITH])
    searching.refuse(5, 1, [])
    assert names(searching, "iq") == ["jsmith"]
    assert names(searching, "magistrala") == ["jane-smith"]
    assert searching.people()[0]["name"] == "Jane Smith"


def test_a_user_name_that_only_the_rule_suggests_proves_nothing() -> None:
    searching = search("jane.smith@example.com", [account("jane.smith", "other@example.com")], [JANE_SMITH])
    assert names(searching, "iq") == []
    assert names(searching, "magistrala") == ["jane-smith"]


def test_accounts_that_are_named_are_taken_beside_those_with_the_address() -> None:
    record = {"email": "jane.smith@example.com", "accounts": {"iq": {"username": "jane2"}}}
    searching = search([record], [JSMITH, account("jane2", "")], [JANE_SMITH])
    assert sorted(names(searching, "iq")) == ["jane2", "jsmith"]


MANY = [account(f"jane{number}", "jane.smith@example.com") for number in range(1, 5)]


def test_up_to_three_accounts_with_the_address_are_all_theirs() -> None:
    searching = search("jane.smith@example.com", MANY[:3], [])
    assert names(searching, "iq") == ["jane1", "jane2", "jane3"]
    assert searching.held(modules(searching, "iq")) == []


def test_more_accounts_with_one_address_are_doubtful() -> None:
    searching = search("jane.smith@example.com", MANY, [])
    searching.refuse(5, 1, [])
    assert searching.entries(modules(searching, "iq")) == []
    (line,) = searching.held(modules(searching, "iq"))
    assert (line.person, line.username, line.action) == ("jane.smith@example.com", "jane1, jane2, jane3, jane4", "held")
    assert "4 accounts in IQ Server have an e-mail address of jane.smith@example.com (jane1, jane2" in line.notes[0]
    assert "accounts.iq.username" in line.notes[0]


def test_an_account_that_two_leavers_claim_is_doubtful() -> None:
    both = [
        {"email": "jane.smith@example.com"},
        {"id": "E2", "email": "joe@example.com", "former_emails": ["JANE.smith@example.com"]},
    ]
    searching = search(both, [JSMITH, account("joe", "joe@example.com")], [])
    assert names(searching, "iq") == ["joe"]
    held = searching.held(modules(searching, "iq"))
    assert {line.person for line in held} == {"jane.smith@example.com", "E2"}
    assert all("would be the account of several of these people" in line.notes[0] for line in held)


def test_one_user_name_of_two_people_is_doubtful() -> None:
    searching = search("jsmith", [JSMITH], [account("jsmith", "john.smith@example.com")])
    searching.refuse(5, 1, [])
    for system in ("iq", "magistrala"):
        assert searching.entries(modules(searching, system)) == []
        (line,) = searching.held(modules(searching, system))
        assert line.action == "held"
        assert "The user name jsmith belongs to different people" in line.notes[0]


def test_a_doubt_about_one_person_keeps_nobody_else_and_no_other_system() -> None:
    searching = search(
        ["jane.smith@example.com", "joe@example.com"], [*MANY, account("joe", "joe@example.com")], [JANE_SMITH]
    )
    searching.refuse(5, 2, [])
    assert names(searching, "iq") == ["joe"]
    assert names(searching, "magistrala") == ["jane-smith"]
    assert searching.held(modules(searching, "magistrala")) == []


def test_unknown_everywhere_is_fine() -> None:
    searching = search("nobody@example.com", [JSMITH], [])
    searching.refuse(5, 1, [])
    assert searching.entries(modules(searching, "iq")) == []


def test_a_name_without_an_account_is_looked_at_for_what_outlives_accounts() -> None:
    searching = search("gone", [], [])
    (entry,) = searching.entries(modules(searching, "iq"))
    place = {"place": {"realm": "Internal"}, "realm": ""}
    assert entry == {"person": "gone", "username": "gone", **place, "current": None, "keep": None}


def test_a_system_that_is_down_is_told_and_the_other_is_searched() -> None:
    searching = search("jane.smith@example.com", [JSMITH], [JANE_SMITH], down="iq")
    searching.refuse(5, 1, [])
    assert searching.failures == {"iq": "no connection"}
    assert searching.entries(modules(searching, "iq")) == []
    assert names(searching, "magistrala") == ["jane-smith"]


def test_too_many() -> None:
    searching = search("a@b\nc@d\ne@f", [], [])
    with pytest.raises(InputError, match="3 people would leave, and offboard_limit allows 2"):
        searching.refuse(2, 3, [])


def failures(searching: Search, system: str) -> list[str]:
    """What is said of accounts that a guard keeps."""
    return [line.error or "" for line in searching.held(modules(searching, system)) if line.action == "failed"]


@pytest.mark.parametrize("name", ["jsmith", "jane-smith", "JANE.smith@example.com", "jane.smith"])
def test_protected_by_any_name_and_the_others_leave(name: str) -> None:
    joe = account("joe", "joe@example.com")
    searching = search(["jane.smith@example.com", "joe@example.com"], [JSMITH, joe], [JANE_SMITH])
    searching.refuse(5, 2, [name])
    assert (names(searching, "iq"), names(searching, "magistrala")) == (["joe"], [])
    for system in ("iq", "magistrala"):
        (sentence,) = failures(searching, system)
        assert sentence.endswith("is in offboard_protected.")


def test_never_the_calling_account() -> None:
    searching = search("jsmith", [JSMITH], [], guards={"caller": "JSmith", "administrators": ["root"]})
    searching.refuse(5, 1, [])
    assert names(searching, "iq") == []
    assert failures(searching, "iq") == ["JSmith is the account that this run uses in IQ Server."]


def test_never_the_last_administrator() -> None:
    searching = search("jsmith", [JSMITH], [], guards={"caller": "robot", "administrators": ["jsmith"]})
    searching.refuse(5, 1, [])
    assert names(searching, "iq") == []
    assert failures(searching, "iq") == ["Nobody would be left to administer IQ Server: jsmith would leave."]


def test_one_of_two_administrators_may_leave() -> None:
    searching = search("jsmith", [JSMITH], [], guards={"caller": "robot", "administrators": ["jsmith", "root"]})
    searching.refuse(5, 1, [])
    assert names(searching, "iq") == ["jsmith"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([{"id": "E1"}], "entry 1: a leaver needs email, username or accounts with a username"),
        ([{"email": "no address"}], "email is not a valid address"),
        ([["a"]], "entry must be a dictionary"),
        ({"a": 1}, "must be a list of people"),
        (["a\x07b"], "control character"),
    ],
)
def test_who_cannot_leave(given: t.Any, said: str) -> None:
    with pytest.raises(InputError, match="offboard_people") as caught:
        read_leavers(given, "offboard_people")
    assert said in str(caught.value)


def test_one_leaver_twice_is_one() -> None:
    assert len(read_leavers("a@b\nA@B\n\n", "offboard_people")) == 1
