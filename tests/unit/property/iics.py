# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IICS as the property tests know it."""

from __future__ import annotations

import typing as t

from hypothesis import strategies as st

from sandbox.iics import Iics
from sandbox.iics.model import User
from unit.property.world import Changes, Person, Refused, Wish, World, changed, changes, optional

ROLES = ("Designer", "Monitor", "Operator")
GROUPS = ("Data Engineering", "Platform")
PROFILE = {
    "first_name": st.sampled_from(["Ann", "Ann", "Bob"]),
    "last_name": st.just("Lee"),
    "title": st.sampled_from(["Engineer", "Engineer", "Lead"]),
}


def with_a_role(change: Changes) -> Changes:
    """``change`` in a form in which it gives a new account one role at least."""
    if "set" in change:
        return {"set": change["set"] or [ROLES[0]]}
    added = change["add"] or [ROLES[0]]
    return {"add": added, "remove": [name for name in change["remove"] if name not in added]}


class IicsWorld(World):
    module = "iics_user"
    login: t.ClassVar = {"api_username": "admin@example.com", "api_password": "Sandbox-admin-1"}
    conflict = (400,)
    people = st.none() | st.builds(
        lambda profile, roles, groups: {**profile, "roles": roles if roles or groups else {ROLES[0]}, "groups": groups},
        st.fixed_dictionaries(PROFILE),
        st.sets(st.sampled_from(ROLES)),
        st.sets(st.sampled_from(GROUPS)),
    )
    wishes = st.one_of(
        st.tuples(
            st.fixed_dictionaries(
                {"first_name": st.just("Ann"), "last_name": st.just("Lee"), "roles": changes(ROLES).map(with_a_role)}
            ),
            optional(title=st.sampled_from(["Engineer", "Engineer", "Engineer", "Lead"]), groups=changes(GROUPS)),
        ).map(lambda parts: {"state": "present", **parts[0], **parts[1]}),
        st.just({"state": "absent"}),
    )

    @property
    def system(self) -> Iics:
        assert isinstance(self.app.system, Iics)
        return self.app.system

    def user(self, name: str) -> User | None:
        return self.system.directory.user_named(name)

    def put(self, name: str, person: Person) -> None:
        self.system.seed(0, people=[{**person, "name": name, "email": f"{name}@example.com"}])

    def look(self, name: str) -> Person | None:
        user = self.user(name)
        if user is None:
            return None
        profile = {key: getattr(user, key) or "" for key in PROFILE}
        return {
            **profile,
            "roles": {role.name for role in user.roles.values()},
            "groups": {group.name for group in user.groups.values()},
        }

    def raw(self, name: str, option: str) -> t.Any:
        return getattr(self.user(name), option)

    def put_raw(self, name: str, text: str) -> None:
        person = {"name": name, "first_name": text, "last_name": text, "email": "odd@example.com", "roles": [ROLES[0]]}
        self.system.seed(0, people=[person])

    def population(self) -> list[str]:
        return [user.name.casefold() for user in self.system.directory.users.values()]

    def entry(self, name: str, wish: Wish) -> Wish:
        return {"username": name, **wish, **({"email": f"{name}@example.com"} if wish["state"] == "present" else {})}

    def joins(self) -> Wish:
        profile = {"first_name": "Ann", "last_name": "Lee"}
        return {"state": "present", **profile, "roles": {"set": [ROLES[1]]}, "groups": {"add": [GROUPS[0]]}}

    def outcome(self, name: str, person: Person | None, wish: Wish) -> Person | None:
        if wish["state"] == "absent":
            return None
        profile = {key: wish[key] for key in PROFILE if key in wish}
        roles = changed(person["roles"] if person else set(), wish["roles"])
        groups = changed(person["groups"] if person else set(), wish.get("groups", {}))
        if person is None:
            return {"title": "", **profile, "roles": roles, "groups": groups}
        drifts = any(person[key] != value for key, value in profile.items())
        last = (person["roles"] and not roles) or (person["groups"] and not groups and not roles)
        if drifts or (last and (roles, groups) != (person["roles"], person["groups"])):
            raise Refused
        return {**person, "roles": roles, "groups": groups}
