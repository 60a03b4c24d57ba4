# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random people, random wishes, random bad days: nothing lost, nothing wrong."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._http import retry
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import running
from sandbox.system import System
from unit.property.atom import AtomWorld, on_atom
from unit.property.bad_days import Case, Counts, cases, play
from unit.property.iics import IicsWorld
from unit.property.iq import IqWorld
from unit.property.magistrala import MagistralaWorld
from unit.property.soak import PART
from unit.property.soak import many as repeat
from unit.property.world import World

WORLDS: dict[str, tuple[t.Callable[[], System], type[World]]] = {
    "iics": (Iics, IicsWorld),
    "iq": (Iq, IqWorld),
    "magistrala": (Magistrala, MagistralaWorld),
    "atom": (on_atom, AtomWorld),
}
QUIET, FAULTY = int(250 * PART), int(450 * PART)


@pytest.fixture(scope="module", params=WORLDS)
def world(request: pytest.FixtureRequest) -> t.Iterator[World]:
    system, kind = WORLDS[request.param]
    with running(system()) as sandbox:
        yield kind(sandbox)


@pytest.fixture(scope="module")
def counts(record_testsuite_property: t.Callable[[str, object], None]) -> t.Iterator[Counts]:
    counted = Counts()
    yield counted
    kinds = sorted(name.removeprefix("fault ") for name in counted if name.startswith("fault "))
    struck = sum(counted[f"fault {kind}"] for kind in kinds)
    record_testsuite_property(
        "property cases", f"{counted['cases']}, in which {len(kinds)} kinds of faults struck {struck} times"
    )


def many(world: World, counts: Counts, examples: int, with_faults: bool) -> None:
    """``examples`` cases, or as many as a soak has time for."""

    def one(case: Case) -> None:
        play(world, case, counts)

    repeat(one, int(examples * world.share), case=cases(world, with_faults))


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "wait_before", lambda repeat, asked: 0.0)


def test_on_a_good_day_the_dry_run_foresees_everything(world: World, counts: Counts):
    many(world, counts, QUIET, with_faults=False)
    assert counts["cases"] >= 1


def test_on_a_bad_day_nothing_is_lost_and_nothing_wrong(world: World, counts: Counts):
    many(world, counts, FAULTY, with_faults=True)
    assert any(name.startswith("fault ") for name in counts)
