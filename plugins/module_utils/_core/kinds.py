# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kinds of access, each with its own shape: what profiles give of it, what accounts hold, how a module is asked.
Pure.
"""

from __future__ import annotations

import json
import types
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, mapping, text_list

Item = t.Any
SPELLED = json.JSONEncoder(sort_keys=True).encode  # made once, since thousands of grants are spelled


def identity(item: Item) -> str:
    """What makes two grants, roles or tags the same."""
    return item if isinstance(item, str) else SPELLED(item)


def unique(items: t.Iterable[Item]) -> list[Item]:
    """``items`` without repetition, in order."""
    return list({identity(item): item for item in items}.values())


def wording(item: Item) -> str:
    """A role, group, grant or value in words."""
    if isinstance(item, dict):
        return ", ".join(f"{key} {value}" for key, value in item.items())
    return str(item)


def agreement(values: t.Sequence[Item], what: str) -> Item:
    """The one value that all have; raises InputError."""
    if any(identity(value) != identity(values[0]) for value in values):
        raise InputError(f"{what} is given differently by two profiles of this person.")
    return values[0]


class Kind:
    """One kind of access under the name of its option; a list of texts, unless a subclass says otherwise.

    ``is_membership`` kinds are changed by ``{add, remove, set}``; ``is_setting`` kinds are single values.
    ``empty`` is what somebody without any has.
    """

    is_membership = False
    is_setting = False
    empty: t.Any = ()

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, value: t.Any, where: str) -> t.Any:
        """What a profile gives, checked; raises InputError."""
        return text_list(value, where)

    def together(self, parts: t.Sequence[t.Any], who: str, title: str) -> t.Any:
        """What several profiles give ``who`` together in the system ``title``; raises InputError for contradictions."""
        return unique(item for part in parts for item in part)

    def others(self, parts: t.Iterable[t.Any], mine: t.Any) -> list[Item]:
        """What is in ``parts``, the profiles of everybody, and not in ``mine``."""
        have = {identity(item) for item in mine or ()}
        return [item for item in unique(item for part in parts for item in part) if identity(item) not in have]

    def asked(self, give: t.Any, others: t.Sequence[Item], current: t.Any, remove: bool) -> t.Any:
        """The option's value for somebody who shall have ``give``, has ``current`` (None: nobody is there) and, with
        ``remove``, shall lose ``others``; None where nothing is to be asked.
        """
        held = [item for item in current or () if not (remove and item in others)]
        return [*held, *(item for item in give or () if item not in held)]

    def exactly(self, give: t.Any) -> t.Any:
        """The option's value for somebody who shall have ``give`` and nothing else."""
        return self.asked(give, [], None, False)

    def gives(self, give: t.Any, item: Item) -> bool:
        """Whether ``item`` is in what profiles give."""
        return identity(item) in {identity(each) for each in give or ()}

    def key(self, item: Item) -> str:
        """What makes an item that is held and one that profiles give the same."""
        return identity(item)

    def items(self, value: t.Any) -> list[Item]:
        """The single items in what is held or given."""
        return list(value or ())

    def beyond(self, give: t.Any, held: t.Any) -> list[Item]:
        """What is held and not given."""
        return self.left_over(held, give)

    def lacking(self, give: t.Any, held: t.Any) -> list[Item]:
        """What is given and not held."""
        return self.left_over(give, held)

    def left_over(self, value: t.Any, other: t.Any) -> list[Item]:
        """The items of ``value`` that ``other`` has not."""
        items = [] if value == other else self.items(value)
        known = {self.key(item) for item in self.items(other)} if items else ()
        return [item for item in items if self.key(item) not in known]

    def without(self, held: t.Any, taken: t.Sequence[Item]) -> t.Any:
        """What stays of what is held when ``taken`` goes."""
        keys = {self.key(item) for item in taken}
        return [item for item in self.items(held) if self.key(item) not in keys]

    def old(self, others: t.Sequence[Item], current: t.Any) -> list[str]:
        """What of ``others`` is held, in words."""
        return [f"{self.name}: {item}" for item in others if item in (current or ())]


class Memberships(Kind):
    """Roles or groups by name, which are changed one by one."""

    is_membership = True

    def key(self, item: Item) -> str:
        return identity(item).casefold()

    def asked(self, give: t.Any, others: t.Sequence[Item], current: t.Any, remove: bool) -> t.Any:
        taken = {"remove": list(others)} if remove and others and current is not None else {}
        return {"add": give or [], **taken} if give or taken else None

    def exactly(self, give: t.Any) -> t.Any:
        return {"set": give or []}

    def old(self, others: t.Sequence[Item], current: t.Any) -> list[str]:
        return []  # names may be spelled in several ways: only the system can tell


class Grants(Memberships):
    """Roles at places, each a dictionary of ``role`` and one place."""

    def __init__(self, name: str, places: t.Sequence[str]) -> None:
        super().__init__(name)
        self.places = places

    def key(self, item: Item) -> str:
        """A grant under another spelling of the user name is the same one."""
        return super().key({name: value for name, value in item.items() if name != "username"})

    def read(self, value: t.Any, where: str) -> t.Any:
        if not isinstance(value, list):
            raise InputError(f"{where} must be a list of grants, each with role and where it holds.")
        grants = [mapping(item, where) for item in value]
        for grant in grants:
            if is_blank(grant.get("role")) or len(grant) != 2 or not any(place in grant for place in self.places):
                raise InputError(f"{where}: a grant has a role and one of {', '.join(self.places)}.")
        return grants


class Mapping(Kind):
    """A dictionary of which profiles give some keys; ``others`` are pairs of key and value."""

    empty: t.Any = types.MappingProxyType({})

    def read(self, value: t.Any, where: str) -> t.Any:
        return mapping(value, where)

    def items(self, value: t.Any) -> list[Item]:
        return [[key, inner] for key, inner in (value or {}).items()]

    def together(self, parts: t.Sequence[t.Any], who: str, title: str) -> t.Any:
        keys = dict.fromkeys(key for part in parts for key in part)
        return {
            key: agreement([part[key] for part in parts if key in part], f"{who}: {self.name} {key} in {title}")
            for key in keys
        }

    def others(self, parts: t.Iterable[t.Any], mine: t.Any) -> list[Item]:
        pairs = ([key, value] for part in parts for key, value in part.items())
        return unique(pair for pair in pairs if pair[0] not in (mine or {}))

    def asked(self, give: t.Any, others: t.Sequence[Item], current: t.Any, remove: bool) -> t.Any:
        if give is None and current is None:
            return None
        held = {key: value for key, value in (current or {}).items() if not (remove and [key, value] in others)}
        return {**held, **(give or {})}

    def exactly(self, give: t.Any) -> t.Any:
        return give or {}

    def without(self, held: t.Any, taken: t.Sequence[Item]) -> t.Any:
        return dict(super().without(held, taken))

    def old(self, others: t.Sequence[Item], current: t.Any) -> list[str]:
        held = current or {}
        return [f"{self.name} {key}: {wording(value)}" for key, value in others if key in held and held[key] == value]


class Setting(Kind):
    """One value that a profile decides; ``neutral`` is that of somebody to whom no profile gives one, None:
    there is none.
    """

    is_setting = True
    empty: t.Any = None

    def __init__(self, name: str, neutral: t.Any = None) -> None:
        super().__init__(name)
        self.neutral = neutral

    def read(self, value: t.Any, where: str) -> t.Any:
        return value

    def together(self, parts: t.Sequence[t.Any], who: str, title: str) -> t.Any:
        return agreement(parts, f"{who}: {self.name} in {title}")

    def others(self, parts: t.Iterable[t.Any], mine: t.Any) -> list[Item]:
        return unique(parts) if mine is None else []

    def items(self, value: t.Any) -> list[Item]:
        return [] if value in (None, "", self.neutral) else [value]

    def beyond(self, give: t.Any, held: t.Any) -> list[Item]:
        """A value without a neutral one is no access: something is always there."""
        return super().beyond(give, held) if self.neutral is not None else []

    def gives(self, give: t.Any, item: Item) -> bool:
        return bool(give == item)

    def asked(self, give: t.Any, others: t.Sequence[Item], current: t.Any, remove: bool) -> t.Any:
        if give is not None:
            return give
        return self.neutral if remove and current in others else None

    def exactly(self, give: t.Any) -> t.Any:
        return self.neutral if give is None else give

    def without(self, held: t.Any, taken: t.Sequence[Item]) -> t.Any:
        return self.neutral if held in taken else held

    def old(self, others: t.Sequence[Item], current: t.Any) -> list[str]:
        return [f"{self.name}: {current}"] if self.neutral is not None and current in others else []
