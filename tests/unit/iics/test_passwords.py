# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords: the own one, another's, and one reset by its security answer."""

from __future__ import annotations

import typing as t

import pytest

from unit.iics.server import PASSWORD, Server, foreseen

NEW = "Canary-New-12345"
ANSWER = "Canary-Rex-12345"
ADMIN_PASSWORD = "Sandbox-admin-1"


def done(server: Server, **options: t.Any) -> dict[str, t.Any]:
    """Run in check mode and for real; returns the real result, which check mode must have foreseen."""
    predicted = server.password(check=True, **options)
    assert server.writes() == [], "check mode wrote"
    real = server.password(**options)
    assert {**predicted, "invocation": None} == {**real, "invocation": None}
    assert "Canary" not in str(real), "a secret is shown"
    return real


@pytest.fixture
def jane(server: Server) -> Server:
    server.add("Jane@example.com", password=PASSWORD, security_answer=ANSWER)
    return server


def test_the_own_password(server: Server) -> None:
    for own in ({}, {"username": "ADMIN@example.com"}, {"id": server.stored("admin@example.com").id}):
        result = done(server, password=NEW, **own)
        assert result["changed"] and result["username"] == "admin@example.com"
        assert server.requests() == ["POST /Users/ChangePassword"]
        assert server.stored("admin@example.com").password == NEW
        again = server.password(password=NEW, api_password=NEW, **own)
        assert not again["changed"] and server.writes() == []
        server.stored("admin@example.com").passwords.append((0.0, ADMIN_PASSWORD))


def test_the_own_password_needs_no_administrator(jane: Server) -> None:
    assert done(jane, api_username="jane@example.com", api_password=PASSWORD, password=NEW)["changed"]
    assert jane.stored("jane@example.com").password == NEW


def test_a_wrong_old_password(server: Server) -> None:
    result = server.password(password=NEW, old_password="Canary-wrong-1")
    assert "The old password is not valid. (SIM_WRONG_PASSWORD)" in result["msg"] and "Canary" not in str(result)


def test_anothers_password(jane: Server) -> None:
    for other in ({"username": "JANE@EXAMPLE.COM"}, {"id": jane.stored("jane@example.com").id}):
        result = done(jane, password=NEW, **other)
        assert result["changed"] and result["username"] == "Jane@example.com"
        assert jane.requests() == ["GET /users", "POST /Users/ChangePassword"]
        assert jane.stored("jane@example.com").password == NEW
        assert jane.password(password=NEW, **other)["changed"], "nobody can tell that it is the same"


def test_an_expired_password_can_only_be_reset(jane: Server) -> None:
    jane.stored("jane@example.com").state = None
    result = jane.password(username="jane@example.com", password=NEW)
    assert (
        "The password of Jane@example.com has expired and can only be reset with the security answer" in result["msg"]
    )
    assert jane.writes() == []
    reset = done(jane, username="jane@example.com", password=NEW, security_answer=ANSWER)
    assert reset["changed"] and jane.requests() == ["GET /users", "POST /Users/ResetPassword"]
    assert (jane.stored("jane@example.com").password, jane.stored("jane@example.com").state) == (NEW, "Active")


def test_the_own_password_is_reset(jane: Server) -> None:
    own = {"api_username": "jane@example.com", "api_password": PASSWORD}
    assert done(jane, password=NEW, security_answer=ANSWER, **own)["changed"]
    assert jane.requests() == ["POST /Users/ResetPassword"]


def test_a_wrong_answer(jane: Server) -> None:
    result = jane.password(username="jane@example.com", password=NEW, security_answer="Canary-Cat-12345")
    assert "The security answer is not valid. (SIM_WRONG_ANSWER)" in result["msg"] and "Canary" not in str(result)


@pytest.mark.parametrize("answer", [None, ANSWER])
def test_who_signs_in_elsewhere_has_no_password(server: Server, answer: str | None) -> None:
    server.add("jane@example.com", alias_name="jane")
    result = server.password(username="jane@example.com", password=NEW, security_answer=answer)
    assert result["msg"] == "jane@example.com signs in through SAML and has no password here." and server.writes() == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"username": "nobody"}, "Informatica IICS has no account with the user name nobody."),
        ({"id": "nothing"}, "Informatica IICS has no account with the id nothing."),
        (
            {"username": "jane@example.com", "old_password": "x"},
            "old_password is for the account that the task runs with",
        ),
        ({"username": ""}, "username is empty."),
        ({"password": ""}, "password is empty."),
        ({"password": "x" * 256}, "password has more than 255 characters."),
        ({"username": "a", "id": "b"}, "mutually exclusive"),
        ({"old_password": "Canary-Old-1", "security_answer": ANSWER}, "mutually exclusive"),
    ],
)
def test_what_makes_no_sense(jane: Server, options: dict[str, t.Any], message: str) -> None:
    result = jane.password(**{"password": NEW, **options})
    assert message in result["msg"] and jane.writes() == []


def test_the_hidden_account_is_never_touched(server: Server) -> None:
    server.switch(anonymous_user=True)
    hidden = server.names(anonymous=True)[-1]
    result = server.password(username=hidden, password=NEW)
    assert "belongs to Application Integration itself and is never touched." in result["msg"]


def test_the_rules_of_the_organization_are_told(jane: Server) -> None:
    jane.switch(password_reuse_days=90)
    assert jane.password(username="jane@example.com", password=NEW)["changed"]
    result = jane.password(username="jane@example.com", password=NEW)
    assert "The password was used before. (SIM_REUSED_PASSWORD)" in result["msg"]
    weak = jane.password(username="jane@example.com", password="shorty")
    assert "The password does not meet the organization's rules. (SIM_WEAK_PASSWORD)" in weak["msg"]


def test_iics_user_sets_passwords_only_when_told(jane: Server) -> None:
    same = {"username": "jane@example.com", "password": NEW}
    quiet = foreseen(jane, **same)
    assert not quiet["changed"] and not quiet.get("warnings") and jane.stored("jane@example.com").password == PASSWORD
    predicted = jane.user(check=True, **same, update_password="always")
    assert predicted["changed"] and predicted["user"]["changes"] == ["password"] and jane.writes() == []
    result = jane.user(**same, update_password="always", roles={"add": ["Monitor"]})
    assert result["user"]["changes"] == ["roles", "password"] or set(result["user"]["changes"]) == {"roles", "password"}
    assert jane.stored("jane@example.com").password == NEW and "Canary" not in str(result)


def test_iics_user_sets_the_own_password_and_goes_on(server: Server) -> None:
    server.faults({"kind": "expire_sessions", "path": ".*/addGroups"})
    options = {"password": NEW, "update_password": "always", "groups": {"add": ["Platform"]}}
    result = server.user(username="admin@example.com", **options)
    assert not result["failed"] and server.count("/login") == 2
    assert server.stored("admin@example.com").password == NEW


def test_iics_user_refuses_what_cannot_be(jane: Server) -> None:
    jane.add("john@example.com", alias_name="john")
    jane.stored("jane@example.com").state = None
    for name, words in (
        ("jane@example.com", "has expired and can only be reset"),
        ("john@example.com", "through SAML"),
    ):
        result = jane.user(username=name, password=NEW, update_password="always")
        assert words in result["msg"] and jane.writes() == []
