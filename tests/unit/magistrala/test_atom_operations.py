# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords and tokens on Atom."""

from __future__ import annotations

import pytest

from sandbox.atom import SEED_PASSWORD
from sandbox.server import Sandbox
from unit.magistrala.server import SEEDED, AtomServer, Result, Server

PERSON = "person-00001"
NEW_PASSWORD = "Canary-New-Password-1"
AFTERWARDS = {**SEEDED, "api_password": NEW_PASSWORD}


def password(atom: AtomServer, check: bool = False, **options: str) -> Result:
    return atom.run("magistrala_user_password", check, **options)


def test_the_own_password(atom: AtomServer) -> None:
    atom.seed(1)
    assert password(atom, check=True, password=NEW_PASSWORD, **SEEDED)["changed"]
    assert atom.writes() == []
    result = password(atom, password=NEW_PASSWORD, **SEEDED)
    assert result["changed"] and atom.person(PERSON)["passwords"] == [NEW_PASSWORD]
    for login in (SEEDED, AFTERWARDS):
        assert not password(atom, password=NEW_PASSWORD, **login)["changed"]
        assert atom.writes() == []


def test_the_own_password_by_a_token_needs_the_old_one(atom: AtomServer) -> None:
    atom.seed(1)
    token = atom.run("magistrala_token", **SEEDED)["access_token"]
    asked = {"api_token": token, "password": NEW_PASSWORD}
    assert "needs the present one in old_password" in password(atom, **asked)["msg"]
    refused = password(atom, **asked, old_password="wrong-Canary-password")
    assert "the old password is not the present one" in refused["msg"] and atom.writes() == []
    assert password(atom, **asked, old_password=SEED_PASSWORD)["changed"]
    assert atom.can_sign_in(PERSON, NEW_PASSWORD)
    assert not password(atom, **asked, old_password=SEED_PASSWORD)["changed"]


def test_too_short_a_password_leaves_the_old_one(atom: AtomServer) -> None:
    atom.seed(1)
    assert "at least 8 characters" in password(atom, password="short", **SEEDED)["msg"]
    assert atom.can_sign_in(PERSON, SEED_PASSWORD)


def test_a_reset_by_mail(magistrala: Sandbox) -> None:
    atom = AtomServer(magistrala, smtp=True)
    atom.seed(0, people=[{"name": "joe", "sign_up": "joe@example.com", "verified": True}])
    assert password(atom, check=True, reset_email="joe@example.com")["changed"] and atom.writes() == []
    assert password(atom, reset_email="joe@example.com")["changed"]
    (token,) = atom.system.resets
    assert password(atom, reset_token=token, password=NEW_PASSWORD)["changed"]
    assert atom.person("joe")["passwords"] == [NEW_PASSWORD]
    again = password(atom, reset_token=token, password=NEW_PASSWORD)
    assert "does not accept the reset token" in again["msg"] and token not in str(again)


def test_a_session_and_its_refreshing(atom: AtomServer) -> None:
    session = atom.run("magistrala_token", description="of a task")
    assert not session["changed"] and session["access_expires_at"].endswith("Z")
    assert session["refresh_token"] == session["access_token"]
    assert "Sessions of this server have no description" in str(session["warnings"])
    fresh = atom.run("magistrala_token", grant="refresh", refresh_token=session["refresh_token"])
    assert fresh["access_token"] and atom.writes() == []
    assert atom.names(api_token=fresh["access_token"]) == ["admin"]
    atom.app.act("POST", "expire", {})
    late = atom.run("magistrala_token", grant="refresh", refresh_token=session["access_token"])
    assert "does not accept the refresh token" in late["msg"]


def test_refresh_tokens_where_the_server_gives_them(magistrala: Sandbox) -> None:
    atom = AtomServer(magistrala, profile="atom-newer", refresh_tokens=True)
    session = atom.run("magistrala_token")
    assert session["refresh_token"].startswith("atom_rt_") and session["refresh_expires_at"]
    fresh = atom.run("magistrala_token", grant="refresh", refresh_token=session["refresh_token"])
    assert fresh["refresh_token"] != session["refresh_token"]
    assert atom.names(api_token=fresh["access_token"]) == ["admin"]


@pytest.mark.parametrize("check", [True, False])
def test_access_tokens_are_listed_and_revoked(atom: AtomServer, check: bool) -> None:
    token = f"atom_{'0' * 31}1_{'a' * 64}"
    atom.seed(0, access_tokens=[{"owner": "admin", "token": token}])
    (listed,) = atom.run("magistrala_token", grant="none", list_refresh_tokens=True)["refresh_tokens"]
    assert listed["description"] == "seeded"
    result = atom.run("magistrala_token", check, grant="none", revoke=[listed["id"]], list_refresh_tokens=True)
    assert (result["changed"], result["revoked"], result["refresh_tokens"]) == (True, [listed["id"]], [])
    assert bool(atom.writes()) is not check
    again = atom.run("magistrala_token", grant="none", revoke=[listed["id"]])
    assert again["changed"] is check


def test_an_access_token_is_made(atom: AtomServer) -> None:
    asked = {"grant": "access_token", "description": "nightly-run", "expires_at": "2199-01-31T00:00:00Z"}
    foreseen = atom.run("magistrala_token", check=True, **asked)
    assert foreseen["changed"] and "access_token" not in foreseen and atom.writes() == []
    made = atom.run("magistrala_token", **asked)
    assert made["changed"] and made["access_expires_at"].startswith("2199-01-31T00:00:00")
    assert foreseen["diff"] == made["diff"]
    assert atom.names(api_token=made["access_token"]) == ["admin"]
    (listed,) = atom.run("magistrala_token", grant="none", list_refresh_tokens=True)["refresh_tokens"]
    assert listed == {"id": made["access_token_id"], "description": "nightly-run"}
    another = atom.run("magistrala_token", grant="access_token", description="next", revoke=[made["access_token_id"]])
    assert another["revoked"] == [made["access_token_id"]] and another["access_expires_at"] is None
    assert atom.info(api_token=made["access_token"])["failed"]
    assert not atom.info(api_token=another["access_token"])["failed"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"description": " "}, "grant: access_token needs description"),
        ({"description": "x", "expires_at": "yesterday"}, "expiresAt must be RFC3339"),
        ({"description": "x", "expires_at": "2001-01-01T00:00:00Z"}, "expiration must be in the future"),
    ],
)
def test_an_access_token_that_cannot_be_made(atom: AtomServer, options: dict[str, str], said: str) -> None:
    result = atom.run("magistrala_token", grant="access_token", **options)
    assert result["failed"] and said in result["msg"] and not result.get("changed")
    assert atom.person("admin")["access_tokens"] == []


def test_other_generations_leave_that_to_the_owners(server: Server) -> None:
    result = server.run("magistrala_token", grant="access_token", description="x")
    assert result["failed"] and "their owners make personal access tokens" in result["msg"]
    assert server.writes() == []
