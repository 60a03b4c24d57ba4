# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Failures in the middle, other clients, refused sign-ins and odd names:
the rest is done, and the result says what is there.
"""

from __future__ import annotations

import typing as t

import pytest

from unit.iq.server import JANE, PASSWORD, Grant, Server

LEAVER = "person-00001"
DATA = {"role": "Developer", "organization": "Data"}
OWNER = {"role": "Owner", "organization": "Platform"}
ROLES = ".*/roleMemberships/.*"
REALMS = ("Internal", "SAML")
JANE_OF_SOMEBODY_ELSE = {
    "username": "jane",
    "firstName": "Jane",
    "lastName": "Doe",
    "email": "else@example.com",
    "password": "Another-Password-1",
}


def refuse(method: str, path: str, **more: t.Any) -> dict[str, t.Any]:
    return {"kind": "status", "method": method, "path": path, "status": 403, "times": 0, **more}


def another_client(method: str, path: str, request: dict[str, t.Any], **more: t.Any) -> dict[str, t.Any]:
    """Sends ``request`` just before a request of the module with ``method`` and ``path`` is processed."""
    return {"kind": "meanwhile", "method": method, "path": path, "requests": [request], **more}


def test_an_account_whose_grant_is_refused_is_told_as_it_is(server: Server) -> None:
    server.judged = False
    server.faults(refuse("PUT", ROLES))
    result = server.user(**JANE, grants={"add": [DATA]})
    assert result["failed"] and result["changed"] and "Edit Access Control" in result["msg"]
    user = result["user"]
    assert (user["action"], user["done"]) == ("failed", ["create"])
    assert user["account"]["email"] == "jane@example.com" and "grants" not in user["changes"]
    assert user["account"]["grants"] == [] and "email" in user["changes"]
    assert result["diff"][0]["after"]["email"] == "jane@example.com"

    server.faults()
    healed = server.user(**JANE, grants={"add": [DATA]})
    assert (healed["user"]["action"], healed["user"]["done"]) == ("updated", ["memberships"])
    assert server.grants("jane") == [DATA]


@pytest.mark.parametrize("dup_status", [400, 409])
@pytest.mark.parametrize("email", ["else@example.com", "jane@example.com"])
def test_an_account_that_somebody_else_makes_meanwhile_is_not_created(
    server: Server, dup_status: int, email: str
) -> None:
    server.switch(dup_status=dup_status)
    create = {"method": "POST", "path": "/api/v2/users", "json": JANE_OF_SOMEBODY_ELSE}
    server.faults(another_client("POST", ".*/users", create))
    result = server.user(**{**JANE, "email": email}, grants={"add": [DATA]})
    assert not result["failed"], result
    user = result["user"]
    assert user["action"] == "updated" and "create" not in user["done"]
    assert user["done"] == (["memberships"] if email == "else@example.com" else ["update", "memberships"])
    assert "made by somebody else" in str(user["notes"]) and "password" not in user["changes"]
    assert not server.stored("jane").has_password(PASSWORD) and server.stored("jane").email == email
    assert server.grants("jane") == [DATA]


@pytest.mark.parametrize("status", [403, 500])
def test_a_leaver_loses_grants_and_account_though_the_token_cannot_be_revoked(server: Server, status: int) -> None:
    server.judged = False
    server.seed(2, tokens={"Internal": [LEAVER]})
    server.grant(LEAVER, DATA, OWNER)
    server.faults(refuse("DELETE", ".*/userTokens/.*", status=status))
    users = [{"username": LEAVER}, {"username": "person-00002"}]
    result = server.user(users=users, state="absent", retries=0)
    first, second = result["users"]
    assert result["failed"] and (first["action"], second["action"]) == ("failed", "deleted")
    assert first["done"] == ["memberships", "delete"] and "userTokens" in first["error"]
    assert not server.has(LEAVER) and server.grants(LEAVER) == [] and server.has_token(LEAVER)
    assert first["account"] == {"tokens": 1}

    again = server.user(users=users, state="absent", retries=0, return_unchanged=True)
    assert [user["action"] for user in again["users"]] == ["failed", "unchanged"]
    assert again["failed"] and not again["changed"]
    assert {write.rpartition("/")[0] for write in server.writes()} == {"DELETE userTokens/userCode"}

    server.faults()
    healed = server.user(users=users, state="absent")
    assert [user["done"] for user in healed["users"]] == [["revoke_tokens"]] and not server.has_token(LEAVER)


@pytest.mark.parametrize("path", [ROLES, ".*/users/.*"])
def test_a_leaver_loses_what_can_be_taken(server: Server, path: str) -> None:
    server.judged = False
    server.seed(1, tokens={"Internal": [LEAVER]})
    server.grant(LEAVER, DATA)
    server.faults(refuse("DELETE", path))
    result = server.user(username=LEAVER, state="absent", retries=0)
    assert result["failed"] and result["changed"] and not server.has_token(LEAVER)
    assert server.has(LEAVER) is (path != ROLES) and server.grants(LEAVER) == ([DATA] if path == ROLES else [])
    server.faults()
    assert server.user(username=LEAVER, state="absent")["changed"]
    assert not server.has(LEAVER) and server.grants(LEAVER) == []


@pytest.mark.parametrize("status", [403, 500])
@pytest.mark.parametrize("place", [DATA, OWNER], ids=str)
def test_a_role_that_cannot_be_taken_keeps_no_other(server: Server, place: Grant, status: int) -> None:
    server.judged = False
    server.seed(1)
    server.grant(LEAVER, DATA, OWNER)
    odd = server.owner("organization", place["organization"]).id
    server.faults({"kind": "status", "status": status, "method": "DELETE", "path": f".*/{odd}/.*", "times": 0})
    result = server.user(username=LEAVER, state="absent", retries=0)
    assert result["failed"] and result["changed"] and not server.has(LEAVER)
    assert server.grants(LEAVER) == [place]
    server.faults()
    assert server.user(username=LEAVER, state="absent")["changed"] and server.grants(LEAVER) == []


def test_what_somebody_else_deleted_after_the_server_asked_for_patience_was_not_deleted_by_the_task(
    server: Server,
) -> None:
    server.judged = False
    server.seed(1)
    path = f".*/users/{LEAVER}"
    server.faults(
        {"kind": "status", "method": "DELETE", "path": path, "status": 429, "retry_after": "0"},
        another_client("DELETE", path, {"method": "DELETE", "path": f"/api/v2/users/{LEAVER}"}),
    )
    result = server.user(username=LEAVER, state="absent", revoke=False)
    assert server.writes() == [f"DELETE users/{LEAVER}"] * 2 and not server.has(LEAVER)
    assert (result["failed"], result["changed"], result["user"]["done"]) == (False, False, [])
    assert (result["user"]["action"], result["diff"]) == ("unchanged", [])


def test_a_refused_sign_in_is_not_repeated(server: Server) -> None:
    server.seed(1)
    result = server.user(username=LEAVER, grants={"set": []}, api_password="wrong-password")
    assert result["failed"] and result["sign_in_refused"] and len(server.requests()) == 1
    assert server.run("iq_user_info", grants=True, guards=True, api_password="wrong-password")["sign_in_refused"]
    assert len(server.requests()) == 1


@pytest.mark.parametrize("parallel", [1, 4, 8])
def test_workers_do_not_send_a_password_again_that_was_refused(server: Server, parallel: int) -> None:
    server.judged = False
    server.seed(40)
    server.faults({"kind": "status", "method": "PUT", "status": 401, "times": 0})
    users = [{"username": f"person-{number:05d}", "last_name": "New"} for number in range(1, 41)]
    result = server.user(users=users, parallel=parallel)
    assert result["failed"] and result["sign_in_refused"] and not result["changed"]
    assert [user["action"] for user in result["users"]] == ["failed"] * 40
    assert all("does not accept the user name and password" in user["error"] for user in result["users"])
    assert 1 <= len(server.writes()) <= parallel and server.requests()[0] == "GET users"
    assert len(server.requests()) == 1 + len(server.writes())


@pytest.mark.parametrize("beside", [[], [{"username": "person-00001"}, {"username": "nobody"}]])
@pytest.mark.parametrize("name", ["bob ", " bob", "a/b", "x" * 300, "bo\u00a0b", "a;b%c\\d"])
def test_any_account_that_is_there_can_be_removed(server: Server, name: str, beside: list[dict[str, t.Any]]) -> None:
    server.judged = False
    server.seed(1)
    add(server, name)
    server.grant(name, DATA)
    result = server.user(users=[*beside, {"username": name}], state="absent")
    assert not result["failed"] and [user["action"] for user in result["users"]] == ["deleted"] * (2 if beside else 1)
    assert not server.has(name) and server.grants(name) == [] and server.has(LEAVER) is not bool(beside)


@pytest.mark.parametrize("name", ["a/b", ".", ".."])
@pytest.mark.parametrize("release", [99, 207])
def test_a_name_that_no_address_can_carry_concerns_its_own_entry(server: Server, name: str, release: int) -> None:
    server.judged = False
    server.reset(encoded_slash="400", release=release)
    server.seed(2)
    users = [{"username": LEAVER, "last_name": "New"}, {**JANE, "username": name}, {"username": "person-00002"}]
    result = server.user(users=users, return_unchanged=True)
    assert [user["action"] for user in result["users"]] == ["updated", "failed", "unchanged"], result
    assert server.stored(LEAVER).last_name == "New"


@pytest.mark.parametrize("revoke", [True, False])
@pytest.mark.parametrize("realms", [REALMS, REALMS[::-1]])
@pytest.mark.parametrize("revoke_missing", [204, 404])
def test_one_name_in_two_realms_leaves_both(
    server: Server, revoke: bool, realms: tuple[str, str], revoke_missing: int
) -> None:
    server.switch(revoke_missing=revoke_missing)
    server.seed(1, saml=[LEAVER], tokens={realm: [LEAVER] for realm in realms})
    server.grant(LEAVER, DATA, OWNER)
    task = {"users": [{"username": LEAVER, "realm": realm} for realm in realms], "state": "absent", "revoke": revoke}
    foreseen = server.user(check=True, **task)
    result = server.user(**task)
    assert not result["failed"] and result["users"] == foreseen["users"] and result["diff"] == foreseen["diff"]
    assert [user["action"] for user in result["users"]] == ["deleted", "deleted"]
    taken = [write for write in server.writes() if write.startswith("DELETE roleMemberships")]
    assert len(taken) == len(set(taken)) == (2 if revoke else 0)
    assert not any(server.has(LEAVER, realm) for realm in realms)
    assert any(server.has_token(LEAVER, realm) for realm in realms) is not revoke
    assert server.grants(LEAVER) == ([] if revoke else [DATA, OWNER])
    assert not server.user(**task)["changed"] and server.writes() == []


def test_one_name_is_listed_twice_only_in_one_realm(server: Server) -> None:
    users = [{"username": "jane", "realm": realm, "state": "absent"} for realm in ("SAML", "Internal", "SAML")]
    assert "jane is listed twice" in server.user(users=users)["msg"]
    assert not server.user(users=users[:2])["failed"]


@pytest.mark.parametrize("server_header", ["on", "stripped"])
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    ("release", "realm"), [(100, "SAML"), (135, "OAUTH2"), (135, "SAML"), (207, "no-such-directory")]
)
def test_a_realm_that_the_server_does_not_know_concerns_its_own_entries(
    server: Server, release: int, realm: str, place: int, server_header: str
) -> None:
    server.judged = False
    server.reset(release=release, server_header=server_header)
    server.seed(3)
    users: list[dict[str, t.Any]] = [{"username": "person-00002"}, {"username": "person-00003"}]
    users.insert(place, {"username": LEAVER, "realm": realm})
    predicted, result = (server.user(users=users, state="absent", check=check) for check in (True, False))
    assert predicted["users"] == result["users"]
    actions = ["deleted"] * 2
    actions.insert(place, "failed")
    assert [user["action"] for user in result["users"]] == actions and server.has(LEAVER)


@pytest.mark.parametrize("release", [70, 87, 207])
@pytest.mark.parametrize("server_header", ["on", "stripped"])
@pytest.mark.parametrize(
    "query",
    [
        {"username": "jane"},
        {"usernames": ["jane", "bob"]},
        {"username": "jane", "tokens": True},
        {"username": "jane", "grants": True},
        {"emails": ["jane@example.com"]},
        {},
        {"usernames": [], "guards": True},
    ],
)
def test_a_wrong_address_is_not_an_empty_server(
    server: Server, query: dict[str, t.Any], server_header: str, release: int
) -> None:
    server.judged = False
    server.reset(release=release, server_header=server_header)
    for realm in ("Internal", "Crowd"):
        result = server.run("iq_user_info", **query, realm=realm, api_url=f"{server.url}/wrong")
        realmless = realm == "Internal" or release >= 136 or server_header == "on"
        assert result["failed"] and "count" not in result, result
        assert not realmless or "Check api_url (IQ_SERVER_URL)" in result["msg"], result


@pytest.mark.parametrize("release", [70, 87, 207])
def test_nobody_is_told_where_there_is_really_nobody(server: Server, release: int) -> None:
    server.judged = False
    server.reset(release=release)
    assert server.info(username="jane", tokens=True, grants=True) == []
    assert server.info(username="jane", realm="Crowd", tokens=True) == []


def add(server: Server, name: str) -> None:
    fields = {"username": name, "firstName": "B", "lastName": "C", "email": "b@example.com", "password": "secret"}
    server.vendor().users.add(fields)
