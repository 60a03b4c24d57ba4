# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of reviewed data, such as rules and exceptions, read entry by entry. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, structure

Entry = t.TypeVar("Entry")


def read_list(given: t.Any, name: str, form: str, read: t.Callable[[t.Any, int], Entry]) -> tuple[Entry, ...]:
    """What ``read`` makes of each entry of ``given`` and of its number, from 1 on; nothing where it is blank.

    ``form`` says in an error what is wanted. Raises InputError.
    """
    whole = structure(given, name)
    if is_blank(whole):
        return ()
    if not isinstance(whole, (list, tuple)):
        raise InputError(f"{name} must be a list of {form}.")
    return tuple(read(item, number) for number, item in enumerate(whole, 1))


def check_distinct(names: t.Sequence[str], name: str, what: str, why: str) -> None:
    """Raises InputError for a name that two entries have, with ``why`` that may not be."""
    twice = next((each for each in names if names.count(each) > 1), None)
    if twice:
        raise InputError(f"{name} has two {what} with the name {twice!r:.60}; {why}.")
