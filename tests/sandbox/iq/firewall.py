# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/api/v2/firewall``: repository managers and their repositories, on servers with Sonatype Repository Firewall."""

from __future__ import annotations

from . import owners
from .message import Answer, Refusal, Request, ok
from .state import Owner, State


def demand_firewall(state: State, request: Request) -> None:
    """Raise Refusal where the server has no Firewall, or where the caller may not look."""
    if state.switches.firewall != "licensed":
        raise Refusal(int(state.switches.firewall), "Repository Firewall is not available.")
    owners.demand_read(state, request, state.container)


def list_managers(state: State, request: Request) -> Answer:
    demand_firewall(state, request)
    rows = [
        {
            "id": o.id,
            "instanceId": o.id[:8],
            "managerType": "traditional",
            "name": o.name,
            "productName": "Nexus Repository Manager",
        }
        for o in state.managers.values()
    ]
    return ok({"repositoryManagers": rows})


def list_repositories(state: State, request: Request) -> Answer:
    demand_firewall(state, request)
    manager = find(state.managers, request.parts[0])
    rows = [
        {"repositoryId": o.id, "publicId": o.public_id, "format": "maven2", "type": "proxy", "auditEnabled": True}
        for o in state.repositories.values()
        if o.parent is manager
    ]
    return ok({"repositories": rows})


def find(places: dict[str, Owner], owner_id: str) -> Owner:
    owner = places.get(owner_id)
    if owner is None:
        raise Refusal(404, f"No repository manager or repository with id {owner_id}.")
    return owner


def place(state: State, kind: str, owner_id: str) -> Owner | None:
    """The repository manager or repository; None where ``kind`` is something else."""
    places = {"repository_manager": state.managers, "repository": state.repositories}.get(kind)
    return None if places is None else find(places, owner_id)
