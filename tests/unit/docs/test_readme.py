# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The README has the sections that certification asks for, and what it tells to run does what it says."""

from __future__ import annotations

import os
import pathlib
import re
import shlex
import subprocess
import typing as t

import pytest

import harness
from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running
from unit.docs.blocks import PROJECT

README = (PROJECT / "README.md").read_text()
SECTIONS = (
    "Description",
    "Requirements",
    "Installation",
    "Use cases",
    "Testing",
    "Contributing",
    "Support",
    "Release notes and roadmap",
    "Related information",
    "License",
)
NAMED = re.compile(r"^.*?`([a-z]+\.(?:yml|csv))`[^\n]*:\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
IICS = {"IICS_LOGIN_URL": "{iics}", "IICS_USERNAME": "admin@example.com", "IICS_PASSWORD": "Sandbox-admin-1"}
IQ = {"IQ_SERVER_URL": "{iq}", "IQ_SERVER_USERNAME": "admin", "IQ_SERVER_PASSWORD": "admin123"}
MAGISTRALA = {"MAGISTRALA_URL": "{magistrala}", "MAGISTRALA_USERNAME": "admin", "MAGISTRALA_PASSWORD": "12345678"}


def test_the_sections_of_certification_are_there_in_their_order() -> None:
    assert tuple(re.findall(r"^## (.*)$", README, re.MULTILINE)) == SECTIONS


def test_it_names_every_module_and_role() -> None:
    helpers = {path.stem for path in (PROJECT / "plugins/action").glob("*.py")}
    modules = {path.stem for path in (PROJECT / "plugins/modules").glob("*.py")} - helpers
    roles = {path.name for path in (PROJECT / "roles").iterdir() if path.is_dir()}
    assert {name for name in modules | roles if f"`{name}`" not in README} == set()


def test_links_are_whole_because_galaxy_shows_this_page_elsewhere() -> None:
    assert [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("https://")] == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The files that the README shows, under the names that it gives them."""
    made = tmp_path_factory.mktemp("readme")
    for name, text in NAMED.findall(README):
        (made / name).write_text(text)
    return made


@pytest.fixture
def sandbox() -> t.Iterator[Sandbox]:
    with running(Iics(), Iq(), Magistrala()) as sandbox:
        yield sandbox


def run(command: str, folder: pathlib.Path, sandbox: Sandbox) -> int:
    """Run a command of the README where its files are, on the sandbox; returns how many tasks changed something."""
    given = {name: value.format(**sandbox.urls) for name, value in {**IICS, **IQ, **MAGISTRALA}.items()}
    collections = os.environ.get("ANSIBLE_COLLECTIONS_PATH") or str(PROJECT / ".venv/collections")
    environment = {**os.environ, **given, "ANSIBLE_COLLECTIONS_PATH": collections, "NO_COLOR": "1"}
    words = shlex.split(command, comments=True)
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return max(int(count) for count in re.findall(r"^localhost .*changed=(\d+)", done.stdout, re.MULTILINE))  # adds up


def writes(sandbox: Sandbox) -> int:
    """How many writes arrived since this was asked last."""
    count = 0
    for app in sandbox.apps.values():
        count += len(harness.writes(app))
        app.act("POST", "journal", {"clear": True})
    return count


def test_onboarding_and_offboarding_do_what_is_told(folder: pathlib.Path, sandbox: Sandbox) -> None:
    commands = re.findall(r"^ansible-playbook .*$", README, re.MULTILINE)
    check, real, again, check_leaver, leaver = commands
    run(check, folder, sandbox)
    assert writes(sandbox) == 0
    assert run(real, folder, sandbox) > 0
    assert writes(sandbox) > 0
    assert run(again, folder, sandbox) == 0
    assert writes(sandbox) == 0
    assert any("Jane Smith" in page.read_text() for page in folder.glob("lifecycle-reports/onboard-*.html"))
    run(check_leaver, folder, sandbox)
    assert writes(sandbox) == 0
    assert run(leaver, folder, sandbox) > 0
    assert writes(sandbox) > 0


def test_the_playbook_of_each_system_does_what_is_told(folder: pathlib.Path, sandbox: Sandbox) -> None:
    command = "ansible-playbook iics.yml iq.yml magistrala.yml"
    assert run(f"{command} --check --diff", folder, sandbox) == 3
    assert writes(sandbox) == 0
    assert run(command, folder, sandbox) == 3
    assert writes(sandbox) >= 3
    assert run(command, folder, sandbox) == 0
    assert writes(sandbox) == 0
