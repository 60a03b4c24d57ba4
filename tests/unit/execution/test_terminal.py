# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nothing that a row or a service says controls the terminal:
real playbooks with hostile names, in accounts that fail.
"""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
import typing as t

import pytest
import yaml

import programs
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.iq.state import User
from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running
from unit.execution.conftest import SIGN_IN

HOSTILE = "\x1b[2J\x1b[32mok: all is well\x1b[0m\x07\r\u202eevil\x9b31m"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ADDRESS = "odd@example.com"


@pytest.fixture
def hostile() -> t.Iterator[Sandbox]:
    """Three services in which somebody has a hostile name, and that let nobody be changed or closed."""
    with running(Iics(), Iq(), Magistrala()) as sandbox:
        iics, iq, magistrala = (sandbox.apps[name] for name in ("iics", "iq", "magistrala"))
        person = {
            "name": f"odd{HOSTILE}",
            "first_name": HOSTILE,
            "last_name": HOSTILE,
            "email": ADDRESS,
            "roles": ["Designer"],
        }
        iics.act("POST", "seed", {"count": 0, "people": [person]})
        iq.system.state.add_user(User(f"odd{HOSTILE}", HOSTILE, HOSTILE, ADDRESS), "Somebody-1234")
        magistrala.system.table.add(
            username=f"odd{HOSTILE}",
            first_name=HOSTILE,
            last_name=HOSTILE,
            email=ADDRESS,
            secret=magistrala.system.table.usernames["admin"].secret,
            created=magistrala.system.stamp(),
        )
        refusal = {
            "kind": "status",
            "status": 403,
            "times": 0,
            "body": json.dumps({"message": HOSTILE, "error": HOSTILE}),
        }
        for app in (iics, iq, magistrala):
            app.act("POST", "faults", [{**refusal, "method": "DELETE"}, {**refusal, "method": "(PATCH|PUT)"}])
        magistrala.act(
            "POST",
            "faults",
            [{**refusal, "method": "(DELETE|PATCH)"}, {**refusal, "method": "POST", "path": "/users/.*able"}],
        )
        yield sandbox


def connections(sandbox: Sandbox) -> dict[str, dict[str, t.Any]]:
    return {
        name: {"api_url": url, "api_username": SIGN_IN[name][0], "api_password": SIGN_IN[name][1], "retries": 0}
        for name, url in sandbox.urls.items()
    }


def play(folder: pathlib.Path, tasks: list[dict[str, t.Any]], *options: str) -> subprocess.CompletedProcess[str]:
    book = [{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]
    (folder / "play.yml").write_text(yaml.safe_dump(book))
    return programs.ansible("playbook", folder, *programs.LOCAL, "--diff", "play.yml", *options)


@pytest.mark.parametrize("check", [False, True])
def test_offboarding_somebody_with_a_hostile_name(hostile: Sandbox, tmp_path: pathlib.Path, check: bool) -> None:
    role = {
        "name": "people.lifecycle.offboard",
    }
    variables = {
        "offboard_people": [ADDRESS],
        "offboard_connections": connections(hostile),
        "offboard_report_dir": "reports",
    }
    done = play(tmp_path, [{"ansible.builtin.include_role": role, "vars": variables}], *(["--check"] if check else []))
    printed = done.stdout + done.stderr
    assert done.returncode == (0 if check else 2), printed
    assert "all is well" in printed, "the name is told, without its power"
    assert CONTROL.findall(printed) == []


@pytest.mark.parametrize("system", ["iics", "iq", "magistrala"])
def test_a_module_that_fails_for_somebody_with_a_hostile_name(
    hostile: Sandbox, tmp_path: pathlib.Path, system: str
) -> None:
    options = {**connections(hostile)[system], "users": [{"username": f"odd{HOSTILE}"}], "state": "absent"}
    done = play(tmp_path, [{f"people.lifecycle.{system}_user": options}])
    printed = done.stdout + done.stderr
    assert done.returncode == 2 and "all is well" in printed
    assert CONTROL.findall(printed) == []


def test_a_hostile_row_is_refused_without_its_power(hostile: Sandbox, tmp_path: pathlib.Path) -> None:
    row = {"id": HOSTILE, "first_name": HOSTILE, "last_name": "x", "email": ADDRESS, "profile": [HOSTILE]}
    variables = {
        "onboard_people": [row],
        "onboard_profiles": {"p": {"iq": {}}},
        "onboard_connections": connections(hostile),
    }
    done = play(tmp_path, [{"ansible.builtin.include_role": {"name": "people.lifecycle.onboard"}, "vars": variables}])
    printed = done.stdout + done.stderr
    assert done.returncode == 2 and "control character" in printed
    assert CONTROL.findall(printed) == []


@pytest.mark.parametrize("verbosity", [(), ("-v",)])
def test_reviewing_a_company_with_a_hostile_name(
    hostile: Sandbox, tmp_path: pathlib.Path, verbosity: tuple[str, ...]
) -> None:
    somebody = {"id": "E2", "first_name": "Jane", "last_name": "Smith", "email": "jane@example.com", "profile": ["p"]}
    shared = {
        "review_people": [somebody],
        "review_profiles": {"p": {"iq": {}}},
        "review_connections": connections(hostile),
        "review_report_dir": "reports",
        "review_absence_limit": 100,
    }
    leaver = {"id": "E1", "first_name": "Odd", "last_name": "One", "email": ADDRESS}
    tasks = [
        {"people.lifecycle.adopt": {"dir": "adopted", "connections": connections(hostile)}},
        {
            "ansible.builtin.include_role": {"name": "people.lifecycle.review"},
            "vars": {**shared, "review_leavers": [leaver]},
        },
        {"ansible.builtin.debug": {"msg": "{{ review_report_data.counts.by_kind }}"}},
    ]
    done = play(tmp_path, tasks, *verbosity)
    printed = done.stdout + done.stderr
    assert done.returncode == 0 and '"leaver": 3' in printed, printed
    assert CONTROL.findall(printed) == []
    written = [path.read_text() for path in tmp_path.rglob("*") if path.suffix in (".csv", ".html", ".yml")]
    assert [text for text in written if CONTROL.search(text)] == []
    names = yaml.safe_load((tmp_path / "adopted/account_names.yml").read_text())["lifecycle_account_names"]
    assert names[ADDRESS] == dict.fromkeys(hostile.urls, f"odd{HOSTILE}"), "what is adopted is the name as it is"
