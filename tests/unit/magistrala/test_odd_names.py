# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever a server has can be closed, however it is named; only what is written must be a good name."""

from __future__ import annotations

import typing as t

import pytest

from unit.magistrala.server import JANE, Server, foreseen

ODD = ["bob ", " bob", "b" * 40, "b" * 254, "bob@example.com", "bob--x", "b.o/b?%", "..", "-bob"]


def present(server: Server, name: str, status: str = "enabled") -> None:
    server.seed(2)
    account = {"username": name, "email": "odd@example.com", "status": status}
    server.app.act("POST", "seed", {"count": 0, "accounts": [account]})


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(
    ("closing", "status"),
    [({"state": "disabled"}, "disabled"), ({"state": "absent"}, "deleted"), ({"enabled": False}, "disabled")],
)
def test_an_account_with_an_odd_name_is_closed(
    server: Server, name: str, closing: dict[str, t.Any], status: str
) -> None:
    present(server, name)
    users = [{"username": each, **closing} for each in ("person-00001", name, "person-00002")]
    predicted = server.user(check=True, users=users)
    assert server.writes() == []
    real = server.user(users=users)
    assert not real["failed"], real["msg"]
    assert [user["done"] for user in predicted["users"]] == [user["done"] for user in real["users"]]
    assert [server.stored(user["username"]).status for user in users] == [status] * 3
    again = server.user(users=users)
    assert not again["changed"] and server.writes() == []


@pytest.mark.parametrize("name", ODD)
def test_an_account_with_an_odd_name_is_changed(server: Server, name: str) -> None:
    present(server, name)
    foreseen(server, username=name, tags=["a"], last_name="Brown")


def test_a_name_of_many_letters_stops_nobody_else(new: Server) -> None:
    long = {**JANE, "username": "j" * 40, "email": "long@example.com"}
    users = [JANE, long, {**JANE, "username": "joan", "email": "joan@example.com"}]
    predicted, real = new.user(check=True, users=users), new.user(users=users)
    assert [user["action"] for user in real["users"]] == ["created", "failed", "created"]
    assert [user["error"] for user in predicted["users"]] == [user["error"] for user in real["users"]]
    assert "accepts user names of 1 to 32 letters" in real["users"][1]["error"]


@pytest.mark.parametrize("name", ["Jane", "JANE_DOE", "jAne-1"])
def test_capitals_are_kept(server: Server, name: str) -> None:
    created = foreseen(server, **{**JANE, "username": name})
    assert created["user"]["action"] == "created" and server.stored(name).username == name
    foreseen(server, username=name, state="disabled")


def test_wrong_ids_and_taken_names_stop_nobody_else(server: Server) -> None:
    server.seed(4)
    ids = [server.stored(f"person-0000{number}").id for number in (1, 2, 3, 4)]
    users = [
        {"id": ids[0], "username": "somebody", "state": "absent"},
        {"id": ids[1], "username": "person-00001"},
        {"username": "person-00003", "email": "person-00004@example.com"},
        {"username": "person-00004", "tags": ["x"]},
        {"id": "unknown", "username": "person-00009", "state": "absent"},
    ]
    for check in (True, False):
        result = server.user(check, users=users, return_unchanged=True)
        assert [user["action"] for user in result["users"]] == ["failed", "failed", "failed", "updated", "unchanged"]
        errors = [user["error"] for user in result["users"]]
        assert f"The id {ids[0]} belongs to person-00001, not to somebody." in errors[0]
        assert "The user name person-00001 is taken by person-00001 (enabled; id " in errors[1]
        assert "The e-mail address person-00004@example.com is taken by person-00004 (enabled; id " in errors[2]
    assert server.writes() == [f"PATCH /users/{ids[3]}/tags"]
    closed = server.user(username="person-00003", state="disabled")
    assert closed["user"]["action"] == "disabled", "who is in the way stops no closing"
