# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with the accounts that a task names, as far as that can be told without asking the service. Pure."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._facts import Facts

MOST_PROBLEMS = 10
LONGEST_NAME = 255
HALVES = re.compile("[\ud800-\udfff]")


def check_entries(entries: t.Sequence[dict[str, t.Any]], facts: Facts) -> None:
    """Refuse what can be refused without asking the service; raises InputError."""
    problems: list[str] = []
    spelled: dict[str, str] = {}
    taken: dict[tuple[str, str], str] = {}
    for entry in entries:
        name = entry["username"]
        if not name or len(name) > LONGEST_NAME or name != name.strip() or not name.isprintable():
            problems.append(
                f"{name!r:.80} cannot be a user name: 1 to {LONGEST_NAME} printable characters without blanks around."
            )
            continue
        if name in (".", ".."):
            problems.append(f"{name!r} cannot be a user name: it has another meaning in a web address.")
        problems += [f"{name}: {problem}" for problem in unstorable(entry)]
        problems += doubled_values(entry, taken, facts)
        key = facts.key(name)
        if key in spelled:
            other = "" if spelled[key] == name else f" (also spelled {spelled[key]!r}, which can be the same account)"
            problems.append(f"{name} is listed twice{other}.")
        spelled[key] = name
        if not facts.can_disable and (entry["state"] == "disabled" or entry["enabled"] is not None):
            problems.append(f"{name}: {facts.title} cannot enable or disable accounts. {facts.cannot_disable}")
        if not facts.can_set_password and entry["update_password"] == "always" and entry["password"]:
            problems.append(f"{name}: {facts.cannot_set_password}")
        if entry["state"] != "present" and entry["enabled"] is True:
            problems.append(f"{name}: enabled: true contradicts state: {entry['state']}.")
        problems += [f"{name}: {problem}" for problem in facts.option_problems(entry)]
    refuse(problems, facts)


def unstorable(entry: dict[str, t.Any]) -> t.Iterator[str]:
    """Sentences about text that no service can be sent or can keep: NUL, and halves of characters."""
    for option, value in entry.items():
        if value is None or isinstance(value, bool):
            continue
        if is_unstorable(value) if isinstance(value, str) else any(map(is_unstorable, texts_in(value))):
            yield f"{option} holds a NUL or half a character (a lone surrogate), which cannot be stored."


def is_unstorable(text: str) -> bool:
    return "\0" in text or (not text.isascii() and HALVES.search(text) is not None)


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


def doubled_values(entry: dict[str, t.Any], taken: dict[tuple[str, str], str], facts: Facts) -> list[str]:
    """Sentences about values that another entry has too although they must be unique; notes this one's in ``taken``."""
    problems = []
    for option in facts.unique:
        value = entry.get(option)
        if value and entry["state"] == "present":
            other = taken.setdefault((option, value), entry["username"])
            if other != entry["username"]:
                problems.append(f"{entry['username']} and {other} have the same {option}, {value}.")
    return problems


def refuse(problems: t.Sequence[str], facts: Facts) -> None:
    """Raise InputError when there are ``problems``, with the first of them and the number of the others."""
    if problems:
        more = len(problems) - MOST_PROBLEMS
        said = [*problems[:MOST_PROBLEMS], *([f"And {more} more."] if more > 0 else [])]
        raise InputError(f"{facts.title}: nothing was changed. {' '.join(said)}")
