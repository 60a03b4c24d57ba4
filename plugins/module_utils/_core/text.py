# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small things about text that every part needs: near names, enumerations, addresses. Pure."""

from __future__ import annotations

import re
import typing as t
from urllib.parse import urlsplit

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
MOST_NAMED = 10
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
HALVES = re.compile("[\ud800-\udfff]")


def near_names(name: str, known: t.Iterable[str], most: int = 3) -> list[str]:
    """Those of ``known`` that ``name`` may be a misspelling of, the nearest first; case does not matter."""
    import difflib  # rarely needed, and slow to load

    folded = {each.casefold(): each for each in known}
    return [folded[key] for key in difflib.get_close_matches(name.casefold(), folded, most)]


def enumeration(names: t.Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def some_of(names: t.Sequence[str], most: int = 5) -> str:
    """``a, b and 7 more``: the first ``most`` names, and how many more there are."""
    more = len(names) - most
    return enumeration([*names[:most], *([f"{more} more"] if more > 0 else [])])


def first_of(sentences: t.Sequence[str], most: int = MOST_NAMED) -> str:
    """The first ``most`` sentences, and how many more there are."""
    more = len(sentences) - most
    return " ".join([*sentences[:most], *([f"And {more} more."] if more > 0 else [])])


def refuse(problems: t.Sequence[str], prefix: str = "Nothing was changed.", most: int = MOST_NAMED) -> None:
    """Raise InputError with the first of ``problems``, when there are any."""
    if problems:
        raise InputError(f"{prefix} {first_of(problems, most)}")


def is_storable(text: str) -> bool:
    """Whether a service can be sent ``text`` and keep it: no NUL, no half of a character."""
    return "\0" not in text and (text.isascii() or HALVES.search(text) is None)


def texts_in(value: t.Any) -> t.Iterator[str]:
    """Every text in nested dictionaries and lists, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(key)
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def unstorable(options: t.Mapping[str, t.Any]) -> list[str]:
    """Those of ``options`` with text that cannot be stored."""
    texts = [value for value in options.values() if value.__class__ is str]
    if is_storable("".join(texts)) and len(texts) == len(options):
        return []
    return [option for option, value in options.items() if not all(map(is_storable, texts_in(value)))]


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine."""
    return (urlsplit(url).hostname or "") in LOOPBACK
