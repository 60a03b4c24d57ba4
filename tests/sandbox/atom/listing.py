# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading entities: one by its id, or lists of them."""

from __future__ import annotations

import typing as t

from .access import MANAGE, READ, can, require, require_for
from .call import Call, operation, optional_uuid, page
from .directory import jsonb_text, matcher
from .errors import forbidden
from .model import Entity, Json, Page

Test = t.Callable[[Entity], bool]


@operation
def entity(call: Call, id: str) -> Entity:
    """Nobody reads an inactive account by its id, administrators neither; lists show it."""
    found = call.entity(id)
    if found.status == "inactive":
        raise forbidden()
    if call.caller.id != found.id or call.scoped:
        require_for(call, found, READ)
    return found


@operation
def entities(call: Call, **filters: t.Any) -> Page:
    """Two lists in one: that of the living, which everybody may ask for, and the one with deleted rows.

    The former counts in the page only: beyond the end its total is 0. The latter searches aliases, too.
    """
    which = filters.get("deleted") or "live"
    if which != "live":
        require(call, MANAGE, "entity")
    tests = conditions(filters, with_alias=which != "live")
    if which != "all":
        tests.append(lambda entity: (entity.deleted_at is not None) == (which == "deleted"))
    if not can(call, READ, "entity"):
        tests.append(within_reach(call))
    rows = list(reversed(call.state.directory.entities.values()))
    for test in tests:
        rows = [entity for entity in rows if test(entity)]
    rows = in_wanted_order(rows, filters.get("order"), filters.get("dir"))
    found = page(rows, filters.get("limit"), filters.get("offset"), most=500 if which == "live" else 100)
    if which == "live" and not found.items:
        found.total = 0
    return found


def within_reach(call: Call) -> Test:
    """For people without rights on the platform: what lives in tenants that they may read."""
    reach = {tenant for tenant in call.state.tenants if can(call, READ, "entity", tenant)}
    return lambda entity: entity.tenant_id in reach


def conditions(filters: dict[str, t.Any], with_alias: bool = False) -> list[Test]:
    tests: list[Test] = []
    for name in ("id", "tenant_id", "profile_id", "parent_group_id"):
        if filters.get(name):
            filters[name] = optional_uuid(filters[name])
    for name in ("id", "kind", "tenant_id", "profile_id", "parent_group_id", "status", "external_id"):
        if filters.get(name):
            tests.append(member_is(name, filters[name]))
    if filters.get("attributes_contains") is not None:
        tests.append(lambda entity: contains(entity.attributes, filters["attributes_contains"]))
    pattern = (filters.get("q") or "").strip()
    if pattern:
        tests.append(searched(pattern, with_alias))
    return tests


def member_is(name: str, value: str) -> Test:
    return lambda entity: bool(getattr(entity, name) == value)


def searched(pattern: str, with_alias: bool = False) -> Test:
    """Whether the name or the text of the attributes holds the pattern."""
    fits = matcher(pattern)

    def test(entity: Entity) -> bool:
        return (
            fits(entity.name)
            or fits(text_of(entity))
            or (with_alias and entity.alias is not None and fits(entity.alias))
        )

    return test


def text_of(entity: Entity) -> str:
    """The text of the attributes, made when it is first looked for."""
    if entity.text is None:
        entity.text = jsonb_text(entity.attributes)
    return entity.text


def contains(value: Json, part: Json) -> bool:
    """Whether JSONB ``value`` contains ``part`` (the operator ``@>``)."""
    if isinstance(part, dict):
        return isinstance(value, dict) and all(key in value and contains(value[key], part[key]) for key in part)
    if isinstance(part, list):
        return isinstance(value, list) and all(any(contains(item, one) for item in value) for one in part)
    return type(value) is type(part) and bool(value == part)


def in_wanted_order(rows: list[Entity], order: str | None, direction: str | None) -> list[Entity]:
    """The rows as newer servers sort them when asked; the newest first otherwise."""
    if order is None:
        return rows[::-1] if direction == "asc" else rows

    def key(entity: Entity) -> tuple[bool, t.Any]:
        if order in ("created_at", "updated_at", "name", "kind", "status"):
            value = getattr(entity, order)
        elif order == "username":
            value = entity.name
        else:
            value = entity.attributes.get(order) if isinstance(entity.attributes, dict) else None
        return (value is None, value if order.endswith("_at") else str(value))

    return sorted(rows, key=key, reverse=direction == "desc")
