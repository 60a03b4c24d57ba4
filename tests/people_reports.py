# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports for tests, and names that nobody should have."""

from __future__ import annotations

import datetime
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._systems import TRAITS
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import Part, Run, build

NOW = datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.timezone.utc)
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% for x in y %}",
    "' onmouseover='x",
    "</td></table><h1>gone",
    "a\u202egnp.exe\x1b[31m\x00",
    "javascript:alert(1)",
    "&lt;b&gt;",
]


def report(kind: str, lines: dict[str, list[Line]], people: list[dict[str, t.Any]], **run: t.Any) -> dict[str, t.Any]:
    parts = [Part(instance, TRAITS[instance], found) for instance, found in lines.items()]
    return build(Run(kind=kind, id="1", check=False, now=NOW, **run), people, parts, [])


def someone(who: str = "E1", name: str = "Jane Smith") -> dict[str, t.Any]:
    return {"id": who, "name": name, "email": "jane@example.com", "profile": ["engineer"]}
