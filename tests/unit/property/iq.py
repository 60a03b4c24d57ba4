# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IQ Server as the property tests know it."""

from __future__ import annotations

import typing as t

from hypothesis import strategies as st

from sandbox.iq import Iq
from sandbox.iq.state import INTERNAL, Owner, State, User
from unit.property.world import Person, Wish, World, changed, changes, optional

PROFILE = {
    "first_name": st.sampled_from(["Ann", "Bob"]),
    "last_name": st.sampled_from(["Lee", "Ray"]),
    "email": st.sampled_from(["ann@example.com", "lee@example.com"]),
}
GRANTS = ("Developer at Data", "Owner at Data", "Developer at data-pipeline", "Owner at Platform")


class IqWorld(World):
    """A person is an account, a token and grants, each of which may be there without the others."""

    module = "iq_user"
    login: t.ClassVar = {"api_username": "admin", "api_password": "admin123"}
    nobody: t.ClassVar = {"account": None, "grants": set(), "token": False}
    conflict = (400,)
    switches = st.sampled_from([{}, {"cascade_on_delete": True}, {"case_insensitive_memberships": True}])
    people = st.builds(
        lambda account, grants, token: {"account": account, "grants": grants, "token": token},
        st.none() | st.fixed_dictionaries(PROFILE),
        st.sets(st.sampled_from(GRANTS), max_size=2),
        st.booleans(),
    )
    wishes = st.one_of(
        st.tuples(st.fixed_dictionaries(PROFILE), optional(grants=changes(GRANTS))).map(
            lambda parts: {"state": "present", "password": "Somebody-5678", **parts[0], **parts[1]}
        ),
        st.just({"state": "absent"}),
    )

    @property
    def state(self) -> State:
        assert isinstance(self.app.system, Iq)
        return self.app.system.state

    def place(self, grant: str) -> tuple[Owner, str]:
        """Where ``grant`` is held and the id of its role."""
        role, dummy, where = grant.partition(" at ")
        owners = [owner for owner in self.state.owners() if where in (owner.name, owner.public_id)]
        return owners[0], next(each.id for each in self.state.roles.values() if each.name == role)

    def put(self, name: str, person: Person) -> None:
        if person["account"]:
            account = person["account"]
            user = User(name, account["first_name"], account["last_name"], account["email"])
            self.state.add_user(user, "Somebody-1234")
        for grant in person["grants"]:
            self.state.grant(*self.place(grant), "USER", name)
        if person["token"]:
            self.state.add_token(INTERNAL, name)

    def look(self, name: str) -> Person | None:
        user = self.state.user(INTERNAL, name)
        held = set()
        for grant in GRANTS:
            owner, role = self.place(grant)
            if self.state.member_key("USER", name) in owner.members.get(role, {}):
                held.add(grant)
        return {
            "account": {key: getattr(user, key) for key in PROFILE} if user else None,
            "grants": held,
            "token": self.state.token(INTERNAL, name) is not None,
        }

    def raw(self, name: str, option: str) -> t.Any:
        return getattr(self.state.user(INTERNAL, name), option)

    def put_raw(self, name: str, text: str) -> None:
        self.state.add_user(User(name, text, text, "odd@example.com"), "Somebody-1234")

    def population(self) -> list[str]:
        return [user.username.casefold() for user in self.state.users.values()]

    def entry(self, name: str, wish: Wish) -> Wish:
        spelled = {kind: [spell(grant) for grant in grants] for kind, grants in wish.get("grants", {}).items()}
        return {"username": name, **wish, **({"grants": spelled} if "grants" in wish else {})}

    def joins(self) -> Wish:
        profile = {"first_name": "Ann", "last_name": "Lee", "email": "ann@example.com"}
        return {"state": "present", "password": "Somebody-5678", **profile, "grants": {"set": [GRANTS[0], GRANTS[2]]}}

    def outcome(self, name: str, person: Person | None, wish: Wish) -> Person | None:
        assert person is not None
        if wish["state"] == "absent":
            return self.nobody
        account = {key: wish[key] for key in PROFILE}
        return {**person, "account": account, "grants": changed(person["grants"], wish.get("grants", {}))}


def spell(grant: str) -> dict[str, str]:
    role, dummy, where = grant.partition(" at ")
    return {"role": role, "application" if where.islower() else "organization": where}
