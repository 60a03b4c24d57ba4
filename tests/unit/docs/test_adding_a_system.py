# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whoever follows the guide on adding a system, word for word, gets one that works,
and is told of each step left out.
"""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import textwrap
import typing as t
import urllib.request

import pytest

from sandbox.apart import started
from unit.docs.blocks import PROJECT

GUIDE = (PROJECT / "docs/docsite/rst/guide_adding_a_system.rst").read_text()
LICENCE = [line.removeprefix("# ") for line in pathlib.Path(__file__).read_text().splitlines()[:3]]
BODY = r":\n\n\.\. code-block:: \w+\n\n((?:\n|    .*\n)+)"
NEW = re.compile(rf"^New file ``([^`]+)``{BODY}", re.MULTILINE)
CHANGE = re.compile(rf"^In ``([^`]+)``, as ``([^`]+)`` demands{BODY}", re.MULTILINE)
RUN = re.compile(rf"^Then let the tables be written{BODY}", re.MULTILINE)
COPIED = ("changelogs", "docs", "extensions", "meta", "playbooks", "plugins", "roles", "tests")
MOST_CHANGED = 10


@dataclasses.dataclass(frozen=True)
class Edit:
    """A file that has to know of the system, the test that says so, and what changes:
    ``-``, ``+`` and unchanged lines.
    """

    path: str
    test: str
    text: str

    def applied(self, before: str) -> str:
        """The file afterwards; raises ValueError where it does not have what shall be changed exactly once."""
        for hunk in re.split(r"^@@\n", self.text, flags=re.MULTILINE):
            lines = [line or " " for line in hunk.splitlines()]
            old = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
            new = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
            if before.count(old) != 1:
                raise ValueError(f"{self.path} has {before.count(old)} times:\n{old}")
            before = before.replace(old, new)
        return before


def body(text: str) -> str:
    return textwrap.dedent(text).strip("\n") + "\n"


def diff(text: str) -> str:
    """A diff as it is in the guide: its unchanged lines begin with a blank of their own, behind four of the block."""
    return "".join(f"{line[4:]}\n" for line in text.strip("\n").splitlines())


def licensed(path: str, text: str) -> str:
    if path.endswith(".rst"):
        return "..\n" + "".join(f"  {line}\n" for line in LICENCE) + f"\n{text}"
    return "".join(f"# {line}\n" for line in LICENCE) + ("---\n" if path.endswith(".yml") else "\n") + text


FILES = {path: licensed(path, body(text)) for path, text in NEW.findall(GUIDE)}
EDITS = [Edit(path, test, diff(text)) for path, test, text in CHANGE.findall(GUIDE)]


class Copy:
    """The project once more, with Ledger in it; ``tests/tools/venv.sh`` works there as it does here."""

    def __init__(self, root: pathlib.Path) -> None:
        self.root = root
        for name in COPIED:
            shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "output"))
        for path in PROJECT.iterdir():
            if path.is_file() and path.name != ".git":
                shutil.copy(path, root)
        collection = root / ".venv/collections/ansible_collections/people/lifecycle"
        collection.mkdir(parents=True)
        for path in root.iterdir():
            if path.name != ".venv":
                (collection / path.name).symlink_to(path)
        for path in pathlib.Path(sys.prefix).iterdir():
            if path.name not in ("collections", "root"):
                (root / ".venv" / path.name).symlink_to(path)
        (root / ".venv/root").write_text(f"{root}\n")
        self.follow()

    def follow(self) -> None:
        """Do what the guide says."""
        for path, text in FILES.items():
            target = self.root / path
            assert not target.exists(), path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        for edit in EDITS:
            target = self.root / edit.path
            target.write_text(edit.applied(target.read_text()))
        for commands in RUN.findall(GUIDE):
            done = self.run("bash", "-e", "-c", body(commands))
            assert done.returncode == 0, done.stdout

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        given = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
        for name in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", "ANSIBLE_COLLECTIONS_PATH"):
            given.pop(name, None)  # what runs in the copy is not what is measured here
        return subprocess.run(
            command, cwd=self.root, env=given, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )

    def test(self, *names: str) -> subprocess.CompletedProcess[str]:
        return self.run("tests/tools/venv.sh", "pytest", "-q", "-p", "no:cacheprovider", *names)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("fourth") / "project")


def test_the_guide_changes_few_files_and_names_a_test_for_each() -> None:
    assert GUIDE.count(".. code-block:: diff") == len(EDITS)
    assert 5 < len({edit.path for edit in EDITS}) <= MOST_CHANGED
    assert len({edit.path for edit in EDITS}) == len(EDITS)
    assert not {edit.path for edit in EDITS} & set(FILES)


def test_all_named_tests_pass_when_all_is_done(copy: Copy) -> None:
    whole = "tests/unit/docs/test_systems.py::test_packages_have_the_files_that_all_have[_ledger]"
    done = copy.test(*dict.fromkeys(edit.test for edit in EDITS), whole)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.path)
def test_the_named_test_fails_when_a_file_is_forgotten(copy: Copy, edit: Edit) -> None:
    target = copy.root / edit.path
    complete = target.read_text()
    target.write_text((PROJECT / edit.path).read_text())
    try:
        done = copy.test(edit.test)
    finally:
        target.write_text(complete)
    assert done.returncode == 1, done.stdout
    assert "1 failed" in done.stdout


@pytest.fixture
def address(copy: Copy, tmp_path: pathlib.Path) -> t.Iterator[str]:
    """Where Ledger is simulated, by the command of the sandbox."""
    with started(tmp_path, "--instance", "ledger=ledger", tests=copy.root / "tests") as urls:
        yield urls["ledger"]


def test_the_modules_work_as_tasks_and_write_what_is_needed(copy: Copy, address: str, tmp_path: pathlib.Path) -> None:
    play = {
        "hosts": "localhost",
        "gather_facts": False,
        "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}", "ledger_url": address},
        "tasks": [
            {"ansible.builtin.import_tasks": str(copy.root / f"tests/integration/targets/{name}/tasks/main.yml")}
            for name in ("ledger_user", "ledger_user_info")
        ],
    }
    playbook = tmp_path / "play.yml"
    playbook.write_text(json.dumps([play]))
    done = copy.run("tests/tools/venv.sh", "ansible-playbook", str(playbook))
    assert done.returncode == 0, done.stdout
    with urllib.request.urlopen(f"{address}/_sandbox/writes") as answer:
        written = [f"{line['method']} {line['path']}" for line in json.load(answer)]
    jane = "/people/people-test-jane"
    assert written == ["POST /people", f"PUT {jane}", f"DELETE {jane}"]


def test_the_roles_work_with_it(copy: Copy, address: str, tmp_path: pathlib.Path) -> None:
    """Onboarded twice and offboarded twice, with one person whom Ledger cannot take."""
    good = {"id": "E1", "first_name": "Jane", "last_name": "Smith", "email": "jane@example.com", "profile": ["staff"]}
    bad = {**good, "id": "E2", "email": "joe@example.com", "accounts": {"ledger": {"username": "JOE"}}}
    variables = {
        "onboard_people": [bad, good],
        "onboard_profiles": {"staff": {"ledger": {}}},
        "onboard_systems": ["ledger"],
        "offboard_people": ["jane@example.com"],
        "offboard_systems": ["ledger"],
        "lifecycle_connections": {
            "ledger": {"api_url": address, "api_username": "admin", "api_password": "Ledger-admin-1"}
        },
    }
    given = tmp_path / "given.json"
    given.write_text(json.dumps(variables))
    counts = []
    for kind in ("onboard", "onboard", "offboard", "offboard"):
        extra = {f"{kind}_report_dir": str(tmp_path), f"{kind}_run": f"run-{len(counts)}"}
        command = ("ansible-playbook", f"people.lifecycle.{kind}", "-e", f"@{given}", "-e", json.dumps(extra))
        done = copy.run("tests/tools/venv.sh", *command)
        report = tmp_path / f"{kind}-run-{len(counts)}.json"
        assert report.exists(), done.stdout
        told = json.loads(report.read_text())["counts"]["by_system"]["ledger"]
        counts.append({action: count for action, count in told.items() if count})
    assert counts == [{"created": 1, "failed": 1}, {"unchanged": 1, "failed": 1}, {"deleted": 1}, {}]
