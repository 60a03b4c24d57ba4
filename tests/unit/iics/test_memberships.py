# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles and groups: names of all kinds, the order of changes, and what the service would not allow."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.iics.http import Request
from unit.iics.server import DESIGNER, JANE, Server, foreseen, refused

DATA_PREVIEW = "aKOABsXIRP6eI0aEE32bg8"


@pytest.mark.parametrize("name", ["Data Preview", "data integration data previewer", DATA_PREVIEW, "DATA PREVIEW"])
@pytest.mark.parametrize("strict", [True, False])
def test_a_role_whose_display_name_differs(server: Server, name: str, strict: bool) -> None:
    server.switch(strict_display_names=strict)
    created = foreseen(server, **JANE, roles={"add": [name]})["user"]
    assert created["account"]["roles"] == ["Data Preview"]
    foreseen(server, username="jane@example.com", roles={"set": ["Monitor"]})
    foreseen(server, username="jane@example.com", roles={"add": [name]})
    assert server.roles("jane@example.com") == ["Data Preview", "Monitor"]
    foreseen(server, username="jane@example.com", roles={"remove": [name]})
    assert server.roles("jane@example.com") == ["Monitor"]


def test_the_display_name_wins_over_a_name(server: Server) -> None:
    directory = server.system.directory
    directory.add_role("Data Integration Data Previewer 2", None, 0.0, "x", []).display_name = "Data Preview"
    foreseen(server, **JANE, roles={"add": ["Data Preview"]})
    assert server.roles("jane@example.com") == ["Data Integration Data Previewer 2"]


def test_names_that_can_mean_two_things_are_refused(server: Server) -> None:
    directory = server.system.directory
    first = directory.add_role("analyst", None, 0.0, "x", [])
    second = directory.add_role("ANALYST", None, 0.0, "x", [])
    message = refused(server, **JANE, roles={"add": ["Analyst"]})
    assert "'Analyst' can mean more than one role: " in message and first.id in message and second.id in message
    foreseen(server, **JANE, roles={"add": ["analyst"]})
    assert server.stored("jane@example.com").roles.keys() == {first.id}


def test_all_unknown_names_are_told_at_once(server: Server) -> None:
    message = refused(server, **JANE, roles={"add": ["Dezigner", "", "Designer"]}, groups={"add": ["Nobody's"]})
    assert "There is no role 'Dezigner'. Near ones: Designer. There is no role ''." in message
    assert server.requests() == ["GET /roles"] or "Nobody's" in message


def test_what_is_to_be_removed_need_not_exist(server: Server) -> None:
    server.add("jane@example.com", roles=["Designer", "Monitor"])
    options = {"roles": {"remove": ["Gone Role", "Monitor"]}, "groups": {"remove": ["Gone Group", "Platform"]}}
    result = foreseen(server, username="jane@example.com", **options)
    assert server.roles("jane@example.com") == ["Designer"]
    assert "There is no role 'Gone Role'." in str(result["warnings"])
    assert "There is no user group 'Gone Group'." in str(result["warnings"])


def test_add_before_remove(server: Server) -> None:
    server.add("jane@example.com", groups=["Platform"])
    changes = {"roles": {"set": ["Monitor"]}, "groups": {"set": ["Data Engineering"]}}
    foreseen(server, username="jane@example.com", **changes)
    server.add("john@example.com", groups=["Platform"])
    server.user(username="john@example.com", **changes)
    assert [line.rpartition("/")[2] for line in server.writes()] == [
        "addRoles",
        "addGroups",
        "removeGroups",
        "removeRoles",
    ]


@pytest.mark.parametrize("groups", [[], ["Platform"]])
def test_the_last_direct_role_stays(server: Server, groups: list[str]) -> None:
    server.add("jane@example.com", groups=groups)
    for roles in ({"remove": ["Designer"]}, {"set": []}):
        message = refused(server, username="jane@example.com", roles=roles)
        assert "would lose the last role given directly, which Informatica IICS refuses even where groups" in message
    foreseen(server, username="jane@example.com", roles={"remove": ["Designer"], "add": ["Monitor"]})


def test_somebody_in_groups_only(server: Server) -> None:
    foreseen(server, **JANE, groups={"add": ["platform"]})
    assert server.roles("jane@example.com") == []
    foreseen(server, username="jane@example.com", groups={"set": ["Data Engineering"]})
    assert "without role and group" in refused(server, username="jane@example.com", groups={"set": []})
    foreseen(server, username="jane@example.com", roles={"add": ["Designer"]})
    foreseen(server, username="jane@example.com", groups={"set": []})
    assert (server.roles("jane@example.com"), server.groups("jane@example.com")) == (["Designer"], [])


def test_a_role_without_licence_is_refused_before_anything_is_written(server: Server) -> None:
    server.switch(unlicensed_roles=["Monitor"])
    for options in (
        {**JANE, "roles": {"add": ["Monitor"]}},
        {"username": "jane@example.com", "roles": {"add": ["monitor"]}},
    ):
        assert "has no valid licence for the role Monitor." in refused(server, **options)
        server.add("jane@example.com") if not server.has("jane@example.com") else None


def test_the_service_may_refuse_memberships_altogether(server: Server) -> None:
    server.add("jane@example.com")
    server.switch(saml_mapping=True, saml_mapping_fixes="everybody")
    result = server.user(username="jane@example.com", roles={"add": ["Monitor"]})
    assert "Memberships are mapped from the identity provider. (SIM_SAML_MAPPING)" in result["msg"]
    assert len(server.writes()) == 1 and not result["changed"]


@pytest.mark.parametrize("mixed", ["nothing", "partial"])
def test_a_role_that_vanishes_meanwhile(server: Server, mixed: str) -> None:
    server.switch(mixed_membership=mixed)
    role = server.system.directory.add_role("Passing", None, 0.0, "x", [])
    server.add("jane@example.com")

    def reply(request: Request) -> None:
        if request.path.endswith("/addRoles"):
            server.system.directory.roles.pop(role.id, None)

    server.system.before = reply
    result = server.user(username="jane@example.com", roles={"add": ["Monitor", "Passing"]})
    assert result["failed"] and "No such roles: Passing" in result["msg"]
    assert result["changed"] == ("Monitor" in server.roles("jane@example.com")) == (mixed == "partial")


def test_a_failure_after_the_first_of_several_writes_is_told_as_a_change(server: Server) -> None:
    server.add("jane@example.com")
    server.faults({"kind": "status", "path": ".*/addGroups", "times": 0, "status": 400, "body": "{}"})
    options = {"username": "jane@example.com", "roles": {"add": ["Monitor"]}, "groups": {"add": ["Platform"]}}
    result = server.user(**options)
    assert result["failed"] and result["changed"] and server.roles("jane@example.com") == ["Designer", "Monitor"]
    server.faults()
    foreseen(server, **options)


@pytest.mark.parametrize("kind", ["drop_after", "status_after", "drop_before"])
@pytest.mark.parametrize("noop", ["ok", "error"])
def test_a_lost_answer_to_a_change_of_memberships(server: Server, kind: str, noop: t.Any) -> None:
    server.switch(noop_membership=noop)
    server.add("jane@example.com", groups=["Platform"])
    options = {"username": "jane@example.com", "roles": {"set": ["Monitor"]}, "groups": {"set": ["Data Engineering"]}}
    for call in ("addRoles", "removeGroups"):
        server.faults({"kind": kind, "path": f".*/{call}", "status": 502})
        server.user(**options, retries=2)
    result = server.user(**options)
    assert not result["failed"] and not result["changed"]
    assert (server.roles("jane@example.com"), server.groups("jane@example.com")) == (["Monitor"], ["Data Engineering"])


def test_roles_beyond_one_page(server: Server) -> None:
    for number in range(250):
        server.system.directory.add_role(f"Role {number:03}", None, 0.0, "x", [])
        server.system.directory.add_group(f"Group {number:03}", None, 0.0, "x", [])
    server.switch(object_limit=2000)
    foreseen(server, **JANE, roles={"add": ["Role 249"]}, groups={"add": ["Group 248"]})
    assert (server.roles("jane@example.com"), server.groups("jane@example.com")) == (["Role 249"], ["Group 248"])
    foreseen(server, username="jane@example.com", **DESIGNER)
