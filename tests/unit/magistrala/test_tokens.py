# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""magistrala_token: tokens for a password, tokens for a refresh token, and revocation."""

from __future__ import annotations

import datetime

import pytest

from unit.magistrala.server import JANE, PASSWORD, REVOKE, Result, Server


def tokens(server: Server, check: bool = False, **options: object) -> Result:
    return server.run("magistrala_token", check, **options)


@pytest.mark.parametrize("login", ["admin", "admin@example.com"])
@pytest.mark.parametrize("check", [True, False])
def test_a_password_for_tokens(server: Server, login: str, check: bool) -> None:
    issued = tokens(server, check, api_username=login)
    assert not issued["failed"] and not issued["changed"]
    assert server.requests() == ["POST /users/tokens/issue"] and server.writes() == []
    assert server.info(api_token=issued["access_token"], profile=True)["users"][0]["username"] == "admin"
    end = datetime.datetime.fromisoformat(issued["access_expires_at"].replace("Z", "+00:00"))
    left = end.timestamp() - server.system.clock.now()
    assert 3500 < left <= 3600


def test_a_refresh_token_for_tokens(server: Server) -> None:
    issued = tokens(server)
    refreshed = server.run(
        "magistrala_token", grant="refresh", refresh_token=issued["refresh_token"], api_username=None, api_password=None
    )
    assert not refreshed["failed"] and not refreshed["changed"]
    assert server.requests() == ["POST /users/tokens/refresh"]
    assert server.names(api_token=refreshed["access_token"]) == ["admin"]


def test_what_cannot_be_refreshed(server: Server) -> None:
    issued = tokens(server)
    wrong_kind = tokens(server, grant="refresh", refresh_token=issued["access_token"])
    assert wrong_kind["failed"] and "another kind, an access token perhaps" in wrong_kind["msg"]
    assert server.requests() == []
    nonsense = tokens(server, grant="refresh", refresh_token="not-a-token-at-all")
    assert nonsense["failed"] and "does not accept the refresh token" in nonsense["msg"]
    server.app.act("POST", "clock", {"advance": 2 * 86400})
    expired = tokens(server, grant="refresh", refresh_token=issued["refresh_token"])
    assert expired["failed"] and "expired or was revoked" in expired["msg"]
    missing = tokens(server, grant="refresh")
    assert missing["failed"] and "needs refresh_token" in missing["msg"]
    for result in (wrong_kind, nonsense, expired):
        assert issued["refresh_token"] not in result["msg"] and "not-a-token" not in result["msg"]


def test_an_access_token_that_does_not_say_what_it_is(server: Server) -> None:
    """A personal access token, say; the server answers 500."""
    server.seed(0, pats=[{"token": "pat_0123456789abcdef", "username": "admin"}])
    refused = tokens(server, grant="refresh", refresh_token="pat_0123456789abcdef")
    assert refused["failed"] and "is no refresh token" in refused["msg"]


def test_a_wrong_password_for_tokens(server: Server) -> None:
    refused = tokens(server, api_password="wrong-password-99")
    assert refused["failed"] and "does not accept the user name and password of admin" in refused["msg"]
    missing = server.run("magistrala_token", api_password=None)
    assert missing["failed"] and "needs api_username (MAGISTRALA_USERNAME) and api_password" in missing["msg"]


def test_refresh_tokens_are_listed_and_revoked(new: Server) -> None:
    nightly = tokens(new, description="nightly")
    access = nightly["access_token"]
    tokens(new)
    listed = new.run("magistrala_token", api_token=access, grant="none", list_refresh_tokens=True)
    assert not listed["changed"] and listed["revoked"] == []
    assert sorted(each["description"] for each in listed["refresh_tokens"]) == ["", "nightly"]
    gone = [each["id"] for each in listed["refresh_tokens"] if each["description"] == "nightly"]
    revoking = {"api_token": access, "grant": "none", "revoke": [*gone, "unknown-id"], "list_refresh_tokens": True}
    predicted = new.run("magistrala_token", check=True, **revoking)
    assert REVOKE not in new.requests()
    real = new.run("magistrala_token", **revoking)
    assert new.requests().count(REVOKE) == 1
    for result in (predicted, real):
        assert result["changed"] and result["revoked"] == gone and len(result["refresh_tokens"]) == 1
    assert predicted["diff"] == real["diff"] and real["diff"]["before"] != real["diff"]["after"]
    again = new.run("magistrala_token", **revoking)
    assert not again["changed"] and again["revoked"] == [] and REVOKE not in new.requests()
    refused = tokens(new, grant="refresh", refresh_token=nightly["refresh_token"])
    assert refused["failed"] and "was revoked" in refused["msg"]


def test_early_2025_can_revoke_nothing(old: Server) -> None:
    for options in ({"revoke": ["x"]}, {"list_refresh_tokens": True}):
        refused = tokens(old, grant="none", **options)
        assert refused["failed"] and "keeps no list of refresh tokens" in refused["msg"]
        assert REVOKE not in old.requests()


def test_somebody_else_s_tokens(server: Server) -> None:
    server.user(**JANE)
    issued = tokens(server, api_username="jane", api_password=PASSWORD)
    assert server.info(api_token=issued["access_token"], profile=True)["users"][0]["username"] == "jane"
