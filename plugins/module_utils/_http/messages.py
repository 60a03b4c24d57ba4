# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the server's own words in a failed answer."""

from __future__ import annotations

import json
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer


def plain_words(answer: Answer) -> str:
    """The body when it is one plain sentence; nothing of HTML pages."""
    text = answer.text.strip()
    return "" if text.startswith(("<", "{", "[")) else text


def json_object(answer: Answer) -> dict[str, t.Any]:
    """The JSON object in the body, empty when there is none."""
    try:
        parsed = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def text_of(value: t.Any) -> str:
    return value if isinstance(value, str) else ""
