# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People whose accounts an identity provider or a directory makes get roles from ``iq_user``, and nothing else."""

from __future__ import annotations

import typing as t

import pytest

from unit.iq.server import Server

DEVELOPER = {"role": "Developer", "organization": "Data"}
OWNER = {"role": "Owner", "application": "data-pipeline"}
SAM: dict[str, t.Any] = {"username": "sam", "email": "sam@example.com"}
EVERY_REALM = ["SAML", "OAUTH2", "Crowd", "ldap-1"]
WITH_ACCOUNTS = EVERY_REALM[:2]


def gives(server: Server, realm: str, **options: t.Any) -> dict[str, t.Any]:
    return server.user(**{**SAM, "realm": realm, "grants": {"add": [DEVELOPER]}, **options})


@pytest.mark.parametrize("realm", EVERY_REALM)
def test_somebody_who_has_not_signed_in_yet_gets_roles_by_name(server: Server, realm: str) -> None:
    foreseen = gives(server, realm, check=True)
    assert server.writes() == [] and server.grants("sam") == []
    done = gives(server, realm)
    assert done["changed"] and done["diff"] == foreseen["diff"] and done["users"] == foreseen["users"], done
    assert [line.split()[0] for line in server.writes()] == ["PUT"]
    assert server.grants("sam") == [DEVELOPER] and not server.has("sam") and not server.has("sam", realm)
    (note,) = done["user"]["notes"]
    assert "sam" in note and realm in note
    assert done["diff"][0]["before_header"] == f"IQ Server sam ({realm})"
    again = gives(server, realm)
    assert not again["changed"] and server.writes() == [] and again["user"]["notes"] == []


@pytest.mark.parametrize("realm", WITH_ACCOUNTS)
def test_an_account_of_the_realm_is_left_as_it_is(server: Server, realm: str) -> None:
    server.seed(0, **{realm.lower(): ["sam"]})
    before = server.stored("sam", realm)
    kept = (before.first_name, before.last_name, before.email)
    result = gives(server, realm, first_name="Samuel", last_name="Other", grants={"set": [OWNER]})
    assert (
        result["user"]["action"] == "updated"
        and result["user"]["changes"] == ["grants"]
        and result["user"]["notes"] == []
    )
    after = server.stored("sam", realm)
    assert (after.first_name, after.last_name, after.email) == kept and not server.has("sam")
    assert server.grants("sam") == [OWNER]
    assert gives(server, realm, grants={"set": []})["changed"] and server.grants("sam") == []


@pytest.mark.parametrize("realm", EVERY_REALM)
@pytest.mark.parametrize("email", ["sam@example.com", None])
def test_roles_never_go_to_a_namesake_in_another_realm(server: Server, realm: str, email: str | None) -> None:
    server.user(
        username="sam", first_name="Sam", last_name="Ray", email="other@example.com", password="Sample-password-1"
    )
    result = gives(server, realm, email=email)
    assert result["failed"] and server.writes() == [] and server.grants("sam") == []
    assert "sam in the realm Internal (other@example.com) has the name" in result["msg"]
    assert ("Give email" in result["msg"]) is (email is None)


@pytest.mark.parametrize("realm", WITH_ACCOUNTS)
def test_an_account_of_the_realm_with_another_address_is_somebody_elses(server: Server, realm: str) -> None:
    server.seed(0, **{realm.lower(): [{"username": "sam", "email": "samuel@example.com"}]})
    result = gives(server, realm)
    assert result["failed"] and "(samuel@example.com) has the name" in result["msg"] and server.grants("sam") == []
    assert gives(server, realm, email=None)["changed"], "whoever names the account without an address means it"


def test_one_person_in_two_realms_is_no_namesake(server: Server) -> None:
    server.user(
        username="sam", first_name="Sam", last_name="Lee", email="SAM@example.com", password="Sample-password-1"
    )
    assert gives(server, "SAML")["changed"] and server.grants("sam") == [DEVELOPER]


def test_one_namesake_keeps_nobody_else_from_their_roles(server: Server) -> None:
    server.seed(0, oauth2=[{"username": "sam", "email": "other@example.com"}])
    users = [{"username": name, "email": f"{name}@example.com"} for name in ("ann", "sam", "zoe")]
    result = server.user(users=users, realm="SAML", grants={"add": [DEVELOPER]})
    assert result["summary"]["failed"] == 1 and result["summary"]["updated"] == 2
    assert [server.grants(name) for name in ("ann", "sam", "zoe")] == [[DEVELOPER], [], [DEVELOPER]]


@pytest.mark.parametrize("status", [403, 409])
def test_a_realm_that_cannot_be_read_gives_nobody_anything(server: Server, status: int) -> None:
    server.faults({"kind": "status", "status": status, "path": r"/api/v2/users.*OAUTH2.*", "times": 0})
    result = gives(server, "SAML")
    assert result["failed"] and server.writes() == [] and server.grants("sam") == []


def test_releases_without_realms_give_roles_to_people_of_a_directory(server: Server) -> None:
    server.reset(release=130)
    server.judged = False
    assert "has no realms" in gives(server, "SAML")["msg"]
    assert gives(server, "ldap-1")["changed"] and server.grants("sam") == [DEVELOPER]


def test_a_password_of_somebody_who_signs_in_elsewhere_is_refused(server: Server) -> None:
    result = gives(server, "SAML", password="Sample-password-1")
    assert result["failed"] and "password is for the realm Internal" in result["msg"] and server.requests() == []


def test_a_name_that_nobody_can_have_gets_no_roles(server: Server) -> None:
    result = gives(server, "SAML", username=" sam")
    assert result["failed"] and "cannot be a user name" in result["msg"] and server.writes() == []


@pytest.mark.parametrize("realm", EVERY_REALM)
def test_the_vendors_client_reads_back_what_is_written(server: Server, realm: str) -> None:
    client = server.vendor()
    has_accounts = realm in WITH_ACCOUNTS
    server.seed(0, **({realm.lower(): ["sam"]} if has_accounts else {}), tokens={realm: ["sam"]})
    gives(server, realm)
    assert [kind for kind, _owner, _role in client.grants("sam")] == ["organization"]
    if has_accounts:
        (account,) = client.users.get_all2(realm=realm).users or []
        assert (account.username, account.email, account.realm) == ("sam", "sam@example.com", realm)
    assert client.names() == ["admin"] and client.token_owners(realm) == ["sam"]
    gives(server, realm, grants={"set": []})
    assert client.grants("sam") == [] and client.token_owners(realm) == ["sam"]
    gives(server, realm)
    assert server.user(username="sam", realm=realm, state="absent")["changed"]
    assert client.grants("sam") == [] and client.token_owners(realm) == []
    assert not has_accounts or client.users.get_all2(realm=realm).users == []
