# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated server, the modules run against it, and the vendor's client to read back what they did."""

from __future__ import annotations

import typing as t

import pytest
import sonatype_iq_api_client as vendor
import urllib3

from harness import run_module
from sandbox.iq.seeds import PASSWORD as SEED_PASSWORD
from sandbox.iq.state import Owner
from unit.sandbox.iq_openapi import WitnessedIq

ADMIN = {"api_username": "admin", "api_password": "admin123"}
SEEDED = {"api_username": "person-00001", "api_password": SEED_PASSWORD}
PASSWORD = "Canary-Password-12345"
JANE: dict[str, t.Any] = {
    "username": "jane",
    "first_name": "Jane",
    "last_name": "Doe",
    "email": "jane@example.com",
    "password": PASSWORD,
}
GLOBAL_ADMINISTRATOR = {"role": "System Administrator", "global": True}
RELEASE = 207  # that of the vendor's client

Result = dict[str, t.Any]
Grant = dict[str, t.Any]


class Server:
    """A fresh server with its sample tree; ``user`` and ``info`` run the modules as its administrator.

    ``judged`` is switched off by tests that make the server answer outside of the vendor's specification.
    """

    def __init__(self, system: WitnessedIq) -> None:
        self.system = system
        self.app = system.app
        self.url = system.url
        self.judged = True
        self.reset()

    def reset(self, **switches: t.Any) -> None:
        self.app.act("POST", "reset", {"release": RELEASE, **switches})

    def switch(self, **switches: t.Any) -> None:
        self.app.act("POST", "configure", switches)

    def seed(self, count: int, **options: t.Any) -> None:
        self.app.act("POST", "seed", {"count": count, **options})

    def faults(self, *rules: dict[str, t.Any]) -> None:
        self.app.act("POST", "faults", list(rules))

    def run(self, module: str, check: bool = False, **options: t.Any) -> Result:
        """The result of one module; the journal holds its requests alone."""
        self.app.journal.clear()
        return run_module(module, check=check, **{"api_url": self.url, **ADMIN, **options})

    def user(self, check: bool = False, **options: t.Any) -> Result:
        return self.run("iq_user", check, **options)

    def info(self, **options: t.Any) -> list[dict[str, t.Any]]:
        result = self.run("iq_user_info", **options)
        assert not result["failed"], result
        return t.cast("list[dict[str, t.Any]]", result["users"])

    def requests(self) -> list[str]:
        """What the last run sent: method and path without query, below ``/api/v2/``."""
        return [f"{line.method} {line.path.partition('?')[0].partition('/api/v2/')[2]}" for line in self.app.journal]

    def writes(self) -> list[str]:
        return [request for request in self.requests() if not request.startswith("GET ")]

    def has(self, username: str, realm: str = "Internal") -> bool:
        return self.system.state.user(realm, username) is not None

    def stored(self, username: str, realm: str = "Internal") -> t.Any:
        found = self.system.state.user(realm, username)
        assert found is not None
        return found

    def has_token(self, username: str, realm: str = "Internal") -> bool:
        return self.system.state.token(realm, username) is not None

    def owner(self, kind: str, name: str | bool) -> Owner:
        """A place by its kind and the name that the option ``grants`` has for it."""
        state = self.system.state
        if kind == "organization":
            return next(owner for owner in state.organizations.values() if owner.name == name)
        if kind == "application":
            return state.public_ids[str(name)]
        return {"global": state.everything, "repository_container": state.container}[kind]

    def grant(self, username: str, *grants: Grant, kind: str = "USER") -> None:
        roles = {role.name: role.id for role in self.system.state.roles.values()}
        for grant in grants:
            ((place, name),) = [(key, value) for key, value in grant.items() if key != "role"]
            self.system.state.grant(self.owner(place, name), roles[grant["role"]], kind, username)

    def grants(self, username: str, kind: str = "USER") -> list[Grant]:
        """What the server itself has, in the form of the option ``grants``."""
        state, found = self.system.state, []
        for owner in state.owners():
            name = {"global": True, "repository_container": True, "application": owner.public_id}.get(
                owner.kind, owner.name
            )
            for role_id, members in owner.members.items():
                if username in [spelled for (what, dummy), spelled in members.items() if what == kind]:
                    found.append({"role": state.roles[role_id].name, owner.kind: name})
        return sorted(found, key=str)

    def administered_by(self, *names: str) -> dict[str, str]:
        """``names`` get the role System Administrator and admin loses it; returns the login of somebody who has the
        same rights by another role.
        """
        self.seed(4)
        roles = {role.name: role for role in self.system.state.roles.values()}
        rights = roles["System Administrator"].permissions | roles["Policy Administrator"].permissions
        roles["Legal Reviewer"].permissions = rights
        self.ungrant("admin")
        self.grant("person-00004", {"role": "Legal Reviewer", "global": True})
        for name in names:
            self.grant(name, GLOBAL_ADMINISTRATOR)
        return {**SEEDED, "api_username": "person-00004"}

    def ungrant(self, username: str) -> None:
        for owner in self.system.state.owners():
            for members in owner.members.values():
                members.pop(self.system.state.member_key("USER", username), None)

    def vendor(self) -> VendorsClient:
        if urllib3.__version__.startswith("1."):
            pytest.skip("the vendor's client needs urllib3 2")
        return VendorsClient(self.url)


class VendorsClient:
    """The vendor's own client, with questions that tests ask."""

    def __init__(self, url: str) -> None:
        api = vendor.ApiClient(vendor.Configuration(host=url, username="admin", password="admin123"))
        self.users = vendor.UsersApi(api)
        self.tokens = vendor.UserTokensApi(api)
        self.roles = vendor.RolesApi(api)
        self.memberships = vendor.RoleMembershipsApi(api)
        self.organizations = vendor.OrganizationsApi(api)
        self.applications = vendor.ApplicationsApi(api)

    def names(self, realm: str = "Internal") -> list[str]:
        return [user.username or "" for user in self.users.get_all2(realm=realm).users or []]

    def token_owners(self, realm: str = "Internal") -> list[str]:
        listed = self.tokens.get_user_tokens_by_created_between_and_realm_id(realm=realm)
        return [token.username or "" for token in listed]

    def grants(self, username: str, who: str = "USER") -> list[tuple[str, str, str]]:
        """Kind and id of the owner and id of the role, of everything that is given directly to the user, or group."""
        found = []
        for kind in ("global", "repository_container"):
            answer = self.memberships.get_role_memberships_global_or_repository_container(kind)
            found += self._direct(kind, kind, answer, username, who)
        for organization in self.organizations.get_organizations().organizations or []:
            found += self._of("organization", str(organization.id), username, who)
        for application in self.applications.get_applications().applications or []:
            found += self._of("application", str(application.id), username, who)
        return sorted(found)

    def roles_at_repositories(self, username: str) -> list[tuple[str, str]]:
        """Kind of place and role of each role of a user at repository managers and repositories."""
        firewall = vendor.FirewallApi(self.memberships.api_client)
        managers = [str(each.id) for each in firewall.get_repository_managers().repository_managers or []]
        places = [("repository_manager", id) for id in managers]
        for id in managers:
            listed = firewall.get_configured_repositories(id).repositories or []
            places += [("repository", str(each.repository_id)) for each in listed]
        return sorted(
            (kind, str(role.role_name))
            for kind, id in places
            for role in self.memberships.get_bulk_role_memberships_non_global(kind, id).members_by_role or []
            for owner in role.members_by_owner or []
            for member in owner.members or []
            if owner.owner_id == id and member.internal_name == username
        )

    def _of(self, kind: str, owner: str, username: str, who: str) -> list[tuple[str, str, str]]:
        answer = self.memberships.get_role_memberships_application_or_organization(kind, owner)
        return self._direct(kind, owner, answer, username, who)

    @staticmethod
    def _direct(kind: str, owner: str, answer: t.Any, username: str, who: str) -> list[tuple[str, str, str]]:
        return [
            (kind, owner, str(mapping.role_id))
            for mapping in answer.member_mappings or []
            for member in mapping.members or []
            if member.type == who and member.user_or_group_name == username and member.owner_id in (owner, kind)
        ]


def foreseen(server: Server, **options: t.Any) -> Result:
    """Run in check mode, for real and again, and check what must hold of any task; returns the real result."""
    predicted = server.user(check=True, **options)
    assert server.writes() == [], "check mode wrote"
    real = server.user(**options)
    written = server.writes()
    for key in ("changed", "failed", "users", "summary", "diff"):
        assert predicted[key] == real[key]
    assert not real["failed"], real
    assert real["changed"] == bool(written) == any(user["changes"] for user in real["users"])
    assert real["changed"] == bool(real["diff"])
    again = server.user(**options)
    assert not again["failed"] and not again["changed"] and again["diff"] == [], again
    assert server.writes() == [], "the second run wrote"
    return real
