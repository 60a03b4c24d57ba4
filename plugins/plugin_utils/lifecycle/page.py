# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report as one page: everything in it, every text escaped, for screens and for paper."""

from __future__ import annotations

import json
import pathlib
import re
import typing as t

import jinja2

from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable

TEMPLATE = pathlib.Path(__file__).with_name("report.html.j2")
LONGEST = 600

# A sign for each action beside its word, so that the page can be read without colours.
SIGNS = {
    "created": "+",
    "updated": "~",
    "enabled": "▲",
    "disabled": "▼",
    "deleted": "−",
    "unchanged": "=",
    "held": "‖",
    "failed": "✗",
}

# Folded, because they say little to who reads about people.
TECHNICAL = (
    "authentication",
    "force_password_change",
    "max_login_attempts",
    "metadata",
    "private_metadata",
    "security_question",
    "time_zone",
)

TIME = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$")

FIELD_NAMES = {"first_name": "first name", "last_name": "last name", "email": "e-mail", "username": "user name"}


def page(report: dict[str, t.Any]) -> str:
    """The page about ``report`` as HTML."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["value"] = value
    environment.filters["field"] = lambda name: printable(FIELD_NAMES.get(name, str(name).replace("_", " ")), 60)
    environment.filters["time"] = lambda text: TIME.sub(r"\1 \2 UTC", str(text))
    environment.filters["told"] = told
    environment.filters["pieces"] = pieces
    environment.filters["shown"] = lambda text: printable(str(text), LONGEST)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(report=report, titles=report["titles"], signs=SIGNS, technical=TECHNICAL)


def told(row: dict[str, t.Any]) -> list[dict[str, t.Any]]:
    """The changes of one account that its action and its user name do not say already."""
    implied = {"created": ("state", "username", "enabled"), "deleted": ("state", "username")}.get(row["action"], ())
    return [change for change in row["changes"] if change["field"] not in implied]


def pieces(change: dict[str, t.Any]) -> list[tuple[str, str]]:
    """One change in words, each with what it is:
    of lists what came and what went, of anything else before and after.
    """
    before, after = change["before"], change["after"]
    if isinstance(before, list) and isinstance(after, list):
        gone = [("gone", value(one)) for one in before if one not in after]
        return gone + [("new", value(one)) for one in after if one not in before]
    return [
        *([("gone", value(before))] if before is not None else []),
        *([("new", value(after))] if after is not None else []),
    ]


def value(item: t.Any) -> str:
    """A field's value in words."""
    if item is None or item == "" or item == []:
        return "–"
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, list):
        separator = "; " if any(isinstance(one, dict) for one in item) else ", "
        return printable(separator.join(value(one) for one in item), LONGEST)
    if isinstance(item, dict):
        return printable(", ".join(f"{key}: {value(one)}" for key, one in item.items()), LONGEST) or "–"
    return printable(item if isinstance(item, str) else json.dumps(item), LONGEST)
