# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An id that is the name of a group would make everybody join it, or the inventory fail."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from ansible_collections.people.lifecycle.plugins import modules

COLLECTIONS = pathlib.Path(next(iter(modules.__path__))).parents[4]


@pytest.mark.parametrize("who", ["all", "ungrouped", "people", "profile_dev"])
def test_ids_that_are_names_of_groups_are_refused_with_their_line(tmp_path: pathlib.Path, who: str) -> None:
    lines = ["id,first_name,last_name,email,profile", "E1,Ann,Lee,ann@example.com,dev", f"{who},Jo,Doe,jo@example.com,dev"]
    (tmp_path / "people.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "roster.yml").write_text("plugin: people.lifecycle.roster\npath: people.csv\n")
    environment = {
        "PATH": str(pathlib.Path(sys.executable).parent),
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_HOME": str(tmp_path / "home"),
        "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true",
        "ANSIBLE_INVENTORY_ENABLED": "people.lifecycle.roster",
        "LC_ALL": "C.UTF-8",
    }
    program = pathlib.Path(sys.executable).with_name("ansible-inventory")
    command = [program, "-i", "roster.yml", "--list"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    said = " ".join((done.stdout + done.stderr).split())
    assert "people.csv, line 3" in said and f"'{who}' is the name of a group" in said
