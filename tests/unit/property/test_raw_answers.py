# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever a service answers: the task ends in time, in memory, with a sentence,
and nothing in it controls a terminal.
"""

from __future__ import annotations

import resource
import signal
import typing as t
import unicodedata

import pytest
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._http import retry
from harness import run_module
from rawserver import raw_server
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running
from sandbox.system import System
from unit.hostile.test_odd_answers import LOGINS, NEW
from unit.property.atom import on_atom
from unit.property.raw_answers import Spoiled, Spoiling, plans, raw_answers
from unit.property.soak import PART, many

SYSTEMS: dict[str, t.Callable[[], System]] = {"iics": Iics, "iq": Iq, "magistrala": Magistrala, "atom": on_atom}
MODULES = {"atom": "magistrala"}  # of which system the modules are, where it is not named so
SPOILED, RAW = int(110 * PART), int(60 * PART)  # for each system: more than 500 in all
HANGING = 300  # seconds, on however slow a machine
MEMORY = 300 * 2**20  # bytes by which this process may grow in all cases together
CONTROLS = ("Cc", "Cf", "Zl", "Zp")

Task = tuple[str, dict[str, t.Any]]
SOMEBODY = {"iics": "person-00001@example.com", "iq": "person-00001", "magistrala": "person-00001"}
PASSWORDS: dict[str, list[Task]] = {
    "iics": [("iics_user_info", {"api": "v2"}), ("iics_user_password", {"username": SOMEBODY["iics"]})],
    "iq": [("iq_user", {**NEW["iq"], "grants": {"add": [{"role": "Developer", "organization": "Data"}]}})],
    "magistrala": [("magistrala_token", {"grant": "none", "list_refresh_tokens": True})],
}


def tasks(served: str) -> list[Task]:
    system = MODULES.get(served, served)
    name = SOMEBODY[system]
    absent = [{"username": name, "state": "absent"}, {**NEW[system]}, {"username": f"no{name}", "state": "absent"}]
    return [
        (f"{system}_user_info", {}),
        (f"{system}_user_info", {"usernames": [name]}),
        (f"{system}_user", NEW[system]),
        (f"{system}_user", {"username": name, "state": "absent"}),
        (f"{system}_user", {"users": absent, "parallel": 3}),
        *PASSWORDS[system],
    ]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "wait_before", lambda repeat, asked: 0.0)


@pytest.fixture(scope="module", params=SYSTEMS)
def served(request: pytest.FixtureRequest) -> t.Iterator[tuple[str, Sandbox, Spoiled]]:
    spoiled = Spoiled(SYSTEMS[request.param]())
    with running(t.cast(t.Any, spoiled)) as sandbox:
        yield request.param, sandbox, spoiled


def judged(system: str, task: Task, check: bool, url: str) -> dict[str, t.Any]:
    """The result of one task, of which all that must hold is asserted."""
    module, options = task
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.alarm(HANGING)  # which ends the run of the tests
    result = run_module(
        module, check=check, api_url=url, **LOGINS[MODULES.get(system, system)], retries=1, timeout=1.0, **options
    )
    signal.alarm(0)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - size) * 1024 < MEMORY
    assert not result["failed"] or result["msg"]
    assert "mistake in the collection" not in str(result) and "Traceback" not in str(result), result
    for sentence in said(result):
        assert not [c for c in sentence if unicodedata.category(c) in CONTROLS], repr(sentence)
    return result


def said(result: dict[str, t.Any]) -> t.Iterator[str]:
    """What is shown of a result as text, without JSON around it."""
    yield from (str(result.get("msg", "")), *map(str, result.get("warnings", ())))
    for user in result.get("users", ()):
        yield from filter(None, (user.get("error"), *user.get("notes", ())))
    differences = result.get("diff", [])
    for difference in differences if isinstance(differences, list) else [differences]:
        yield from (difference.get("before_header", ""), difference.get("after_header", ""))


def test_a_spoiled_answer(served: tuple[str, Sandbox, Spoiled]) -> None:
    system, sandbox, spoiled = served
    app = sandbox.apps[spoiled.name]
    counted = {"spoiled": 0}

    def one(task: Task, plan: dict[int, Spoiling], check: bool) -> None:
        app.act("POST", "reset", {})
        app.act("POST", "seed", {"count": 3})
        spoiled.begin(plan)
        judged(system, task, check, sandbox.urls[spoiled.name])
        counted["spoiled"] += any(number < spoiled.answers for number in plan)

    many(one, SPOILED, task=st.sampled_from(tasks(system)), plan=plans, check=st.booleans())
    assert counted["spoiled"] > SPOILED / 3


@pytest.mark.parametrize("system", [name for name in SYSTEMS if name not in MODULES])
def test_raw_bytes(system: str) -> None:
    failed = []

    def one(task: Task, answers: list[bytes], check: bool) -> None:
        with raw_server(*([each] for each in answers)) as server:
            failed.append(judged(system, task, check, server.url)["failed"])

    many(one, RAW, task=st.sampled_from(tasks(system)), answers=raw_answers, check=st.booleans())
    assert sum(failed) > RAW / 2
