# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading: everybody or some of a realm, what they hold, and who must not be removed."""

from __future__ import annotations

import typing as t

import pytest

from unit.iq.server import GLOBAL_ADMINISTRATOR, SEEDED, Server

DATA = {"role": "Developer", "organization": "Data"}
PORTAL = {"role": "Owner", "application": "data-portal"}


def names(server: Server, **options: t.Any) -> list[str]:
    return [user["username"] for user in server.info(**options)]


@pytest.mark.parametrize("list_order", ["insertion", "random"])
def test_everybody_by_name(server: Server, list_order: str) -> None:
    server.switch(list_order=list_order)
    server.seed(3)
    assert names(server) == ["admin", "person-00001", "person-00002", "person-00003"]
    assert server.requests() == ["GET users"]
    assert server.info()[0] == {
        "username": "admin",
        "first_name": "Admin",
        "last_name": "BuiltIn",
        "email": "admin@localhost",
        "realm": "Internal",
        "state": "present",
    }


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"usernames": ["person-00002", "nobody", "person-00001", "person-00001"]}, ["person-00001", "person-00002"]),
        ({"usernames": ["PERSON-00001", "x"]}, ["person-00001"]),
        ({"username": "person-00001"}, ["person-00001"]),
        ({"username": "Person-00001"}, ["person-00001"]),
        ({"username": "nobody"}, []),
        ({"usernames": []}, []),
        ({"emails": ["Person-00002@Example.com", "nobody@example.com"]}, ["person-00002"]),
        ({"emails": []}, []),
        (
            {"usernames": ["person-00001", "person-00002"], "emails": ["person-00002@example.com"]},
            ["person-00001", "person-00002"],
        ),
        ({"usernames": ["person-00001"], "emails": ["person-00003@example.com"]}, ["person-00001", "person-00003"]),
        ({"usernames": [], "emails": []}, []),
    ],
)
def test_some(server: Server, options: dict[str, t.Any], found: list[str]) -> None:
    server.seed(3)
    assert names(server, **options) == found
    assert len(server.requests()) <= (1 if found or options != {"username": "nobody"} else 2), (
        "a miss is looked at twice"
    )


def test_two_names_that_differ_only_in_case(server: Server) -> None:
    server.switch(case_insensitive_users=False)
    for name in ("jane", "JANE"):
        server.vendor().users.add(
            {"username": name, "firstName": "J", "lastName": "D", "email": "j@example.com", "password": "secret"}
        )
    assert names(server, usernames=["jane", "x"]) == ["jane"]
    assert names(server, usernames=["jane", "JANE"]) == ["JANE", "jane"]


@pytest.mark.parametrize("realm", ["SAML", "OAUTH2"])
@pytest.mark.parametrize("return_realm", ["yes", "no", "null"])
def test_other_realms(server: Server, realm: str, return_realm: str) -> None:
    server.judged = return_realm != "null"
    server.switch(return_realm=return_realm)
    server.seed(1, saml=["sam", "person-00001"], oauth2=["olga"])
    everybody = server.info(realm=realm)
    assert [user["username"] for user in everybody] == (["person-00001", "sam"] if realm == "SAML" else ["olga"])
    assert {user["realm"] for user in everybody} == {realm}
    assert names(server, realm=realm, username="person-00001") == (["person-00001"] if realm == "SAML" else [])


def test_grants_and_tokens(server: Server) -> None:
    server.seed(2, tokens={"Internal": ["person-00001"]})
    server.grant("person-00001", DATA, PORTAL, GLOBAL_ADMINISTRATOR, {"role": "Owner", "repository_container": True})
    first, second = server.info(usernames=["person-00001", "person-00002"], grants=True, tokens=True)
    assert first["grants"] == server.grants("person-00001") and second["grants"] == []
    assert first["token"]["exists"] and first["token"]["created"] and first["token"]["last_used"] is None
    assert second["token"] == {"exists": False}
    token = server.system.state.token("Internal", "person-00001")
    assert token.user_code not in str(first) and token.pass_code not in str(first)
    assert "grants" not in server.info()[1] and "token" not in server.info()[1]


def test_when_a_token_was_used(server: Server) -> None:
    server.seed(1, tokens={"Internal": ["person-00001"]})
    server.grant("person-00001", GLOBAL_ADMINISTRATOR)
    token = server.system.state.token("Internal", "person-00001")
    codes = {"api_username": token.user_code, "api_password": token.pass_code}
    (person,) = server.info(username="person-00001", tokens=True, **codes)
    assert person["token"]["last_used"]
    server.switch(release=190)
    (person,) = server.info(username="person-00001", tokens=True)
    assert person["token"] == {"exists": True, "created": None, "last_used": None, "expires": None}


def test_what_is_left_of_somebody_who_is_gone(server: Server) -> None:
    server.seed(0, tokens={"Internal": ["token-only"], "Crowd": ["craig"]})
    server.grant("grant-only", DATA)
    gone = ["grant-only", "nobody", "token-only"]
    left = server.info(usernames=gone, grants=True, tokens=True)
    assert [(user["username"], user["state"]) for user in left] == [("grant-only", "absent"), ("token-only", "absent")]
    assert left[0]["grants"] == [DATA] and left[1]["token"]["exists"]
    assert names(server, usernames=gone) == []
    (craig,) = server.info(username="craig", realm="Crowd", tokens=True)
    assert craig["state"] == "absent" and craig["token"]["exists"]


def test_who_must_not_be_removed(server: Server) -> None:
    server.seed(2, saml=["sam"], tokens={"Internal": ["person-00001"], "SAML": ["sam"]})
    for name in ("person-00001", "sam", "ghost"):
        server.grant(name, GLOBAL_ADMINISTRATOR)
    result = server.run("iq_user_info", usernames=[], guards=True)
    assert (result["caller"], result["administrators"]) == ("admin", ["admin", "person-00001", "sam"])
    for realm, owner in (("Internal", "person-00001"), ("SAML", "sam")):
        token = server.system.state.token(realm, owner)
        codes = {"api_username": token.user_code, "api_password": token.pass_code}
        assert server.run("iq_user_info", usernames=[], guards=True, **codes)["caller"] == owner
    assert "caller" not in server.run("iq_user_info", usernames=[])


def test_what_the_calling_account_may_not_see(server: Server) -> None:
    server.seed(1)
    assert "Edit System Configuration and Users" in server.run("iq_user_info", **SEEDED)["msg"]
    server.grant("person-00001", GLOBAL_ADMINISTRATOR)
    result = server.run("iq_user_info", grants=True, **SEEDED)
    assert result["failed"] and "no organization" in result["msg"] and "View IQ Elements" in result["msg"]
    server.grant("person-00001", {"role": "Owner", "application": "data-portal"}, DATA)
    partly = server.run("iq_user_info", grants=True, **SEEDED)
    assert not partly["failed"] and "does not see the whole tree" in str(partly["warnings"])


def test_a_listing_without_anybody_is_not_believed(server: Server) -> None:
    server.faults({"kind": "empty_page", "path": ".*/users"})
    result = server.run("iq_user_info")
    assert result["failed"] and "without anybody, although admin is there" in result["msg"]
