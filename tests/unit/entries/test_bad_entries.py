# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One entry that cannot be done among good ones: the good ones are done, and the bad one alone says why it is not."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.rules import Rule
from unit.entries.conftest import Fresh, Objections
from unit.entries.register import SYSTEMS, generators, has_generators, rules

Result = dict[str, t.Any]
GOOD = 3
PLACES = range(GOOD + 1)


def shown(result: Result) -> list[t.Any]:
    """What check mode must foresee of each entry: all but what only the server can know."""
    return [[user[name] for name in ("username", "action", "changes", "done", "error")] for user in result["users"]]


def cases() -> list[tuple[str, str]]:
    """Systems and names of rules; that there is an entry for each of the rules is a test of its own."""
    return [(name, rule.name) for name in SYSTEMS if has_generators(name) for rule in rules(name) if tried(name, rule)]


def tried(name: str, rule: Rule) -> bool:
    return rule.name in generators(name).REFUSALS


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("name", "rule"), cases())
def test_one_bad_entry_among_good_ones(fresh: Fresh, objections: Objections, name: str, rule: str, place: int) -> None:
    server, system = fresh(name), generators(name)
    refusal = system.REFUSALS[rule](server)
    good = refusal.get("others") or system.GOOD(GOOD)
    bad = [refusal["entry"], *refusal.get("also", ())]
    users = [*good[:place], *bad, *good[place:]]
    results: list[Result] = []
    for check in (True, False, False):
        refusal.get("setup", lambda: None)()
        objections.clear()
        results.append(server.user(check, users=users, return_unchanged=True, **refusal.get("options", {})))
        assert {username for dummy, username in objections} == {entry["username"] for entry in bad}, results[-1]
        assert {(rule, entry["username"]) for entry in bad} <= set(objections)
        assert bool(server.writes()) is (len(results) == 2)

    foreseen, real, again = results
    assert foreseen["failed"] and real["failed"] and again["failed"]
    assert shown(foreseen) == shown(real)
    assert foreseen["changed"] and real["changed"] and not again["changed"]
    assert real["summary"]["failed"] == again["summary"]["failed"] == len(bad)

    at_bad = range(min(place, len(good)), min(place, len(good)) + len(bad))
    for at, (entry, user, repeated) in enumerate(zip(users, real["users"], again["users"], strict=True)):
        assert user["username"] == entry["username"]
        if at in at_bad:
            assert user["error"] == repeated["error"] and user["done"] == [], user
            assert user["error"].startswith((entry["username"] or "username", repr(entry["username"])))
            assert user["error"] not in str([other["error"] for other in real["users"] if other is not user])
        else:
            assert user["error"] is None and user["done"] and user["action"] != "failed"
            assert repeated["error"] is None and repeated["done"] == [] and repeated["action"] == "unchanged"
