# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is meant, and who is in the way: new names, ids, addresses that are taken, the calling account."""

from __future__ import annotations

import pytest

from unit.magistrala.server import JANE, PASSWORD, Server, foreseen


def test_a_new_user_name(server: Server) -> None:
    server.user(**JANE)
    changed = foreseen(server, username="jane", new_username="janet", last_name="Brown")["user"]
    assert (changed["action"], changed["changes"]) == ("updated", ["username", "last_name"])
    assert server.stored("janet").last_name == "Brown"
    assert not server.user(username="jane", new_username="janet", last_name="Brown")["changed"]


def test_a_new_user_name_by_id(server: Server) -> None:
    user_id = server.user(**JANE)["user"]["id"]
    foreseen(server, id=user_id, username="janet")
    assert server.stored("janet").id == user_id
    assert server.requests() == ["POST /users/tokens/issue", f"GET /users/{user_id}", *server.sign_out]


def test_somebody_created_under_the_new_name(server: Server) -> None:
    created = foreseen(server, **{**JANE, "username": "old_jane"}, new_username="jane")["user"]
    assert created["action"] == "created" and created["account"]["username"] == "jane"
    assert "old_jane" not in server.system.table.usernames


def test_a_user_name_that_is_taken(server: Server) -> None:
    server.seed(2, deleted=1)
    user_id = server.stored("person-00001").id
    for options in (
        {"username": "person-00001", "new_username": "person-00002"},
        {"id": user_id, "username": "person-00002"},
    ):
        refused = server.user(**options)
        assert refused["failed"] and "taken by person-00002 (deleted" in refused["msg"]
        assert server.writes() == []


@pytest.mark.parametrize("count", [1, 150])
def test_an_address_that_is_taken(server: Server, count: int) -> None:
    server.seed(count, deleted=1)
    owner = f"person-{count:05d}"
    taken = f"{owner}@example.com"
    refused = server.user(**{**JANE, "email": taken})
    assert f"The e-mail address {taken} is taken by {owner} (deleted, and kept for a while; id " in refused["msg"]
    server.user(**JANE)
    for check in (True, False):
        refused = server.user(check, username="jane", email=taken)
        assert refused["failed"] and f"taken by {owner}" in refused["msg"]
        assert server.writes() == []


def test_the_own_address_is_not_taken(server: Server) -> None:
    server.user(**JANE)
    assert not server.user(username="jane", email="jane@example.com")["changed"]
    foreseen(server, username="jane", email="JANE@example.com")


def test_an_id_that_nobody_has(server: Server) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    refused = server.user(id=unknown, **JANE)
    assert refused["failed"] and f"no account with the id {unknown}" in refused["msg"]
    assert not foreseen(server, id=unknown, username="jane", state="absent")["changed"]


def test_an_id_that_somebody_else_has(server: Server) -> None:
    server.seed(1)
    user_id = server.stored("person-00001").id
    refused = server.user(id=user_id, username="jane", state="absent")
    assert refused["failed"] and f"The id {user_id} belongs to person-00001, not to jane." in refused["msg"]
    assert server.stored("person-00001").status == "enabled"


@pytest.mark.parametrize(
    "options",
    [
        {"username": "admin", "state": "absent"},
        {"username": "admin", "state": "disabled"},
        {"username": "admin", "enabled": False},
        {"username": "admin", "role": "user"},
        {"username": "root", "new_username": "admin", "enabled": False},
    ],
)
def test_the_calling_account_stays(server: Server, options: dict[str, object]) -> None:
    for check in (True, False):
        refused = server.user(check, **options)
        assert refused["failed"] and "the account that this task runs with" in refused["msg"]
        assert server.writes() == []


def test_another_administrator_may_go(server: Server) -> None:
    server.user(**JANE, role="admin")
    assert foreseen(server, username="jane", role="user")["user"]["changes"] == ["role"]
    assert foreseen(server, username="jane", state="absent")["user"]["action"] == "deleted"


def test_someone_who_is_no_administrator_changes_the_own_account_only(server: Server) -> None:
    server.user(**JANE)
    server.seed(1)
    own = {"api_username": "jane", "api_password": PASSWORD}
    assert foreseen(server, **own, username="jane", tags=["mine"])["user"]["action"] == "updated"
    refused = server.user(**own, username="person-00001", tags=["mine"])
    assert refused["failed"] and "administrators only" in refused["msg"]
    assert server.writes() == []


def test_a_stranger_s_view_is_not_believed(server: Server) -> None:
    server.user(**JANE)
    server.seed(1, disabled=1)
    user_id = server.stored("person-00001").id
    for options in ({"state": "disabled"}, {"enabled": True}):
        refused = server.user(
            api_username="jane", api_password=PASSWORD, id=user_id, username="person-00001", **options
        )
        assert refused["failed"] and "administrators only" in refused["msg"]
        assert server.writes() == []


def test_an_account_of_an_identity_provider(new: Server) -> None:
    new.user(**JANE)
    new.stored("jane").auth_provider = "google"
    for options in (
        {"last_name": "Brown"},
        {"email": "jane@example.org"},
        {"profile_picture": "https://example.com/x"},
    ):
        refused = new.user(username="jane", **options)
        assert (
            refused["failed"] and "signs in through google" in refused["msg"] and next(iter(options)) in refused["msg"]
        )
        assert new.writes() == []
    foreseen(new, username="jane", last_name="Doe", tags=["fine"], metadata={"x": 1}, new_username="janet")


def test_a_new_address_is_not_verified(new: Server) -> None:
    new.seed(1, verified=True)
    changed = foreseen(new, username="person-00001", email="p1@example.com")
    assert "counts as not verified" in str(changed["warnings"])
    assert "warnings" not in new.user(username="person-00001", tags=["x"])
