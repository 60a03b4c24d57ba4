# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""File listeners of people who leave go to somebody else, before the account does."""

from __future__ import annotations

import pytest

from unit.iics.server import Server, foreseen, refused

JANE, JOHN = "jane@example.com", "john@example.com"
HAND_OVER = "POST /mftsaas/api/v1/ChangeCallbackOwnership"


@pytest.fixture
def owner(server: Server) -> Server:
    server.add(JANE, file_listeners=2)
    server.add(JOHN)
    return server


def leave(server: Server, follower: str = JOHN, **options: object) -> dict[str, object]:
    return foreseen(server, username=JANE, state="absent", successors={"file_listeners": follower}, **options)


def test_they_are_handed_over_first(owner: Server) -> None:
    result = leave(owner, JOHN.upper())
    assert result["user"]["done"] == ["hand_over", "delete"] and result["user"]["action"] == "deleted"
    assert not owner.has(JANE) and owner.stored(JOHN).file_listeners == 2


def test_without_a_name_the_service_refuses_and_the_message_names_the_option(owner: Server) -> None:
    result = owner.user(username=JANE, state="absent")
    assert "SIM_FILE_LISTENERS" in result["msg"] and "successors.file_listeners" in result["msg"] and owner.has(JANE)


@pytest.mark.parametrize(
    ("follower", "why"),
    [
        ("nobody@example.com", "There is no account nobody@example.com"),
        (JANE, "leaves, too"),
        ("locked@example.com", "cannot sign in"),
    ],
)
def test_one_who_cannot_follow_keeps_no_account_open(owner: Server, follower: str, why: str) -> None:
    owner.add("locked@example.com", state="Disabled")
    owner.switch(delete_with_listeners="delete")
    options = {"username": JANE, "state": "absent", "successors": {"file_listeners": follower}}
    expected = owner.user(check=True, **options)
    result = owner.user(**options)
    assert why in result["msg"] and expected["msg"] == result["msg"]
    assert not owner.has(JANE) and result["user"]["done"] == ["delete"]
    assert owner.count("ChangeCallbackOwnership") == 0


@pytest.mark.parametrize("status", [200, 204, 400, 404])
def test_somebody_without_any(owner: Server, status: int) -> None:
    owner.stored(JANE).file_listeners = 0
    owner.switch(no_listeners_status=status)
    result = owner.user(username=JANE, state="absent", successors={"file_listeners": JOHN})
    assert not result["failed"] and not owner.has(JANE)
    assert ("hand_over" in result["user"]["done"]) == (status < 400)
    assert any("were not handed to" in str(warning) for warning in result.get("warnings", ())) == (status >= 400)


def test_a_service_that_names_the_new_owner_otherwise(owner: Server) -> None:
    owner.switch(new_owner_field="newOwnerId")
    result = owner.user(username=JANE, state="absent", successors={"file_listeners": JOHN})
    assert "SIM_FILE_LISTENERS" in result["msg"] and owner.has(JANE)
    assert any("were not handed to" in str(warning) for warning in result["warnings"])


def test_a_failure_of_that_service_keeps_no_account_open(owner: Server) -> None:
    owner.switch(delete_with_listeners="delete")
    owner.faults({"kind": "status", "path": "/mftsaas/.*", "status": 500, "body": "{}", "times": 0})
    result = owner.user(username=JANE, state="absent", successors={"file_listeners": JOHN})
    assert result["failed"] and not owner.has(JANE) and result["user"]["done"] == ["delete"]


def test_it_goes_with_leaving_only(owner: Server) -> None:
    message = refused(owner, username=JANE, roles={"add": ["Monitor"]}, successors={"file_listeners": JOHN})
    assert "successors goes with state: absent" in message


def test_many_leave_and_the_follower_is_looked_up_once(server: Server) -> None:
    server.seed(30, file_listeners=1)
    server.add(JOHN)
    users = [{"username": f"person-{number:05}@example.com"} for number in range(1, 31)]
    result = foreseen(server, users=users, state="absent", successors={"file_listeners": JOHN})
    assert result["summary"]["deleted"] == 30 and server.stored(JOHN).file_listeners == 30
