# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers of which nothing can be read: faults of the sandbox, without the path that they are about."""

from __future__ import annotations

import typing as t


def answers(*statuses: int) -> list[dict[str, t.Any]]:
    """An answer with each of ``statuses``, one that is no JSON, half of one, and none at all."""
    refusals = ({"kind": "status", "status": status, "body": "{}"} for status in statuses)
    return [*refusals, *({"kind": kind} for kind in ("html", "truncate", "drop_before"))]
