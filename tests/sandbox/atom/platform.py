# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the server tells about itself: health, profiles, and the audit log."""

from __future__ import annotations

import typing as t

from . import limits
from .access import READ, require
from .call import Call, operation, optional_uuid, page, public, uuid_of
from .errors import not_found
from .model import Page, Profile

if t.TYPE_CHECKING:
    from .system import Atom


def readiness(system: Atom) -> dict[str, t.Any]:
    """The body of ``/health``."""
    return {
        "status": "ok",
        "http_ready": {"status": "ok", "message": "ready"},
        "grpc_ready": {"status": "ok", "message": "serving on 127.0.0.1:8082"},
        "database": {"status": "ok", "message": "database reachable"},
        "migrations": {"status": "ok", "message": "3 migrations applied"},
        "signing_keys": {"status": "ok", "message": "signing keys loaded"},
        "certificate_issuer": {"status": "disabled", "message": "certificate issuer disabled"},
        "db_pool": {
            "max_connections": 20,
            "min_connections": 0,
            "acquire_timeout_secs": 30,
            "connect_timeout_secs": 10,
            "idle_timeout_secs": 600,
            "max_lifetime_secs": 1800,
            "size": 3,
            "idle": 2,
        },
        "signing_key_state": {
            "configured_key_id": "local:v1",
            "encrypted_count": 1,
            "plaintext_count": 0,
            "total_count": 1,
            "plaintext_allowed": False,
        },
        "audit_retention": {
            "enabled": True,
            "days": 365,
            "cleanup_interval_secs": 86400,
            "cleanup_batch_size": 5000,
            "last_cleanup": None,
        },
        "rate_limits": limits.status(system.switches.rate_limits),
    }


@public
def health(call: Call) -> str:
    return "ok"


@operation
def system_status(call: Call) -> dict[str, t.Any]:
    require(call, READ, "system")
    return readiness(call.system)


@operation
def profiles(call: Call, **filters: t.Any) -> Page:
    profile = call.state.profile
    wanted = [(name, filters.get(name)) for name in ("object_kind", "kind", "tenant_id", "status")]
    found = all(value in (None, getattr(profile, name)) for name, value in wanted)
    return page([profile] if found else [], filters.get("limit"), filters.get("offset"))


@operation
def profile_versions(call: Call, profile_id: str) -> list[dict[str, t.Any]]:
    profile: Profile = call.state.profile
    if uuid_of(profile_id) != profile.id:
        raise not_found(f"profile {profile_id}")
    version = {"id": profile.version_id, "profile_id": profile.id, "version": 1, "status": "active"}
    return [version | {"json_schema": {}, "ui_schema": {}, "created_at": profile.created_at}]


@operation
def audit_logs(call: Call, **filters: t.Any) -> Page:
    """Sign-ups, revocations and refused sign-ins; what else the real server logs is not known."""
    require(call, READ, "audit")
    for name in ("actor_entity_id", "tenant_id", "target_id"):
        filters[name] = optional_uuid(filters.get(name))
    names = ("actor_entity_id", "tenant_id", "target_kind", "target_id", "event", "outcome")
    wanted = [(name, filters[name]) for name in names if filters.get(name) is not None]
    rows = [entry for entry in reversed(call.state.audit) if all(getattr(entry, n) == v for n, v in wanted)]
    return page(rows, filters.get("limit"), filters.get("offset"))


@operation
def entity_audit_logs(call: Call, entity_id: str) -> Page:
    wanted = call.entity(entity_id).id
    require(call, READ, "audit")
    rows = [entry for entry in reversed(call.state.audit) if wanted in (entry.actor_entity_id, entry.target_id)]
    return page(rows, None, None)
