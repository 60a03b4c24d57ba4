# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory plugin people.lifecycle.roster."""

from __future__ import annotations

import json
import pathlib
import subprocess
import typing as t

import pytest

from awx import jobs, slices

Values = dict[str, t.Any]
HEADER = "id,first_name,last_name,email,title,profile,iq_username\n"
HOSTILE = "A {{ lookup('env','HOME') }}"


def roster(folder: pathlib.Path, *lines: str, options: str = "") -> pathlib.Path:
    (folder / "people.csv").write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    source = folder / "roster.yml"
    source.write_text(f"plugin: people.lifecycle.roster\npath: people.csv\n{options}")
    return source


def plain(value: t.Any) -> t.Any:
    """``value`` without the marks of text that is not to be evaluated."""
    if isinstance(value, dict):
        return (
            value["__ansible_unsafe"]
            if list(value) == ["__ansible_unsafe"]
            else {k: plain(v) for k, v in value.items()}
        )
    return [plain(item) for item in value] if isinstance(value, list) else value


def members(inventory: Values, group: str) -> list[str]:
    return sorted(inventory[group]["hosts"])


def test_people_are_hosts_with_their_records(tmp_path: pathlib.Path) -> None:
    source = roster(
        tmp_path,
        "E1,Jane,Smith,jane@example.com,Data Engineer,data-engineer,jsmith",
        "E2,Zoë,Grün,zoe@example.com,,data-engineer|analyst,",
        ",Max,Muster,max@example.com,,analyst,",
    )
    inventory = slices.synchronized(source)
    assert slices.hosts(inventory) == ["E1", "E2", "max@example.com"]
    assert plain(inventory["_meta"]["hostvars"]["E1"]) == {
        "person": {
            "id": "E1",
            "first_name": "Jane",
            "last_name": "Smith",
            "email": "jane@example.com",
            "title": "Data Engineer",
            "profile": ["data-engineer"],
            "accounts": {"iq": {"username": "jsmith"}},
        }
    }
    assert members(inventory, "people") == ["E1", "E2", "max@example.com"]
    assert members(inventory, "profile_data_engineer") == ["E1", "E2"]
    assert members(inventory, "profile_analyst") == ["E2", "max@example.com"]
    assert inventory["people"]["vars"] == {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }


def test_other_groups(tmp_path: pathlib.Path) -> None:
    options = "group: everybody\ngroup_by: [title]\n"
    source = roster(tmp_path, "E1,Jane,Smith,jane@example.com,Data Engineer,analyst,", options=options)
    inventory = slices.synchronized(source)
    assert members(inventory, "everybody") == members(inventory, "title_data_engineer") == ["E1"]
    assert "profile_analyst" not in inventory and "people" not in inventory


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("E1,Jane,Smith,jane@example.com,,analyst", "line 2: 6 columns, but the header has 7"),
        ("E1,Jane,Smith,jane,,analyst,", "email is not a valid address"),
        ("E1:9,Jane,Smith,jane@example.com,,analyst,", "cannot be the name of a host"),
        ("E 1,Jane,Smith,jane@example.com,,analyst,", "cannot be the name of a host"),
        ("*,Jane,Smith,jane@example.com,,analyst,", "cannot be the name of a host"),
        ("E1,Jane,Smith,jane@example.com,,,", "profile is missing"),
    ],
)
def test_a_roster_that_is_wrong_stops_the_run(line: str, said: str, tmp_path: pathlib.Path) -> None:
    with pytest.raises(ValueError) as error:
        slices.synchronized(roster(tmp_path, line))
    assert said in " ".join(str(error.value).split())


def test_the_same_person_twice_stops_the_run(tmp_path: pathlib.Path) -> None:
    line = "E1,Jane,Smith,jane@example.com,,analyst,"
    with pytest.raises(ValueError, match="same id"):
        slices.synchronized(roster(tmp_path, line, line))


def test_text_with_braces_stays_text_on_its_way_through_awx(tmp_path: pathlib.Path) -> None:
    inventory = slices.synchronized(roster(tmp_path, f'E1,"{HOSTILE}",Smith,jane@example.com,,analyst,'))
    (tmp_path / "project").mkdir()
    hosts = tmp_path / "hosts"
    hosts.write_text(f"#!/usr/bin/env python3\nprint({json.dumps(inventory)!r})\n")
    hosts.chmod(0o700)
    play = tmp_path / "play.yml"
    play.write_text(
        "- hosts: people\n  gather_facts: false\n  tasks:\n"
        "    - ansible.builtin.copy: {content: '{{ person.first_name }}', dest: '{{ target }}', mode: '0600'}\n"
    )
    environment = {**jobs.surroundings(), "ANSIBLE_HOME": str(tmp_path / "home")}
    command = ["ansible-playbook", "-i", str(hosts), str(play), "-e", f"target={tmp_path / 'name'}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "name").read_text() == HOSTILE


def test_it_is_documented() -> None:
    environment = {**jobs.surroundings(), "ANSIBLE_COLLECTIONS_PATH": str(jobs.COLLECTIONS)}
    command = ["ansible-doc", "--json", "--type", "inventory", "people.lifecycle.roster"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    documented = json.loads(done.stdout)["people.lifecycle.roster"]["doc"]
    assert set(documented["options"]) == {
        *("plugin", "path", "columns", "attributes", "instances", "group", "group_by")
    }
