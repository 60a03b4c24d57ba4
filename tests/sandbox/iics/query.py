# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The query of v3 listings: ``q=field==value``, ``limit`` and ``skip``."""

from __future__ import annotations

import itertools
import typing as t
import urllib.parse

from .http import Refusal

DEFAULT_LIMIT = 100
LARGEST_LIMIT = 200

Item = t.TypeVar("Item")


def parse(query: str) -> dict[str, str]:
    """The parameters, decoded; a value may itself contain ``==``."""
    pairs = (part.partition("=") for part in query.split("&") if part)
    return {urllib.parse.unquote_plus(name): urllib.parse.unquote_plus(value).strip() for name, _eq, value in pairs}


def condition(parameters: dict[str, str], fields: t.Collection[str]) -> tuple[str, str] | None:
    """Field and value of the filter, quotes taken off; None without one. The code for a bad filter is unknown."""
    q = parameters.get("q", "")
    if not q:
        return None
    field, operator, value = q.partition("==")
    field, value = field.strip(), value.strip()
    if not operator or field not in fields:
        raise Refusal(400, "SIM_BAD_FILTER", f"Invalid query; use == with one of {', '.join(fields)}.")
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    return field, value


def page(items: t.Iterable[Item], parameters: dict[str, str], default: int | None = DEFAULT_LIMIT) -> list[Item]:
    """The part of a listing that ``limit`` and ``skip`` ask for; ``limit=0`` is taken as the default (unknown)."""
    limit = _number(parameters, "limit")
    if limit is not None and not 0 <= limit <= LARGEST_LIMIT:
        raise _bad_limit()
    skip = _number(parameters, "skip") or 0
    if skip < 0:
        raise Refusal(400, "SIM_BAD_SKIP", "Invalid value in skip parameter.")
    size = limit or default
    return list(itertools.islice(items, skip, None if size is None else skip + size))


def _bad_limit() -> Refusal:
    message = f"Invalid value in limit parameter: must be between 0 and {LARGEST_LIMIT}"
    return Refusal(400, "V3API_IDSError_003", message)


def _number(parameters: dict[str, str], name: str) -> int | None:
    value = parameters.get(name, "")
    if not value:
        return None
    try:
        return int(value)
    except ValueError:
        raise (
            _bad_limit() if name == "limit" else Refusal(400, "SIM_BAD_SKIP", f"Invalid value in {name} parameter.")
        ) from None
