# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of an account: created, changed, given and taken roles, deleted; each rung foreseen, done and left alone."""

from __future__ import annotations

import typing as t

import pytest

from unit.iq.server import JANE, PASSWORD, Server, foreseen

DATA = {"role": "Developer", "organization": "Data"}
PORTAL = {"role": "Owner", "application": "data-portal"}
EVERYWHERE = {"role": "Policy Administrator", "global": True}
REPOSITORIES = {"role": "Component Evaluator", "repository_container": True}
NASTY = "a b/c@x+é%&?#"

LADDER: list[tuple[dict[str, t.Any], list[str]]] = [
    ({"email": "Jane@example.com"}, ["email"]),
    ({"first_name": "Janice Esq ", "last_name": "  Major"}, ["first_name", "last_name"]),
    ({"grants": {"add": [DATA, REPOSITORIES]}}, ["grants"]),
    ({"grants": {"add": [PORTAL], "remove": [REPOSITORIES]}}, ["grants"]),
    ({"grants": {"set": [PORTAL, EVERYWHERE]}, "last_name": "Doe"}, ["last_name", "grants"]),
    ({"grants": {"remove": [PORTAL]}}, ["grants"]),
    ({"grants": {"set": [DATA, PORTAL, EVERYWHERE, REPOSITORIES]}}, ["grants"]),
    ({"grants": {"set": []}}, ["grants"]),
    ({"grants": {"set": [DATA, EVERYWHERE]}}, ["grants"]),
]


@pytest.mark.parametrize("username", ["jane", NASTY, "user@corp", "UPPER.Case-1"])
def test_the_ladder(server: Server, username: str) -> None:
    created = foreseen(server, **{**JANE, "username": username}, grants={"add": [DATA]})["user"]
    assert (created["action"], created["account"]["grants"]) == ("created", [DATA])
    assert server.stored(username).has_password(PASSWORD)
    held = [DATA]
    for options, changes in LADDER:
        result = foreseen(server, username=username, **options)["user"]
        assert (result["action"], sorted(result["changes"])) == ("updated", sorted(changes))
        for name in ("email", "first_name", "last_name"):
            if name in options:
                assert getattr(server.stored(username), name) == options[name] == result["account"][name]
        asked = options.get("grants", {})
        kept = [grant for grant in held if grant not in (*asked.get("remove", ()), *asked.get("add", ()))]
        held = asked.get("set", [*kept, *asked.get("add", ())])
        assert server.grants(username) == sorted(held, key=str)
    deleted = foreseen(server, username=username, state="absent")
    assert (deleted["user"]["action"], deleted["user"]["account"]) == ("deleted", {})
    assert not server.has(username) and server.grants(username) == []


def test_a_task_that_names_only_the_user_changes_nothing(server: Server) -> None:
    server.seed(1)
    assert foreseen(server, username="person-00001")["user"]["action"] == "unchanged"
    assert server.requests() == ["GET users/person-00001"]


def test_an_update_sends_what_differs_and_no_more(server: Server) -> None:
    server.seed(1)
    foreseen(
        server, username="person-00001", first_name="Person", last_name="Changed", email="person-00001@example.com"
    )
    (put,) = [exchange for exchange in server.system.exchanges if exchange.method == "PUT"]
    assert put.body == b'{"lastName": "Changed"}'
    assert all("realm" not in exchange.query and b"realm" not in exchange.body for exchange in server.system.exchanges)


def test_the_password_is_for_new_accounts_only(server: Server) -> None:
    foreseen(server, **JANE)
    result = foreseen(server, **{**JANE, "password": "Another-Password-1"})
    assert not result["changed"] and "jane exists" in str(result["warnings"])
    assert server.stored("jane").has_password(PASSWORD)
    assert "Another-Password-1" not in str(result)


def test_who_is_not_there_need_not_go(server: Server) -> None:
    assert foreseen(server, username="nobody", state="absent")["user"]["action"] == "unchanged"


@pytest.mark.parametrize("kind", ["USER", "GROUP"])
def test_what_a_group_has_and_what_is_inherited_is_left_alone(server: Server, kind: str) -> None:
    server.seed(1)
    root = {"role": "Developer", "organization": "Root Organization"}
    server.grant("person-00001", root, DATA, kind=kind)
    server.grant("person-00001", DATA)
    foreseen(server, username="person-00001", grants={"remove": [DATA]})
    foreseen(server, username="person-00001", grants={"remove": [{"role": "Developer", "application": "data-portal"}]})
    assert server.grants("person-00001", kind) == ([root] if kind == "USER" else [DATA, root])
    foreseen(server, username="person-00001", grants={"set": []})
    assert server.grants("person-00001", kind) == ([] if kind == "USER" else [DATA, root])
    foreseen(server, username="person-00001", state="absent")
    assert server.grants("person-00001", kind) == ([] if kind == "USER" else [DATA, root])


def test_roles_and_places_by_id(server: Server) -> None:
    server.seed(1)
    ids = {"role": "1da70fae1fd54d6cb7999871ebdb9a36", "organization": server.owner("organization", "Data").id}
    result = foreseen(server, username="person-00001", grants={"add": [ids, PORTAL]})
    assert result["user"]["account"]["grants"] == [DATA, PORTAL], "shown by their names"
    application = {"role": "Owner", "application": server.owner("application", "data-portal").id}
    root = {"role": "Developer", "organization": "ROOT_ORGANIZATION_ID"}
    foreseen(server, username="person-00001", grants={"set": [application, root]})
    assert server.grants("person-00001") == [{"role": "Developer", "organization": "Root Organization"}, PORTAL]


def test_many_at_once(server: Server) -> None:
    server.seed(3)
    everybody = [{"username": f"person-0000{number}"} for number in (1, 2, 3)]
    new = {**JANE, "grants": {"set": [PORTAL]}}
    result = foreseen(server, grants={"add": [DATA]}, users=[*everybody[:2], new, {**everybody[2], "state": "absent"}])
    assert result["summary"] == {**dict.fromkeys(result["summary"], 0), "created": 1, "updated": 2, "deleted": 1}
    assert [user["username"] for user in result["users"]] == ["person-00001", "person-00002", "jane", "person-00003"]
    assert server.grants("jane") == [PORTAL] and server.grants("person-00001") == [DATA]
    assert not server.has("person-00003")


def test_one_that_fails_does_not_keep_the_others_from_being_done(server: Server) -> None:
    server.seed(3)
    server.faults({"kind": "status", "status": 400, "path": ".*/users/person-00002", "method": "PUT", "times": 0})
    people = [{"username": f"person-0000{number}", "email": "new@example.com"} for number in (1, 2, 3)]
    result = server.user(users=people)
    assert (
        result["failed"]
        and result["changed"]
        and result["msg"].startswith("1 of 3 accounts in IQ Server failed: person-00002: ")
    )
    assert [user["action"] for user in result["users"]] == ["updated", "failed", "updated"]
    stopped = server.user(users=[{**one, "email": "newer@example.com"} for one in people], on_error="stop", parallel=1)
    assert [user["action"] for user in stopped["users"]] == ["updated", "failed", "failed"]
    assert "on_error is stop" in stopped["users"][2]["error"]
