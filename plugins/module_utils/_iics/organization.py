# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The organization itself: what it is called, and which sub-organizations it has."""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.model import Values
from ansible_collections.people.lifecycle.plugins.module_utils._iics.client import IicsClient
from ansible_collections.people.lifecycle.plugins.module_utils._iics.service import Service

NO_PARENT = ("", "0")


def read_organization(client: IicsClient, params: Values) -> Values:
    """The result of ``iics_org_info``. Raises LifecycleError."""
    organization, below = organization_of(client.service)
    return {"organization": organization, "sub_organizations": below, "count": len(below)}


def organization_of(service: Service) -> tuple[Values, list[Values]]:
    """The calling account's organization, and its sub-organizations in the order of their names.

    The id of v3 is ``orgUUID`` in v2. An account of a sub-organization sees none; raises BadAnswer for an answer that
    is no organization.
    """
    answer = service.read_org()
    content = service.v2.data(answer, (list, dict))
    found = content[0] if isinstance(content, list) and len(content) == 1 else content
    below = found.get("subOrgs", []) if isinstance(found, dict) else None
    if not (isinstance(below, list) and all(map(is_named, [found, *below]))):
        raise service.v2.bad_answer(answer, "with JSON that is no organization")
    parent = str(found.get("parentOrgId") or "")
    organization = {
        "id": str(found.get("orgUUID") or service.organization_id),
        "v2_id": str(found["id"]),
        "name": str(found["name"]),
        "description": str(found.get("description") or ""),
        "parent_id": None if parent in NO_PARENT else parent,
    }
    listed = ({"v2_id": str(each["id"]), "name": str(each["name"])} for each in below)
    return organization, sorted(listed, key=lambda each: (each["name"].casefold(), each["v2_id"]))


def is_named(thing: t.Any) -> bool:
    """Whether something in an answer has an id and a name."""
    return isinstance(thing, dict) and all(isinstance(thing.get(key), str) and thing[key] for key in ("id", "name"))
