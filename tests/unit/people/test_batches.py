# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nobody passes for done of whom a module did not say so."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line, take

IQ = SYSTEMS["iq"]
NOTHING: dict[str, t.Any] = {"failed": True, "changed": False, "users": [], "diff": []}


def lines(*names: str) -> dict[str, Line]:
    return {IQ.key(name): Line("", name) for name in names}


@pytest.mark.parametrize("result", [NOTHING, {"failed": True}])
def test_a_task_that_failed_as_a_whole_did_nothing_for_anybody(result: dict[str, t.Any]) -> None:
    people = lines("jane", "john")
    take(people, {**result, "msg": "jane does not exist yet."}, IQ)
    assert {line.action for line in people.values()} == {"failed"}
    assert people["jane"].error == "jane does not exist yet."
    assert people["john"].error == "Refused together with jane, whose line says why."


def test_a_system_that_is_down_is_named_for_everybody() -> None:
    people = lines("jane", "john")
    take(people, {**NOTHING, "msg": "IQ Server refuses the connection.", "request": "GET /api/v2/users"}, IQ)
    assert {line.error for line in people.values()} == {"IQ Server refuses the connection."}


def test_somebody_of_whom_nothing_is_said_is_not_taken_for_unchanged() -> None:
    people = lines("jane", "john")
    told = {"username": "jane", "id": None, "action": "unchanged", "error": None}
    take(people, {"users": [told], "diff": []}, IQ)
    assert (people["jane"].action, people["john"].action) == ("unchanged", "failed")
