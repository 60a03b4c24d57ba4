# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Create, list, view and change domains."""

from __future__ import annotations

import typing as t

from ..call import Call, Params, Reply
from ..errors import invalid
from ..gojson import Shape, encode
from .access import is_platform_admin, require, require_scope
from .actions import ACTIONS
from .state import Domain
from .views import domain_object

LIMIT = 10
STATUSES = ("enabled", "disabled", "freezed", "all")
FIELDS = {"name": "string", "tags": "strings", "metadata": "object"}
CREATE = {
    "A": Shape("createDomainReq", FIELDS | {"alias": "string"}),
    "B": Shape("createDomainReq", FIELDS | {"route": "string"}),
}
UPDATE = {"A": Shape("updateDomainReq", FIELDS | {"alias": "string"}), "B": Shape("updateDomainReq", FIELDS)}


def create(call: Call) -> Reply:
    """POST /domains: anybody with a token, in any status. The refusals of empty and taken names are from the source."""
    domains, fields = call.system.domains, call.fields(CREATE[call.generation])
    name, route = fields.pop("name", ""), fields.pop("alias" if call.generation == "A" else "route", "")
    if not name:
        raise invalid("missing identity name")
    if not route:
        raise invalid("missing alias" if call.generation == "A" else "missing route")
    if domains.has_route(route):
        raise call.refuse("route taken")
    domain = domains.add(name, route, call.caller, call.system.stamp(), ACTIONS[call.generation], **fields)
    return Reply(201, domain_object(domain, call.generation))


def listing(call: Call) -> Reply:
    """GET /domains: all for a platform administrator, the own for others; no upper limit, no filter by member.

    B lists what changed last first; the order of A is the database's, here that of creation.
    """
    params, newer = Params(call.query), call.generation == "B"
    offset, limit = params.count("offset", 0), params.count("limit", LIMIT)
    status = params.word("status") or "enabled"
    if status not in STATUSES:
        raise invalid("invalid status")
    everything = is_platform_admin(call)
    domains = call.system.domains
    found = list(domains.all.values()) if everything else domains.of(call.caller)
    found = [domain for domain in found if status in ("all", domain.status)]
    if newer:
        found.sort(key=lambda domain: domain.updated or domain.created, reverse=True)
    rows = [
        domain_object(domain, call.generation, role=None if everything else domain.role_of(call.caller))
        for domain in found[offset : offset + limit]
    ]
    head = f'"total":{len(found)},' + (f'"offset":{offset},' if offset or not newer else "") + f'"limit":{limit}'
    return Reply(200, "{" + head + (f',"domains":[{",".join(rows)}]' if rows or not newer else "") + "}")


def view(call: Call) -> Reply:
    """GET /domains/{id}: A shows one's role there, B only where ``roles`` asks for it."""
    roles = Params(call.query).flag("roles")
    if not is_platform_admin(call):
        require_scope(call, "read")
    domain = require(call, "read", "no view of domain")
    role = domain.role_of(call.caller)
    if call.generation == "A":
        return Reply(200, domain_object(domain, "A", role=role))
    return Reply(200, domain_object(domain, "B", role=role if roles else None, member=call.caller if roles else ""))


def update(call: Call) -> Reply:
    """PATCH /domains/{id}"""
    fields = call.fields(UPDATE[call.generation])
    require_scope(call, "update")
    domain = require(call, "update", "no view of domain")
    if "alias" in fields:
        fields["route"] = fields.pop("alias")
    if fields.get("route", domain.route) != domain.route and call.system.domains.has_route(fields["route"]):
        raise call.refuse("route taken")
    change(call, domain, **fields)
    return Reply(200, domain_object(domain, call.generation))


def change(call: Call, domain: Domain, **values: t.Any) -> None:
    for name, value in values.items():
        setattr(domain, name, value)
    domain.updated = call.system.stamp()


def enable(call: Call) -> Reply:
    """POST /domains/{id}/enable"""
    require_scope(call, "enable")
    change(call, require(call, "enable", "no view of domain"), status="enabled")
    return Reply(200)


def disable(call: Call) -> Reply:
    """POST /domains/{id}/disable"""
    require_scope(call, "disable")
    change(call, require(call, "disable", "no view of domain"), status="disabled")
    return Reply(200)


def freeze(call: Call) -> Reply:
    """POST /domains/{id}/freeze: platform administrators of generation B."""
    if call.generation == "A" or not is_platform_admin(call):
        raise call.refuse("no view of domain")
    change(call, require(call, "read"), status="freezed")
    return Reply(200)


def available_actions(call: Call) -> Reply:
    """GET /domains/roles/available-actions"""
    return Reply(200, encode({"available_actions": ACTIONS[call.generation]}))
