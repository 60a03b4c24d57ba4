# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ``--diff`` shows of a run. Pure."""

from __future__ import annotations

import json

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.batches import Line
from ansible_collections.people.lifecycle.plugins.plugin_utils.lifecycle.report import Part

MOST_CHARACTERS = 200_000  # of the differences in a result; AWX drops results above 700,000


def cut(items: list[Values]) -> list[Values]:
    """The first of ``items`` that together stay below the limit, and how many more there are."""
    kept: list[Values] = []
    length = 0
    for item in items:
        length += len(json.dumps(item))
        if length > MOST_CHARACTERS:
            header = f"{len(items) - len(kept)} more differences are in the report"
            return [*kept, {"before_header": header, "after_header": header, "before": "", "after": ""}]
        kept.append(item)
    return kept


def difference(part: Part, line: Line) -> Values:
    """One entry for ``--diff``."""
    header = printable(f"{part.title} {line.username}{f' ({line.realm})' if line.realm else ''}")
    return {
        "before_header": header,
        "after_header": header,
        "before": {c["field"]: c["before"] for c in line.changes if c["before"] is not None},
        "after": {c["field"]: c["after"] for c in line.changes if c["after"] is not None},
    }
