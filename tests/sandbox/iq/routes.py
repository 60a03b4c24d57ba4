# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which endpoint answers which path, since which release, and with which global permission.

Paths are matched while they are still percent-encoded, so that ``%2F`` stays inside a name.
"""

from __future__ import annotations

import dataclasses
import typing as t

from . import bulk, firewall, memberships, owners, roles, tokens, users
from .message import Answer, Refusal, Request, decode_segment
from .permissions import CONFIGURE_SYSTEM, EDIT_ROLES, VIEW_ROLES
from .state import State

PREFIX = "/api/v2/"
Handler = t.Callable[[State, Request], Answer]


@dataclasses.dataclass(frozen=True, slots=True)
class Route:
    method: str
    pattern: tuple[str, ...]  # {} is a variable segment
    handler: Handler
    since: int = 0
    permission: str | None = None  # those without demand theirs themselves, or need none

    @property
    def variables(self) -> int:
        return self.pattern.count("{}")

    def matches(self, segments: list[str]) -> bool:
        return all(want == got or (want == "{}" and got) for want, got in zip(self.pattern, segments, strict=True))


def route(line: str, handler: Handler, since: int = 0, permission: str | None = None) -> Route:
    method, path = line.split()
    return Route(method, tuple(path.split("/")), handler, since, permission)


BULK = 198
ROUTES = [
    route("GET users", users.list_all, 100, CONFIGURE_SYSTEM),  # between 70 and 135; the release is not known
    route("POST users", users.create, 70, CONFIGURE_SYSTEM),
    route("GET users/{}", users.read, 70, CONFIGURE_SYSTEM),
    route("PUT users/{}", users.update, 70, CONFIGURE_SYSTEM),
    route("DELETE users/{}", users.delete, 70, CONFIGURE_SYSTEM),
    route("GET userTokens", tokens.list_all, 87, CONFIGURE_SYSTEM),
    route("POST userTokens/currentUser", tokens.create_own, 76),
    route("DELETE userTokens/currentUser", tokens.delete_own, 76),
    route("GET userTokens/currentUser/hasToken", tokens.has_own, 76),
    route("GET userTokens/currentUser/createTime", tokens.own_create_time, 198),
    route("DELETE userTokens/purge", tokens.purge, 76, CONFIGURE_SYSTEM),
    route("DELETE userTokens/userCode/{}", tokens.revoke, 87, CONFIGURE_SYSTEM),
    route("GET userTokens/{}", tokens.read, 87, CONFIGURE_SYSTEM),
    route("GET config/userTokens", tokens.read_configuration, tokens.EXPIRY_SINCE, CONFIGURE_SYSTEM),
    route("PUT config/userTokens", tokens.update_configuration, tokens.EXPIRY_SINCE, CONFIGURE_SYSTEM),
    route("DELETE config/userTokens", tokens.reset_configuration, tokens.EXPIRY_SINCE, CONFIGURE_SYSTEM),
    route("GET roles", roles.list_all, 70, VIEW_ROLES),
    route("POST roles", roles.create, BULK, EDIT_ROLES),
    route("GET roles/new", roles.template, BULK, EDIT_ROLES),
    route("GET roles/{}", roles.read, BULK, VIEW_ROLES),
    route("PUT roles/{}", roles.update, BULK, EDIT_ROLES),
    route("DELETE roles/{}", roles.delete, BULK, EDIT_ROLES),
    route("GET roleMemberships/{}", memberships.read_single, 70),
    route("GET roleMemberships/{}/roles", bulk.read_single, BULK),
    route("GET roleMemberships/{}/{}", memberships.read_tree, 70),
    route("GET roleMemberships/{}/{}/roles", bulk.read_tree, BULK),
    route("PUT roleMemberships/{}/role/{}/members", bulk.replace_single, BULK),
    route("PUT roleMemberships/{}/{}/role/{}/members", bulk.replace_tree, BULK),
    route("PUT roleMemberships/{}/role/{}/{}/{}", memberships.at_single(memberships.grant), 70),
    route("DELETE roleMemberships/{}/role/{}/{}/{}", memberships.at_single(memberships.revoke), 70),
    route("PUT roleMemberships/{}/{}/role/{}/{}/{}", memberships.at_tree(memberships.grant), 70),
    route("DELETE roleMemberships/{}/{}/role/{}/{}/{}", memberships.at_tree(memberships.revoke), 70),
    route("GET organizations", owners.list_organizations),
    route("POST organizations", owners.create_organization),
    route("GET organizations/{}", owners.read_organization),
    route("GET sourceControl/automaticRoleAssignment/userMappings/{}/{}", owners.read_user_mappings),
    route("GET firewall/repositoryManagers", firewall.list_managers),
    route("GET firewall/repositories/configuration/{}", firewall.list_repositories),
    route("GET applications", owners.list_applications),
    route("POST applications", owners.create_application),
    route("GET applications/{}", owners.read_application),
]
BY_SHAPE: dict[tuple[str, int], list[Route]] = {}
for entry in ROUTES:
    BY_SHAPE.setdefault((entry.pattern[0], len(entry.pattern)), []).append(entry)


def find(method: str, path: str, release: int) -> tuple[Route, list[str]]:
    """The route and the decoded variable segments; raises Refusal: 404, or 405 where only the method is wrong."""
    segments = path[len(PREFIX) :].split("/")
    fitting = [r for r in BY_SHAPE.get((segments[0], len(segments)), ()) if r.since <= release and r.matches(segments)]
    if not fitting:
        raise Refusal(404, "HTTP 404 Not Found")
    method = "GET" if method == "HEAD" else method
    variables = min(r.variables for r in fitting)
    fitting = [r for r in fitting if r.variables == variables]
    for found in fitting:
        if found.method == method:
            pairs = zip(found.pattern, segments, strict=True)
            return found, [decode_segment(got) for want, got in pairs if want == "{}"]
    allow = ", ".join(sorted({r.method for r in fitting})).encode()
    raise Refusal(405, "HTTP 405 Method Not Allowed", ((b"allow", allow),))
