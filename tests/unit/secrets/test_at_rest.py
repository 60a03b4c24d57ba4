# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What lies on the disk while a module runs as a process, and after it was killed: looked at, not believed."""

from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import time
import typing as t

import pytest
import yaml

import programs
from sandbox.iq import Iq
from sandbox.server import Sandbox, running
from unit.hostile.test_odd_answers import LOGINS

CANARY = "Canary-at-rest-7391"


@pytest.fixture(scope="module")
def slow() -> t.Iterator[Sandbox]:
    """An IQ Server that takes its time to create somebody."""
    with running(Iq()) as sandbox:
        sandbox.apps["iq"].act("POST", "faults", [{"kind": "delay", "method": "POST", "times": 0, "seconds": 30}])
        yield sandbox


def holders(folder: pathlib.Path) -> list[str]:
    """The files below ``folder`` that have the password in them."""
    found = []
    for path in folder.rglob("*"):
        try:
            found += [path.name] if path.is_file() and CANARY.encode() in path.read_bytes() else []
        except FileNotFoundError:
            continue
    return found


def started(folder: pathlib.Path, url: str, **settings: str) -> subprocess.Popen[bytes]:
    """ansible-playbook with one task that creates somebody; the password comes from the environment."""
    options = {
        "api_url": url,
        **LOGINS["iq"],
        "timeout": 60,
        "username": "ann",
        "first_name": "Ann",
        "last_name": "Lee",
    }
    password = {"email": "ann@example.com", "password": "{{ lookup('ansible.builtin.env', 'ANNS') }}"}
    task = {"people.lifecycle.iq_user": {**options, **password}, "vars": {"people_lifecycle_direct": False}}
    play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": [task]}
    (folder / "play.yml").write_text(yaml.safe_dump([play]))
    temporary = {
        "ANSIBLE_REMOTE_TEMP": str(folder / "remote"),
        "ANSIBLE_LOCAL_TEMP": str(folder / "local"),
        "TMPDIR": str(folder),
    }
    return subprocess.Popen(
        [programs.program("playbook"), "-i", "localhost,", "play.yml"],
        cwd=folder,
        env={**programs.surroundings(folder, **temporary, **settings), "ANNS": CANARY},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.mark.parametrize("pipelining", [True, False])
def test_with_pipelining_no_secret_lies_on_the_disk_during_the_run_nor_after_a_kill(
    slow: Sandbox, tmp_path: pathlib.Path, pipelining: bool
) -> None:
    app = slow.apps["iq"]
    app.act("POST", "journal", {"clear": True})
    process = started(tmp_path, slow.urls["iq"], ANSIBLE_PIPELINING=str(pipelining))
    try:
        end = time.monotonic() + 60
        while not any(line.method == "POST" for line in app.journal):
            assert process.poll() is None, "nobody was created"
            if time.monotonic() > end:
                raise TimeoutError("nobody was created")
            time.sleep(0.02)
        during = holders(tmp_path)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
    after = holders(tmp_path)
    if pipelining:
        assert (during, after) == ([], [])
    else:
        assert during == after == ["AnsiballZ_iq_user.py"], "the guide says that it lies there"
