# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entities, and the names among them that only one may have."""

from __future__ import annotations

import dataclasses
import json
import re
import typing as t

from .errors import taken
from .model import Entity, Json

Key = tuple[str, ...]


def keys(entity: Entity) -> set[Key]:
    """What nobody else may have while this entity lives: its name and alias in its tenant, its canonical address."""
    place = entity.tenant_id or ""
    held: set[Key] = {("name", place, entity.name)}
    if entity.alias:
        held.add(("alias", place, entity.alias))
    if entity.email:
        held.add(("email", entity.email))
    return held


class Directory:
    """All entities by id, deleted ones too; those that live hold their names."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.holders: dict[Key, str] = {}

    def add(self, entity: Entity) -> Entity:
        """Raises Refused where the id or a name is taken."""
        if entity.id in self.entities:
            raise taken()
        self.claim(entity)
        self.entities[entity.id] = entity
        return entity

    def change(self, entity: Entity, **changes: t.Any) -> None:
        """Set fields of a live entity, all or none. Raises Refused where a name is taken."""
        changed = dataclasses.replace(entity, **changes)
        if self.taken(changed):
            raise taken()
        self.release(entity)
        for name, value in changes.items():
            setattr(entity, name, value)
        entity.text = None
        self.claim(entity)

    def taken(self, entity: Entity) -> bool:
        return any(self.holders.get(key, entity.id) != entity.id for key in keys(entity))

    def claim(self, entity: Entity) -> None:
        if self.taken(entity):
            raise taken()
        self.holders |= dict.fromkeys(keys(entity), entity.id)

    def release(self, entity: Entity) -> None:
        for key in keys(entity):
            self.holders.pop(key, None)

    def holder(self, *key: str) -> Entity | None:
        return self.entities.get(self.holders.get(key, ""))

    def live(self, entity_id: str) -> Entity | None:
        entity = self.entities.get(entity_id)
        return entity if entity and entity.deleted_at is None else None

    def active(self, entity_id: str) -> Entity | None:
        entity = self.live(entity_id)
        return entity if entity and entity.status == "active" else None


def matcher(pattern: str) -> t.Callable[[str], bool]:
    """A search as PostgreSQL's ILIKE does it around ``pattern``: any case, ``%`` and ``_`` are wildcards."""
    wild = {"%": ".*", "_": "."}
    expression = re.compile("".join(wild.get(c) or re.escape(c) for c in pattern), re.IGNORECASE | re.DOTALL)
    return lambda text: expression.search(text) is not None


def jsonb_text(value: Json) -> str:
    """The text that a search over attributes sees: JSONB puts shorter keys first and one blank after , and :."""
    return json.dumps(in_order(value, lambda key: (len(key.encode()), key.encode())), ensure_ascii=False)


def in_order(value: Json, order: t.Callable[[str], t.Any] | None = None) -> Json:
    """``value`` with the keys of every object sorted, as the server gives attributes back."""
    if isinstance(value, dict):
        return {key: in_order(value[key], order) for key in sorted(value, key=order)}
    if isinstance(value, list):
        return [in_order(item, order) for item in value]
    return value


def storable(value: Json) -> bool:
    """Whether the database can store it: no NUL character anywhere."""
    return "\\u0000" not in json.dumps(value).replace("\\\\", "")
