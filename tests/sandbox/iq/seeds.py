# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People and places to begin with, and more of them on demand."""

from __future__ import annotations

import typing as t

from .state import State, User

PASSWORD = "Person-password-1"  # of everybody who was seeded into the realm Internal


def sample_tree(state: State) -> None:
    """The organizations and applications of a fresh sandbox."""
    state.add_application("sandbox-application", "Sandbox Application", state.add_organization("Sandbox Organization"))
    data = state.add_organization("Data")
    state.add_application("data-pipeline", "Data Pipeline", data)
    state.add_application("data-portal", "Data Portal", data)
    platform = state.add_organization("Platform")
    state.add_application("platform-api", "Platform API", platform)
    tools = state.add_organization("Platform Tools", platform)
    state.add_application("platform-cli", "Platform CLI", tools)


def seed(
    state: State,
    count: int,
    organizations: int = 0,
    applications: int = 0,
    saml: t.Sequence[str | dict[str, str]] = (),
    oauth2: t.Sequence[str | dict[str, str]] = (),
    tokens: t.Mapping[str, t.Sequence[str]] | None = None,
    grants: t.Sequence[dict[str, str]] = (),
    automatic_role: str = "",
    repositories: t.Mapping[str, t.Sequence[str]] | None = None,
) -> None:
    """Add ``count`` local people and what else is asked for; what exists already is left alone.

    ``saml`` and ``oauth2`` name people of these realms, who on a real server appear at their first login; one may be a
    dictionary of ``username`` and ``email``. ``grants`` gives roles to names, whether they have accounts or not:
    ``username``, ``role`` and ``organization``, without which it is global. ``automatic_role`` is what committers get
    by themselves. ``tokens`` gives user tokens: names by realm, where an unknown realm stands for the id of an LDAP
    server. Organizations are put below the root, applications in turn below these, or below "Sandbox Organization".
    ``repositories`` are those of Firewall: public ids by the name of their repository manager, at which ``grants`` may
    be, too, as ``repository_manager`` or ``repository`` ("manager/public id").
    """
    for number in range(1, count + 1):
        name = f"person-{number:05d}"
        if not state.user("Internal", name):
            state.add_user(User(name, "Person", f"{number:05d}", f"{name}@example.com"), PASSWORD)
    for realm, names in (("SAML", saml), ("OAUTH2", oauth2)):
        for given in names:
            name = given if isinstance(given, str) else given["username"]
            email = f"{name}@example.com" if isinstance(given, str) else given["email"]
            if not state.user(realm, name):
                state.add_user(User(name, name, realm, email, realm))
    for realm, names in (tokens or {}).items():
        for name in names:
            if not state.token(realm, name):
                state.add_token(realm, name)
    seed_tree(state, organizations, applications)
    seed_repositories(state, repositories or {})
    roles = {role.name: role.id for role in state.roles.values()}
    places = {("organization", owner.name): owner for owner in state.organizations.values()}
    places |= {("repository_manager", owner.name): owner for owner in state.managers.values()}
    places |= {("repository", f"{o.parent.name}/{o.name}"): o for o in state.repositories.values() if o.parent}
    for grant in grants:
        named = [places[kind, name] for kind, name in grant.items() if kind not in ("username", "role")]
        state.grant(named[0] if named else state.everything, roles[grant["role"]], "USER", grant["username"])
    state.automatic_role = automatic_role


def seed_tree(state: State, organizations: int, applications: int) -> None:
    known = {owner.name: owner for owner in state.organizations.values()}
    wanted = [f"Organization {number:04d}" for number in range(1, organizations + 1)]
    parents = [known.get(name) or state.add_organization(name) for name in wanted] or [known["Sandbox Organization"]]
    for number in range(1, applications + 1):
        public_id = f"application-{number:05d}"
        if public_id not in state.public_ids:
            state.add_application(public_id, f"Application {number:05d}", parents[number % len(parents)])


def seed_repositories(state: State, wanted: t.Mapping[str, t.Sequence[str]]) -> None:
    for name, public_ids in wanted.items():
        manager = next((owner for owner in state.managers.values() if owner.name == name), None) or state.add_manager(
            name
        )
        known = {owner.public_id for owner in state.repositories.values() if owner.parent is manager}
        for public_id in public_ids:
            if public_id not in known:
                state.add_repository(public_id, manager)
