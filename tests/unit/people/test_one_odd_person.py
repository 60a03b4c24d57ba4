# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One odd person among others, at any place of any batch:
the others are done, and their own line alone says why not.
"""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from people_company import Company, person
from people_odd import JOINERS, LEAVERS, ODD_PROFILES, Odd

PLACES = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 4)).filter(lambda case: case[1] <= case[0])
Cases = list[int]
BOB, ODD_ID = "bob", "odd-bob"


@pytest.fixture(scope="module")
def cases(record_testsuite_property: t.Callable[[str, object], None]) -> t.Iterator[Cases]:
    counted: Cases = []
    yield counted
    record_testsuite_property("cases of one odd person through the roles", str(len(counted)))


def everywhere(test: t.Callable[..., None]) -> t.Callable[..., None]:
    """``test`` with ``others`` people, an odd one at ``place`` among them, in batches of ``size``:
    both ends of one, too.
    """
    many = settings(
        max_examples=10,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )
    for edge in ((3, 0, 2), (3, 1, 2), (3, 2, 2), (3, 3, 2), (5, 2, 3), (5, 3, 3), (0, 0, 1), (2, 1, 1)):
        test = example(edge)(test)
    return many(given(PLACES)(test))


def fresh(company: Company, odd: Odd) -> Company:
    """A company of its own for each case."""
    for app in company.sandbox.apps.values():
        app.act("POST", "reset", {})
    company.forget()
    company.iics_names = odd.settings.get("iics_names", "{email}")
    return company


def told(line: Line) -> tuple[t.Any, ...]:
    """What a dry run must foresee of a line."""
    return line.person, line.username, line.action, line.changes, line.error, line.notes, line.old, line.done


def reason(line: Line) -> str:
    return line.error or " ".join(line.notes)


def check_the_odd(odd: Odd, line: Line, others: list[Line]) -> None:
    assert line.action == odd.action, reason(line)
    if not odd.words:
        assert line.error is None and line.changed
        return
    assert odd.sentence(BOB) in reason(line)
    for other in others:
        assert reason(line) != reason(other) and odd.sentence(BOB) not in reason(other)


def check_the_others(lines: list[Line], action: str, changed: bool) -> None:
    for line in lines:
        assert (line.action, line.error, line.changed) == (action, None, changed), (line.action, reason(line))


def apart(lines: list[Line]) -> tuple[Line, list[Line]]:
    """The line of the odd one, and the others in order."""
    (odd,) = [line for line in lines if line.person == ODD_ID]
    return odd, [line for line in lines if line.person != ODD_ID]


@pytest.mark.parametrize("remove_old_access", [False, True], ids=["keep", "remove"])
@pytest.mark.parametrize("kind", JOINERS)
def test_joiners(company: Company, cases: Cases, kind: str, remove_old_access: bool) -> None:
    odd = JOINERS[kind]

    @everywhere
    def among_others(case: tuple[int, int, int]) -> None:
        others, place, size = case
        fresh(company, odd)
        odd.prepare(company, BOB)
        good = [person(number) for number in range(1, others + 1)]
        people = [*good[:place], odd.person(BOB), *good[place:]]
        options = {"profiles": ODD_PROFILES, "batch_size": size, "remove_old_access": remove_old_access}
        options |= {name: value for name, value in odd.settings.items() if name != "iics_names"}
        company.forget()
        foreseen = company.join(odd.system, *people, check=True, **options)
        assert company.writes(odd.system) == 0, "the dry run wrote"
        done = company.join(odd.system, *people, **options)
        assert [told(line) for line in foreseen] == [told(line) for line in done]
        assert [line.person for line in done] == [record["id"] for record in people]
        bad, rest = apart(done)
        check_the_odd(odd, bad, rest)
        assert not bad.changed
        check_the_others(rest, "created", changed=True)

        company.forget()
        again, the_others = apart(company.join(odd.system, *people, **options))
        assert (again.action, again.error, again.notes) == (bad.action, bad.error, bad.notes)
        check_the_others(the_others, "unchanged", changed=False)
        assert company.writes(odd.system) == 0, "the second run wrote"
        cases.append(others)

    among_others()


@pytest.mark.parametrize("kind", LEAVERS)
def test_leavers(company: Company, cases: Cases, kind: str) -> None:
    odd = LEAVERS[kind]

    @everywhere
    def among_others(case: tuple[int, int, int]) -> None:
        others, place, size = case
        fresh(company, odd)
        good = [person(number) for number in range(1, others + 1)]
        assert [line.action for line in company.join(odd.system, *good)] == ["created"] * others
        odd.prepare(company, BOB)
        people = [*good[:place], odd.person(BOB), *good[place:]]
        company.forget()
        foreseen = company.leave(odd.system, people, check=True, batch_size=size)
        assert company.writes(odd.system) == 0, "the dry run wrote"
        done = company.leave(odd.system, people, batch_size=size)
        bad, rest = apart(done)
        preview, previews = apart(foreseen)
        assert [told(line) for line in previews] == [told(line) for line in rest]
        assert told(preview) == told(bad) or not odd.foreseen
        assert [line.person for line in rest] == [record["id"] for record in good]
        check_the_odd(odd, bad, rest)
        check_the_others(rest, "disabled" if odd.system == "magistrala" else "deleted", changed=True)
        assert all(line.verified for line in rest)

        company.forget()
        left = company.leave(odd.system, people, batch_size=size)
        check_the_others([line for line in left if line.person != ODD_ID], "unchanged", changed=False)
        if odd.action in ("failed", "held"):
            again, _others = apart(left)
            assert again.action == bad.action and odd.sentence(BOB) in reason(again)
            assert company.writes(odd.system) == 0 or not odd.foreseen
        else:
            assert company.writes(odd.system) == 0, "the second run wrote"
        cases.append(others)

    among_others()
