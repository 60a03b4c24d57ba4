# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service that never ends, answers with far too much, or lets wait:
the task ends, in time, in memory and on Ctrl-C.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins import modules
from ansible_collections.people.lifecycle.plugins.module_utils._http import bounds
from harness import run_module
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running
from unit.hostile.test_odd_answers import LOGINS

COLLECTIONS = pathlib.Path(next(iter(modules.__path__))).parents[4]
MEMORY = 512 * 2**20  # bytes that no answer makes a module exceed
LISTINGS = {"iics": "/saas/public/core/v3/users", "iq": "/api/v2/users", "magistrala": "/users"}


@pytest.fixture(scope="module")
def systems() -> t.Iterator[Sandbox]:
    with running(Iics(), Iq(), Magistrala()) as sandbox:
        for name in sandbox.apps:
            sandbox.apps[name].act("POST", "seed", {"count": 30})
        yield sandbox


@pytest.fixture(autouse=True)
def good_day(systems: Sandbox) -> t.Iterator[None]:
    yield
    for app in systems.apps.values():
        app.act("POST", "faults", [])
        app.act("POST", "journal", {"clear": True})


def options(systems: Sandbox, system: str, **more: t.Any) -> dict[str, t.Any]:
    return {"api_url": systems.urls[system], **LOGINS[system], **more}


def flood(systems: Sandbox, system: str, kind: str, **fault: t.Any) -> None:
    rule = {"kind": kind, "method": "GET", "path": LISTINGS[system], "times": 0, **fault}
    systems.apps[system].act("POST", "faults", [rule])


@pytest.mark.parametrize("total", [10**6, 10**18, 10**30, -1, 1.5, 1e300])
def test_a_total_that_no_service_has_is_told_at_once(systems: Sandbox, total: float) -> None:
    flood(systems, "magistrala", "announce", size=total)
    result = run_module("magistrala_user_info", **options(systems, "magistrala", parallel=3))
    if total == -1:
        assert result["count"] == 31
    else:
        assert result["failed"] and ("announces" in result["msg"] or "unexpected shape" in result["msg"]), result["msg"]
    assert len([line for line in systems.apps["magistrala"].journal if line.path.startswith("/users?")]) == 1


@pytest.mark.parametrize("system", ["iics", "magistrala"])
def test_a_listing_without_end_has_one(systems: Sandbox, system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_ACCOUNTS", 4000)
    flood(systems, system, "endless")
    name = {"iics": "nobody@example.com", "magistrala": "nobody"}[system]
    result = run_module(f"{system}_user", **options(systems, system, username=name, state="absent"))
    assert result["failed"], result
    assert "does not end" in result["msg"] or "announces" in result["msg"], result["msg"]
    assert len(systems.apps[system].journal) < 60


def test_the_pages_of_a_listing_are_counted_in_bytes(systems: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LISTING", 50_000)
    flood(systems, "iics", "endless")
    result = run_module("iics_user_info", **options(systems, "iics"))
    assert result["failed"] and "listing of /users is larger than" in result["msg"], result["msg"]


def heed_interruptions() -> None:
    """As on a terminal: what a shell starts in the background, tests perhaps, is deaf to them,
    and so are its children.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def process(system: str, module: str, arguments: dict[str, t.Any]) -> subprocess.Popen[bytes]:
    """The module as a process of its own, as Ansible runs it, and not measured: coverage waits for itself for ever
    where an interruption comes while it takes notes.
    """
    command = [sys.executable, "-m", f"ansible_collections.people.lifecycle.plugins.modules.{system}_{module}"]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS")}
    pipe, environment = subprocess.PIPE, {**inherited, "PYTHONPATH": str(COLLECTIONS)}
    started = subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, preexec_fn=heed_interruptions
    )
    assert started.stdin is not None
    started.stdin.write(json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode())
    started.stdin.close()
    started.stdin = None  # which communicate would close again
    return started


def interrupted(started: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """What a process said that was interrupted; again, as people do, where it goes on: Python drops an interruption
    that comes while it takes an object apart. What the process waits for takes three times as long.
    """
    for patience in (8, 12):
        started.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return started.communicate(timeout=patience)
    raise AssertionError("the task goes on after two interruptions")


@pytest.mark.parametrize("system", LISTINGS)
def test_a_packed_answer_of_many_values_takes_no_memory(systems: Sandbox, system: str) -> None:
    flood(systems, system, "bomb", size=30 * 2**20)
    running_module = process(system, "user_info", options(systems, system))
    assert running_module.stdout is not None
    result = json.loads(running_module.stdout.read())
    usage = os.wait4(running_module.pid, 0)[2]
    running_module.returncode = 0
    assert result["failed"] and "more values than any real answer has" in result["msg"], result["msg"]
    assert usage.ru_maxrss * 1024 < MEMORY


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "delay", "seconds": 60},
        {"kind": "drip", "seconds": 60},
        {"kind": "status", "status": 503, "retry_after": "60"},
        {"kind": "endless"},
    ],
    ids=lambda fault: fault["kind"],
)
@pytest.mark.parametrize("parallel", [1, 4])
def test_an_interruption_ends_a_task_at_once_and_tells_no_secret(
    systems: Sandbox, fault: dict[str, t.Any], parallel: int
) -> None:
    app = systems.apps["iics"]
    app.act("POST", "faults", [{"method": "GET", "path": f"{LISTINGS['iics']}.*", "times": 0, **fault}])
    users = [{"username": f"nobody{number}@example.com", "state": "absent"} for number in range(3)]
    started = process("iics", "user", options(systems, "iics", users=users, parallel=parallel))
    for _look in range(1000):
        if any(line.path.startswith(LISTINGS["iics"]) for line in app.journal):
            break
        time.sleep(0.02)
    time.sleep(0.3)
    assert started.poll() is None
    output, errors = interrupted(started)
    assert started.returncode != 0
    assert LOGINS["iics"]["api_password"].encode() not in output + errors
