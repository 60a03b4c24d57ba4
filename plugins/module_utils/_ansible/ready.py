# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entries in whose options ansible-core would convert nothing. Pure.

Its validation copies every entry and looks at every option a dozen times, which is half of what a task about thousands
of people takes, and of its memory. Whatever is not plainly right is left to it: what it converts, and what it refuses,
in its own words.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec

UNDERSTOOD = {
    "type",
    "elements",
    "options",
    "choices",
    "no_log",
    "required",
    "aliases",
    "mutually_exclusive",
    "required_one_of",
}
SCALARS: dict[str, type] = {"str": str, "bool": bool, "int": int}
DOUBTFUL: t.Any = object()

Check = t.Callable[[t.Any], t.Any]  # the value as ansible-core would return it, or DOUBTFUL


class Ready:
    """The ``users`` of a task that need no validation; the others are ``left``, None where there is no list of them."""

    def __init__(self, spec: Spec, options: Values) -> None:
        users = options.get("users")
        self.left: list[t.Any] | None = None
        self._given: list[t.Any] = []
        if "users" in spec and isinstance(users, list):
            given = Entries(spec["users"]["options"], spec["users"]).given
            self._given = [given(user) for user in users]
            self.left = [user for user, ready in zip(users, self._given, strict=True) if ready is DOUBTFUL]

    def among(self, validated: t.Sequence[t.Any]) -> list[t.Any]:
        """All entries in their order, those that were left as ansible-core ``validated`` them."""
        rest = iter(validated)
        return [next(rest) if ready is DOUBTFUL else ready for ready in self._given]


class Entries:
    """Dictionaries with the options ``spec``; the option that holds them, ``holder``, has the constraints."""

    def __init__(self, spec: Spec, holder: Values) -> None:
        self.blank = dict.fromkeys(spec)
        self.required = {name for name, option in spec.items() if option.get("required")}
        self.checks = {name: check_of(option) for name, option in spec.items()}
        self.at_most_one = [{*names} for names in holder.get("mutually_exclusive", ())]
        self.at_least_one = [{*names} for names in holder.get("required_one_of", ())]

    def complete(self, entry: t.Any) -> t.Any:
        """``entry`` with all options, as ansible-core returns it; DOUBTFUL where it would convert one."""
        given = self.given(entry)
        return given if given is DOUBTFUL else {**self.blank, **given}

    def given(self, entry: t.Any) -> t.Any:
        """``entry`` with the options that it gives alone; itself where that changes nothing."""
        if entry.__class__ is not dict or not self.required <= entry.keys():
            return DOUBTFUL
        if any(len(names & entry.keys()) > 1 for names in self.at_most_one):
            return DOUBTFUL
        if any(names.isdisjoint(entry) for names in self.at_least_one):
            return DOUBTFUL
        completed = {}
        for name, value in entry.items():
            check = self.checks.get(name)
            given = DOUBTFUL if check is None else check(value)
            if given is DOUBTFUL:
                return DOUBTFUL
            if given is not value:
                completed[name] = given
        return {**entry, **completed} if completed else entry


def check_of(option: Values) -> Check:
    """What is plainly right for one option; nothing is where the option has something that is not understood here."""
    if not option.keys() <= UNDERSTOOD:
        return doubt
    check = check_of_type(option)
    if option.get("required") or "choices" in option:
        return check
    return lambda value: None if value is None else check(value)


def check_of_type(option: Values) -> Check:
    wanted, choices = option["type"], option.get("choices")
    if choices is not None:
        return lambda value: value if value.__class__ is str and value in choices else DOUBTFUL
    if wanted in SCALARS:
        return scalar(SCALARS[wanted])
    if "options" in option:
        nested = Entries(option["options"], option).complete
        return nested if wanted == "dict" else listed(nested)
    if wanted == "list" and option.get("elements") in SCALARS:
        return listed(scalar(SCALARS[option["elements"]]))
    return scalar(dict) if wanted == "dict" else doubt


def doubt(_value: t.Any) -> t.Any:
    return DOUBTFUL


def scalar(wanted: type) -> Check:
    return lambda value: value if value.__class__ is wanted else DOUBTFUL


def listed(check: Check) -> Check:
    def checked(values: t.Any) -> t.Any:
        if values.__class__ is not list:
            return DOUBTFUL
        done = [check(value) for value in values]
        return DOUBTFUL if any(value is DOUBTFUL for value in done) else done

    return checked
