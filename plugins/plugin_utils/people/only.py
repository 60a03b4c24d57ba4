# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Picks people by id or profile, for a run that is not about everybody."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.inputs import is_blank, text_list
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names, refuse
from ansible_collections.people.lifecycle.plugins.plugin_utils.people.person import MOST_PROBLEMS, Person


class Selection(t.NamedTuple):
    """``names`` of people and profiles; none of them means everybody.

    ``roster`` are people whose names are known though they may be no part of this run: those of other slices.
    """

    names: t.Sequence[str] = ()
    roster: t.Sequence[Person] = ()

    def take(self, people: t.Sequence[Person]) -> list[Person]:
        """Those of ``people`` who are named by id or profile, in their order;
        capital letters make no difference in ids.

        Raises InputError for a name that is not an id or a profile of anybody, here or on the roster.
        """
        if not self.names:
            return list(people)
        refuse(unknown(self.names, [*people, *self.roster]), most=MOST_PROBLEMS)
        ids, profiles = {name.casefold() for name in self.names}, set(self.names)
        return [person for person in people if person.id.casefold() in ids or not profiles.isdisjoint(person.profile)]


ALL = Selection()


def read_names(given: t.Any, name: str) -> list[str]:
    """Names of people and profiles in the option ``name``; none where nothing is given.

    Raises InputError for what is not nothing and names nobody, lest a run become one about everybody. From ansible-core
    2.19 on, an answer ``00123`` to a survey of AWX arrives as the number 83, which may be somebody else's id.
    """
    if is_blank(given):
        return []
    if not isinstance(given, (str, list, tuple)):
        raise InputError(f"{name} arrived as {given!r:.40} and not as text; put a comma behind the name.")
    names = text_list(given, name)
    if not names:
        raise InputError(f"{name} has no name in it. Leave it blank where everybody is meant.")
    return names


def unknown(names: t.Sequence[str], people: t.Sequence[Person]) -> list[str]:
    """A sentence for each of ``names`` that is not an id or a profile of ``people``;
    the first ones say what is near.
    """
    ids = {person.id.casefold(): person.id for person in people}
    profiles = {profile for person in people for profile in person.profile}
    missing = [name for name in dict.fromkeys(names) if name.casefold() not in ids and name not in profiles]
    known = sorted({*ids.values(), *profiles})
    told = [
        f"onboard_only names {name!r:.60}, which is nobody's id or profile{near(name, known)}"
        for name in missing[:MOST_PROBLEMS]
    ]
    return told + missing[MOST_PROBLEMS:]


def near(name: str, known: t.Sequence[str]) -> str:
    """The end of a sentence about ``name`` with up to three of ``known`` that look like it."""
    found = near_names(name, known)
    return f"; did you mean {' or '.join(found)}?" if found else "."
