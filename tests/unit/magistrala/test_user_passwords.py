# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords in magistrala_user: on create, the own one, and the proof by a sign-in."""

from __future__ import annotations

import json

import pytest

from sandbox.magistrala import SEED_PASSWORD
from unit.magistrala.server import JANE, PASSWORD, Server, foreseen

OTHER = "Another-Canary-98765"
ISSUE = "POST /users/tokens/issue"


def test_the_password_counts_for_a_new_account_only(server: Server) -> None:
    created = foreseen(server, **JANE)
    assert created["diff"][0]["after"]["password"] == "(set, not shown)"
    assert PASSWORD not in json.dumps({name: value for name, value in created.items() if name != "invocation"})
    unchanged = server.user(**{**JANE, "password": OTHER})
    assert not unchanged["changed"] and "warnings" not in unchanged
    assert server.can_sign_in("jane", PASSWORD)


@pytest.mark.parametrize("verify", [True, False])
@pytest.mark.parametrize("check", [True, False])
def test_nobody_sets_the_password_of_another(server: Server, verify: bool, check: bool) -> None:
    server.user(**JANE)
    refused = server.user(
        check, username="jane", password=OTHER, update_password="always", verify_password=verify, tags=["x"]
    )
    assert refused["failed"] and "lets nobody set another account's password" in refused["msg"]
    assert server.writes() == []


def test_always_is_fine_for_a_new_account(server: Server) -> None:
    assert server.user(**JANE, update_password="always")["user"]["action"] == "created"
    assert server.can_sign_in("jane", PASSWORD)


def test_the_own_password(server: Server) -> None:
    predicted = server.user(check=True, username="admin", password=OTHER, update_password="always")
    assert predicted["user"]["changes"] == ["password"] and server.writes() == []
    changed = server.user(username="admin", password=OTHER, update_password="always")
    assert changed["changed"] and changed["diff"] == predicted["diff"]
    assert server.writes() == ["PATCH /users/secret"]
    assert server.can_sign_in("admin", OTHER)
    again = {"api_password": OTHER, "username": "admin", "password": OTHER, "update_password": "always"}
    assert server.user(**again)["changed"], "without a proof, always is always a change"
    assert not server.user(**again, verify_password=True)["changed"]
    assert server.writes() == []


def test_the_own_password_needs_the_old_one(server: Server) -> None:
    token = server.run("magistrala_user_info", profile=True) and server.system.tokens.issue(
        server.stored("admin"), server.system.clock.now(), 0, 60
    )
    refused = server.user(api_token=token, username="admin", password=OTHER, update_password="always")
    assert refused["failed"] and "needs the present one in api_password" in refused["msg"]
    assert server.writes() == []
    changed = server.user(
        api_token=token, api_password="12345678", username="admin", password=OTHER, update_password="always"
    )
    assert changed["changed"] and server.can_sign_in("admin", OTHER)
    wrong = server.user(
        api_token=token, api_password="12345678", username="admin", password=PASSWORD, update_password="always"
    )
    assert wrong["failed"] and "the old password is not the present one" in wrong["msg"]


def test_a_proof_that_succeeds(server: Server) -> None:
    server.seed(1)
    proven = server.user(username="person-00001", password=SEED_PASSWORD, verify_password=True)
    assert not proven["failed"] and not proven["changed"]
    assert server.requests().count(ISSUE) == 2, "the own sign-in, and the proof"
    assert server.writes() == []
    server.user(username="person-00001", password=SEED_PASSWORD)
    assert server.requests().count(ISSUE) == 1


@pytest.mark.parametrize("check", [True, False])
def test_a_proof_that_fails(server: Server, check: bool) -> None:
    server.seed(1)
    refused = server.user(check, username="person-00001", password=OTHER, verify_password=True, tags=["x"])
    assert refused["failed"] and "person-00001 has a different password from the given one" in refused["msg"]
    assert OTHER not in refused["msg"]
    assert server.writes() == []


def test_no_proof_of_an_account_that_cannot_sign_in(server: Server) -> None:
    server.seed(1, disabled=1)
    result = server.user(username="person-00001", password=OTHER, verify_password=True)
    assert not result["failed"] and "could not be proven" in str(result["warnings"])
    assert server.requests().count(ISSUE) == 1


def test_proofs_in_bulk(server: Server) -> None:
    server.seed(20)
    users = [{"username": f"person-{number:05d}", "password": SEED_PASSWORD} for number in range(1, 21)]
    users[7]["password"] = OTHER
    result = server.user(users=users, verify_password=True)
    assert result["summary"]["failed"] == 1 and result["summary"]["unchanged"] == 19
    assert "person-00008" in result["msg"]


@pytest.mark.parametrize(("regex", "said"), [("^.{20,}$", "does not meet the requirements")])
def test_the_server_s_own_rule_for_passwords(magistrala: object, server: Server, regex: str, said: str) -> None:
    server.app.act("POST", "configure", {"password_regex": regex})
    refused = server.user(**{**JANE, "password": "short-but-long"})
    assert refused["failed"] and said in refused["msg"] and "a rule of its own for passwords" in refused["msg"]
    assert "short-but-long" not in refused["msg"]
