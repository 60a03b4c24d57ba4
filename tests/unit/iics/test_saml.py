# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People of SAML where the identity provider decides about roles and groups."""

from __future__ import annotations

import pytest

from unit.iics.server import Server, foreseen

NAMES = [f"person-{number}@example.com" for number in range(3)]
USERS = [{"username": name} for name in NAMES]


@pytest.fixture
def mapped(server: Server) -> Server:
    server.switch(saml_mapping=True)
    server.seed(people=[{"name": name, "alias_name": name, "roles": ["Designer"]} for name in NAMES])
    server.add("native@example.com")
    return server


@pytest.mark.parametrize("of", ["groups", "roles"])
@pytest.mark.parametrize("count", ["number", "text"])
def test_it_is_told_once_and_nobody_fails(mapped: Server, of: str, count: str) -> None:
    mapped.switch(saml_mapping_of=of, saml_mapping_count=count)
    options = {"roles": {"set": ["Monitor"]}, "groups": {"add": ["Platform"]}}
    result = foreseen(mapped, users=[*USERS, {"username": "native@example.com"}], **options, return_unchanged=True)
    assert [user["action"] for user in result["users"]] == ["unchanged"] * 3 + ["updated"]
    assert [remark[:31] for remark in result["instance"]["remarks"]] == ["This organization maps groups o"]
    assert sum("maps groups or roles" in str(warning) for warning in result["warnings"]) == 1, result["warnings"]
    assert all(mapped.roles(name) == ["Designer"] for name in NAMES)


def test_it_is_asked_once_and_only_where_it_matters(mapped: Server) -> None:
    mapped.user(users=USERS, roles={"add": ["Monitor"]})
    assert mapped.count("groupMappings") == 1 and mapped.count("roleMappings") == 0
    mapped.user(username="native@example.com", roles={"add": ["Monitor"]})
    mapped.user(users=USERS, on_profile_drift="ignore", title="Lead")
    assert mapped.count("Mappings") == 0


@pytest.mark.parametrize("status", [200, 400, 403, 404])
def test_where_nothing_is_mapped_roles_are_given(mapped: Server, status: int) -> None:
    mapped.switch(saml_mapping=False, no_saml_mapping_status=status)
    result = foreseen(mapped, users=USERS, roles={"set": ["Monitor"]})
    assert result["summary"]["updated"] == 3 and result["instance"]["remarks"] == []


def test_a_new_account_gets_what_the_service_wants_with_it(mapped: Server) -> None:
    new = {"first_name": "Jane", "last_name": "Smith", "email": "jane@example.com", "alias_name": "js"}
    foreseen(mapped, username="jane@example.com", **new, authentication="saml", roles={"add": ["Monitor"]})
    assert mapped.roles("jane@example.com") == ["Monitor"]


def test_leavers_of_the_organization_leave(mapped: Server) -> None:
    foreseen(mapped, users=USERS, state="absent")
    assert not any(mapped.has(name) for name in NAMES)
