# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of requests and fields in the guide: complete, run by the integration target, with options that exist."""

from __future__ import annotations

import importlib
import pathlib
import re
import typing as t

import pytest
import yaml

from harness import MODULES

PROJECT = pathlib.Path(__file__).resolve().parents[3]
GUIDE = PROJECT / "docs/docsite/rst/guide_iq.rst"
TARGET = PROJECT / "tests/integration/targets/iq_user/tasks/requests.yml"
SOURCE = PROJECT.parent / "shared/sources/iq-user-rest-api-v2.txt"
ROW = r"   \* - \*\*(.+)\*\*\n((?:\n| {7}.*\n)*) {5}- .. code-block:: yaml\n\n((?: {11}.*\n)+)"
SAMPLE = r"-X (PUT|POST|DELETE).*?localhost:8070(/api/v2/users(?:/\w+)?)"  # of curl


class Row(t.NamedTuple):
    title: str
    text: str
    task: dict[str, t.Any]


def rows() -> list[Row]:
    """The rows of the guide's two tables."""
    tables = GUIDE.read_text().split("From requests to tasks\n", 1)[1].split("\nWho calls\n", 1)[0]
    return [Row(title, text.strip(), yaml.safe_load(task)) for title, text, task in re.findall(ROW, tables)]


def blocks() -> dict[str, list[dict[str, t.Any]]]:
    """The tasks of the integration target by the title of the row that they run."""
    return {each["name"].removeprefix("Field "): each["block"] for each in yaml.safe_load(TARGET.read_text())}


def test_every_row_is_read() -> None:
    assert len(rows()) == GUIDE.read_text().count("   * - **") == 16


def test_the_integration_target_runs_each_row() -> None:
    assert sorted(blocks()) == sorted(row.title for row in rows())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.title)
def test_a_row(row: Row) -> None:
    ((name, options),) = row.task.items()
    module = name.removeprefix("people.lifecycle.")
    documented = yaml.safe_load(importlib.import_module(MODULES + module).DOCUMENTATION)["options"]
    assert options.keys() <= {*documented, "username", "api_username", "api_password"}
    assert any(name in task for task in blocks()[row.title]), "the target uses another module than the guide"


@pytest.mark.skipif(not SOURCE.exists(), reason="the vendor's page is not part of the project")
def test_nothing_of_the_vendors_page_is_missing() -> None:
    page = SOURCE.read_text()
    requests = set(re.findall(r"^GET /api/v2/\S+", page, re.MULTILINE))
    requests |= {f"{verb} {re.sub('users/.+', 'users/{username}', path)}" for verb, path in re.findall(SAMPLE, page)}
    assert len(requests) == 5
    assert requests <= {row.text.strip("`") for row in rows()}
    fields = set(re.findall(r'"(\w+)":', page)) - {"users"}
    assert len(fields) == 5 and fields <= {row.title for row in rows()}
    assert "realm=" in page and sum("realm=" in row.text for row in rows()) == 3, "list, get and delete"
