# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Code that runs inside Ansible's own process is compiled once, and again when it has changed."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from ansible_collections.people.lifecycle.plugins.plugin_utils import bytecode

PROJECT = pathlib.Path(__file__).resolve().parents[3]
NEEDED = ("plugins", "meta", "galaxy.yml")
TASK = {"people.lifecycle.iq_user_info": {"api_url": "", "api_username": "admin", "api_password": "unused"}}
PLAY = [{"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": [TASK]}]
SAID, OTHER = "is not given, neither as an option nor", "is missing, both as an option and"
ELSEWHERE = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", "PYTHONPATH", "PYTHONPYCACHEPREFIX")


class Installed:
    """The collection in a folder of its own."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.home = folder / "ansible_collections/people/lifecycle"
        self.home.mkdir(parents=True)
        for name in NEEDED:
            source = PROJECT / name
            if source.is_dir():
                shutil.copytree(source, self.home / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, self.home)
        (folder / "play.json").write_text(json.dumps(PLAY))

    def message(self, **environment: str) -> str:
        """What the task says, run by Ansible itself."""
        given = {name: text for name, text in os.environ.items() if name not in ELSEWHERE}
        given |= {"ANSIBLE_COLLECTIONS_PATH": str(self.folder)} | environment
        command = [str(pathlib.Path(sys.executable).with_name("ansible-playbook")), "-i", "localhost,", "-vvv"]
        done = subprocess.run(
            [*command, str(self.folder / "play.json")], env=given, text=True, capture_output=True, check=False
        )
        assert "runs inside Ansible's own process" in done.stdout, done.stdout + done.stderr
        return done.stdout

    def compiled(self) -> set[str]:
        """The files of which there is bytecode, but for the plugin's own, which Ansible keeps."""
        found = {path.name.partition(".")[0] for path in self.home.rglob("__pycache__/*.pyc")}
        return found - {"iq_user_info"}


@pytest.fixture
def installed(tmp_path: pathlib.Path) -> Installed:
    return Installed(tmp_path)


def test_what_was_compiled_is_kept_and_compiled_again_after_a_change(installed: Installed):
    assert SAID in installed.message(PYTHONDONTWRITEBYTECODE="")
    assert {"run", "reconcile", "host"} <= installed.compiled()
    path = installed.home / "plugins/module_utils/_http/connection.py"
    text = path.read_text()
    assert text.count(SAID) == 1
    path.write_text(text.replace(SAID, OTHER))
    changed = installed.message(PYTHONDONTWRITEBYTECODE="")
    assert OTHER in changed and SAID not in changed


def test_where_nothing_may_be_kept_the_task_runs_all_the_same(installed: Installed):
    assert SAID in installed.message(PYTHONDONTWRITEBYTECODE="1")
    assert not installed.compiled()


def test_where_nothing_can_be_kept_the_task_runs_all_the_same(installed: Installed):
    for folder in sorted(installed.home.glob("plugins/*utils/**/")):
        (folder / "__pycache__").write_text("A file, where a folder should be.")
    assert SAID in installed.message(PYTHONDONTWRITEBYTECODE="")
    assert not installed.compiled()


def test_finders_are_as_before_even_when_an_import_fails():
    finders = list(sys.meta_path)
    with pytest.raises(ImportError), bytecode.kept():
        assert sys.meta_path[1:] == finders
        raise ImportError("cannot be imported")
    assert sys.meta_path == finders
