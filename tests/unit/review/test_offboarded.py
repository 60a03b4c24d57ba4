# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports of offboarding that a review is given: what counts of them, and what is refused."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.instances import OF_SYSTEMS
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.offboarded import read_offboarded
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.standing import note

Report = dict[str, t.Any]


def report(**changes: t.Any) -> Report:
    lines = [
        {"username": "jane", "closed": True, "id": "u-1", "realm": "Internal"},
        {"username": "jane-2", "closed": False, "id": "u-2", "realm": "Internal"},
    ]
    elsewhere = [{"username": "jane", "closed": True, "id": ""}]
    person = {
        "id": "E1",
        "name": "Jane",
        "email": "jane@example.com",
        "accounts": {"iq": lines, "iq_of_before": elsewhere},
    }
    nameless = {"id": "joe", "name": "", "email": "", "accounts": {"magistrala": [{"username": "joe", "closed": True}]}}
    whole = {"kind": "offboard", "check_mode": False, "time": "2026-11-02T08:00:00+00:00", "run": "4711"}
    return {**whole, "people": [person, nameless], **changes}


def test_what_was_closed_is_known_by_name_and_by_id() -> None:
    found = read_offboarded({"a.json": report(), "preview.json": report(check_mode=True, people=None)}, OF_SYSTEMS)
    assert found.people == {"E1": {"id": "E1", "first_name": "Jane", "email": "jane@example.com", "end": "2026-11-02"}}
    assert {name: len(closings) for name, closings in found.closings.items()} == {"iq": 1, "magistrala": 1}
    assert {name: list(ids) for name, ids in found.by_id.items()} == {"iq": ["u-1"]}


@pytest.mark.parametrize("wrong", [[], {"kind": "onboard"}, {"kind": "offboard", "time": "yesterday"}])
def test_what_is_no_report_of_an_offboarding(wrong: t.Any) -> None:
    with pytest.raises(InputError, match=r"^a\.json is not the report of an offboarding"):
        read_offboarded({"a.json": wrong}, OF_SYSTEMS)


@pytest.mark.parametrize("people", [None, [{"id": "E1"}], ["jane"]])
def test_half_a_report(people: t.Any) -> None:
    with pytest.raises(InputError, match=r"^a\.json is not a whole report of offboarding"):
        read_offboarded({"a.json": report(people=people)}, OF_SYSTEMS)


def test_a_decision_in_words() -> None:
    base = {
        "on": "2026-11-02",
        "by": "ann",
        "decision": "remove",
        "why": "it is down",
        "assigned": "E7",
        "reason": "x",
        "until": "2027-01-31",
    }
    said = {
        outcome: note({**base, "outcome": outcome}, False, True)
        for outcome in ("kept", "proposed", "removed", "failed")
    }
    assert said["kept"] == "keep until 2027-01-31 (x), 2026-11-02 by ann; that has ended"
    assert said["proposed"] == "assign to E7, 2026-11-02 by ann; lifecycle_account_names does not say so yet"
    assert said["removed"] == "removed, 2026-11-02 by ann, and there again"
    assert said["failed"] == "remove, 2026-11-02 by ann; not carried out: it is down"
