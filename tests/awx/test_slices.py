# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A roster in slices, on several nodes at once: nobody twice, nobody missing, and each slice has its own report."""

from __future__ import annotations

import collections
import pathlib
import resource
import time
import typing as t

import pytest

import harness
from awx import jobs, slices
from awx.backend import SYSTEMS, backend

Values = dict[str, t.Any]
# Seconds on two free cores for 10,000 people in all systems, nothing to change: ten times the bar for 1,000 people.
LONGEST = 120
CORES = 2
MOST_EVENTS = 100


def processor_seconds() -> float:
    """What this process, with the sandbox in it, and all ended children have worked: other load makes no difference."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def created(found: Values) -> dict[str, int]:
    counts: collections.Counter[str] = collections.Counter()
    for summary in found.values():
        for system, actions in summary["counts"]["by_system"].items():
            counts[system] += actions["created"]
    return dict(counts)


def test_slices_are_cut_as_awx_cuts_them() -> None:
    inventory: Values = {
        "_meta": {"hostvars": {f"h{number}": {} for number in range(1, 8)}},
        "people": {"hosts": [f"h{number}" for number in range(1, 8)]},
    }
    parts = slices.sliced(inventory, 3, disabled={"h3"})
    assert [slices.hosts(part) for part in parts] == [["h1", "h5"], ["h2", "h6"], ["h4", "h7"]]
    assert [part["people"]["hosts"] for part in parts] == [["h1", "h5"], ["h2", "h6"], ["h4", "h7"]]
    assert len(slices.sliced(inventory, 9)) == 7


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 4])
def test_slices_at_the_same_time(count: int, tmp_path: pathlib.Path) -> None:
    people = 30
    inventory = slices.synchronized(slices.write_roster(tmp_path, people))
    parts = slices.sliced(inventory, count)
    assert sorted(host for part in parts for host in slices.hosts(part)) == slices.hosts(inventory)
    with backend() as systems:
        samples = {system: systems.names(system) for system in SYSTEMS}
        done = slices.distributed(slices.jobs_of(parts, systems, tmp_path, 1))
        found = slices.summaries(done)
        assert len(found) == count
        assert sum(summary["counts"]["people"] for summary in found.values()) == people
        assert created(found) == dict.fromkeys(SYSTEMS, people)
        for system in SYSTEMS:
            assert len(systems.names(system)) == len(set(systems.names(system))) == people + len(samples[system])
        creates = collections.Counter(
            f"{system} {line.path}"
            for system in SYSTEMS
            for line in harness.writes(systems.sandbox.apps[system])
            if line.status and line.status in (400, 409)
        )
        assert not creates
        before = len(systems.writes())
        again = slices.distributed(slices.jobs_of(parts, systems, tmp_path, count + 1))
        slices.summaries(again)
        assert [one.changed for one in again] == [0] * count
        assert len(systems.writes()) == before


def test_shards_of_a_list(tmp_path: pathlib.Path) -> None:
    """Three jobs share a list without an inventory."""
    slices.write_roster(tmp_path, 20)
    people = (tmp_path / "people.csv").read_text()
    with backend() as systems:
        environment = systems.credentials(tmp_path / "credentials", "magistrala")
        work = []
        for number in (1, 2, 3):
            variables = {"onboard_people": people, "onboard_shard": f"{number}/3", "onboard_systems": "magistrala"}
            work.append(
                jobs.Job(
                    tmp_path / str(number), "onboard.yml", number, variables, environment, profiles=slices.PROFILES
                )
            )
        found = slices.summaries(slices.distributed(work))
        assert sorted(found) == ["onboard_1_s1_3", "onboard_2_s2_3", "onboard_3_s3_3"]
        assert sum(summary["counts"]["people"] for summary in found.values()) == 20
        assert systems.names("magistrala") == [f"person{number:05}" for number in range(1, 21)]
        assert created(found) == {"magistrala": 20}


def test_shards_of_leavers(tmp_path: pathlib.Path) -> None:
    """Two jobs share a list of leavers, and the limit counts the whole list."""
    with backend() as systems:
        directory = systems.system("magistrala")
        directory.seed(6)
        people = {user.email: user for user in directory.table.users.values() if user.role != "admin"}
        assert len(people) == 6
        environment = systems.credentials(tmp_path / "credentials", "magistrala")
        work = []
        for number, limit in ((1, "6"), (2, "6"), (3, "5")):
            variables = {
                "offboard_people": "\n".join(people),
                "offboard_shard": f"{min(number, 2)}/2",
                "offboard_limit": limit,
                "offboard_systems": ["magistrala"],
            }
            work.append(jobs.Job(tmp_path / str(number), "offboard.yml", number, variables, environment))
        *parts, too_many = slices.distributed(work)
        found = slices.summaries(parts)
        assert sorted(found) == ["offboard_1_s1_2", "offboard_2_s2_2"]
        assert sum(summary["counts"]["people"] for summary in found.values()) == 6
        assert {user.status for user in people.values()} == {"disabled"}
        assert too_many.status == "failed" and "offboard_limit" in too_many.output


@pytest.mark.slow
def test_ten_thousand_people_in_four_slices(
    tmp_path: pathlib.Path, record_property: t.Callable[[str, object], None]
) -> None:
    inventory = slices.synchronized(slices.write_roster(tmp_path, 10_000))
    parts = slices.sliced(inventory, 4)
    assert [len(slices.hosts(part)) for part in parts] == [2500] * 4
    with backend() as systems:
        systems.quiet()
        for first, expected in ((1, 10_000), (5, 0)):
            begun, worked = time.monotonic(), processor_seconds()
            done = slices.distributed(slices.jobs_of(parts, systems, tmp_path, first))
            took, worked = time.monotonic() - begun, processor_seconds() - worked
            found = slices.summaries(done)
            print(f"10,000 people, four slices, {expected} new in each system: {took:.0f} s, processor {worked:.0f} s")
            record_property(f"seconds_{expected}", took)
            record_property(f"processor_seconds_{expected}", worked)
            assert created(found) == dict.fromkeys(SYSTEMS, expected)
            assert max(len(one.events) for one in done) <= MOST_EVENTS
            assert max(one.biggest_event for one in done) < jobs.BIGGEST_EVENT
        for system in SYSTEMS:
            assert len(set(systems.names(system))) == len(systems.names(system)) >= 10_000
        assert [one.changed for one in done] == [0] * 4
        assert worked / CORES <= LONGEST
