# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""User names from a rule that the user sets: text with placeholders in braces, such as ``{first_name}.{last_name}``."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import typing as t
import unicodedata

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import text

OTHER_CHARACTERS = re.compile(r"[^a-z0-9]+")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

# Letters that do not come apart into a plain letter and an accent.
PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "œ": "oe", "Œ": "oe", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
)


def ascii_name(name: str) -> str:
    """``name`` in lower case and plain letters: accents go, what is no letter or digit becomes one hyphen."""
    letters = name.lower()
    if not name.isascii():
        folded = unicodedata.normalize("NFKD", name.translate(PLAIN_LETTERS)).casefold()
        letters = "".join(c for c in folded if not unicodedata.combining(c))
    return OTHER_CHARACTERS.sub("-", letters).strip("-")


def parts(person: t.Mapping[str, t.Any]) -> dict[str, str]:
    """The values of the placeholders for one person."""
    email = str(person["email"])
    first, last = ascii_name(person["first_name"]), ascii_name(person["last_name"])
    local = email.partition("@")[0]
    return {
        "email": email,
        "email_name": local,
        "email_slug": ascii_name(local),
        "first_name": first,
        "last_name": last,
        "first_initial": first[:1],
        "last_initial": last[:1],
        "id": str(person["id"]),
    }


KNOWN = tuple(parts({"email": "", "first_name": "", "last_name": "", "id": ""}))


@dataclasses.dataclass(frozen=True)
class Rule:
    """How user names are made in an instance, and what else is true of those accounts:
    ``options`` of the module, by name.
    """

    username: str
    options: t.Mapping[str, str] = dataclasses.field(default_factory=dict)

    def made_for(self, person: t.Mapping[str, t.Any]) -> dict[str, str]:
        """The options for one person, their placeholders filled in; raises InputError where one stays empty."""
        return {option: user_name(rule, person) for option, rule in self.options.items()}


def read_rule(given: t.Any, options: t.Collection[str], name: str) -> Rule:
    """The rule in ``name``: text, or a dictionary of ``username`` and those of ``options``; raises InputError."""
    if not isinstance(given, t.Mapping):
        rule = text(given, name)
        if rule:
            check_rule(rule, name)
        return Rule(rule)
    parts = {option: text(value, f"{name}.{option}") for option, value in given.items()}
    unknown = next((option for option in parts if option not in ("username", *options)), None)
    if unknown is not None:
        raise InputError(f"{name} names {unknown!r:.60}; known are {', '.join(('username', *options))}.")
    username = parts.pop("username", "")
    if username:
        check_rule(username, f"{name}.username")
    for option, rule in parts.items():
        check_placeholders(rule, f"{name}.{option}")
    return Rule(username, {option: rule for option, rule in parts.items() if rule})


def check_placeholders(rule: str, name: str) -> None:
    """Raise InputError when ``rule``, given in ``name``, has braces that nobody can fill."""
    rest = PLACEHOLDER.sub("", rule)
    if "{" in rest or "}" in rest:
        raise InputError(f"{name} has a brace without its partner.")
    for placeholder in PLACEHOLDER.findall(rule):
        if placeholder not in KNOWN:
            raise InputError(f"{name} has the placeholder {{{placeholder}}}; known are {', '.join(KNOWN)}.")


def check_rule(rule: str, name: str) -> None:
    """Raise InputError when ``rule``, given in ``name``, cannot make user names."""
    check_placeholders(rule, name)
    if not PLACEHOLDER.search(rule):
        raise InputError(f"{name} has no placeholder; everybody would get the same user name.")


def user_name(rule: str, person: t.Mapping[str, t.Any]) -> str:
    """The user name that ``rule`` gives ``person``; raises InputError where a placeholder stays empty."""
    values = parts(person)
    empty = sorted({name for name in PLACEHOLDER.findall(rule) if not values[name]})
    if empty:
        raise InputError(
            f"{person['id']}: no user name from the rule {rule}, because {', '.join(empty)} has no plain letters. "
            "Give it in accounts."
        )
    return PLACEHOLDER.sub(lambda match: values[match.group(1)], rule)


def former_names(rule: str, values: t.Mapping[str, t.Any], emails: t.Iterable[str]) -> list[str]:
    """The user names that a rule gave a person under confirmed former addresses."""
    names = []
    for email in sorted(emails):
        with contextlib.suppress(InputError):
            names.append(user_name(rule, {**values, "email": email}))
    return names
