# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide tells what the content is."""

from __future__ import annotations

import re

import yaml

from awx import content, tables


def test_its_tables_are_up_to_date() -> None:
    guide = tables.GUIDE.read_text()
    assert tables.renewed(guide) == guide, "run 'python -m awx.tables' in tests/ with .venv"


def test_it_names_every_tag_of_the_import() -> None:
    (play,) = yaml.safe_load((content.PROJECT / "playbooks/awx_import.yml").read_text())
    tags = {tag for task in play["tasks"] for tag in task["tags"]} - {"always"}
    told = re.search(r"Tags are (.+?)\.\s", tables.GUIDE.read_text(), re.DOTALL)
    assert told and set(re.findall(r"``([a-z_]+)``", told[1])) == tags


def test_files_that_it_names_are_there() -> None:
    named = set(re.findall(r"``((?:extensions|playbooks)/[a-z_/.\-]+)``", tables.GUIDE.read_text()))
    assert len(named) > 5
    assert [name for name in named if not (content.PROJECT / name).exists()] == []


def test_what_the_security_guide_says_of_launches_has_tests() -> None:
    guide = (content.PROJECT / "docs/docsite/rst/guide_security.rst").read_text()
    after = guide.partition("Who can read the credentials of AWX\n")[2]
    table = re.split(r"\n[^\n]+\n-{5,}\n", after)[0]
    told = re.findall(r"^     - ``(tests/[a-z_/]+\.py)``: (.+)$", table, re.MULTILINE)
    assert len(told) == table.count("   * - ") - 1 > 4
    for file, tests in told:
        source = (content.PROJECT / file).read_text()
        assert [name for name in re.findall(r"``(test_\w+)``", tests) if f"def {name}(" not in source] == []
