# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``iq_group_grants``: roles of groups, by the same path as those of people."""

from __future__ import annotations

import typing as t

import pytest

from unit.iq.server import GLOBAL_ADMINISTRATOR, JANE, SEEDED, Server

DEVELOPER = {"role": "Developer", "organization": "Data"}
OWNER = {"role": "Owner", "application": "data-portal"}
ALL = {"role": "Component Evaluator", "repository_container": True}
AT_MANAGER = {"role": "Owner", "repository_manager": "nexus"}
TEAM = "data team"


def run(server: Server, check: bool = False, **options: t.Any) -> dict[str, t.Any]:
    given = {} if "groups" in options else {"group": TEAM}
    return server.run("iq_group_grants", check, **{**given, **options})


def foreseen(server: Server, **options: t.Any) -> dict[str, t.Any]:
    """Run in check mode, for real and again; returns the real result."""
    predicted = run(server, check=True, **options)
    assert server.writes() == []
    real = run(server, **options)
    written = server.writes()
    for key in ("changed", "failed", "groups", "summary", "diff"):
        assert predicted[key] == real[key]
    assert not real["failed"] and real["changed"] == bool(written) == bool(real["diff"]), real
    again = run(server, **options)
    assert not again["failed"] and not again["changed"] and again["diff"] == [] and server.writes() == []
    return real


def of(server: Server, group: str = TEAM) -> list[dict[str, t.Any]]:
    return server.grants(group, "GROUP")


def test_roles_are_given_taken_and_set(server: Server) -> None:
    server.seed(0, repositories={"nexus": ["npm"]})
    given = foreseen(server, grants={"add": [DEVELOPER, OWNER, AT_MANAGER]})
    assert given["summary"] == {"updated": 1, "unchanged": 0, "failed": 0} and given["group"]["grants"] == [
        DEVELOPER,
        OWNER,
        AT_MANAGER,
    ]
    assert given["diff"][0]["before_header"] == f"IQ Server group {TEAM}"
    foreseen(server, grants={"add": [ALL], "remove": [OWNER]})
    assert of(server) == sorted([ALL, DEVELOPER, {"role": "Owner", "repository_manager": "nexus"}], key=str)
    foreseen(server, grants={"set": [OWNER]})
    assert of(server) == [OWNER]
    assert foreseen(server, grants={"set": []})["group"]["grants"] == [] and of(server) == []


def test_people_and_groups_of_one_name_have_nothing_to_do_with_each_other(server: Server) -> None:
    server.user(**JANE, grants={"add": [DEVELOPER]})
    foreseen(server, group="jane", grants={"add": [OWNER]})
    foreseen(server, group="jane", grants={"set": [ALL]})
    assert server.grants("jane") == [DEVELOPER] and of(server, "jane") == [ALL]
    server.user(username="jane", state="absent")
    assert of(server, "jane") == [ALL]


def test_one_group_that_cannot_be_done_stops_no_other(server: Server) -> None:
    groups: list[dict[str, t.Any]] = [
        {"group": "one"},
        {"group": "two", "grants": {"add": [{"role": "Developr", "organization": "Data"}]}},
        {"group": " three"},
        {"group": "four", "grants": {"add": [OWNER]}},
        {"group": "", "grants": {"add": [OWNER]}},
        {"group": "five", "grants": {}},
    ]
    result = run(server, groups=groups, grants={"add": [DEVELOPER]})
    assert result["failed"] and result["summary"] == {"updated": 2, "unchanged": 0, "failed": 4}
    assert of(server, "one") == [DEVELOPER] and of(server, "four") == [OWNER]
    errors = [group["error"] or "" for group in result["groups"]]
    expected = ["", "Did you mean Developer?", "cannot be a group", "", "group is empty", "give add, remove or set"]
    assert all(part in error for part, error in zip(expected, errors, strict=True)), errors
    assert "4 of 6 groups in IQ Server failed" in result["msg"]
    stopped = run(server, groups=[{"group": "six"}, {"group": ""}], grants={"add": [DEVELOPER]}, on_error="stop")
    assert stopped["failed"] and server.writes() == [] and of(server, "six") == []


def test_only_groups_where_something_was_to_be_done_are_listed(server: Server) -> None:
    groups = [{"group": name} for name in ("one", "two")]
    run(server, group="one", grants={"add": [DEVELOPER]})
    result = run(server, groups=groups, grants={"add": [DEVELOPER]})
    assert [group["group"] for group in result["groups"]] == ["two"] and result["summary"]["unchanged"] == 1
    assert len(run(server, groups=groups, grants={"add": [DEVELOPER]}, return_unchanged=True)["groups"]) == 2


@pytest.mark.parametrize("folds", [True, False])
@pytest.mark.parametrize("change", ["add", "remove", "set"])
def test_a_name_in_other_letter_case_is_a_question(server: Server, change: str, folds: bool) -> None:
    server.switch(case_insensitive_memberships=folds)
    run(server, group="Data Team", grants={"add": [DEVELOPER]})
    result = run(server, grants={change: [DEVELOPER]})
    assert result["failed"] and "differs only in case from Data Team" in result["msg"] and server.writes() == []
    assert foreseen(server, grants={"add": [OWNER]})["changed"], "another role is no question"


def test_the_last_administrators_stay(server: Server) -> None:
    login = server.administered_by()
    server.grant(TEAM, GLOBAL_ADMINISTRATOR, kind="GROUP")
    refused = run(server, grants={"set": []}, **login)
    assert refused["failed"] and "no account has it by name" in refused["msg"] and server.writes() == []
    assert run(server, grants={"set": []}, force=True, **login)["changed"] and of(server) == []
    server.grant(TEAM, GLOBAL_ADMINISTRATOR, kind="GROUP")
    server.grant("person-00001", GLOBAL_ADMINISTRATOR)
    assert run(server, grants={"remove": [GLOBAL_ADMINISTRATOR]}, **login)["changed"]


@pytest.mark.parametrize("kind", ["drop_after", "drop_before"])
def test_a_lost_answer_is_looked_after(server: Server, kind: str) -> None:
    server.faults({"kind": kind, "method": "PUT", "times": 1})
    result = run(server, grants={"add": [DEVELOPER, OWNER]})
    assert not result["failed"] and result["changed"] and of(server) == sorted([DEVELOPER, OWNER], key=str)


def test_whoever_may_not_is_told_what_is_missing(server: Server) -> None:
    server.seed(1)
    result = run(server, grants={"add": [DEVELOPER]}, **SEEDED)
    assert result["failed"] and "permission" in result["msg"] and of(server) == []


@pytest.mark.parametrize("release", [198, 204])
def test_roles_at_repositories_that_the_release_does_not_take_are_noted(server: Server, release: int) -> None:
    server.reset(release=release)
    server.judged = False
    server.seed(0, repositories={"nexus": ["npm"]})
    (manager,) = server.system.state.managers.values()
    server.system.state.grant(
        manager, next(r.id for r in server.system.state.roles.values() if r.name == "Owner"), "GROUP", TEAM
    )
    result = run(server, grants={"set": []})
    (note,) = result["group"]["notes"]
    assert "The roles of the group data team at repository manager nexus were left" in note and not result["failed"]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"groups": [{"group": "a"}], "group": "b"},
        {"group": TEAM, "grants": {"set": [], "add": []}},
        {"groups": [{"group": "a"}] * 2},
    ],
    ids=["nobody", "one and many", "set and add", "twice"],
)
def test_contradictions_of_the_task_are_refused(server: Server, options: dict[str, t.Any]) -> None:
    result = server.run("iq_group_grants", **options)
    assert result["failed"] and server.requests() == []


def test_the_vendors_client_reads_what_was_given_and_the_module_what_the_client_gives(server: Server) -> None:
    client = server.vendor()
    run(server, grants={"add": [DEVELOPER, GLOBAL_ADMINISTRATOR]})
    assert [kind for kind, _owner, _role in client.grants(TEAM, "GROUP")] == ["global", "organization"]
    _kind, data, developer = client.grants(TEAM, "GROUP")[1]
    client.memberships.grant_role_membership_application_or_organization(
        "organization", data, developer, "group", "others"
    )
    assert foreseen(server, group="others", grants={"set": []})["changed"]
    assert client.grants("others", "GROUP") == []
    run(server, grants={"set": []})
    assert client.grants(TEAM, "GROUP") == []
