# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The organization's roles and user groups, each read once and only when needed."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Membership
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names
from ansible_collections.people.lifecycle.plugins.module_utils._iics import parse
from ansible_collections.people.lifecycle.plugins.module_utils._iics.pages import Pages
from ansible_collections.people.lifecycle.plugins.module_utils._iics.parse import Item
from ansible_collections.people.lifecycle.plugins.module_utils._iics.service import Service

SINGULAR = {"roles": "role", "groups": "user group"}


class Catalog:
    """Finds roles by display name, name or id, and groups by name or id; case means nothing in names."""

    def __init__(self, service: Service) -> None:
        self.service = service

    @functools.cached_property
    def roles(self) -> list[Item]:
        return Pages(self.service, "/roles", parse.role).all()

    @functools.cached_property
    def groups(self) -> list[Item]:
        return Pages(self.service, "/userGroups", parse.group).all()

    def items(self, kind: str) -> list[Item]:
        return self.roles if kind == "roles" else self.groups

    def look_up(self, kind: str, names: t.Sequence[str]) -> tuple[list[Membership], list[str]]:
        """The memberships that ``names`` mean, and sentences about those that are unknown or ambiguous."""
        memberships, problems = [], []
        for name in dict.fromkeys(names):
            fitting = matching(name, self.items(kind))
            if len(fitting) == 1:
                memberships.append(fitting[0].membership(kind))
            else:
                problems.append(unclear(name, fitting, kind, self.items(kind)))
        return memberships, problems

    def unlicensed(self, memberships: t.Iterable[Membership]) -> list[str]:
        """Names of the roles among ``memberships`` that the organization has no valid licence for."""
        wanted = {m.key[0] for m in memberships if m.kind == "roles"}
        return [role.name for role in self.roles if role.id in wanted and not role.licensed] if wanted else []

    def roles_of(self, groups: t.Iterable[Membership]) -> set[str]:
        """Names of the roles that ``groups`` give."""
        return {role for group in groups for role in self._roles_by_group.get(group.key[0], ())}

    @functools.cached_property
    def _roles_by_group(self) -> dict[str, t.Sequence[str]]:
        return {group.id: group.roles for group in self.groups}


def matching(name: str, items: t.Sequence[Item]) -> list[Item]:
    """What ``name`` can mean: an id, else a display name, else a name; the same case wins over another."""
    folded = name.casefold()
    for same in (
        [item for item in items if item.id == name],
        [item for item in items if item.shown == name],
        [item for item in items if item.shown.casefold() == folded],
        [item for item in items if item.name == name],
        [item for item in items if item.name.casefold() == folded],
    ):
        if same:
            return same
    return []


def unclear(name: str, fitting: t.Sequence[Item], kind: str, items: t.Sequence[Item]) -> str:
    what = SINGULAR[kind]
    if fitting:
        ids = ", ".join(f"{item.name} ({item.id})" for item in fitting)
        return f"{name!r:.80} can mean more than one {what}: {ids}. Write the id."
    names = {text.casefold(): item.name for item in items for text in (item.name, item.shown)}
    near = [names[text.casefold()] for text in near_names(name, names)]
    meant = f" Near ones: {', '.join(dict.fromkeys(near))}." if near else ""
    return f"There is no {what} {name!r:.80}.{meant}"
