# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with options that ansible-core refused, said so that somebody can correct it. Pure;
no value is repeated.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import MEMBERSHIP_CHANGES
from ansible_collections.people.lifecycle.plugins.module_utils._core.redact import printable
from ansible_collections.people.lifecycle.plugins.module_utils._core.system import Spec
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names


def better_message(spec: Spec, given: t.Mapping[str, t.Any]) -> str | None:
    """A sentence about options in ``given`` that do not fit ``spec``;
    None where ansible-core's own message says enough.

    Called when ansible-core has refused the options, and not before: what it can read after all is none of our
    business.
    """
    return unknown_option(spec, given, "") or unfit_shape(spec, given)


def unknown_option(spec: Spec, given: t.Mapping[str, t.Any], place: str) -> str | None:
    """The first option in ``given`` that ``spec`` does not have, ``place`` being where it stands,
    with one that is near.
    """
    names = {name: option for key, option in spec.items() for name in (key, *option.get("aliases", ()))}
    for name, value in given.items():
        if name not in names:
            near = near_names(str(name), names, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            where = f" in {place}" if place else ""
            return (
                f"There is no option {printable(str(name), 60)}{where}.{meant} The options{where} are "
                f"{', '.join(sorted(spec))}."
            )
        for entry in entries(names[name], value):
            found = unknown_option(names[name]["options"], entry, f"{place}.{name}" if place else name)
            if found:
                return found
    return None


def entries(option: dict[str, t.Any], value: t.Any) -> list[t.Mapping[str, t.Any]]:
    """The dictionaries in the ``value`` of an option that have options of their own."""
    if "options" not in option:
        return []
    items = value if isinstance(value, (list, tuple)) and option["type"] == "list" else [value]
    return [item for item in items if isinstance(item, t.Mapping)]


def unfit_shape(spec: Spec, given: t.Mapping[str, t.Any]) -> str | None:
    """What is wrong with a membership that is a list, or with accounts that are text."""
    for name, option in spec.items():
        value, nested = given.get(name), option.get("options")
        if value is None or not nested:
            continue
        if set(nested) == set(MEMBERSHIP_CHANGES):
            if not isinstance(value, t.Mapping):
                return membership_message(name, value)
        elif option["type"] == "list":
            sentence = unfit_accounts(name, nested, value)
            if sentence:
                return sentence
    return None


def unfit_accounts(name: str, nested: Spec, value: t.Any) -> str | None:
    """What is wrong with the option ``name``, a list of accounts."""
    odd = (
        next((item for item in value if not isinstance(item, t.Mapping)), None)
        if isinstance(value, (list, tuple))
        else value
    )
    if odd is not None:
        return (
            f"{name} is a list of accounts, each a dictionary, such as {name}: [{{username: jane}}], and not "
            f"{kind(odd)}."
        )
    found = next(filter(None, (unfit_shape(nested, item) for item in value if item is not None)), None)
    return f"In {name}: {found}" if found else None


def membership_message(name: str, value: t.Any) -> str:
    """What to write in place of a plain list, which only profiles have."""
    ways = ", ".join(f"{name}: {{{change}: [...]}}" for change in MEMBERSHIP_CHANGES)
    return (
        f"{name} is {kind(value)}. Give add, remove or set: {ways}. A plain list is what a profile of the role onboard "
        "has."
    )


def kind(value: t.Any) -> str:
    """What sort of thing ``value`` is, in words."""
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, t.Mapping):
        return "a dictionary"
    return "text" if isinstance(value, str) else f"a value of the type {type(value).__name__}"
