# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is refused before anything is written, in one sentence that helps."""

from __future__ import annotations

import typing as t

import pytest

from unit.magistrala.server import JANE, Server, foreseen

EVERYWHERE: list[tuple[dict[str, t.Any], str]] = [
    ({"first_name": ""}, "first_name cannot be empty"),
    ({"email": ""}, "email cannot be empty"),
    ({"email": "jane"}, "'jane' is not a valid e-mail address"),
    ({"last_name": "x" * 255}, "last_name has more than 254 characters"),
    ({"password": "ä" * 37}, "password has more than 72 bytes"),
    ({"profile_picture": "https://exa mple.com/x"}, "profile_picture is not a valid URL"),
    ({"profile_picture": "https://example.com/%zz"}, "profile_picture is not a valid URL"),
    ({"metadata": {"a": ["\0"]}}, "metadata holds a NUL"),
    ({"new_username": "j", "id": "1"}, "new_username goes with state: present and without id"),
    ({"new_username": "j", "state": "absent"}, "new_username goes with state: present and without id"),
    ({"username": "jane@example.com"}, "does not accept an e-mail address as a user name"),
    ({"enabled": True, "state": "disabled"}, "enabled: true contradicts state: disabled"),
]
NEWER = ["jane.doe", "jane--doe", "jane__doe", "-jane", "j" * 33, "Jäne"]


@pytest.mark.parametrize(("options", "reason"), EVERYWHERE, ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("check", [True, False])
def test_on_every_server(server: Server, options: dict[str, t.Any], reason: str, check: bool) -> None:
    refused = server.user(check, **{**JANE, **options})
    assert refused["failed"] and reason in refused["msg"], refused["msg"]
    assert (refused["changed"], refused["diff"]) == (False, [])
    assert (refused["user"]["action"], refused["user"]["done"]) == ("failed", []) and reason in refused["user"]["error"]
    assert {action for action, count in refused["summary"].items() if count} == {"failed"}
    assert server.writes() == []


@pytest.mark.parametrize("name", NEWER)
def test_user_names_that_only_the_newer_generation_refuses(server: Server, name: str) -> None:
    result = server.user(**{**JANE, "username": name})
    if server.generation == "B":
        assert result["failed"] and "This server accepts user names of 1 to 32 letters" in result["msg"]
        assert server.writes() == []
    else:
        assert result["user"]["action"] == "created"


def test_the_rule_for_user_names_holds_for_new_accounts_only(new: Server) -> None:
    new.user(**JANE)
    foreseen(new, username="jane", new_username="jane.doe")
    foreseen(new, username="jane.doe", tags=["x"])


@pytest.mark.parametrize("missing", ["first_name", "last_name", "email", "password"])
def test_a_new_account_needs_all_of_it(server: Server, missing: str) -> None:
    refused = server.user(**{name: value for name, value in JANE.items() if name != missing})
    assert refused["failed"] and f"creating an account in Magistrala needs {missing}." in refused["msg"]
    assert server.writes() == []


def test_what_early_2025_cannot_do(old: Server) -> None:
    refused = old.user(**JANE, private_metadata={"x": 1})
    assert refused["failed"] and "This server (of early 2025) has no private_metadata." in refused["msg"]
    foreseen(old, **JANE, tags=["a"], profile_picture="https://example.com/x", private_metadata={})
    for options, what in (({"tags": []}, "tags"), ({"profile_picture": ""}, "profile_picture")):
        refused = old.user(username="jane", **options)
        assert refused["failed"] and f"cannot clear {what}" in refused["msg"]
        assert old.writes() == []
    foreseen(old, username="jane", tags=["b"], profile_picture="https://example.com/y")
    foreseen(old, username="jane", metadata={})


@pytest.mark.parametrize(("on_error", "writes"), [("continue", ["POST /users"]), ("stop", [])])
def test_one_wrong_entry_stops_others_only_where_that_is_wanted(
    server: Server, on_error: str, writes: list[str]
) -> None:
    users = [{**JANE}, {**JANE, "username": "joan", "email": "joan"}]
    refused = server.user(users=users, on_error=on_error)
    assert refused["failed"] and "joan: 'joan' is not a valid e-mail address" in refused["msg"]
    assert server.writes() == writes
    assert ("jane" in server.system.table.usernames) is bool(writes)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"email": "x@example.com"}, {"email": "x@example.com"}, "in the same task has the same email, x@example.com."),
        ({"new_username": "c"}, {"new_username": "c"}, "in the same task has the same new_username, c."),
        ({"new_username": "bob"}, {}, "in the same task is about the user name bob, too."),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_entries_that_contradict_each_other(
    server: Server, first: dict[str, t.Any], second: dict[str, t.Any], reason: str, check: bool
) -> None:
    joan = {**JANE, "username": "joan", "email": "joan@example.com", **first}
    bob = {**JANE, "username": "bob", "email": "bob@example.com", **second}
    result = server.user(check, users=[joan, JANE, bob])
    assert [user["error"] for user in result["users"]] == [f"joan: bob {reason}", None, f"bob: joan {reason}"]
    assert server.writes() == ([] if check else ["POST /users"]) and result["users"][1]["action"] == "created"


def test_two_entries_that_mean_the_same_account(server: Server) -> None:
    server.seed(1)
    user_id = server.stored("person-00001").id
    result = server.user(users=[{"id": user_id, "username": "bob"}, {"username": "person-00001", "tags": ["x"]}, JANE])
    assert [user["action"] for user in result["users"]] == ["failed", "failed", "created"]
    assert "bob in the same task is about the account person-00001, too." in result["users"][1]["error"]
    assert server.writes() == ["POST /users"]


def test_the_same_name_twice_is_a_mistake_of_the_task(server: Server) -> None:
    refused = server.user(users=[{"username": "jane"}, {"username": "jane"}, {"username": "joan"}])
    assert refused["failed"] and "jane is listed twice" in refused["msg"]
    assert server.requests() == []


def test_what_all_share_is_refused_to_those_alone_who_do_not_say_otherwise(server: Server) -> None:
    others = [{**JANE, "username": name, "email": f"{name}@example.com"} for name in ("joan", "bob")]
    users = [others[0], {**JANE, "metadata": {"team": "data"}}, others[1]]
    result = server.user(users=users, metadata={"team": ["\0"]})
    told = "metadata holds a NUL or half a character (a lone surrogate), which cannot be stored."
    assert [user["error"] for user in result["users"]] == [f"joan: {told}", None, f"bob: {told}"]
    assert server.writes() == ["POST /users"]
