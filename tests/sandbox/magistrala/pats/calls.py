# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make, list, view and revoke one's own personal access tokens, in any status of the account.

An administrator reaches nobody else's: generation A answers 404, B as if it had done what was asked.
"""

from __future__ import annotations

import re

from ..call import Call, Params, Reply
from ..errors import invalid
from ..gojson import Shape
from ..views import ZERO
from .scopes import check_entry
from .state import Pat, pat_object

LIMIT = 10
UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
DURATION = re.compile(r"([0-9]+(\.[0-9]+)?(h|ms|m|s|us|ns))+")

FIELDS = {"name": "string", "description": "string", "duration": "string"}
CREATE = {"A": Shape("createPatReq", FIELDS | {"scope": "object"}), "B": Shape("createPatReq", FIELDS)}
ENTRY = Shape("Scope", dict.fromkeys(("domain_id", "entity_type", "operation", "entity_id"), "string"))
ADD_SCOPE = Shape("addScopeReq", {"scopes": [ENTRY]})
NOTHING = (
    f'{{"issued_at":"{ZERO}","expires_at":"{ZERO}","updated_at":"{ZERO}","last_used_at":"{ZERO}",'
    f'"revoked_at":"{ZERO}","status":"active"}}'
)


def create(call: Call) -> Reply:
    """POST /pats: lives as long as its maker says. The refusals are those of the source."""
    fields = call.fields(CREATE[call.generation])
    duration = fields.get("duration", "")
    if not DURATION.fullmatch(duration):
        raise call.refuse("bad duration")
    if not fields.get("name", "").strip():
        raise invalid("missing identity name")
    seconds = sum(float(n) * UNITS[unit] for n, unit in re.findall(r"([0-9.]+)(ms|us|ns|[hms])", duration))
    pat = call.system.pats.add(
        call.caller,
        call.system.stamp(),
        seconds,
        name=fields["name"],
        description=fields.get("description", ""),
        scope=fields.get("scope", {}),
    )
    return Reply(201, pat_object(pat, call.generation, call.system.clock.now(), fresh=True))


def listing(call: Call) -> Reply:
    """GET /pats: the own."""
    params = Params(call.query)
    offset, limit = params.count("offset", 0), params.count("limit", LIMIT)
    mine, now = call.system.pats.of(call.caller), call.system.clock.now()
    rows = ",".join(pat_object(pat, call.generation, now) for pat in mine[offset : offset + limit])
    return Reply(200, f'{{"total":{len(mine)},"offset":{offset},"limit":{limit},"pats":[{rows}]}}')


def own(call: Call) -> Pat | None:
    """The token of the path, if it is the caller's."""
    pat = call.system.pats.all.get(call.id)
    return pat if pat and pat.user_id == call.caller else None


def view(call: Call) -> Reply:
    """GET /pats/{id}"""
    pat = own(call)
    if pat:
        return Reply(200, pat_object(pat, call.generation, call.system.clock.now()))
    if call.generation == "A":
        raise call.refuse("view no token")
    return Reply(200, NOTHING)


def delete(call: Call) -> Reply:
    """DELETE /pats/{id}"""
    pat = own(call)
    if pat:
        call.system.pats.remove(pat)
    elif call.generation == "A":
        raise call.refuse("delete no token")
    return Reply(204)


def revoke(call: Call) -> Reply:
    """PATCH /pats/{id}/secret/revoke"""
    pat = own(call)
    if pat:
        pat.revoked = pat.revoked or call.system.stamp()
    elif call.generation == "A":
        raise call.refuse("revoke no token")
    return Reply(204)


def add_scope(call: Call) -> Reply:
    """PATCH /pats/{id}/scope/add (B); what a foreign token's id is answered with is the source's."""
    entries = [
        {name: entry.get(name, "") for name in ENTRY.fields} for entry in call.fields(ADD_SCOPE).get("scopes", [])
    ]
    for entry in entries:
        check_entry(entry)
    pat = own(call)
    if pat is None:
        raise call.refuse("view unknown")
    pat.scopes += entries
    return Reply(200)
