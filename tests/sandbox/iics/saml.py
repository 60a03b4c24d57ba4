# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the identity provider's groups and roles are mapped to, and whose memberships that fixes."""

from __future__ import annotations

import typing as t

from . import query
from .call import Call
from .http import Refusal, Reply, json_reply
from .ids import org_ids
from .model import SAML, User


def mappings(of: t.Literal["groups", "roles"]) -> t.Callable[[Call], Reply]:
    """What answers ``GET .../SAMLConfig/groupMappings``, or the same of roles, with documented members."""
    kind = of[:-1]

    def act(call: Call) -> Reply:
        switches = call.iics.switches
        if call.arguments[0] != org_ids(switches.organization)[0]:
            raise Refusal(404, "SIM_UNKNOWN_ORGANIZATION", "The organization does not exist.")
        if not switches.saml_mapping and switches.no_saml_mapping_status != 200:
            raise Refusal(switches.no_saml_mapping_status, "SIM_NO_SAML", "SAML is not configured.")
        role = call.iics.directory.role_named("Designer")
        entry = {
            "roleId": role.id if role else "",
            "roleName": "Designer",
            f"saml{kind.capitalize()}Names": ["Developers"],
        }
        found = [entry] if switches.saml_mapping and switches.saml_mapping_of == of else []
        shown = query.page(found, query.parse(call.request.query))
        count = str(len(found)) if switches.saml_mapping_count == "text" else len(found)
        return json_reply(200, {"count": count, f"{kind}Mappings": shown})

    return act


def check_fixed(call: Call, people: t.Iterable[User]) -> None:
    """Refuse to change memberships that the mapping decides about; the code was not recorded."""
    switches = call.iics.switches
    fixed = switches.saml_mapping_fixes == "everybody" or any(user.authentication == SAML for user in people)
    if switches.saml_mapping and fixed:
        raise Refusal(400, "SIM_SAML_MAPPING", "Memberships are mapped from the identity provider.")
