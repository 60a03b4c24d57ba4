# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The switches of the simulated IICS; a default is what the evidence favours."""

from __future__ import annotations

import dataclasses
import typing as t

from .ids import ORGANIZATION


@dataclasses.dataclass(frozen=True)
class IicsSwitches:
    """One field per behaviour that is unknown, differs between organizations, or is needed to provoke a client.

    Raises ValueError for a value outside of a field's choices.
    """

    # The organization, and the sub-organizations that it is the parent of; whether one without says so was not
    # recorded.
    organization: str = ORGANIZATION
    sub_organizations: list[str] = dataclasses.field(default_factory=list)
    no_sub_organizations: t.Literal["empty list", "left out"] = "empty list"

    # Where the login sends the client: the whole base URL, or the scheme in front of the request's own host.
    base_url: str = ""
    base_scheme: t.Literal["", "http", "https"] = ""

    # Sign-in and sessions. JWT sessions end a fixed time after the login, others after that time without a request.
    wrong_password_status: t.Literal[400, 401, 403] = 400
    wrong_password_status_v2: t.Literal[400, 401, 403] = 403
    locked_status: int = 400
    session: t.Literal["id", "jwt"] = "id"
    session_minutes: float = 30
    session_grace_minutes: float = 0
    jwt_length: int = 4000
    invalid_session_status: t.Literal[401, 403] = 401
    invalid_session_status_v2: t.Literal[401, 403] = 401
    without_admin_role: t.Literal["403", "empty 404"] = "403"

    # Passwords, as an organization sets its rules; 0 is "no such rule".
    password_min_length: int = 9
    password_min_mix: int = 3
    password_reuse_days: float = 0
    password_expiration_days: float = 0
    reset_needs_session: bool = True
    # What an administrator's password does for somebody who has not activated their account.
    provisioned_password: t.Literal["stored", "activates", "refused"] = "stored"

    # v3 users.
    object_limit: int = 1000
    create_status: t.Literal[200, 201] = 201
    state_with_password: t.Literal["Active", "Provisioned"] = "Active"
    state_of_saml_user: t.Literal["Active", "Provisioned"] = "Active"
    unknown_user_status: t.Literal[400, 403, 404] = 404
    delete_with_jobs: t.Literal["reject", "delete"] = "reject"
    scheduled_jobs: list[str] = dataclasses.field(default_factory=list)
    # File listeners: the field of the new owner, the answer where there is nothing to hand over, and whether an account
    # that owns some can be deleted.
    new_owner_field: t.Literal["newOwner", "newOwnerId"] = "newOwner"
    no_listeners_status: t.Literal[200, 204, 400, 404] = 200
    delete_with_listeners: t.Literal["reject", "delete"] = "reject"
    saml_spelling: t.Literal["SAML", "SSO"] = "SAML"
    filter_exact_case: bool = False
    anonymous_user: bool = False
    phone_rule: bool = False
    read_latency: int = 0

    # Memberships.
    membership_status: t.Literal[200, 204] = 204
    strict_display_names: bool = True
    noop_membership: t.Literal["ok", "error"] = "ok"
    mixed_membership: t.Literal["nothing", "partial"] = "nothing"
    last_group: t.Literal["kept", "removable"] = "kept"
    # Groups and roles of the identity provider, mapped to roles here. Whose memberships that fixes is documented in two
    # ways; how an organization without such a mapping answers, and whether the count is text, was not recorded.
    saml_mapping: bool = False
    saml_mapping_of: t.Literal["groups", "roles"] = "groups"
    saml_mapping_fixes: t.Literal["saml users", "everybody"] = "saml users"
    saml_mapping_count: t.Literal["number", "text"] = "number"
    no_saml_mapping_status: t.Literal[200, 400, 403, 404] = 200
    unlicensed_roles: list[str] = dataclasses.field(default_factory=list)

    # The v2 user resource.
    v2_create_status: t.Literal[200, 201] = 200
    v2_update: t.Literal["reject-v3-id", "broken", "off"] = "reject-v3-id"
    v2_omitted: t.Literal["reset", "keep"] = "reset"
    v2_unknown_roles: t.Literal["keep", "drop"] = "keep"
    # An update's password is documented as required and as without effect. "stored": it is taken literally, the mask
    # that a read shows included, and no rule is applied, which is the worst that could happen to a client.
    v2_password: t.Literal["ignored", "stored"] = "ignored"
    v2_missing_password: t.Literal["kept", "refused"] = "kept"
    v2_email_change: t.Literal["at once", "pending"] = "at once"
    v2_sees_provisioned: bool = True
    v2_missing_status: t.Literal[403, 404] = 403
    v2_org_id: t.Literal["short", "long"] = "short"
    v2_uuid_key: t.Literal["uuid", "uuId"] = "uuid"
    v2_shows_security_answer: bool = True
    v2_success_object: bool = True

    # Too many requests: at most so many in so many seconds of the clock; 0 is "as many as you like".
    rate_limit: int = 0
    rate_window: float = 1
    rate_limit_status: int = 429
    retry_after: str = ""

    def __post_init__(self) -> None:
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise ValueError(f"{name} must be one of {', '.join(map(repr, choices))}")


CHOICES: dict[str, tuple[t.Any, ...]] = {
    name: t.get_args(kind) for name, kind in t.get_type_hints(IicsSwitches).items() if t.get_origin(kind) is t.Literal
}
