# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything about IQ Server that is not published, or differs between servers, as named switches.

The defaults are the best evidence there is. A client must work on both sides of every switch.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t


def _is_exactly(value: t.Any, kind: type) -> bool:
    """Whether ``value`` is a ``kind``; True and False are no numbers."""
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


@dataclasses.dataclass(frozen=True)
class Switches:
    """One field per switch; raises ValueError for a value that the switch does not have."""

    # The installation
    release: int = 204  # second number of 1.204.2-01; early releases lack endpoints, parameters and fields
    context_path: str = "/"  # server.applicationContextPath, for example /iq
    licensed: t.Literal["yes", "402"] = "yes"  # whether the users API needs a licence is unknown
    server_header: t.Literal["on", "stripped"] = "on"  # proxies often replace it
    firewall: t.Literal["licensed", "402", "403", "404"] = "licensed"  # the answer of a server without it is unknown
    rate_limit: int = 0  # requests in five minutes, 0: no limit; Sonatype Cloud has 1500
    encoded_slash: t.Literal["accept", "400"] = "accept"  # newer Jetty releases refuse %2F in a path

    # Errors and authentication
    error_body: t.Literal["text", "json", "html", "empty"] = "text"
    www_authenticate: bool = True
    csrf_mode: t.Literal["off", "on"] = "off"  # on: as behind a reverse proxy that authenticates
    csrf_status: t.Literal[400, 401, 403] = 403
    orphan_token: t.Literal["refused", "accepted"] = "refused"  # the token of somebody who was deleted

    # Users
    return_realm: t.Literal["yes", "no", "null"] = "yes"
    case_insensitive_users: bool = True
    case_insensitive_realm: bool = False
    unknown_realm: t.Literal["400", "nobody"] = "400"
    list_order: t.Literal["insertion", "random"] = "insertion"
    unknown_property: t.Literal["ignore", "400"] = "ignore"
    dup_status: t.Literal[400, 409] = 400
    create_realm: t.Literal["400", "accept"] = "400"  # POST with realm SAML or OAUTH2
    put_password: t.Literal["ignore", "400"] = "ignore"
    put_realm: t.Literal["ignore", "400"] = "ignore"  # PUT with another realm than Internal
    put_null: t.Literal["ignore", "400"] = "ignore"
    put_empty: t.Literal["400", "store"] = "400"
    cascade_on_delete: bool = False  # deleting a user takes the token and the memberships along
    protect_admin: bool = False
    protect_self: bool = False
    protect_last_administrator: bool = False
    protect_status: t.Literal[400, 403] = 400

    # Tokens
    token_answer: t.Literal["full", "codes"] = "full"  # docs show two codes, the specification four fields
    second_token: t.Literal[400, 409] = 400
    delete_missing_token: t.Literal[404, 204] = 404
    read_missing_token: t.Literal[404, 400] = 404
    unknown_user_code: t.Literal[404, 204] = 404
    purge: t.Literal["ldap", "orphans"] = "ldap"  # specification: all of LDAP users; docs: of LDAP users who are gone

    # Roles and memberships
    view_roles: t.Literal["administrators", "policy_administrator", "everyone"] = "administrators"
    hidden_owner: t.Literal[403, 404] = 403  # an organization or application that the caller may not see
    case_insensitive_memberships: bool = False
    roles_without_members: bool = False
    global_owner: t.Literal["lower", "upper", "absent"] = "lower"  # spelling of ownerId and ownerType
    container_inherits: bool = True  # the repository container has the root organization above it
    revoke_missing: t.Literal[204, 404] = 204
    validate_member: t.Literal[400, 404] = 404  # answer to validateMember=true for somebody unknown

    def __post_init__(self) -> None:
        for name, kind in hints().items():
            value = getattr(self, name)
            allowed = t.get_args(kind)
            if not (value in allowed if allowed else _is_exactly(value, kind)):
                expected = " or ".join(map(repr, allowed)) if allowed else f"of type {kind.__name__}"
                raise ValueError(f"{name}: {value!r} is not {expected}")

    @property
    def version(self) -> str:
        return f"1.{self.release}.2-01"

    @property
    def base_path(self) -> str:
        return self.context_path.rstrip("/")


@functools.cache
def hints() -> dict[str, t.Any]:
    return t.get_type_hints(Switches)
