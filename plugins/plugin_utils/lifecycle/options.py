# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of an action, checked against its own documentation by ansible-core."""

from __future__ import annotations

import datetime
import difflib
import importlib
import typing as t
import zoneinfo

import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, plain, text
from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values

CHECKED = ("type", "choices", "default")
OURS = "people.lifecycle."
ALIKE = 0.92  # of 1: one letter more or less; a word that differs makes another name
FRAGMENTS = "ansible_collections.people.lifecycle.plugins.doc_fragments."


def documented_options(documentation: str) -> Values:
    """The options in the ``documentation`` of an action, those of the fragments that it extends among them."""
    own = yaml.safe_load(documentation)
    options: Values = {}
    for name in own["extends_documentation_fragment"]:
        file, _dot, part = name.removeprefix(OURS).partition(".")
        fragment = getattr(
            importlib.import_module(FRAGMENTS + file).ModuleDocFragment, (part or "documentation").upper()
        )
        options |= yaml.safe_load(fragment).get("options", {})
    return {**options, **own["options"]}


class Options:
    """The options in ``given``; a blank one counts as not given, as surveys have it.
    ``kind`` begins their variables' names.

    Raises InputError with what is wrong, by the names of the variables.
    """

    def __init__(self, documentation: str, kind: str, given: t.Mapping[str, t.Any]) -> None:
        self.kind = kind
        spec = {
            self.name(option): {key: value for key, value in documented.items() if key in CHECKED}
            for option, documented in documented_options(documentation).items()
        }
        answers = {
            self.name(option): value.strip() if isinstance(value, str) else value
            for option, value in plain(given).items()
            if not is_blank(value)
        }
        checked = ArgumentSpecValidator(spec).validate(answers)
        if checked.error_messages:
            raise InputError(" ".join(f"{message}." for message in checked.error_messages))
        self.values: Values = checked.validated_parameters

    def misspelled(self, names: t.Iterable[str]) -> dict[str, str]:
        """Those of ``names`` that are nearly one of the role's variables, each with the one that may be meant."""
        own = [name for name in names if name.startswith(f"{self.kind}_") and name not in self.values]
        near = {name: difflib.get_close_matches(name, self.values, 1, ALIKE) for name in sorted(own)}
        return {name: meant[0] for name, meant in near.items() if meant}

    def name(self, option: str) -> str:
        """The variable of the role that stands for ``option``."""
        return f"{self.kind}_{option}"

    def __contains__(self, option: str) -> bool:
        return self.name(option) in self.values

    def __getitem__(self, option: str) -> t.Any:
        return self.values[self.name(option)]

    def is_on(self, option: str) -> bool:
        """Whether there is such a switch and it is on."""
        return bool(self.values.get(self.name(option)))

    def text(self, option: str) -> str:
        return text(self[option], self.name(option))

    def integer(self, option: str, least: int) -> int:
        """A whole number of at least ``least``; raises InputError."""
        value = self[option]
        if isinstance(value, bool) or value < least:
            raise InputError(f"{self.name(option)} must be a whole number, at least {least}.")
        return int(value)


def switch(given: t.Any, name: str, default: bool = True) -> bool:
    """A variable that is yes or no, ``default`` where nothing is given; raises InputError for anything else."""
    try:
        return bool(boolean(default if is_blank(given) else given))
    except TypeError:
        raise InputError(f"{name} must be true or false, not {given!r:.40}.") from None


def read_day(day: str, zone: str, name: str) -> datetime.date:
    """The ``day`` in the option ``name``, else today in the time zone ``zone``, here where that is empty;
    raises InputError.
    """
    try:
        today = datetime.datetime.now(zoneinfo.ZoneInfo(zone) if zone else None).date()
    except (ValueError, KeyError, OSError):
        raise InputError(f"lifecycle_timezone must be a time zone such as Europe/Berlin, not {zone!r:.40}.") from None
    try:
        return datetime.date.fromisoformat(day) if day else today
    except ValueError:
        raise InputError(f"{name} must be a date such as 2027-01-31, not {day!r:.40}.") from None
