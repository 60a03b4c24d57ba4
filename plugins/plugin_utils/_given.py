# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what people and surveys hand over: the same value arrives as text, as nothing, as ``""`` or in its own type."""

from __future__ import annotations

import datetime
import typing as t

from ansible.module_utils.parsing.convert_bool import BOOLEANS_FALSE, BOOLEANS_TRUE

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError


def plain(value: t.Any) -> t.Any:
    """``value`` in Python's own types; Ansible's text that marks trust or origin becomes mere text."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, t.Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def nothing(value: t.Any) -> bool:
    """Whether ``value`` is one of the ways to say nothing."""
    return value is None or (isinstance(value, str) and not value.strip()) or value == [] or value == {}


def text(value: t.Any, name: str, default: str = "") -> str:
    """Text without blanks around it; numbers are text too."""
    if nothing(value):
        return default
    if isinstance(value, bool) or not isinstance(value, (str, int, float, datetime.date)):
        raise InputError(f"{name} must be text.")
    return str(plain(value)).strip()


def choice(value: t.Any, name: str, choices: t.Sequence[str], default: str) -> str:
    """One of ``choices``."""
    chosen = text(value, name, default)
    if chosen not in choices:
        raise InputError(f"{name} must be one of {', '.join(choices)}, not {chosen!r:.60}.")
    return chosen


def flag(value: t.Any, name: str, default: bool = False) -> bool:
    """Yes or no, in Ansible's spellings."""
    if nothing(value):
        return default
    normal = value.strip().lower() if isinstance(value, str) else value
    try:
        if normal in BOOLEANS_TRUE:
            return True
        if normal in BOOLEANS_FALSE:
            return False
    except TypeError:
        pass
    raise InputError(f"{name} must be true or false, not {value!r:.60}.")


def number(value: t.Any, name: str, default: int, least: int = 1) -> int:
    """A whole number of at least ``least``."""
    if nothing(value):
        return default
    try:
        if isinstance(value, bool) or (isinstance(value, float) and value != int(value)):
            raise ValueError
        count = int(value)
    except (TypeError, ValueError):
        raise InputError(f"{name} must be a whole number, not {value!r:.60}.") from None
    if count < least:
        raise InputError(f"{name} must be at least {least}.")
    return count


def words(value: t.Any, name: str) -> list[str]:
    """A list of texts: a list, or text with one item a line or commas between them."""
    if nothing(value):
        return []
    if isinstance(value, str):
        value = [part for line in plain(value).splitlines() for part in line.split(",")]
    if not isinstance(value, (list, tuple)):
        raise InputError(f"{name} must be a list, or text with one item a line.")
    return [text(item, name) for item in value if not nothing(item)]


def mapping(value: t.Any, name: str) -> dict[str, t.Any]:
    """A dictionary, whose keys are text."""
    if nothing(value):
        return {}
    if not isinstance(value, t.Mapping) or not all(isinstance(key, str) for key in value):
        raise InputError(f"{name} must be a dictionary.")
    return t.cast("dict[str, t.Any]", plain(value))
