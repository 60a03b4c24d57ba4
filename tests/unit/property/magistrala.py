# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Magistrala as the property tests know it."""

from __future__ import annotations

import typing as t

from hypothesis import strategies as st

from sandbox.magistrala import Magistrala
from sandbox.magistrala.rules import Secret
from unit.property.world import Person, Refused, Wish, World, optional

SECRET = Secret("Somebody-1234")
FIELDS = {
    "first_name": st.sampled_from(["Ann", "Bob"]),
    "last_name": st.sampled_from(["Lee", "Ray"]),
    "tags": st.sampled_from([["a"], ["b", "a"]]),
    "metadata": st.sampled_from([{"team": "x"}, {"team": {"n": 1}}]),
}


class MagistralaWorld(World):
    module = "magistrala_user"
    login: t.ClassVar = {"api_username": "admin", "api_password": "12345678"}
    conflict = (409, 422)
    everybody: t.ClassVar = {"status": "all"}
    switches = st.sampled_from([{"profile": "early2025"}, {"profile": "v0.30"}])
    people = st.none() | st.fixed_dictionaries(
        {**FIELDS, "mail": st.booleans(), "status": st.sampled_from(["enabled", "enabled", "disabled", "deleted"])}
    )
    wishes = st.one_of(
        st.tuples(
            st.fixed_dictionaries({"first_name": FIELDS["first_name"], "last_name": FIELDS["last_name"]}),
            optional(
                mail=st.booleans(),
                tags=FIELDS["tags"],
                metadata=FIELDS["metadata"],
                enabled=st.booleans(),
            ),
        ).map(lambda parts: {"state": "present", "password": "Somebody-5678", "mail": True, **parts[0], **parts[1]}),
        st.sampled_from([{"state": "disabled"}, {"state": "absent"}]),
    )

    @property
    def table(self) -> t.Any:
        assert isinstance(self.app.system, Magistrala)
        return self.app.system.table

    def put(self, name: str, person: Person) -> None:
        fields = {key: person[key] for key in FIELDS}
        self.table.add(
            username=name,
            email=mail(name, person["mail"]),
            secret=SECRET,
            created=self.app.system.stamp(),
            status=person["status"],
            **fields,
        )

    def look(self, name: str) -> Person | None:
        row = self.table.usernames.get(name)
        if row is None:
            return None
        seen = {key: getattr(row, key) for key in (*FIELDS, "status")}
        return {**seen, "mail": row.email == mail(name, True)}

    def raw(self, name: str, option: str) -> t.Any:
        return getattr(self.table.usernames[name], option)

    def put_raw(self, name: str, text: str) -> None:
        stamp = self.app.system.stamp()
        self.table.add(
            username=name, first_name=text, last_name=text, email="odd@example.com", secret=SECRET, created=stamp
        )

    def population(self) -> list[str]:
        return [row.username for row in self.table.users.values()]

    def entry(self, name: str, wish: Wish) -> Wish:
        options = {key: value for key, value in wish.items() if key != "mail"}
        return {"username": name, **options, **({"email": mail(name, wish["mail"])} if "mail" in wish else {})}

    def joins(self) -> Wish:
        profile = {"first_name": "Ann", "last_name": "Lee", "mail": True}
        return {"state": "present", "password": "Somebody-5678", **profile, "tags": ["a"], "metadata": {"team": "x"}}

    def outcome(self, name: str, person: Person | None, wish: Wish) -> Person | None:
        if person is None and wish["state"] != "present":
            return None
        if wish["state"] == "absent":
            return {**person, "status": "deleted"}
        if wish["state"] == "disabled":
            return person if person["status"] == "deleted" else {**person, "status": "disabled"}
        asked = {key: wish[key] for key in (*FIELDS, "mail") if key in wish}
        enabled = wish.get("enabled")
        if person is None:
            return {"tags": [], "metadata": {}, **asked, "status": "disabled" if enabled is False else "enabled"}
        differs = any(person[key] != value for key, value in asked.items())
        if person["status"] == "disabled" and differs and enabled is None:
            raise Refused
        changed = {**person, **asked}
        if enabled is False:
            return {**changed, "status": "disabled"}
        if enabled or person["status"] == "deleted":
            return {**changed, "status": "enabled"}
        return changed


def mail(name: str, first: bool) -> str:
    return f"{name}@example.com" if first else f"{name}.old@example.com"
