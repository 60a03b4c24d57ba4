# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The process of the module is killed in the middle of many people; the next run ends where it should."""

from __future__ import annotations

import json
import os
import pathlib
import random
import subprocess
import sys
import time
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins import modules
from sandbox.faults import Fault
from sandbox.server import running
from unit.property.bad_days import WRITES, failed
from unit.property.test_property import WORLDS
from unit.property.world import Person, Wish, World

COLLECTIONS = pathlib.Path(next(iter(modules.__path__))).parents[4]
PEOPLE = 24
KILLS = 6


@pytest.fixture(scope="module", params=WORLDS)
def world(request: pytest.FixtureRequest) -> t.Iterator[World]:
    system, kind = WORLDS[request.param]
    with running(system()) as sandbox:
        yield kind(sandbox)


def start(world: World, users: list[Wish]) -> subprocess.Popen[bytes]:
    """The module as a process of its own, the way that Ansible runs it: arguments as JSON on its input."""
    options = {**world.login, "api_url": world.url, "users": users, "parallel": 2}
    process = subprocess.Popen(
        [sys.executable, "-m", f"ansible_collections.people.lifecycle.plugins.modules.{world.module}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(COLLECTIONS)},
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps({"ANSIBLE_MODULE_ARGS": options}).encode())
    process.stdin.close()
    return process


def wait_for(condition: t.Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("waited in vain")
        time.sleep(0.002)


def settle(world: World) -> None:
    """Let the requests that are still under way be answered."""
    before = -1
    while before != len(world.app.journal):
        before = len(world.app.journal)
        time.sleep(0.1)


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_run_is_completed_by_the_next(world: World, seed: int):
    chance = random.Random(seed)
    names = tuple(f"person{number:02d}" for number in range(PEOPLE))
    before: dict[str, Person | None] = dict.fromkeys(names, world.nobody)
    join = world.joins()
    users = [world.entry(name, join) for name in names]
    world.reset({}, before)
    world.app.faults = [Fault(chance.choice(["delay", "delay_after"]), method=WRITES, times=0, seconds=0.02)]
    world.app.journal.clear()

    moment = chance.randrange(PEOPLE - 8)
    process = start(world, users)
    wait_for(lambda: len(world.writes()) > moment or process.poll() is not None)
    time.sleep(chance.uniform(0, 0.02))
    process.kill()
    assert process.wait(10) == -9, "the run was over before it was killed"
    settle(world)
    world.app.faults = []
    done = sum(world.look(name) != world.nobody for name in names)
    assert done < PEOPLE

    result = world.run(users)
    assert not failed(result)
    after = world.outcome(names[0], world.nobody, join)
    assert all(world.look(name) == after for name in names)
    assert len(world.population()) == len(set(world.population())) == PEOPLE + 1
    assert not world.creates_of_somebody_there()
    assert sum(user["action"] == "unchanged" for user in result["users"]) >= done - 2
    world.run(users)
    assert not world.writes()
