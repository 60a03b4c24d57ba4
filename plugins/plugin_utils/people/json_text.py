# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON files for people to read."""

from __future__ import annotations

import json
import typing as t


def written_json(content: t.Mapping[str, t.Any], ensure_ascii: bool = False) -> str:
    """``content`` as JSON with a line for each field, and for each entry of a field's list: thousands of people are
    found and compared by line. Indentation all the way down takes ten times as long, since Python's json does that in
    Python.
    """

    def line(value: t.Any) -> str:
        return json.dumps(value, ensure_ascii=ensure_ascii)

    def field(value: t.Any) -> str:
        entries = ",\n  ".join(map(line, value)) if isinstance(value, list) else ""
        return f"[\n  {entries}\n ]" if entries else line(value)

    fields = (f" {line(name)}: {field(value)}" for name, value in content.items())
    return "{\n" + ",\n".join(fields) + "\n}"
