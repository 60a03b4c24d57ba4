# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The organization itself in v2: its own object, and those of its sub-organizations."""

from __future__ import annotations

import typing as t

from .call import Call
from .http import Refusal, Reply, v2_reply
from .ids import PLATFORM_ORG_ID, org_ids
from .signin import base_url
from .views import stamp


def read_organization(call: Call) -> Reply:
    """The calling account's organization, as a list of one."""
    switches = call.iics.switches
    below = [{"@type": "subOrg", "id": org_ids(name)[1], "name": name} for name in switches.sub_organizations]
    shown = described(call, switches.organization, PLATFORM_ORG_ID, below)
    if not below and switches.no_sub_organizations == "left out":
        del shown["subOrgs"]
    return v2_reply(call.request, 200, [shown])


def read_sub_organization(call: Call) -> Reply:
    """A sub-organization by its v2 id or by its name; status and code for an unknown one were not recorded."""
    key, switches = call.arguments[0], call.iics.switches
    named = "/org/name/" in call.request.path
    for name in switches.sub_organizations:
        if key == (name if named else org_ids(name)[1]):
            return v2_reply(call.request, 200, described(call, name, org_ids(switches.organization)[0], []))
    raise Refusal(403, "SIM_UNKNOWN_ORGANIZATION", "The organization does not exist.")


def described(call: Call, name: str, parent: str, below: list[dict[str, str]]) -> dict[str, t.Any]:
    """The members that clients were seen to get, without address and bookkeeping."""
    long, short = org_ids(name)
    return {
        "@type": "org",
        "id": short,
        "orgId": short,
        "name": name,
        "description": "",
        "createTime": stamp(call.iics.began),
        "updateTime": stamp(call.iics.began),
        "createdBy": "System",
        "updatedBy": "System",
        "address1": "",
        "employees": "0_10",
        "city": "",
        "country": "US",
        "state": "",
        "zipcode": "",
        "spiUrl": base_url(call),
        "devOrg": False,
        "timezone": "America/Los_Angeles",
        "maxLogRows": 100,
        "minPasswordLength": call.iics.switches.password_min_length,
        "minPasswordCharMix": call.iics.switches.password_min_mix,
        "subOrgLimit": 50,
        "restApiSessionLimit": 0,
        "parentOrgId": parent,
        "subOrgs": below,
        "twoFactorAuthentication": False,
        "orgUUID": long,
        "ipAddressRanges": [],
    }
