# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords of the simulated IICS: rules, expiry, change, reset."""

from __future__ import annotations

import pytest
import requests

from unit.sandbox.iics_client import ADMIN, PASSWORD, Client, code

OTHER = "Another-one-7"


@pytest.fixture
def jane(iics: Client) -> str:
    """The id of an active user with a security answer."""
    person = {"name": "jane", "password": PASSWORD, "security_answer": "Rex", "roles": ["Designer"]}
    iics.seed(people=[person])
    return str(iics.account("jane")["id"])


def change(iics: Client, **data: str) -> requests.Response:
    return iics.v3("POST", "Users/ChangePassword", json=data)


def reset(iics: Client, user_id: str, answer: str = "Rex", password: str = OTHER) -> requests.Response:
    data = {"userId": user_id, "securityAnswer": answer, "newPassword": password}
    return iics.v3("POST", "Users/ResetPassword", json=data)


def signs_in(iics: Client, password: str) -> bool:
    return iics.login("jane", password).status_code == 200


def test_own_password(iics: Client, jane: str) -> None:
    iics.sign_in("jane", PASSWORD)
    assert code(change(iics, newPassword=OTHER)) == "SIM_MISSING_FIELD"
    assert code(change(iics, newPassword=OTHER, oldPassword="x")) == "SIM_WRONG_PASSWORD"
    answer = change(iics, newPassword=OTHER, oldPassword=PASSWORD)
    assert (answer.status_code, answer.content) == (200, b"")
    assert (signs_in(iics, PASSWORD), signs_in(iics, OTHER)) == (False, True)


def test_another_ones_password(iics: Client, jane: str) -> None:
    assert change(iics, newPassword=OTHER, userId=jane).status_code == 200
    assert signs_in(iics, OTHER)
    admin = iics.account(ADMIN[0])["id"]
    iics.sign_in("jane", OTHER)
    assert change(iics, newPassword=OTHER, userId=admin).status_code == 403
    assert iics.login().status_code == 200


@pytest.mark.parametrize(
    ("meaning", "status", "state", "works"),
    [
        ("stored", 200, "Provisioned", False),
        ("activates", 200, "Active", True),
        ("refused", 400, "Provisioned", False),
    ],
)
def test_change_for_somebody_not_activated(iics: Client, meaning: str, status: int, state: str, works: bool) -> None:
    iics.switch(provisioned_password=meaning)
    iics.create("jane")
    assert change(iics, newPassword=OTHER, userId=iics.account("jane")["id"]).status_code == status
    assert (iics.account("jane")["state"], signs_in(iics, OTHER)) == (state, works)


def test_change_for_nobody(iics: Client) -> None:
    assert change(iics, newPassword=OTHER, userId="nobody").status_code == 404
    iics.session_id = "x"
    assert change(iics, newPassword=OTHER, oldPassword=ADMIN[1]).status_code == 401


def test_reset_with_the_security_answer(iics: Client, jane: str) -> None:
    assert code(reset(iics, jane, answer="Max")) == "SIM_WRONG_ANSWER"
    answer = reset(iics, jane)
    assert (answer.status_code, answer.content) == (200, b"")
    assert signs_in(iics, OTHER)


def test_reset_without_a_session_by_switch(iics: Client, jane: str) -> None:
    iics.session_id = ""
    assert reset(iics, jane).status_code == 401
    iics.switch(reset_needs_session=False)
    assert reset(iics, jane).status_code == 200


def test_reset_is_for_native_users_with_an_answer(iics: Client) -> None:
    iics.seed(people=[{"name": "idp", "alias_name": "idp"}, {"name": "mute", "password": PASSWORD}])
    ids = [iics.account(name)["id"] for name in ("idp", "mute")]
    assert [code(reset(iics, user_id)) for user_id in ids] == ["SIM_NOT_NATIVE", "SIM_WRONG_ANSWER"]


def test_expired_password_is_reset_not_changed(iics: Client, jane: str) -> None:
    iics.switch(password_expiration_days=30)
    iics.advance(minutes=31 * 24 * 60)
    assert code(iics.login("jane", PASSWORD)) == "SIM_PASSWORD_EXPIRED"
    iics.switch(password_expiration_days=0)
    assert signs_in(iics, PASSWORD)
    iics.sign_in()
    iics.switch(password_expiration_days=30)
    assert iics.account("jane")["state"] is None
    assert code(change(iics, newPassword=OTHER, userId=jane)) == "SIM_PASSWORD_EXPIRED"
    assert reset(iics, jane).status_code == 200
    assert iics.account("jane")["state"] == "Active"
    assert signs_in(iics, OTHER)


def test_seeded_expired_password(iics: Client) -> None:
    iics.seed(1, state=None, password=PASSWORD, security_answer="Rex")
    person = iics.account("person-00001@example.com")
    assert person["state"] is None
    assert reset(iics, person["id"]).status_code == 200
    assert iics.account("person-00001@example.com")["state"] == "Active"


def test_a_new_password_does_not_unlock(iics: Client, jane: str) -> None:
    for _attempt in range(10):
        iics.login("jane", "x")
    assert reset(iics, jane).status_code == 200
    assert code(iics.login("jane", OTHER)) == "IDS_086"


@pytest.mark.parametrize("password", ["Short-1", "alllowercase", "lower-and-dash"])
def test_rules_of_the_organization(iics: Client, jane: str, password: str) -> None:
    assert code(change(iics, newPassword=password, userId=jane)) == "SIM_WEAK_PASSWORD"
    iics.switch(password_min_length=0, password_min_mix=0)
    assert change(iics, newPassword=password, userId=jane).status_code == 200


def test_reuse_by_switch(iics: Client, jane: str) -> None:
    assert change(iics, newPassword=PASSWORD, userId=jane).status_code == 200
    iics.switch(password_reuse_days=90)
    assert code(change(iics, newPassword=PASSWORD, userId=jane)) == "SIM_REUSED_PASSWORD"
    assert change(iics, newPassword=OTHER, userId=jane).status_code == 200
    assert code(change(iics, newPassword=PASSWORD, userId=jane)) == "SIM_REUSED_PASSWORD"
    iics.advance(minutes=91 * 24 * 60)
    iics.sign_in()
    assert change(iics, newPassword=PASSWORD, userId=jane).status_code == 200


def test_new_password_ends_the_forced_change(iics: Client) -> None:
    jane = iics.create("jane", password=PASSWORD, forcePasswordChange=True).json()
    assert jane["forcePasswordChange"] is True
    change(iics, newPassword=OTHER, userId=jane["id"])
    assert iics.account("jane")["forcePasswordChange"] is False
