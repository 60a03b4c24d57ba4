# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An id that is the name of a group would make everybody join it, or the inventory fail."""

from __future__ import annotations

import pathlib

import pytest

import programs


@pytest.mark.parametrize("who", ["all", "ungrouped", "people", "profile_dev"])
def test_ids_that_are_names_of_groups_are_refused_with_their_line(tmp_path: pathlib.Path, who: str) -> None:
    lines = [
        "id,first_name,last_name,email,profile",
        "E1,Ann,Lee,ann@example.com,dev",
        f"{who},Jo,Doe,jo@example.com,dev",
    ]
    (tmp_path / "people.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "roster.yml").write_text("plugin: people.lifecycle.roster\npath: people.csv\n")
    settings = {
        "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true",
        "ANSIBLE_INVENTORY_ENABLED": "people.lifecycle.roster",
    }
    done = programs.ansible("inventory", tmp_path, "-i", "roster.yml", "--list", **settings)
    assert done.returncode != 0
    said = " ".join((done.stdout + done.stderr).split())
    assert "people.csv, line 3" in said and f"'{who}' is the name of a group" in said
