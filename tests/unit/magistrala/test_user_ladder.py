# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of an account: created, changed, disabled, deleted, taken back; each rung foreseen, done and left alone."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.server import Sandbox
from unit.magistrala.server import JANE, PASSWORD, Server, foreseen

LADDER: list[tuple[str, dict[str, t.Any], str, list[str]]] = [
    ("email", {"email": "Jane@example.com"}, "updated", ["email"]),
    ("names", {"first_name": "Janice", "last_name": "Major"}, "updated", ["first_name", "last_name"]),
    ("tags", {"tags": ["light 1", "light 2"]}, "updated", ["tags"]),
    ("order of tags", {"tags": ["light 2", "light 1"]}, "updated", ["tags"]),
    ("metadata", {"metadata": {"aoty": "1", "n": [1, 2.5, None, True]}}, "updated", ["metadata"]),
    ("merge", {"metadata": {"n": None, "deep": {"er": 1}}, "metadata_mode": "merge"}, "updated", ["metadata"]),
    ("merge deeper", {"metadata": {"deep": {"est": 2}}, "metadata_mode": "merge"}, "updated", ["metadata"]),
    ("no metadata", {"metadata": {}}, "updated", ["metadata"]),
    ("picture", {"profile_picture": "https://example.com/jane.png"}, "updated", ["profile_picture"]),
    ("admin", {"role": "admin"}, "updated", ["role"]),
    ("user", {"role": "user"}, "updated", ["role"]),
    ("disabled", {"state": "disabled"}, "disabled", ["enabled"]),
    ("changed while disabled", {"last_name": "Minor", "enabled": False}, "updated", ["last_name"]),
    ("enabled", {"enabled": True}, "enabled", ["enabled"]),
    ("disabled by option", {"enabled": False}, "disabled", ["enabled"]),
    ("changed and enabled", {"tags": ["back"], "enabled": True}, "enabled", ["tags", "enabled"]),
    ("absent", {"state": "absent"}, "deleted", ["enabled", "state"]),
    ("taken back", {"state": "present"}, "enabled", ["enabled", "state"]),
    ("absent again", {"state": "absent"}, "deleted", ["enabled", "state"]),
    ("taken back and changed", {"first_name": "Jane"}, "enabled", ["first_name", "enabled", "state"]),
]


def test_the_ladder(server: Server) -> None:
    created = foreseen(server, **JANE)["user"]
    assert created["action"] == "created"
    assert server.can_sign_in("jane", PASSWORD)
    for rung, options, action, changes in LADDER:
        result = foreseen(server, username="jane", **options)["user"]
        assert (rung, result["action"], sorted(result["changes"])) == (rung, action, sorted(changes))
        assert result["id"] == created["id"]
        for name in ("email", "first_name", "last_name", "tags", "profile_picture", "role"):
            if name in options:
                assert getattr(server.stored("jane"), name) == options[name] == result["account"][name]


def test_metadata_is_replaced_or_merged(server: Server) -> None:
    foreseen(server, **JANE, metadata={"a": 1, "b": {"c": 2, "d": 3}})
    foreseen(server, username="jane", metadata={"b": {"c": None, "e": [4]}, "f": None}, metadata_mode="merge")
    assert server.stored("jane").metadata == {"a": 1, "b": {"d": 3, "e": [4]}}
    foreseen(server, username="jane", metadata={"b": {"c": 5}})
    assert server.stored("jane").metadata == {"b": {"c": 5}}


def test_true_is_not_one_but_1_is_1_0(server: Server) -> None:
    foreseen(server, **JANE, metadata={"flag": 1, "number": 1.0})
    assert not server.user(username="jane", metadata={"number": 1, "flag": 1.0})["changed"]
    assert server.user(username="jane", metadata={"number": 1, "flag": True})["changed"]


def test_clearing_what_only_the_newer_generation_can_clear(new: Server) -> None:
    foreseen(new, **JANE, tags=["a"], profile_picture="https://example.com/jane.png")
    foreseen(new, username="jane", tags=[], profile_picture="")
    assert (new.stored("jane").tags, new.stored("jane").profile_picture) == ([], "")


def test_private_metadata(new: Server) -> None:
    foreseen(new, **JANE, private_metadata={"salary": 1})
    foreseen(new, username="jane", private_metadata={"bonus": 2}, metadata_mode="merge")
    assert new.stored("jane").private_metadata == {"salary": 1, "bonus": 2}
    new.user(username="jane", private_metadata={"bonus": 2, "salary": 1})
    assert new.requests()[-2] == f"GET /users/{new.stored('jane').id}", "listings leave it out"
    foreseen(new, username="jane", private_metadata={})
    assert new.stored("jane").private_metadata == {}


def test_a_new_administrator_that_cannot_sign_in_yet(server: Server) -> None:
    foreseen(server, **JANE, role="admin", enabled=False, tags=["a"], metadata={"b": 1})
    jane = server.stored("jane")
    assert (jane.role, jane.status, jane.tags, jane.metadata) == ("admin", "disabled", ["a"], {"b": 1})


@pytest.mark.parametrize("gone", [{"state": "disabled"}, {"state": "absent"}])
def test_who_is_not_there_need_not_go(server: Server, gone: dict[str, t.Any]) -> None:
    assert foreseen(server, username="nobody", **gone)["user"]["action"] == "unchanged"


def test_a_deleted_account_counts_as_absent_and_comes_back(server: Server) -> None:
    server.seed(3, deleted=1)
    assert foreseen(server, username="person-00003", state="absent")["user"]["action"] == "unchanged"
    assert foreseen(server, username="person-00003", state="disabled")["user"]["action"] == "unchanged"
    refused = server.user(username="person-00003", on_deleted="fail", tags=["back"])
    assert refused["failed"] and "on_deleted: enable" in refused["msg"]
    assert server.writes() == []
    back = foreseen(server, username="person-00003", tags=["back"], password=PASSWORD)
    assert "person-00003 was deleted before" in str(back["warnings"])
    assert "the old account still holds" in str(back["warnings"])
    assert (server.stored("person-00003").status, server.stored("person-00003").tags) == ("enabled", ["back"])
    assert not server.can_sign_in("person-00003", PASSWORD)


def test_a_deleted_account_comes_back_disabled(server: Server) -> None:
    server.seed(1, deleted=1)
    foreseen(server, username="person-00001", enabled=False)
    assert server.stored("person-00001").status == "disabled"


def test_a_disabled_account_is_changed_only_when_the_task_says_how(server: Server) -> None:
    server.seed(2, disabled=1)
    refused = server.user(username="person-00002", tags=["x"])
    assert refused["failed"] and "Set enabled: true" in refused["msg"]
    assert server.writes() == []
    assert not server.user(username="person-00002", first_name="Person")["changed"], (
        "nothing to be changed, nothing refused"
    )


def test_names_that_differ_by_case_are_two_accounts(server: Server) -> None:
    foreseen(server, **JANE)
    other = foreseen(server, **{**JANE, "username": "Jane", "email": "Jane@example.com"})
    assert other["user"]["action"] == "created"
    foreseen(server, username="Jane", tags=["big"])
    assert (server.stored("jane").tags, server.stored("Jane").tags) == ([], ["big"])
    assert sorted(server.names(usernames=["jane", "Jane"])) == ["Jane", "jane"]
    assert server.names(usernames=["JANE"]) == []


def test_wildcards_in_names_mean_nothing(server: Server) -> None:
    for name in ("a_c", "abc"):
        foreseen(server, **{**JANE, "username": name, "email": f"{name}@example.com"})
    foreseen(server, username="a_c", state="disabled")
    assert (server.stored("a_c").status, server.stored("abc").status) == ("disabled", "enabled")
    assert server.names(filters={"username": "a_c"}, status="all") == ["a_c"]
    assert server.names(filters={"username": "%"}, status="all") == []


@pytest.mark.parametrize("switches", [{"profile": "v0.30-strict"}, {"profile": "v0.30", "self_register": True}])
def test_the_ladder_where_servers_are_set_up_otherwise(magistrala: Sandbox, switches: dict[str, t.Any]) -> None:
    test_the_ladder(Server(magistrala, **switches))


def test_after_the_purge_an_account_is_created_anew(server: Server) -> None:
    first = foreseen(server, **JANE)["user"]["id"]
    foreseen(server, username="jane", state="absent")
    server.app.act("POST", "clock", {"advance": 32 * 86400})
    created = foreseen(server, **JANE)["user"]
    assert created["action"] == "created" and created["id"] != first
