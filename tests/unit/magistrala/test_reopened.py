# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A closed account is opened for the moment of a change only, and never stays open when something fails."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._http import retry
from unit.magistrala.server import Server

NAME = "person-00001"
FORBIDDEN = {"kind": "status", "method": "PATCH", "path": ".*/tags", "status": 403, "body": "{}", "times": 0}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "wait_before", lambda repeat, asked: 0.0)


def state(server: Server) -> str:
    return str(server.stored(NAME).status)


@pytest.mark.parametrize("others", [[], ["person-00002", "person-00003"]])
def test_a_change_that_fails_leaves_it_disabled(server: Server, others: list[str]) -> None:
    server.seed(3)
    server.user(username=NAME, state="disabled")
    server.faults(FORBIDDEN)
    users = [{"username": NAME, "tags": ["a"], "enabled": False}, *({"username": name} for name in others)]
    result = server.user(users=users, metadata={"team": "data"}, return_unchanged=True)
    failed = result["users"][0]
    assert (failed["action"], failed["done"], state(server)) == ("failed", ["enable", "disable"], "disabled")
    assert failed["account"]["enabled"] is False and "/tags was answered 403" in failed["error"]
    assert any(f"{NAME} was enabled for the change and is disabled again" in note for note in failed["notes"])
    assert [user["action"] for user in result["users"][1:]] == ["updated"] * len(others)


def test_the_next_run_closes_what_a_killed_one_left_open(server: Server) -> None:
    server.seed(1)
    server.faults(FORBIDDEN)
    result = server.user(username=NAME, tags=["a"], enabled=False)
    assert result["failed"] and result["user"]["done"] == ["disable"] and state(server) == "disabled"
    assert result["user"]["account"]["enabled"] is False


def test_who_is_to_be_disabled_is_changed_before(server: Server) -> None:
    server.seed(1)
    result = server.user(username=NAME, tags=["a"], role="admin", enabled=False)
    assert result["user"]["done"] == ["update", "disable"]
    assert not any(write.endswith("/enable") for write in server.writes())


def test_a_disabling_that_fails_is_told(server: Server) -> None:
    server.seed(1, disabled=1)
    server.faults(FORBIDDEN, {"kind": "status", "path": ".*/disable", "status": 403, "body": "{}", "times": 0})
    result = server.user(username=NAME, tags=["a"], enabled=False)
    assert result["failed"] and state(server) == "enabled"
    assert result["user"]["account"]["enabled"] is True
    assert any("disable failed, too" in note for note in result["user"]["notes"])


def test_somebody_else_disables_it_at_the_same_time(server: Server) -> None:
    server.seed(1, disabled=1)
    path = f"/users/{server.stored(NAME).id}/disable"
    server.faults(
        {"kind": "meanwhile", "method": "PATCH", "path": ".*/tags", "requests": [{"method": "POST", "path": path}]}
    )
    result = server.user(username=NAME, tags=["a"], enabled=False)
    assert state(server) == "disabled" and result["user"]["account"]["enabled"] is False
    assert result["failed"] or server.stored(NAME).tags == ["a"]


FAULTS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(
                ["status", "status", "drop_before", "drop_after", "status_after", "truncate", "html"]
            ),
            "method": st.sampled_from(["PATCH", "PATCH", "POST", "GET"]),
            "path": st.sampled_from([".*/tags", ".*/role", ".*/enable", ".*/disable", "/users/.*"]),
            "status": st.sampled_from([400, 403, 404, 422, 429, 500, 503]),
            "skip": st.integers(0, 2),
            "times": st.sampled_from([1, 2, 0]),
        }
    ),
    min_size=1,
    max_size=3,
)
WISHES: st.SearchStrategy[dict[str, t.Any]] = st.fixed_dictionaries(
    {},
    optional={"tags": st.just(["a"]), "role": st.just("admin"), "last_name": st.just("Brown")},
)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["enabled", "disabled", "deleted"]), WISHES, FAULTS)
def test_whatever_fails_nobody_stays_enabled_unsaid(
    server: Server, before: str, wish: dict[str, t.Any], faults: list[dict[str, t.Any]]
) -> None:
    server.app.act("POST", "reset", {"profile": server.switches["profile"]})
    server.seed(1, **({before: 1} if before != "enabled" else {}))
    server.faults(*faults)
    result = server.user(username=NAME, enabled=False, retries=1, **wish)
    server.faults()
    if state(server) != "enabled":
        return
    assert result["failed"]
    opened = before != "enabled"
    told = str(result.get("user"))
    if opened:
        assert "disable failed, too" in told or "/disable" in told or "could not be read again" in told, result["user"]
    closed = server.user(username=NAME, enabled=False, **wish)
    assert not closed["failed"] and state(server) == "disabled"
