# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""magistrala_user_password: the own password, the mailed link, and its token."""

from __future__ import annotations

import typing as t

import pytest

from unit.magistrala.server import JANE, PASSWORD, Result, Server

OTHER = "Another-Canary-98765"
NOBODY: dict[str, t.Any] = {"api_username": None, "api_password": None}


@pytest.fixture
def jane(server: Server) -> Server:
    server.user(**JANE)
    return server


def change(server: Server, check: bool = False, **options: t.Any) -> Result:
    return server.run("magistrala_user_password", check, **options)


def foreseen(server: Server, **options: t.Any) -> Result:
    """Check, real, again: predicted alike, no write in check mode, nothing left to do afterwards."""
    predicted = change(server, check=True, **options)
    assert server.writes() == []
    real = change(server, **options)
    assert not real["failed"], real
    assert (predicted["changed"], predicted["diff"], predicted["username"]) == (True, real["diff"], real["username"])
    assert real["changed"] and real["diff"]["after"] == {"password": "(set, not shown)"}
    return real


@pytest.mark.parametrize("login", ["jane", "jane@example.com"])
def test_the_own_password(jane: Server, login: str) -> None:
    own = {"api_username": login, "api_password": PASSWORD, "password": OTHER}
    foreseen(jane, **own)
    assert jane.writes() == ["PATCH /users/secret"]
    assert jane.can_sign_in("jane", OTHER)
    again = change(jane, **own)
    assert not again["failed"] and not again["changed"] and jane.writes() == []
    assert not change(jane, **{**own, "api_password": OTHER})["changed"]


def test_the_own_password_with_a_token(jane: Server) -> None:
    token = jane.run("magistrala_token", api_username="jane", api_password=PASSWORD)["access_token"]
    own = {"api_token": token, "old_password": PASSWORD, "password": OTHER}
    foreseen(jane, **own)
    assert jane.can_sign_in("jane", OTHER)
    assert not change(jane, **own)["changed"]
    assert jane.writes() == []


def test_what_cannot_be_changed(jane: Server) -> None:
    token = jane.run("magistrala_token", api_username="jane", api_password=PASSWORD)["access_token"]
    wrong = change(jane, api_token=token, old_password="wrong-password-99", password=OTHER)
    assert wrong["failed"] and "the old password is not the present one" in wrong["msg"]
    assert jane.requests().count("POST /users/tokens/issue") == 1, "a refused password is not tried again"
    missing = change(jane, api_token=token, password=OTHER)
    assert missing["failed"] and "needs the present one in old_password" in missing["msg"]
    stranger = change(jane, api_username="jane", api_password="wrong-password-99", password=OTHER)
    assert stranger["failed"] and "does not accept the user name and password of jane" in stranger["msg"]
    weak = change(jane, api_username="jane", api_password=PASSWORD, password="weakest")
    assert weak["failed"] and "does not meet the requirements" in weak["msg"]
    long = change(jane, api_username="jane", api_password=PASSWORD, password="x" * 73)
    assert long["failed"] and "more than 72 bytes" in long["msg"] and jane.requests() == []
    assert jane.can_sign_in("jane", PASSWORD)


@pytest.mark.parametrize("option", ["password", "reset_token", "reset_email"])
def test_an_empty_option_is_no_other_way(jane: Server, option: str) -> None:
    options = {"password": OTHER, option: ""} if option != "reset_email" else {option: ""}
    refused = change(jane, **options)
    assert refused["failed"] and f"{option} is empty" in refused["msg"]
    assert jane.requests() == []


def test_options_that_exclude_each_other(jane: Server) -> None:
    assert "required" in change(jane)["msg"]
    for options in (
        {"password": OTHER, "reset_email": "jane@example.com"},
        {"password": OTHER, "reset_token": "token-of-a-mail", "old_password": PASSWORD},
    ):
        assert "mutually exclusive" in change(jane, **options)["msg"]


def test_the_mailed_link(jane: Server) -> None:
    mail = {**NOBODY, "reset_email": "jane@example.com", "reset_url": "https://ui.example.com"}
    predicted = change(jane, check=True, **mail)
    assert predicted["changed"] and jane.system.mails == []
    real = change(jane, **mail)
    assert real["changed"] and real["diff"] == predicted["diff"]
    assert [each["email"] for each in jane.system.mails] == ["jane@example.com"]
    assert change(jane, **mail)["changed"], "a mail is sent each time"

    reset = {**NOBODY, "reset_token": jane.system.mails[-1]["token"], "password": OTHER}
    assert foreseen(jane, **reset)["username"] == "jane"
    assert jane.writes() == ["PUT /password/reset"]
    assert jane.can_sign_in("jane", OTHER)
    again = change(jane, **reset)
    assert not again["failed"] and not again["changed"] and jane.writes() == []


def test_a_link_for_nobody(jane: Server) -> None:
    jane.user(username="jane", state="disabled")
    for email in ("nobody@example.com", "jane@example.com"):
        refused = change(jane, **NOBODY, reset_email=email)
        assert refused["failed"] and f"no enabled account with the e-mail address {email}" in refused["msg"]
    assert jane.system.mails == []


def test_a_token_that_is_too_old(jane: Server) -> None:
    change(jane, **NOBODY, reset_email="jane@example.com")
    token = jane.system.mails[-1]["token"]
    jane.app.act("POST", "clock", {"advance": 301})
    refused = change(jane, **NOBODY, reset_token=token, password=OTHER)
    assert (
        refused["failed"] and "does not accept the reset token" in refused["msg"] and "five minutes" in refused["msg"]
    )
    assert token not in refused["msg"]
    assert jane.can_sign_in("jane", PASSWORD)


def test_a_token_of_someone_who_has_left(jane: Server) -> None:
    change(jane, **NOBODY, reset_email="jane@example.com")
    jane.user(username="jane", state="disabled")
    refused = change(jane, **NOBODY, reset_token=jane.system.mails[-1]["token"], password=OTHER)
    assert refused["failed"] and "jane is not enabled" in refused["msg"]
    assert jane.writes() == []


def test_a_server_that_cannot_mail(jane: Server) -> None:
    jane.faults({"kind": "status", "path": "/password/reset-request", "status": 500, "times": 0})
    failed = change(jane, **NOBODY, reset_email="jane@example.com")
    assert failed["failed"] and "may have failed to send the mail" in failed["msg"]
