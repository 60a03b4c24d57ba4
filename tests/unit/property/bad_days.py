# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The faults of a bad day, and what must hold all the same."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from hypothesis import strategies as st

from sandbox.faults import KINDS, Fault
from unit.property.world import Person, Refused, Result, Wish, World

# what a client cannot see through: a listing without the account, a success without the deed
LIES = {
    "empty_page",
    "huge",
}
WRITES = "POST|PUT|PATCH|DELETE"

AFTER = [500, 502, 503, 504]  # what a service may answer although it did what it was asked
STATUSES = {"status_after": AFTER, "echo": [418]}


def fault_of(kind: str) -> st.SearchStrategy[dict[str, t.Any]]:
    return st.fixed_dictionaries(
        {
            "kind": st.just(kind),
            "method": st.sampled_from([".*", "GET", WRITES, "POST"]),
            "times": st.sampled_from([1, 1, 2, 3]),
            "skip": st.integers(0, 8),
            "status": st.sampled_from(STATUSES.get(kind, [429, *AFTER])),
            "retry_after": st.sampled_from([None, "0", "Wed, 21 Oct 2015 07:28:00 GMT"]),
            "seconds": st.just(0.002),
            "size": st.just(1000),
        }
    )


faults = st.sampled_from(KINDS).flatmap(fault_of)


@dataclasses.dataclass
class Case:
    """A state, wishes in the order of the task, and how the task runs."""

    switches: dict[str, t.Any]
    before: dict[str, Person | None]
    wishes: dict[str, Wish]
    options: dict[str, t.Any]
    faults: list[dict[str, t.Any]]


def cases(world: World, with_faults: bool) -> st.SearchStrategy[Case]:
    names = st.lists(st.sampled_from(world.names), min_size=1, max_size=len(world.names), unique=True)
    return st.builds(
        Case,
        switches=world.switches,
        before=st.fixed_dictionaries(dict.fromkeys(world.names, world.people)),
        wishes=names.flatmap(lambda chosen: st.tuples(*(st.tuples(st.just(n), world.wishes) for n in chosen))).map(
            dict
        ),
        options=st.fixed_dictionaries(
            {
                "parallel": st.sampled_from([1, 1, 3]),
                "retries": st.integers(0, 2),
                "on_error": st.sampled_from(["continue", "continue", "stop"]),
            }
        ),
        faults=st.lists(faults, min_size=1, max_size=3) if with_faults else st.just([]),
    )


class Counts(collections.Counter[str]):
    """How many cases ran, and how often each kind of fault struck."""


def expected(world: World, case: Case) -> tuple[dict[str, Person | None], set[str]]:
    """The state that the wishes lead to, and who is refused."""
    after, refused = dict(case.before), set()
    for name, wish in case.wishes.items():
        try:
            after[name] = world.outcome(name, case.before[name], wish)
        except Refused:
            refused.add(name)
    return after, refused


def play(world: World, case: Case, counts: Counts) -> None:
    """Run ``case`` and assert what must hold of it."""
    world.reset(case.switches, case.before)
    assert world.snapshot() == case.before, "the test cannot set up its own case"
    users = [world.entry(name, wish) for name, wish in case.wishes.items()]
    after, refused = expected(world, case)
    options = {**case.options, "on_error": "continue"} if refused else case.options

    predicted = None
    if case.faults:
        bad_day(world, case, users, options, after, refused, counts)
    else:
        predicted = world.run(users, check=True, **options)
        assert not world.writes(), "the dry run wrote"
        assert world.snapshot() == case.before
    final = world.run(users, **options)
    assert world.snapshot() == after, (final, "the wanted state is not reached")
    assert failed(final) == refused, final
    if predicted is not None:
        assert told(predicted) == told(final), "the dry run foresaw something else"
    assert sorted(world.population()) == sorted(set(world.population())), "two accounts for one person"
    assert not world.creates_of_somebody_there()

    again = world.run(users, **options)
    assert not world.writes(), "the second run wrote"
    assert not again["changed"]
    assert failed(again) == refused
    counts["cases"] += 1


def bad_day(
    world: World,
    case: Case,
    users: list[Wish],
    options: dict[str, t.Any],
    after: dict[str, Person | None],
    refused: set[str],
    counts: Counts,
) -> None:
    """One run while things go wrong: it may fail, but it must not lie, and not touch what it was not asked to."""
    rules = [Fault(**rule) for rule in case.faults]
    world.app.faults = rules
    result = world.run(users, **options)
    world.app.faults = []
    struck = {rule.kind for rule in rules if rule.used}
    counts.update(f"fault {kind}" for kind in struck)
    there = world.snapshot()

    for name in case.before.keys() - case.wishes.keys():
        assert there[name] == case.before[name], f"{name} was not named and was touched"
    assert len(world.population()) == len(set(world.population())), "two accounts for one person"
    if there != case.before:
        assert result["changed"] or not result.get("users"), (
            result,
            "something changed, and the result does not say so",
        )
    if not result.get("users"):
        assert result["failed"] and result["msg"]
        assert there == case.before, (result, "failed as a whole, and wrote")
        return
    assert [user["username"] for user in result["users"]] == [user["username"] for user in users]
    assert result["failed"] == bool(failed(result))
    for user in result["users"]:
        name = user["username"]
        if user["action"] == "failed":
            assert user["error"] and name in result["msg"]
        elif not struck & LIES:
            assert there[name] == after[name] and name not in refused, (user, "said to be done, and is not")
    if not struck & LIES:
        assert not world.creates_of_somebody_there(), "a create was sent blindly"


def failed(result: Result) -> set[str]:
    """Who failed; a task that failed as a whole is no result to look into."""
    assert result.get("users"), result
    return {user["username"] for user in result["users"] if user["action"] == "failed"}


VOLATILE = ("id", "created_at", "updated_at", "verified_at", "created_by", "updated_by", "status", "status_meaning")


def told(result: Result) -> list[t.Any]:
    """What a dry run must foresee: all but what only the service can know."""
    return [
        result["changed"],
        result["summary"],
        result["diff"],
        [
            {
                **{key: user[key] for key in ("username", "action", "changes", "error")},
                "account": {key: value for key, value in user["account"].items() if key not in VOLATILE},
            }
            for user in result["users"]
        ],
    ]
