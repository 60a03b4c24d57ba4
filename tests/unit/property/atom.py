# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala with Atom as the property tests know it: wishes as in other generations, and another way to come back."""

from __future__ import annotations

import typing as t

from hypothesis import strategies as st

from sandbox.atom import AnyMagistrala
from sandbox.atom.model import Entity
from sandbox.atom.seeding import Person as Seeded
from sandbox.atom.seeding import add
from unit.property.magistrala import FIELDS, MagistralaWorld, mail
from unit.property.world import Person, Wish

STATUSES = {"active": "enabled", "inactive": "disabled"}
KNOWN = ("first_name", "last_name", "email", "tags")


def on_atom() -> AnyMagistrala:
    return AnyMagistrala(profile="atom")


class AtomWorld(MagistralaWorld):
    switches = st.sampled_from(
        [{"profile": "atom"}, {"profile": "atom-newer"}, {"profile": "atom-newer", "error_codes": False}]
    )
    share = 0.4
    conflict = ()  # GraphQL says so in words; a second account of one name is seen in the population

    @property
    def state(self) -> t.Any:
        assert isinstance(self.app.system, AnyMagistrala)
        return self.app.system.state

    def entities(self) -> list[Entity]:
        return [entity for entity in self.state.directory.entities.values() if entity.kind == "human"]

    def add(self, name: str, attributes: dict[str, t.Any], **more: t.Any) -> None:
        add(self.state, self.app.system.switches.newer, Seeded(name, attributes, **more))

    def put(self, name: str, person: Person) -> None:
        attributes = {**person["metadata"], "email": mail(name, person["mail"])}
        attributes |= {key: person[key] for key in ("first_name", "last_name", "tags") if person[key]}
        disabled = person["status"] == "disabled"
        self.add(name, attributes, status="inactive" if disabled else "active", deleted=person["status"] == "deleted")

    def found(self, name: str) -> Entity | None:
        """The living account of a name, else the last that was deleted."""
        of_name = [entity for entity in self.entities() if entity.name == name]
        living = [entity for entity in of_name if entity.deleted_at is None]
        return next(iter(living or of_name[::-1]), None)

    def look(self, name: str) -> Person | None:
        entity = self.found(name)
        if entity is None:
            return None
        known = entity.attributes
        return {
            "first_name": known.get("first_name"),
            "last_name": known.get("last_name"),
            "tags": known.get("tags", []),
            "metadata": {key: value for key, value in known.items() if key not in KNOWN},
            "status": "deleted" if entity.deleted_at is not None else STATUSES[entity.status],
            "mail": known.get("email") == mail(name, True),
        }

    def raw(self, name: str, option: str) -> t.Any:
        entity = self.found(name)
        assert entity is not None
        return entity.attributes.get(option)

    def put_raw(self, name: str, text: str) -> None:
        self.add(name, {"first_name": text, "last_name": text, "email": "odd@example.com"})

    def population(self) -> list[str]:
        return [entity.name for entity in self.entities()]

    def outcome(self, name: str, person: Person | None, wish: Wish) -> Person | None:
        if person is None or wish["state"] != "present":
            return super().outcome(name, person, wish)
        changed = {**person, **{key: wish[key] for key in (*FIELDS, "mail") if key in wish}}
        enabled = wish.get("enabled")
        if enabled is False:
            return {**changed, "status": "disabled"}
        return {**changed, "status": "enabled"} if enabled or person["status"] == "deleted" else changed
