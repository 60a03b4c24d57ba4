# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a result says is what was done and is there: lost answers, other writers, changes that do not show."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._http import retry
from unit.execution.conftest import CREATES, Place

OTHERS: dict[str, t.Any] = {
    "iics": {"name": "jane", "firstName": "Other", "lastName": "Person", "email": "other@example.com", "roles": []},
    "iq": {
        "username": "jane",
        "firstName": "Other",
        "lastName": "Person",
        "email": "other@example.com",
        "password": "Other-Password-1",
    },
    "magistrala": {
        "first_name": "Other",
        "last_name": "Person",
        "email": "other@example.com",
        "credentials": {"username": "jane", "secret": "Other-Password-1"},
    },
}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "wait_before", lambda repeat, asked: 0.0)


def somebody_else_creates(place: Place) -> dict[str, t.Any]:
    """A fault with which another client makes the account just before ours would be made."""
    body = dict(OTHERS[place.name])
    if place.name == "iics":
        (designer,) = (role.id for role in place.app.system.roles.values() if role.name == "Designer")
        body["roles"] = [designer]
    request = {"method": "POST", "path": CREATES[place.name], "json": body}
    return {"kind": "meanwhile", "method": "POST", "path": CREATES[place.name], "requests": [request]}


@pytest.mark.parametrize("system", ["iq", "magistrala"])
def test_an_account_that_somebody_else_made_meanwhile_is_not_told_as_created(sandbox: t.Any, system: str) -> None:
    place = Place(system, sandbox)
    place.app.act("POST", "reset", {})
    place.faults(somebody_else_creates(place))
    result = place.run(**place.joiner())
    assert not result["failed"], result["msg"]
    assert result["user"]["action"] == "updated"
    assert "create" not in result["user"]["done"]
    assert any("made by somebody else in the meantime" in note for note in result["user"]["notes"])
    assert "password" not in result["diff"][0]["after"]
    assert result["diff"][0]["before"]["email"] == "other@example.com"
    assert place.account()["email"] == "jane@example.com"
    assert place.run(**place.joiner())["changed"] is False


def test_an_answer_that_was_lost_is_looked_for_and_nothing_is_made_twice(place: Place) -> None:
    foreseen = place.run(check=True, **place.joiner())
    place.faults({"kind": "drop_after", "method": "POST", "path": CREATES[place.name]})
    result = place.run(retries=0, **place.joiner())
    assert not result["failed"], result["msg"]
    assert (result["user"]["action"], result["user"]["done"]) == ("created", foreseen["user"]["done"])
    assert result["diff"] == foreseen["diff"]
    assert len([line for line in place.app.writes() if line.path == CREATES[place.name]]) == 1
    assert place.run(**place.joiner())["changed"] is False


def test_a_create_that_never_arrived_and_is_declined_then_changed_nothing(place: Place) -> None:
    lost = {"kind": "drop_before", "method": "POST", "path": CREATES[place.name]}
    declined = {"kind": "status", "method": "POST", "path": CREATES[place.name], "status": 400, "times": 0}
    place.faults(lost, declined)
    result = place.run(retries=0, **place.joiner())
    assert result["failed"] and result["changed"] is False
    assert (result["user"]["done"], result["diff"], result["user"]["changes"]) == ([], [], [])
    assert place.account() == {}


def test_a_create_that_never_arrives_changes_nothing(place: Place) -> None:
    place.faults({"kind": "drop_before", "method": "POST", "path": CREATES[place.name], "times": 0})
    result = place.run(retries=0, **place.joiner())
    assert result["failed"] and result["changed"] is False
    assert (result["user"]["done"], result["diff"]) == ([], [])


def test_a_change_that_is_confirmed_and_does_not_show_is_a_failure(magistrala: Place) -> None:
    magistrala.run(**magistrala.joiner())
    user = magistrala.app.system.table.usernames["jane"]
    magistrala.faults(
        {
            "kind": "status",
            "method": "PATCH",
            "path": f"/users/{user.id}/tags",
            "status": 200,
            "body": json.dumps({"id": user.id}),
            "times": 0,
        }
    )
    result = magistrala.run(username="jane", tags=["new"])
    assert result["failed"], "the server said yes, and the tags are as they were"
    assert "does not show it: tags" in result["msg"]
    assert result["user"]["account"].get("tags", []) == []


def test_what_is_done_before_a_failure_is_told(magistrala: Place) -> None:
    magistrala.run(**magistrala.joiner())
    refuses = {"kind": "status", "method": "PATCH", "path": "/users/[^/]+/tags", "status": 403, "times": 0}
    magistrala.faults(refuses)
    result = magistrala.run(username="jane", role="admin", tags=["new"])
    assert result["failed"] and result["changed"] is True
    assert result["user"]["done"] == ["update"], "a part of it was"
    assert result["user"]["account"]["role"] == "admin"
    (difference,) = result["diff"]
    assert (difference["before"], difference["after"]) == ({"role": "user"}, {"role": "admin"})
