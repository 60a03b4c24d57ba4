# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of commands in the guide: complete, run by the integration target, and with options that exist."""

from __future__ import annotations

import importlib
import pathlib
import re
import typing as t

import pytest
import yaml

from harness import MODULES

PROJECT = pathlib.Path(__file__).resolve().parents[3]
GUIDE = PROJECT / "docs/docsite/rst/guide_magistrala.rst"
TARGET = PROJECT / "tests/integration/targets/magistrala_user/tasks/commands.yml"
SOURCE = PROJECT.parent / "shared/sources/magistrala-cli-users.txt"
VERBS = r"users (?:update (?:tags|email|username)|get all|[a-z]+)"


class Row(t.NamedTuple):
    title: str
    command: str
    task: dict[str, t.Any]
    atom: str  # what holds on Atom


def rows() -> list[Row]:
    """The rows of the guide's table of commands."""
    table = GUIDE.read_text().split("   * - Command\n", 1)[1].split("\nWho calls\n", 1)[0]
    found = re.findall(
        r"   \* - \*\*(.+)\*\*\n\n       ``magistrala-cli (.+)``\n     - .. code-block:: yaml\n\n((?: {11}.*\n)+)     -"
        r" (.+)\n",
        table,
    )
    return [Row(title, command, yaml.safe_load(task), atom) for title, command, task, atom in found]


def test_every_row_is_read() -> None:
    assert len(rows()) == GUIDE.read_text().count("``magistrala-cli users ") == 19


def test_the_integration_target_runs_each_row() -> None:
    assert sorted(block["name"] for block in yaml.safe_load(TARGET.read_text())) == sorted(
        f"Command {row.title}" for row in rows()
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.title)
def test_a_row(row: Row) -> None:
    assert row.command.startswith(row.title.partition(" (")[0])
    ((name, options),) = row.task.items()
    module = name.removeprefix("people.lifecycle.")
    documented = yaml.safe_load(importlib.import_module(MODULES + module).DOCUMENTATION)["options"]
    connection = {"api_username", "api_password"}
    assert options.keys() <= documented.keys() | connection
    block = next(each["block"] for each in yaml.safe_load(TARGET.read_text()) if each["name"] == f"Command {row.title}")
    assert any(name in task for task in block), "the target uses another module than the guide"


@pytest.mark.skipif(not SOURCE.exists(), reason="the vendor's page is not part of the project")
def test_no_command_of_the_vendor_s_page_is_missing() -> None:
    wanted = re.findall(f"magistrala-cli ({VERBS})", SOURCE.read_text())
    assert len(wanted) > 20
    assert set(wanted) <= set(re.findall(f"magistrala-cli ({VERBS})", GUIDE.read_text()))
