# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an IQ Server knows: people, their tokens, roles, and the tree of owners with its memberships."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import secrets
import typing as t

from ..system import Clock
from .permissions import POLICY_ADMINISTRATOR, SYSTEM_ADMINISTRATOR, Role, built_in_roles, new_id
from .switches import Switches

INTERNAL = "Internal"
ROOT_ORGANIZATION_ID = "ROOT_ORGANIZATION_ID"
EVERYONE = "Authenticated Users"  # the built-in group of all who are logged in

UserKey = tuple[str, str]  # realm, name as the server compares it
MemberKey = tuple[str, str]  # USER or GROUP, name as the server compares it


@dataclasses.dataclass(slots=True)
class User:
    username: str
    first_name: str
    last_name: str
    email: str
    realm: str = INTERNAL
    salt: bytes = b""
    digest: bytes = b""

    def set_password(self, password: str) -> None:
        self.salt = os.urandom(8)
        self.digest = hash_password(self.salt, password)

    def has_password(self, password: str) -> bool:
        return bool(self.digest) and secrets.compare_digest(self.digest, hash_password(self.salt, password))


def hash_password(salt: bytes, password: str) -> bytes:
    return hashlib.blake2b(password.encode("utf-8", "surrogatepass"), salt=salt, digest_size=16).digest()


@dataclasses.dataclass(slots=True)
class Token:
    user_code: str
    pass_code: str
    username: str
    realm: str
    created: float
    expires: float | None = None
    last_access: float | None = None


@dataclasses.dataclass(slots=True)
class Owner:
    """A place where roles are given: an organization, an application, or one of the two that exist once."""

    kind: str  # as in paths: global, repository_container, organization, application, repository_manager, repository
    id: str
    name: str
    parent: Owner | None = None
    public_id: str = ""
    contact: str = ""
    members: dict[str, dict[MemberKey, str]] = dataclasses.field(default_factory=dict)  # by role id

    def lineage(self) -> t.Iterator[Owner]:
        """This owner, then those that it inherits from."""
        owner: Owner | None = self
        while owner is not None:
            yield owner
            owner = owner.parent


class State:
    """The state of one server; ``switches`` say how names are compared."""

    def __init__(self, switches: Switches, clock: Clock) -> None:
        self.switches, self.clock = switches, clock
        self.own_password = secrets.token_urlsafe()  # of the sandbox itself, as anybody
        self.users: dict[UserKey, User] = {}
        self.tokens: dict[UserKey, Token] = {}
        self.codes: dict[str, Token] = {}
        self.token_realms: set[str] = set()  # realms of tokens so far; an LDAP server stays when its last token goes
        self.token_days: int | None = None
        self.automatic_role = ""  # of committers, at the root organization
        self.roles: dict[str, Role] = {role.id: role for role in built_in_roles()}
        root = Owner("organization", ROOT_ORGANIZATION_ID, "Root Organization")
        self.everything = Owner("global", "global", "Global")
        self.container = Owner("repository_container", "repository_container", "Repositories", root)
        self.organizations: dict[str, Owner] = {root.id: root}
        self.applications: dict[str, Owner] = {}
        self.public_ids: dict[str, Owner] = {}
        self.managers: dict[str, Owner] = {}  # of repositories, on servers with Firewall
        self.repositories: dict[str, Owner] = {}
        self.switch(switches)
        self.add_user(User("admin", "Admin", "BuiltIn", "admin@localhost"), "admin123")
        for role_id in (SYSTEM_ADMINISTRATOR, POLICY_ADMINISTRATOR):
            self.grant(self.everything, role_id, "USER", "admin")

    def switch(self, switches: Switches) -> None:
        """Take new switches; what is there is kept under the names as they compare now."""
        self.switches = switches
        self.container.parent = self.root if switches.container_inherits else None
        self.users = {self.user_key(u.realm, u.username): u for u in self.users.values()}
        self.tokens = {self.user_key(k.realm, k.username): k for k in self.tokens.values()}
        for owner in self.owners():
            for role_id, members in owner.members.items():
                owner.members[role_id] = {self.member_key(kind, name): name for (kind, dummy), name in members.items()}

    @property
    def root(self) -> Owner:
        return self.organizations[ROOT_ORGANIZATION_ID]

    def owners(self) -> list[Owner]:
        tree = [*self.organizations.values(), *self.applications.values()]
        return [self.everything, self.container, *tree, *self.managers.values(), *self.repositories.values()]

    def user_key(self, realm: str, name: str) -> UserKey:
        return realm, name.lower() if self.switches.case_insensitive_users else name

    def member_key(self, kind: str, name: str) -> MemberKey:
        return kind, name.lower() if self.switches.case_insensitive_memberships else name

    def user(self, realm: str, name: str) -> User | None:
        return self.users.get(self.user_key(realm, name))

    def add_user(self, user: User, password: str | None = None) -> None:
        if password is not None:
            user.set_password(password)
        self.users[self.user_key(user.realm, user.username)] = user

    def remove_user(self, user: User) -> None:
        del self.users[self.user_key(user.realm, user.username)]
        if self.switches.cascade_on_delete:
            token = self.tokens.get(self.user_key(user.realm, user.username))
            if token:
                self.remove_token(token)
            for owner in self.owners():
                for members in owner.members.values():
                    members.pop(self.member_key("USER", user.username), None)

    def add_token(self, realm: str, username: str) -> Token:
        now = self.clock.now()
        expires = now + self.token_days * 86400 if self.token_days else None
        token = Token(secrets.token_hex(4), secrets.token_hex(22), username, realm, now, expires)
        self.tokens[self.user_key(realm, username)] = token
        self.codes[token.user_code] = token
        self.token_realms.add(realm)
        return token

    def token(self, realm: str, username: str) -> Token | None:
        return self.tokens.get(self.user_key(realm, username))

    def remove_token(self, token: Token) -> None:
        del self.codes[token.user_code]
        del self.tokens[self.user_key(token.realm, token.username)]

    def add_organization(self, name: str, parent: Owner | None = None) -> Owner:
        owner = Owner("organization", new_id(), name, parent or self.root)
        self.organizations[owner.id] = owner
        return owner

    def add_application(self, public_id: str, name: str, parent: Owner, contact: str = "") -> Owner:
        owner = Owner("application", new_id(), name, parent, public_id, contact)
        self.applications[owner.id] = self.public_ids[public_id] = owner
        return owner

    def add_manager(self, name: str) -> Owner:
        """A repository manager, such as a Nexus Repository that asks this server about components."""
        owner = Owner("repository_manager", new_id(), name, self.container)
        self.managers[owner.id] = owner
        return owner

    def add_repository(self, public_id: str, manager: Owner) -> Owner:
        owner = Owner("repository", new_id(), public_id, manager, public_id)
        self.repositories[owner.id] = owner
        return owner

    def grant(self, owner: Owner, role_id: str, kind: str, name: str) -> None:
        owner.members.setdefault(role_id, {}).setdefault(self.member_key(kind, name), name)

    def revoke(self, owner: Owner, role_id: str, kind: str, name: str) -> bool:
        """Take a role away; returns whether it was there."""
        return owner.members.get(role_id, {}).pop(self.member_key(kind, name), None) is not None

    def system_administrators(self) -> set[MemberKey]:
        return set(self.everything.members.get(SYSTEM_ADMINISTRATOR, ()))
