# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Integration targets never test the sandbox while they seem to test a real system."""

from __future__ import annotations

import pathlib

import pytest
import yaml

import programs

PROJECT = pathlib.Path(__file__).resolve().parents[3]
TASKS = PROJECT / "tests/integration/targets/setup_sandbox/tasks/main.yml"
SYSTEMS = ("iics", "iq", "magistrala")
WHOLE = {f"{system}_{what}": "x" for system in SYSTEMS for what in ("url", "username", "password")}


@pytest.mark.parametrize("given", [("magistrala_url", "magistrala_username", "magistrala_password"), tuple(WHOLE)])
def test_a_part_of_the_systems_is_refused(tmp_path: pathlib.Path, given: tuple[str, ...]) -> None:
    play = [{"hosts": "localhost", "gather_facts": False, "tasks": [{"ansible.builtin.import_tasks": str(TASKS)}]}]
    (tmp_path / "play.yml").write_text(yaml.safe_dump(play))
    (tmp_path / "vars.yml").write_text(yaml.safe_dump({name: WHOLE[name] for name in given}))
    done = programs.ansible("playbook", tmp_path, *programs.LOCAL, "play.yml", "-e", "@vars.yml")
    printed = " ".join((done.stdout + done.stderr).split())
    missing = [name for name in WHOLE if name not in given]
    assert (done.returncode != 0) is bool(missing), printed
    assert all(name in printed for name in missing)
