# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The last word of a review on the console: one block of lines. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.plugin_utils.review.finding import KINDS


def block(report: Values, files: t.Mapping[str, str]) -> list[str]:
    """What was found, by kind, the riskiest first, and where it is told; what was not found has no line."""
    counts, trend = report["counts"], report["trend"] or {}
    risks = ", ".join(f"{count} {risk}" for risk, count in counts["by_risk"].items() if count)
    lines = [
        f"Access review {report['run']}: {counts['people']} people, {counts['accounts']} accounts",
        f"{counts['findings']} findings: {risks}" if counts["findings"] else "Nothing was found",
        *(f"{kind.title}: {counts['by_kind'][name]}" for name, kind in KINDS.items() if name in counts["by_kind"]),
        f"Since {trend['since']}: {trend['new']} new, {trend['gone']} gone" if trend else "",
        (
            f"Without a decision for more than {report['open_days']} days: {counts['overdue']}"
            if counts["overdue"]
            else ""
        ),
        f"To decide in: {files['decisions']}" if "decisions" in files else "",
        f"Report: {files['html']}" if "html" in files else "",
    ]
    return [printable(line, 2000) for line in lines if line]
