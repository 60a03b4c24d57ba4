# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what people and surveys hand over: the same value arrives as text, as nothing, as ``""`` or in its own type."""

from __future__ import annotations

import collections.abc
import contextlib
import datetime
import json
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError

OPENINGS = ("[", "{", "- ", "-\n")
OWN = frozenset((str, bool, int, float, type(None)))
LEFT_OVER = frozenset("[]{}\"'")


class EnvironmentText(str):
    """Text that a variable of the environment gave, and not the task; ``variable`` is its name."""

    variable = ""


def plain(value: t.Any) -> t.Any:
    """``value`` in Python's own types; Ansible's text that marks trust or origin becomes mere text."""
    if type(value) in OWN:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, collections.abc.Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def is_blank(value: t.Any) -> bool:
    """Whether ``value`` is one of the ways to say nothing."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or value == {}


def text(value: t.Any, name: str, default: str = "") -> str:
    """Text without blanks around it; numbers are text too."""
    if is_blank(value):
        return default
    if isinstance(value, bool) or not isinstance(value, (str, int, float, datetime.date)):
        raise InputError(f"{name} must be text.")
    return str(plain(value)).strip()


def structure(value: t.Any, name: str) -> t.Any:
    """``value``, read where it is a list or dictionary written as text, in JSON or YAML."""
    if not isinstance(value, str) or not value.lstrip().startswith(OPENINGS):
        return value
    with contextlib.suppress(ValueError, RecursionError):  # YAML reads what JSON escapes as two halves of a character
        return json.loads(plain(value))
    import yaml  # only where somebody writes such text: managed nodes need not have it

    try:
        return yaml.safe_load(plain(value))
    except (yaml.YAMLError, ValueError, RecursionError):
        raise InputError(f"{name} begins like a list or dictionary in JSON or YAML, and is not a valid one.") from None


def text_list(value: t.Any, name: str) -> list[str]:
    """A list of texts: a list, one as JSON or YAML text, or text with one item a line or commas between them.

    Raises InputError for what is of another shape, and for items of such text that keep a bracket or a quote: what is
    not understood must not pass for a name that nobody has.
    """
    if is_blank(value):
        return []
    value = structure(value, name)
    if isinstance(value, str):
        value = [part.strip() for line in plain(value).splitlines() for part in line.split(",")]
        odd = next((part for part in value if LEFT_OVER & {part[:1], part[-1:]}), None)
        if odd is not None:
            raise InputError(
                f"{name} holds {odd!r:.60}: write a list, or plain text with commas or line breaks between items."
            )
    if not isinstance(value, (list, tuple)):
        raise InputError(f"{name} must be a list, or text with one item a line.")
    return [text(item, name) for item in value if not is_blank(item)]


def mapping(value: t.Any, name: str) -> dict[str, t.Any]:
    """A dictionary, or one as JSON or YAML text; its keys are text."""
    if is_blank(value):
        return {}
    value = structure(value, name)
    if not isinstance(value, collections.abc.Mapping) or not all(isinstance(key, str) for key in value):
        raise InputError(f"{name} must be a dictionary.")
    return t.cast("dict[str, t.Any]", plain(value))
