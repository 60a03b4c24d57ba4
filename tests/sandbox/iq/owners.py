# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/api/v2/organizations`` and ``/api/v2/applications``: the tree, as far as the caller may read it."""

from __future__ import annotations

import typing as t

from .access import demand, may
from .message import Answer, Refusal, Request, ok, required, text
from .permissions import ADD_APPLICATION, READ, WRITE
from .state import Owner, State


def organization_json(owner: Owner) -> dict[str, t.Any]:
    data: dict[str, t.Any] = {"id": owner.id, "name": owner.name, "tags": []}
    if owner.parent:
        data["parentOrganizationId"] = owner.parent.id
    return data


def application_json(owner: Owner) -> dict[str, t.Any]:
    data: dict[str, t.Any] = {"id": owner.id, "publicId": owner.public_id, "name": owner.name, "applicationTags": []}
    if owner.parent:
        data["organizationId"] = owner.parent.id
    if owner.contact:
        data["contactUserName"] = owner.contact
    return data


def readable(state: State, request: Request, owners: t.Iterable[Owner]) -> list[Owner]:
    if may(state, request.caller, READ):
        return list(owners)
    return [owner for owner in owners if may(state, request.caller, READ, owner)]


def find(owners: dict[str, Owner], owner_id: str) -> Owner:
    owner = owners.get(owner_id)
    if owner is None:
        raise Refusal(404, f"No organization or application with id {owner_id}.")
    return owner


def demand_read(state: State, request: Request, owner: Owner) -> None:
    """Raise Refusal where the caller may not see the owner: 403, or as if it did not exist."""
    if not may(state, request.caller, READ, owner):
        raise Refusal(state.switches.hidden_owner, "You do not have permission READ")


def list_organizations(state: State, request: Request) -> Answer:
    names = request.query.get("organizationName")
    owners = [o for o in state.organizations.values() if names is None or o.name in names]
    return ok({"organizations": [organization_json(o) for o in readable(state, request, owners)]})


def list_applications(state: State, request: Request) -> Answer:
    ids = request.query.get("publicId")
    owners: t.Iterable[Owner] = state.applications.values()
    if ids is not None:
        owners = [state.public_ids[public_id] for public_id in dict.fromkeys(ids) if public_id in state.public_ids]
    return ok({"applications": [application_json(o) for o in readable(state, request, owners)]})


def read_organization(state: State, request: Request) -> Answer:
    owner = find(state.organizations, request.parts[0])
    demand_read(state, request, owner)
    return ok(organization_json(owner))


def read_application(state: State, request: Request) -> Answer:
    owner = find(state.applications, request.parts[0])
    demand_read(state, request, owner)
    return ok(application_json(owner))


def read_user_mappings(state: State, request: Request) -> Answer:
    """The rules that give a role to committers;
    only the root organization has any here, and the others inherit them.
    """
    kind, owner_id = request.parts
    owner = find(state.organizations if kind == "organization" else state.applications, owner_id)
    demand_read(state, request, owner)
    if not state.automatic_role:
        raise Refusal(404, "No user mappings found.")
    mapping = {"mappings": [{"from": "SCM_EMAIL", "to": "IQ_EMAIL"}], "role": state.automatic_role}
    return ok({"inherited": owner is not state.root, "ownerInternalId": state.root.id, "userMapping": mapping})


def create_organization(state: State, request: Request) -> Answer:
    data = request.json_object()
    name = required(data, "name")
    parent = find(state.organizations, text(data, "parentOrganizationId", state.root.id))
    demand(state, request.caller, WRITE, parent)
    if any(owner.name == name for owner in state.organizations.values()):
        raise Refusal(state.switches.dup_status, "An organization with this name exists.")
    return ok(organization_json(state.add_organization(name, parent)))


def create_application(state: State, request: Request) -> Answer:
    data = request.json_object()
    public_id, name = required(data, "publicId"), required(data, "name")
    parent = find(state.organizations, required(data, "organizationId"))
    demand(state, request.caller, ADD_APPLICATION, parent)
    if public_id in state.public_ids:
        raise Refusal(state.switches.dup_status, "An application with this public id exists.")
    contact = text(data, "contactUserName", "")
    return ok(application_json(state.add_application(public_id, name, parent, contact)))
