# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who leaves is gone from everywhere: account, token and grants; and nobody is removed by mistake."""

from __future__ import annotations

import typing as t

import pytest

from unit.iq.server import GLOBAL_ADMINISTRATOR, JANE, SEEDED, Server, foreseen

LEAVER = "person-00001"
HELD = [
    {"role": "System Administrator", "global": True},
    {"role": "Owner", "organization": "Data"},
    {"role": "Legal Reviewer", "organization": "Platform"},
    {"role": "Developer", "application": "data-portal"},
    {"role": "Application Evaluator", "application": "data-pipeline"},
    {"role": "Developer", "application": "platform-cli"},
]


def leaver(server: Server) -> None:
    server.seed(3, organizations=5, applications=20, tokens={"Internal": [LEAVER, "person-00002"]})
    server.grant(LEAVER, *HELD, {"role": "Developer", "repository_container": True})
    server.grant("person-00002", *HELD)


def test_one_task_and_nothing_is_left(server: Server) -> None:
    leaver(server)
    vendor = server.vendor()
    assert LEAVER in vendor.names() and LEAVER in vendor.token_owners() and len(vendor.grants(LEAVER)) == 7
    others = vendor.grants("person-00002")

    result = foreseen(server, username=LEAVER, state="absent")
    assert result["user"]["action"] == "deleted"
    assert result["diff"][0]["before"]["tokens"] == 1 and len(result["diff"][0]["before"]["grants"]) == 7
    assert result["diff"][0]["after"] == {"state": "absent"}

    assert LEAVER not in vendor.names()
    assert vendor.token_owners() == ["person-00002"]
    assert vendor.grants(LEAVER) == [] and vendor.grants("person-00002") == others


def test_the_token_goes_first_then_the_global_roles_then_the_account(server: Server) -> None:
    leaver(server)
    server.user(username=LEAVER, state="absent")
    order = [request.split("/")[:2] for request in server.writes()]
    assert order[0] == ["DELETE userTokens", "userCode"]
    assert order[1] == ["DELETE roleMemberships", "global"]
    assert order[-1] == ["DELETE users", LEAVER] and len(order) == 9
    last_write = server.requests().index(f"DELETE users/{LEAVER}")
    assert server.requests()[last_write + 1 :] == [f"GET users/{LEAVER}"], "and it is seen that the account is gone"


def test_without_revoke_only_the_account_goes(server: Server) -> None:
    leaver(server)
    foreseen(server, username=LEAVER, state="absent", revoke=False)
    assert not server.has(LEAVER) and server.has_token(LEAVER) and len(server.grants(LEAVER)) == 7


@pytest.mark.parametrize("cascade", [False, True])
def test_what_an_account_left_behind_is_taken_too(server: Server, cascade: bool) -> None:
    leaver(server)
    server.switch(cascade_on_delete=cascade)
    server.user(username=LEAVER, state="absent", revoke=False)
    result = foreseen(server, username=LEAVER, state="absent")
    assert result["changed"] is not cascade
    assert not server.has_token(LEAVER) and server.grants(LEAVER) == []


@pytest.mark.parametrize("realm", ["SAML", "OAUTH2", "Crowd", "ldap-server-1"])
def test_people_of_other_realms_leave(server: Server, realm: str) -> None:
    server.seed(1, saml=["sam"], oauth2=["sam"] if realm == "OAUTH2" else [], tokens={realm: ["sam"]})
    if realm != "SAML":
        server.system.state.remove_user(server.stored("sam", "SAML"))
    server.grant("sam", *HELD)
    foreseen(server, username="sam", realm=realm, state="absent")
    assert not server.has("sam", realm) and not server.has_token("sam", realm) and server.grants("sam") == []


OTHER = {"username": LEAVER, "email": "other@example.com"}


@pytest.mark.parametrize("other", [OTHER, {**OTHER, "email": ""}, {**OTHER, "username": LEAVER.upper()}])
def test_grants_that_may_be_a_namesakes_are_left_and_the_rest_goes(server: Server, other: dict[str, str]) -> None:
    server.seed(2, saml=[other], tokens={"Internal": [LEAVER], "SAML": [other["username"]]})
    server.grant(LEAVER, *HELD[1:])
    done = foreseen(server, users=[{"username": LEAVER}, {"username": "person-00002"}], state="absent")
    assert [user["action"] for user in done["users"]] == ["deleted", "deleted"]
    (left,) = done["users"][0]["notes"]
    assert f"The roles of {LEAVER} were left: {other['username']} in the realm SAML" in left and "by hand" in left
    assert (
        not server.has_token(LEAVER) and server.has_token(other["username"], "SAML") and len(server.grants(LEAVER)) == 5
    )
    assert "force" not in left and "revoke" not in left


def test_one_person_in_two_realms_loses_the_grants_once(server: Server) -> None:
    server.seed(1, saml=[LEAVER])
    server.grant(LEAVER, *HELD[1:])
    everywhere = [{"username": LEAVER}, {"username": LEAVER, "realm": "SAML"}]
    assert server.user(users=everywhere, state="absent", check=True)["summary"]["deleted"] == 2
    done = foreseen(server, username=LEAVER, state="absent")
    assert "loses its roles with" in done["users"][0]["notes"][0]
    assert server.grants(LEAVER) == [] and server.has(LEAVER, "SAML")


def test_namesakes_who_leave_together_leave_no_grants(server: Server) -> None:
    server.seed(1, saml=[OTHER])
    server.grant(LEAVER, *HELD[1:])
    foreseen(server, users=[{"username": LEAVER}, {"username": LEAVER, "realm": "SAML"}], state="absent")
    assert server.grants(LEAVER) == [] and not server.has(LEAVER) and not server.has(LEAVER, "SAML")
    removals = [request for request in server.writes() if "/role/" in request]
    assert len(removals) == len(set(removals))


def test_grants_of_a_namesake_are_taken_by_force(server: Server) -> None:
    server.seed(1, saml=[OTHER])
    server.grant(LEAVER, *HELD)
    foreseen(server, username=LEAVER, realm="SAML", state="absent", force=True)
    assert server.grants(LEAVER) == [] and server.has(LEAVER) and not server.has(LEAVER, "SAML")


@pytest.mark.parametrize("revoke", [True, False])
@pytest.mark.parametrize("name", ["admin", LEAVER])
def test_the_calling_account_stays(server: Server, name: str, revoke: bool) -> None:
    server.seed(1)
    server.grant(LEAVER, GLOBAL_ADMINISTRATOR, {"role": "Policy Administrator", "global": True})
    login = SEEDED if name == LEAVER else {}
    result = server.user(username=name, state="absent", revoke=revoke, **login)
    assert result["failed"] and server.writes() == []
    assert f"{name} is the account that this task runs with" in result["msg"]
    forced = server.user(username=name, state="absent", revoke=revoke, force=True, **login)
    assert forced["failed"] is revoke and server.has(name) is revoke
    assert revoke is False or "would lose the permission to go on" in forced["msg"]


def test_the_calling_account_stays_when_it_signs_in_with_its_token(server: Server) -> None:
    server.seed(1, tokens={"Internal": [LEAVER]})
    server.grant(LEAVER, GLOBAL_ADMINISTRATOR, {"role": "Policy Administrator", "global": True})
    token = server.system.state.token("Internal", LEAVER)
    login = {"api_username": token.user_code, "api_password": token.pass_code}
    result = server.user(username=LEAVER, state="absent", **login)
    assert result["failed"] and "this task runs with" in result["msg"] and server.writes() == []
    assert foreseen(server, username="admin", state="absent", force=True, **login)["user"]["action"] == "deleted"


def test_admin_stays_though_others_administrate(server: Server) -> None:
    server.seed(1)
    server.grant(LEAVER, GLOBAL_ADMINISTRATOR, {"role": "Policy Administrator", "global": True})
    result = server.user(username="admin", state="absent", **SEEDED)
    assert result["failed"] and "force: true" in result["msg"] and server.writes() == []
    assert server.user(username="admin", state="absent", force=True, **SEEDED)["user"]["action"] == "deleted"


@pytest.mark.parametrize(
    "options",
    [
        {"state": "absent"},
        {"state": "absent", "revoke": False},
        {"grants": {"set": []}},
        {"grants": {"remove": [GLOBAL_ADMINISTRATOR]}},
    ],
)
def test_the_last_system_administrator_stays(server: Server, options: dict[str, t.Any]) -> None:
    login = server.administered_by(LEAVER, "person-00002")
    assert not server.user(username="person-00002", **options, **login)["failed"]
    last = server.user(username=LEAVER, **options, **login)
    assert last["failed"] and "the last person" in last["msg"] and server.writes() == []
    assert server.user(username=LEAVER, **options, **login, force=True)["changed"]


def test_the_last_system_administrators_stay_when_one_task_would_remove_them_all(server: Server) -> None:
    login = server.administered_by(LEAVER, "person-00002")
    users = [{"username": LEAVER}, {"username": "person-00002", "state": "present", "grants": {"set": []}}]
    result = server.user(users=[*users, {"username": "person-00003"}], state="absent", **login)
    assert [user["action"] for user in result["users"]] == ["failed", "failed", "deleted"]
    assert server.has(LEAVER) and server.grants("person-00002") == [GLOBAL_ADMINISTRATOR]


@pytest.mark.parametrize("other", ["ghost", "sam"])
def test_a_system_administrator_without_an_account_counts_for_nothing(server: Server, other: str) -> None:
    login = server.administered_by(LEAVER, other)
    server.seed(0, saml=["sam"])
    result = server.user(username=LEAVER, state="absent", **login)
    assert result["failed"] is (other == "ghost")


def test_a_task_does_not_take_the_administration_from_its_own_account(server: Server) -> None:
    server.seed(1)
    server.grant(LEAVER, GLOBAL_ADMINISTRATOR)
    for grants in ({"set": []}, {"remove": [GLOBAL_ADMINISTRATOR]}):
        result = server.user(username="admin", grants=grants)
        assert result["failed"] and "from itself" in result["msg"] and server.writes() == []
    assert server.user(username="admin", grants={"set": []}, force=True, check=True)["changed"]


def test_old_grants_and_tokens_that_wait_for_a_new_account_are_told(server: Server) -> None:
    server.seed(0, tokens={"Internal": ["jane"]})
    owner = {"role": "Owner", "organization": "Data"}
    server.grant("jane", owner)
    developer = {"role": "Developer", "organization": "Data"}
    warnings = str(server.user(check=True, **JANE, grants={"add": [developer]})["warnings"])
    assert "Grants of a former jane" in warnings and "user token of a former jane" in warnings
    created = server.user(**JANE, grants={"set": [developer]})
    assert "Grants of" not in str(created["warnings"]) and server.grants("jane") == [developer]


@pytest.mark.parametrize("kind", ["drop_after", "status_after"])
@pytest.mark.parametrize("path", [".*/userCode/.*", ".*/role/.*", ".*/users/.*"])
def test_a_removal_whose_answer_is_lost_is_looked_at_again(server: Server, kind: str, path: str) -> None:
    leaver(server)
    server.faults({"kind": kind, "method": "DELETE", "path": path, "status": 500})
    result = server.user(username=LEAVER, state="absent", retries=0)
    assert not result["failed"] and result["changed"], result
    assert not server.has(LEAVER) and not server.has_token(LEAVER) and server.grants(LEAVER) == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", ".*/userCode/.*"),
        ("DELETE", ".*/role/.*"),
        ("DELETE", ".*/users/.*"),
    ],
)
def test_a_server_that_says_yes_and_does_nothing_is_found_out(server: Server, method: str, path: str) -> None:
    leaver(server)
    server.faults({"kind": "status", "method": method, "path": path, "status": 204, "times": 0})
    result = server.user(username=LEAVER, state="absent")
    assert result["failed"] and "still has it" in result["msg"] and result["changed"]
