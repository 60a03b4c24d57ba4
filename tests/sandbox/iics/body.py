# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The members of a request's JSON object, with the types that the documentation gives them."""

from __future__ import annotations

import json
import typing as t

from .http import Refusal, Request

LONGEST = 255


def members(request: Request) -> dict[str, t.Any]:
    """The object in the body; the code for a malformed body is unknown."""
    try:
        data = json.loads(request.body)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise Refusal(400, "SIM_BAD_BODY", "The request body is not a valid JSON object.")
    return data


def missing(name: str) -> Refusal:
    return Refusal(400, "SIM_MISSING_FIELD", f"The field {name} is required.")


def bad(name: str) -> Refusal:
    return Refusal(400, "SIM_BAD_FIELD", f"Invalid value in field {name}.")


def text(data: dict[str, t.Any], name: str, longest: int | None = None) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise bad(name)
    if value and longest and len(value) > longest:
        raise bad(name)
    return value


def required(data: dict[str, t.Any], name: str, longest: int | None = None) -> str:
    value = text(data, name, longest)
    if not value:
        raise missing(name)
    return value


def whole(data: dict[str, t.Any], name: str, default: int) -> int:
    value = data.get(name)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad(name)
    return value


def flag(data: dict[str, t.Any], name: str) -> bool:
    value = data.get(name)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise bad(name)
    return value


def names(data: dict[str, t.Any], name: str) -> list[str]:
    """A list of strings, each once; an absent list is an empty one."""
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise bad(name)
    return list(dict.fromkeys(value))
