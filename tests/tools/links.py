# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds links that lead nowhere, as far as that can be told without reaching another server.

Links within the site and into the project's own files are followed; of the others, the form is checked.
"""

from __future__ import annotations

import functools
import html.parser
import pathlib
import re
import typing as t
import urllib.parse

REPOSITORY = "https://github.com/people-lifecycle/people.lifecycle/"
IN_REPOSITORY = re.compile(re.escape(REPOSITORY) + r"(?:blob|tree|raw)/main/(?P<path>[^#?]*)")
MARKDOWN_LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)


class _Page(html.parser.HTMLParser):
    """The links of a page and the places in it that links can name."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.places.update(value for name in ("id", "name") if (value := found.get(name)))
        for name in ("href", "src"):
            if value := found.get(name):
                self.links.append(value)


@functools.cache
def _read(path: pathlib.Path) -> _Page:
    page = _Page()
    page.feed(path.read_text())
    return page


def broken_in_site(site: pathlib.Path) -> t.Iterator[str]:
    """Links between pages of ``site`` without a file or place to lead to."""
    for path in sorted(site.glob("**/*.html")):
        for link in _read(path).links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                if reason := _malformed(link):
                    yield f"{path.name}: {link}: {reason}"
                continue
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if not target.exists():
                yield f"{path.name}: {link}: no such file"
            elif parts.fragment and target.suffix == ".html" and parts.fragment not in _read(target).places:
                yield f"{path.name}: {link}: no such place"


def broken_in_text(project: pathlib.Path) -> t.Iterator[str]:
    """Links in the project's Markdown, guides and galaxy.yml without a file to lead to."""
    texts = [
        *project.glob("*.md"),
        *project.glob("docs/**/*.rst"),
        *project.glob("extensions/**/*.md"),
        *project.glob("roles/*/README.md"),
    ]
    for path in sorted(texts):
        text = path.read_text()
        for link in re.findall(re.escape(REPOSITORY) + r"[^\s>)`'\"]+", text):
            if reason := _missing(project, link):
                yield f"{path.name}: {link}: {reason}"
        if path.suffix == ".md":
            for link in MARKDOWN_LINK.findall(CODE.sub("", text)):
                yield from (f"{path.name}: {link}: {reason}" for reason in _markdown(path, link))


def _markdown(path: pathlib.Path, link: str) -> t.Iterator[str]:
    parts = urllib.parse.urlsplit(link)
    if parts.scheme:
        if reason := _malformed(link):
            yield reason
        return
    target = path.parent / parts.path if parts.path else path
    if not target.exists():
        yield "no such file"
    elif parts.fragment and parts.fragment not in _headings(target.read_text()):
        yield "no such heading"


def _headings(text: str) -> set[str]:
    """The names that headings of Markdown can be linked by."""
    found = re.findall(r"^#+ +(.*)$", CODE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def _missing(project: pathlib.Path, link: str) -> str:
    match = IN_REPOSITORY.match(link)
    if match and not (project / match["path"].rstrip(".,")).exists():
        return "no such file in the project"
    return ""


def _malformed(link: str) -> str:
    parts = urllib.parse.urlsplit(link)
    if parts.scheme in ("mailto", "data"):
        return ""
    if parts.scheme and parts.scheme != "https":
        return "not https"
    return "" if "." in (parts.hostname or "") else "no host"
