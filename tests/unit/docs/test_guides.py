# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guides say what the code does: its messages, its environment variables, its systems."""

from __future__ import annotations

import ast
import functools
import pathlib
import re
import typing as t

import pytest
import yaml

from ansible_collections.people.lifecycle.plugins.module_utils._systems import SYSTEMS
from unit.docs.blocks import PROJECT

GUIDES = PROJECT / "docs/docsite/rst"
DOCSITE = PROJECT / "docs/docsite"
EXPLAINED = r"^``(.+?)``.*\n    \S"
MESSAGES = re.findall(EXPLAINED, (GUIDES / "guide_troubleshooting.rst").read_text(), re.MULTILINE)


@functools.cache
def texts_in_code() -> str:
    """All text in the code of the plugins and the tasks of the roles, what is put into it left out, one a line."""
    found = []
    for path in sorted((PROJECT / "plugins").glob("**/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                found.append(
                    "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(re.sub(r"\{[a-z:]*\}", "…", node.value))
    for path in sorted((PROJECT / "roles").glob("*/tasks/*.yml")):
        found += [
            " ".join(str(value).split()).replace(path.parts[-3], "…")
            for value in texts_of(yaml.safe_load(path.read_text()))
        ]
    return "\n".join(found)


def texts_of(data: t.Any) -> t.Iterator[str]:
    """All text in what YAML holds."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (list, dict)):
        for item in data.values() if isinstance(data, dict) else data:
            yield from texts_of(item)


def test_there_are_messages() -> None:
    assert len(MESSAGES) > 20


@pytest.mark.parametrize("message", MESSAGES)
def test_messages_that_are_explained_are_messages_of_the_code(message: str) -> None:
    if match := re.fullmatch(r"was answered (\d{3})", message):
        message = "was answered ..."
        assert 400 <= int(match[1]) < 600
    parts = [re.escape(part.strip()) for part in message.split("...") if part.strip()]
    assert re.search(r"[^\n]*".join(parts), texts_in_code())


def test_a_table_has_every_message_in_order_with_its_section() -> None:
    page = (GUIDES / "guide_troubleshooting.rst").read_text()
    sections = re.split(r"^(.+)\n-+\n", page, flags=re.MULTILINE)[1:]
    explained = [
        (message, title)
        for title, text in zip(sections[::2], sections[1::2], strict=True)
        for message in re.findall(EXPLAINED, text, re.MULTILINE)
    ]
    rows = re.findall(r"^   \* - ``(.+)``\n     - `(.+)`_$", page, re.MULTILINE)
    assert len(explained) == len(MESSAGES)
    assert rows == sorted(explained, key=lambda row: row[0].lstrip(". ").casefold())


def variables() -> set[str]:
    """Every environment variable that an option reads."""
    options = [option for system in SYSTEMS.values() for option in system.connection.values()]
    return {name for option in options for name in option.get("fallback", ((), ()))[1]}


def test_the_page_of_environment_variables_has_all_and_no_other() -> None:
    page = (GUIDES / "guide_environment.rst").read_text()
    told = [
        name
        for names in re.findall(r"^\.\. envvar:: ((?:\w+\n +)*\w+)\n\n", page, re.MULTILINE)
        for name in names.split()
    ]
    assert sorted(told) == sorted(variables())
    assert yaml.safe_load((DOCSITE / "config.yml").read_text())["envvar_directives"] == sorted(told)


def test_no_variable_has_a_name_that_awx_refuses() -> None:
    assert [name for name in variables() if name.startswith("ANSIBLE_")] == []


def test_every_system_has_a_guide() -> None:
    assert [system for system in SYSTEMS if not (GUIDES / f"guide_{system}.rst").exists()] == []


def test_the_site_has_every_guide_once() -> None:
    sections = yaml.safe_load((DOCSITE / "extra-docs.yml").read_text())["sections"]
    listed = [name for section in sections for name in section["toctree"]]
    assert sorted(listed) == sorted(path.stem for path in GUIDES.glob("*.rst"))


@pytest.mark.parametrize("page", sorted(GUIDES.glob("*.rst")), ids=lambda page: page.stem)
def test_guides_read_well_without_sphinx(page: pathlib.Path) -> None:
    text = page.read_text()
    assert re.findall(r":(?:ref|doc|ansplugin|ansopt|ansretval):`", text) == []
    assert [guide for guide in re.findall(r"<(guide_\w+\.rst)>`__", text) if not (GUIDES / guide).exists()] == []
