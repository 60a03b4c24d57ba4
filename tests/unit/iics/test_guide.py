# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of the guide: complete, run by the integration target, with options and results that exist."""

from __future__ import annotations

import importlib
import pathlib
import re
import typing as t

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins.module_utils._iics.hosts import PODS
from harness import MODULES

PROJECT = pathlib.Path(__file__).resolve().parents[3]
GUIDE = PROJECT / "docs/docsite/rst/guide_iics.rst"
TARGET = PROJECT / "tests/integration/targets/iics_user/tasks"
COMMANDS = PROJECT.parent / "shared/sources/iics-cli-user.txt"
V2 = PROJECT.parent / "shared/sources/iics-rest-v2-user.txt"
ROW = re.compile(
    r"^   \* - \*\*(.+)\*\*\n((?:\n| {5}(?!-).*\n)*) {5}- ((?:.*\n)(?:\n(?! {3}\*)| {7}.*\n)*)", re.MULTILINE
)
BLOCK = re.compile(r"\.\. code-block:: yaml\n\n((?: {11}.*\n)+)")


class Row(t.NamedTuple):
    title: str
    command: str
    answer: str

    @property
    def task(self) -> dict[str, t.Any]:
        block = BLOCK.search(self.answer)
        return yaml.safe_load(block[1]) if block else {}


def rows() -> list[Row]:
    tables = GUIDE.read_text().split("From commands and requests to tasks\n", 1)[1]
    return [Row(title, command.strip(), answer) for title, command, answer in ROW.findall(tables)]


def blocks() -> dict[str, list[dict[str, t.Any]]]:
    """The tasks of the integration target by the title of the row that they run."""
    files = [yaml.safe_load((TARGET / f"{name}.yml").read_text()) for name in ("commands", "requests", "fields")]
    return {re.sub("^(Field|Command) ", "", each["name"]): each["block"] for file in files for each in file}


def test_every_row_is_read() -> None:
    assert len(rows()) == GUIDE.read_text().count("   * - **") == len({row.title for row in rows()}) == 48


def test_the_integration_target_runs_each_row() -> None:
    assert sorted(blocks()) == sorted(row.title for row in rows())


@pytest.mark.parametrize("row", [row for row in rows() if row.task], ids=lambda row: row.title)
def test_a_row_with_a_task(row: Row) -> None:
    ((name, options),) = row.task.items()
    module = name.removeprefix("people.lifecycle.")
    documented = yaml.safe_load(importlib.import_module(MODULES + module).DOCUMENTATION)["options"]
    assert options.keys() <= {*documented, "username", "id"}
    assert any(name in task for task in blocks()[row.title]), "the target uses another module than the guide"


@pytest.mark.parametrize("row", [row for row in rows() if not row.task], ids=lambda row: row.title)
def test_a_row_with_a_sentence(row: Row) -> None:
    options = yaml.safe_load(importlib.import_module(MODULES + "iics_user").DOCUMENTATION)["options"]
    named = re.match(r"``(\w+)``", row.answer)
    assert row.answer.strip() and (named is None or named[1] in options)
    assert blocks()[row.title][0]["ansible.builtin.assert"]["that"]


def test_the_table_of_regions_is_that_of_the_code() -> None:
    text = GUIDE.read_text().split("From commands", 1)[0]
    told = re.findall(r"   \* - ``([a-z0-9-]+)``\n     - (.+)\n", text)
    assert {prefix: tuple(re.findall(r"``([^`]+)``", pods)) for prefix, pods in told} == PODS


@pytest.mark.skipif(not COMMANDS.exists(), reason="the documentation of iics-cli is not part of the project")
def test_no_command_or_flag_is_missing() -> None:
    page = COMMANDS.read_text()
    commands = set(re.findall(r"\biics user ([a-z-]+)", page))
    assert commands == {"list", "get", "create", "update", "delete", "change-password", "reset-password"}
    shown = " ".join(f"{row.title} {row.command}" for row in rows())
    assert [command for command in commands if f"user {command}" not in shown] == []
    flags = set(re.findall(r"^(--[a-z-]+)", page, re.MULTILINE)) - {"--output"}
    assert len(flags) >= 9 and [flag for flag in flags if flag not in shown] == []
    sample = set(re.findall(r'"(\w+)":', page))
    known = {"userName": "username", "firstName": "first_name", "lastName": "last_name", "timezone": "time_zone"}
    text = GUIDE.read_text()
    assert [name for name in sample - {"id", "name", "userGroupName"} if f"{known.get(name, name)}:" not in text] == []


@pytest.mark.skipif(not V2.exists(), reason="the vendor's page is not part of the project")
def test_no_request_or_field_of_v2_is_missing() -> None:
    page = V2.read_text()
    fields = set(re.findall(r"^(\w+)\n\| (?:String|Boolean|Object|Yes)\n", page, re.MULTILINE)) | {"roles"}
    assert len(fields) == 25
    assert fields <= {row.title for row in rows()}
    for request in (
        "GET /api/v2/user`",
        "GET /api/v2/user/<id>",
        "/api/v2/user/name/",
        "POST /api/v2/user/<id>",
        "DELETE",
    ):
        assert any(request in row.command for row in rows())
