# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many accounts in one task: what is shared, what fails alone, what stops all, and how it is told."""

from __future__ import annotations

import typing as t

from unit.iics.server import DESIGNER, JANE, PASSWORD, Server, foreseen, refused


def people(count: int, **options: t.Any) -> list[dict[str, t.Any]]:
    return [{**JANE, "username": f"jane{number}@example.com", **options} for number in range(count)]


def test_shared_options_hold_for_entries_that_say_nothing_else(server: Server) -> None:
    users = people(6)
    users[0]["roles"] = {"set": ["Monitor"]}
    users[1]["on_profile_drift"] = "ignore"
    foreseen(server, users=users, **DESIGNER, on_profile_drift="warn")
    assert (server.roles("jane0@example.com"), server.roles("jane1@example.com")) == (["Monitor"], ["Designer"])


def test_one_failure_is_told_once_and_the_others_are_done(server: Server) -> None:
    server.add("jane3@example.com", has_scheduled_jobs=True)
    server.seed(1)
    users = [*people(3), {"username": "jane3@example.com", "state": "absent"}, {"username": "person-00001@example.com"}]
    result = server.user(users=users, **DESIGNER)
    assert result["failed"] and result["changed"]
    assert result["msg"].startswith(
        "1 of 5 accounts in Informatica IICS failed: jane3@example.com: Informatica IICS: DELETE /"
    )
    assert result["summary"] == {**result["summary"], "created": 3, "failed": 1, "unchanged": 1}
    assert [user["action"] for user in result["users"]] == ["created"] * 3 + ["failed"]


def test_on_error_stop(server: Server) -> None:
    server.add("jane0@example.com")
    users = [{"username": "jane0@example.com", "title": "Lead"}, *people(3)[1:]]
    result = server.user(users=users, **DESIGNER, on_error="stop")
    assert server.writes() == [] and result["summary"]["failed"] == 3


def test_a_name_listed_twice_in_two_spellings(server: Server) -> None:
    message = refused(server, users=[{"username": "a@example.com"}, {"username": "A@example.com"}], state="absent")
    assert "A@example.com is listed twice (also spelled 'a@example.com'" in message and server.requests() == []


def test_all_that_is_wrong_is_told_before_anything_is_written(server: Server) -> None:
    users = [{**person, "roles": {"add": ["Nonsense"]}} for person in people(2)]
    message = refused(server, users=[*users, *people(1, username="x y")])
    assert "jane0@example.com: There is no role 'Nonsense'." in message
    assert "jane1@example.com: There is no role 'Nonsense'." in message


def test_catalogs_are_read_once_and_only_when_needed(server: Server) -> None:
    server.user(users=people(5), **DESIGNER)
    assert sorted(server.requests()) == ["GET /roles", "GET /users", *["POST /users"] * 5]
    server.user(users=people(5), groups={"add": ["Platform"]}, check=True)
    assert server.requests() == ["GET /userGroups", "GET /users"]


def test_an_unchanged_run_costs_its_pages_and_the_sign_in(server: Server) -> None:
    server.seed(150)
    users = [{"username": f"person-{number:05}@example.com", "title": ""} for number in range(1, 151)]
    assert not server.user(users=users)["changed"]
    assert len(server.app.journal) == 3


def test_passwords_of_many_are_nowhere_in_the_result(server: Server) -> None:
    users = people(5, password=PASSWORD, security_answer="Canary-Rex-12345")
    more = {"api": "v2", "title": "x", "phone": "5", **DESIGNER}
    for fault in ([], [{"kind": "echo", "method": "POST", "path": ".*/user", "status": 418, "times": 0}]):
        server.faults(*fault)
        if fault:
            users = [{**user, "username": f"again-{user['username']}"} for user in users]
        shared = {name: value for name, value in more.items() if name in ("api", "roles")}
        own = {name: value for name, value in more.items() if name not in shared}
        result = server.user(users=[{**user, **own} for user in users], **shared)
        assert result["failed"] == bool(fault) and "Canary" not in str(result)


def test_nobody_is_created_twice_when_answers_are_lost(server: Server) -> None:
    server.faults({"kind": "drop_after", "method": "POST", "path": ".*/users", "times": 4})
    result = server.user(users=people(10), **DESIGNER)
    assert not result["failed"] and result["summary"]["created"] == 10
    assert len([line for line in server.writes() if line.endswith("/users")]) == 10
