# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The code blocks of everything that users read: Markdown, guides, and the examples of plugins."""

from __future__ import annotations

import ast
import dataclasses
import pathlib
import re
import textwrap
import typing as t

PROJECT = pathlib.Path(__file__).resolve().parents[3]
FENCED = re.compile(r"^(?P<indent> *)```(?P<language>\S*)\n(?P<text>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)
DIRECTIVE = re.compile(
    r"^(?P<indent> *)\.\. code-block:: *(?P<language>\S*)\n"
    r"(?P<options>(?:(?P=indent) +:[a-z-]+:.*\n)*)"
    r"(?P<text>(?:\n|(?P=indent) +.*(?:\n|\Z))+)",
    re.MULTILINE,
)
WITHOUT_LANGUAGE = re.compile(r"^(?! *\.\. ).*::$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Block:
    """One code block: where it is, in which language, and what it says."""

    place: str
    language: str
    text: str

    def __str__(self) -> str:
        return self.place


def pages() -> list[pathlib.Path]:
    """Every page in Markdown or reStructuredText that is written by hand."""
    found = [*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.rst"), *PROJECT.glob("docs/**/*.md")]
    found += [*PROJECT.glob("extensions/**/*.md"), *PROJECT.glob("roles/*/README.md")]
    return sorted(path for path in found if path.name != "CHANGELOG.md")


def blocks() -> t.Iterator[Block]:
    """All code blocks of the pages, and the examples of the plugins."""
    for path in pages():
        source = path.read_text()
        for match in (FENCED if path.suffix == ".md" else DIRECTIVE).finditer(source):
            line = source.count("\n", 0, match.start()) + 1
            yield Block(
                f"{path.name}:{line}", match["language"].lower(), textwrap.dedent(match["text"]).strip("\n") + "\n"
            )
    for kind in ("modules", "filter", "lookup"):
        for path in sorted(PROJECT.glob(f"plugins/{kind}/*.py")):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "EXAMPLES":
                    yield Block(f"{path.name}:{node.lineno}", "yaml", str(ast.literal_eval(node.value)))
