# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which path and method does what, and who may call it."""

from __future__ import annotations

import dataclasses
import re
import typing as t
import urllib.parse

from . import groups, listeners, organization, passwords, saml, signin, users, v2_user
from .call import Call
from .http import PUBLIC, Refusal, Reply, UnknownPath
from .membership import GROUP_ROLES, GROUP_USERS, USER_GROUPS, USER_ROLES, change

Access = t.Literal["open", "session", "admin", "reset"]


@dataclasses.dataclass(frozen=True)
class Route:
    act: t.Callable[[Call], Reply]
    access: Access = "admin"


Methods = dict[str, Route]

V2 = "/saas/api/v2/user"
ORG = "/saas/api/v2/org"
FILES = "/mftsaas/api/v1"
V3 = "/saas/public/core/v3"

FIXED: dict[str, Methods] = {
    f"{V3}/login": {"POST": Route(signin.login_v3, "open")},
    f"{V3}/logout": {"POST": Route(signin.logout_v3, "session")},
    f"{V3}/users": {"GET": Route(users.list_users), "POST": Route(users.create_user)},
    f"{V3}/Users/ChangePassword": {"POST": Route(passwords.change, "session")},
    f"{V3}/Users/ResetPassword": {"POST": Route(passwords.reset, "reset")},
    f"{V3}/roles": {"GET": Route(groups.list_roles), "POST": Route(groups.create_role)},
    f"{V3}/userGroups": {"GET": Route(groups.list_groups), "POST": Route(groups.create_group)},
    "/ma/api/v2/user/login": {"POST": Route(signin.login_v2, "open")},
    "/ma/api/v2/user/logoutall": {"POST": Route(signin.logout_all, "open")},
    f"{V2}/logout": {"POST": Route(signin.logout_v2, "session")},
    f"{V2}/validSessionId": {"POST": Route(signin.valid_session_id, "open")},
    f"{FILES}/ChangeCallbackOwnership": {"POST": Route(listeners.change_owner)},
    ORG: {"GET": Route(organization.read_organization)},
    V2: {"GET": Route(v2_user.list_users), "POST": Route(v2_user.create_user)},
    f"{V2}/": {"GET": Route(v2_user.list_users), "POST": Route(v2_user.create_user)},
}


def _memberships() -> t.Iterator[tuple[str, Methods]]:
    sides = [
        ("users", "Roles", USER_ROLES),
        ("users", "Groups", USER_GROUPS),
        ("userGroups", "Roles", GROUP_ROLES),
        ("userGroups", "Users", GROUP_USERS),
    ]
    for collection, suffix, relation in sides:
        for verb in ("add", "remove"):
            put = {"PUT": Route(change(relation, adding=verb == "add"))}
            yield f"{V3}/{collection}/{{}}/{verb}{suffix}", put
            yield f"{V3}/{collection}/name/{{}}/{verb}{suffix}", put


WITH_ARGUMENT: list[tuple[re.Pattern[str], Methods]] = [
    (re.compile(template.replace("{}", "([^/]+)")), methods)
    for template, methods in [
        (f"{V3}/users/{{}}", {"DELETE": Route(users.delete_user)}),
        (f"{V3}/roles/{{}}", {"DELETE": Route(groups.delete_role)}),
        (f"{V3}/userGroups/{{}}", {"DELETE": Route(groups.delete_group)}),
        (f"{V3}/Orgs/{{}}/SAMLConfig/groupMappings", {"GET": Route(saml.mappings("groups"))}),
        (f"{V3}/Orgs/{{}}/SAMLConfig/roleMappings", {"GET": Route(saml.mappings("roles"))}),
        (f"{ORG}/{{}}", {"GET": Route(organization.read_sub_organization)}),
        (f"{ORG}/name/{{}}", {"GET": Route(organization.read_sub_organization)}),
        (f"{V2}/name/{{}}", {"GET": Route(v2_user.read_user_named)}),
        (
            f"{V2}/{{}}",
            {
                "GET": Route(v2_user.read_user),
                "POST": Route(v2_user.update_user),
                "DELETE": Route(v2_user.delete_user),
            },
        ),
        *_memberships(),
    ]
]


def find(method: str, path: str) -> tuple[Route, tuple[str, ...]]:
    """The route and the decoded arguments of a path.

    Raises UnknownPath in v3, and Refusal (405, elsewhere 404): their codes are unknown.
    """
    fixed = FIXED.get(path)
    methods, arguments = _match(path) if fixed is None else (fixed, ())
    route = methods.get(method)
    if route is None:
        allow = ", ".join(sorted(methods)).encode()
        raise Refusal(405, "SIM_METHOD_NOT_SUPPORTED", "Method not supported.", headers=[(b"allow", allow)])
    return route, arguments


def _match(path: str) -> tuple[Methods, tuple[str, ...]]:
    for pattern, methods in WITH_ARGUMENT:
        match = pattern.fullmatch(path)
        if match:
            return methods, tuple(urllib.parse.unquote(argument) for argument in match.groups())
    if path.startswith(PUBLIC):
        raise UnknownPath
    raise Refusal(404, "SIM_NOT_FOUND", "The requested resource does not exist.")
