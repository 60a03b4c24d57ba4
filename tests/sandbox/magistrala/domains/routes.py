# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The endpoints of domains, roles and invitations."""

from __future__ import annotations

from ..api import Endpoint
from . import domains, invitations, roles

ROLE = "/domains/{id}/roles/{role}"

ENDPOINTS = (
    Endpoint("POST", "/domains", domains.create, typed=True),
    Endpoint("GET", "/domains", domains.listing),
    Endpoint("GET", "/domains/roles/available-actions", domains.available_actions),
    Endpoint("GET", "/domains/{id}", domains.view),
    Endpoint("PATCH", "/domains/{id}", domains.update, typed=True),
    Endpoint("POST", "/domains/{id}/enable", domains.enable),
    Endpoint("POST", "/domains/{id}/disable", domains.disable),
    Endpoint("POST", "/domains/{id}/freeze", domains.freeze),
    Endpoint("GET", "/domains/{id}/roles", roles.listing),
    Endpoint("POST", "/domains/{id}/roles", roles.create, typed=True),
    Endpoint("DELETE", "/domains/{id}/roles", roles.panic),
    Endpoint("GET", "/domains/{id}/roles/members", roles.list_all_members),
    Endpoint("GET", ROLE + "/members", roles.list_members),
    Endpoint("POST", ROLE + "/members", roles.add_members, typed=True),
    Endpoint("POST", ROLE + "/members/delete", roles.remove_members, typed=True),
    Endpoint("POST", ROLE + "/members/delete-all", roles.remove_all_members),
    Endpoint("POST", "/domains/{id}/invitations", invitations.invite, typed=True, generations="B"),
    Endpoint("GET", "/domains/{id}/invitations", invitations.list_of_domain, generations="B"),
    Endpoint("DELETE", "/domains/{id}/invitations", invitations.withdraw, typed=True, generations="B"),
    Endpoint("POST", "/invitations", invitations.invite, typed=True, generations="A"),
    Endpoint("GET", "/invitations", invitations.listing),
    Endpoint("POST", "/invitations/accept", invitations.accept, typed=True),
    Endpoint("POST", "/invitations/reject", invitations.reject, typed=True),
    Endpoint("DELETE", "/invitations/{user}/{domain}", invitations.withdraw_by_path, generations="A"),
)
