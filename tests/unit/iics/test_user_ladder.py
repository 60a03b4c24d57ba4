# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of an account: created, changed, deleted; each rung foreseen, done and left alone."""

from __future__ import annotations

import typing as t

import pytest

from unit.iics.server import DESIGNER, JANE, PASSWORD, Server, foreseen, refused

LADDER: list[tuple[dict[str, t.Any], list[str], list[str], list[str]]] = [
    ({"roles": {"add": ["Deployer", "Designer"]}}, ["roles"], ["Deployer", "Designer"], ["Platform"]),
    ({"roles": {"remove": ["Designer"]}}, ["roles"], ["Deployer"], ["Platform"]),
    ({"roles": {"set": ["Monitor", "Operator"]}}, ["roles"], ["Monitor", "Operator"], ["Platform"]),
    ({"groups": {"add": ["Data Engineering"]}}, ["groups"], ["Monitor", "Operator"], ["Data Engineering", "Platform"]),
    ({"groups": {"set": []}}, ["groups"], ["Monitor", "Operator"], []),
    (
        {"roles": {"add": ["Designer"], "remove": ["Monitor", "Operator"]}, "groups": {"add": ["Platform"]}},
        ["roles", "groups"],
        ["Designer"],
        ["Platform"],
    ),
    ({"roles": {"add": [], "remove": []}, "groups": {"add": []}}, [], ["Designer"], ["Platform"]),
]


def test_the_ladder(server: Server) -> None:
    created = foreseen(server, **JANE, **DESIGNER, groups={"add": ["Platform"]})["user"]
    assert created["action"] == "created"
    assert created["account"]["status"] == "provisioned" and "not activated" in created["account"]["status_meaning"]
    assert server.stored("jane@example.com").password is None, "the service mails a link"
    for options, changes, roles, groups in LADDER:
        result = foreseen(server, username="jane@example.com", **options)["user"]
        assert (result["changes"], result["id"]) == (changes, created["id"])
        assert (server.roles("jane@example.com"), server.groups("jane@example.com")) == (roles, groups)
        assert (result["account"]["roles"], result["account"]["groups"]) == (roles, groups)
    gone = foreseen(server, username="jane@example.com", state="absent")["user"]
    assert gone["action"] == "deleted" and not server.has("jane@example.com")
    assert foreseen(server, username="jane@example.com", state="absent")["user"]["action"] == "unchanged"


def test_a_new_account_with_all_that_v3_takes(server: Server) -> None:
    foreseen(
        server,
        **JANE,
        **DESIGNER,
        title="Engineer",
        phone="+1 555 000 0001",
        description="knows everything",
        password=PASSWORD,
        force_password_change=True,
        max_login_attempts=5,
        authentication="native",
        time_zone="America/Los_Angeles",
    )
    jane = server.stored("jane@example.com")
    assert (jane.title, jane.phone, jane.description) == ("Engineer", "+1 555 000 0001", "knows everything")
    assert (jane.password, jane.state, jane.force_password_change) == (PASSWORD, "Active", True)
    assert (jane.max_login_attempts, jane.authentication) == (5, 0)


def test_somebody_who_signs_in_elsewhere(server: Server) -> None:
    john = {"authentication": "saml", "alias_name": "jdoe"}
    foreseen(server, **JANE, **john, groups={"set": ["Platform"]})
    stored = server.stored("jane@example.com")
    assert (stored.authentication, stored.alias_name, server.roles("jane@example.com")) == (1, "jdoe", [])
    server.switch(saml_spelling="SSO")
    assert not server.user(**JANE, **john)["changed"]


def test_a_forced_password_change_is_forgotten_once_it_happened(server: Server) -> None:
    foreseen(server, **JANE, **DESIGNER, password=PASSWORD, force_password_change=True)
    server.stored("jane@example.com").force_password_change = False
    again = server.user(**JANE, **DESIGNER, password=PASSWORD, force_password_change=True)
    assert not again["changed"] and not again.get("warnings")


@pytest.mark.parametrize("spelling", ["JANE@example.com", "jane@EXAMPLE.com"])
@pytest.mark.parametrize("exact", [False, True])
def test_a_name_in_other_case_is_the_same_account(server: Server, spelling: str, exact: bool) -> None:
    server.switch(filter_exact_case=exact)
    server.add("Jane@example.com")
    assert not server.user(username=spelling, **DESIGNER)["changed"]
    result = foreseen(server, username=spelling, roles={"add": ["Deployer"]})["user"]
    assert (result["username"], result["account"]["username"]) == (spelling, "Jane@example.com")
    assert foreseen(server, username=spelling, state="absent")["user"]["action"] == "deleted"


@pytest.mark.parametrize("name", ["o'neill+test@example.com", "Fred Smith", "100% sure", 'a "quoted" name', "a&b=c"])
def test_names_are_spelled_for_addresses(server: Server, name: str) -> None:
    server.add(name)
    server.add("a")
    assert foreseen(server, username=name, roles={"set": ["Monitor"]})["user"]["action"] == "updated"
    assert server.roles(name) == ["Monitor"]
    assert server.names(usernames=[name]) == [name]
    assert foreseen(server, username=name, state="absent")["user"]["action"] == "deleted"


def test_absence_costs_a_full_listing_presence_does_not(server: Server) -> None:
    server.add("jane@example.com")
    server.user(username="jane@example.com", **DESIGNER)
    assert server.requests() == ["GET /roles", "GET /users"]
    server.user(username="nobody@example.com", state="absent")
    assert server.requests() == ["GET /users", "GET /users"]


@pytest.mark.parametrize("state", ["Disabled", None])
def test_disabled_and_expired_accounts_are_changed_and_removed(server: Server, state: str | None) -> None:
    server.add("jane@example.com", state=state)
    result = foreseen(server, username="jane@example.com", roles={"set": ["Monitor"]})["user"]
    assert result["account"]["status"] == ("disabled" if state else "password_expired")
    assert result["account"].get("enabled") is (False if state else None)
    assert foreseen(server, username="jane@example.com", state="absent")["user"]["action"] == "deleted"


def test_nothing_disables_an_account(server: Server) -> None:
    server.add("jane@example.com")
    for options in ({"state": "disabled"}, {"enabled": False}, {"enabled": True}):
        message = refused(server, username="jane@example.com", **options)
        assert message.startswith(
            "jane@example.com: Informatica IICS cannot enable or disable accounts. None of its APIs can."
        )
        assert "Disable the account, or enable or unlock it (Reset), on the page Users of Administrator" in message
    assert server.requests() == []


def test_missing_fields_are_named_before_anything_is_written(server: Server) -> None:
    assert (
        refused(server, username="jane@example.com")
        == "jane@example.com does not exist yet, and creating an account in Informatica IICS needs first_name, "
        "last_name, email and at least one of the roles or groups."
    )
    assert "needs at least one of the roles or groups." in refused(server, **JANE)
    assert "needs alias_name (with authentication: saml)." in refused(server, **JANE, **DESIGNER, authentication="saml")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"username": "jane smith"}, "a new user name is an e-mail address, or has only letters"),
        ({"email": "somewhere"}, "'somewhere' is not a valid e-mail address."),
        ({"email": ""}, "creating an account in Informatica IICS needs email."),
        ({"authentication": "saml", "alias_name": "j", "password": PASSWORD}, "has no password here."),
        ({"alias_name": "j"}, "alias_name goes with authentication: saml."),
        ({"max_login_attempts": 0}, "max_login_attempts is at least 1."),
        ({"password": "x" * 256}, "password has more than 255 characters."),
        ({"security_question": "PET_NAME"}, "security_question can be set with api: v2 only."),
        ({"roles": {"add": ["Desiner"]}}, "There is no role 'Desiner'. Near ones: Designer."),
        ({"groups": {"set": ["Plattform"]}}, "There is no user group 'Plattform'. Near ones: Platform."),
        ({"username": "CAI_Anonymous_x"}, "belongs to Application Integration itself and is never touched."),
    ],
)
def test_what_the_service_would_refuse(server: Server, options: dict[str, t.Any], message: str) -> None:
    entry = {**JANE, **DESIGNER, **options}
    told = refused(server, **entry)
    assert message in told and told.removeprefix("Informatica IICS: ").startswith(entry["username"])


def test_what_the_service_refuses_on_its_own(server: Server) -> None:
    weak = server.user(**JANE, **DESIGNER, password="secret")
    assert weak["failed"] and not weak["changed"] and "secret" not in str(weak["msg"])
    assert "The password does not meet the organization's rules. (SIM_WEAK_PASSWORD)" in weak["msg"]
    server.switch(object_limit=4)
    assert "has reached its limit of users" in server.user(**JANE, **DESIGNER)["msg"]
    server.switch(phone_rule=True)
    assert "Invalid value in field phone." in server.user(**JANE, **DESIGNER, phone="ring me")["msg"]


def test_scheduled_jobs_keep_an_account(server: Server) -> None:
    server.add("jane@example.com", has_scheduled_jobs=True)
    result = server.user(username="jane@example.com", state="absent")
    assert result["failed"] and not result["changed"] and server.has("jane@example.com")
    assert "The user owns scheduled jobs; assign them to another user first. (SIM_SCHEDULED_JOBS)" in result["msg"]
    assert "somebody must take them over on the pages of the service first" in result["msg"]


def test_an_account_that_somebody_else_removed_meanwhile(server: Server) -> None:
    for status in (400, 403, 404):
        server.switch(unknown_user_status=status)
        server.add("jane@example.com")
        server.faults({"kind": "status_after", "method": "DELETE", "status": status, "body": "{}"})
        result = server.user(username="jane@example.com", state="absent")
        assert not result["failed"] and not result["changed"], (status, result)
        assert result["user"]["action"] == "unchanged" and not server.has("jane@example.com")


def test_an_account_that_nobody_can_look_at_is_not_said_to_be_gone(server: Server) -> None:
    server.add("jane@example.com")
    server.faults({"kind": "echo", "status": 418, "times": 0, "skip": 2})
    result = server.user(username="jane@example.com", state="absent")
    assert result["failed"] and not result["changed"] and server.has("jane@example.com")


def test_the_calling_account_is_protected(server: Server) -> None:
    server.add("boss@example.com", roles=["Admin", "Designer"], groups=["Administrators"], password=PASSWORD)
    boss = {"api_username": "Boss@example.com", "api_password": PASSWORD}
    assert "never disabled or removed" in refused(server, username="BOSS@example.com", state="absent", **boss)
    foreseen(server, username="boss@example.com", roles={"remove": ["Admin"]}, **boss)
    for options in ({"groups": {"set": []}}, {"groups": {"remove": ["Administrators"]}}):
        assert "it keeps the role Admin" in refused(server, username="boss@example.com", **options, **boss)
    assert "it keeps the role Admin" in refused(server, username="admin@example.com", roles={"set": ["Designer"]})


def test_a_lost_answer_to_a_create_is_looked_into(server: Server) -> None:
    for kind in ("drop_after", "drop_before", "truncate", "html"):
        name = f"{kind}@example.com"
        server.faults({"kind": kind, "method": "POST", "path": ".*/users"})
        result = server.user(**{**JANE, "username": name}, **DESIGNER)
        assert not result["failed"] and result["changed"], result
        assert server.names(usernames=[name]) == [name]


def test_whoever_creates_first_wins_and_is_completed(server: Server) -> None:
    server.faults({"kind": "status_after", "method": "POST", "path": ".*/users", "status": 400, "body": "{}"})
    result = server.user(**JANE, **DESIGNER)
    assert not result["failed"] and server.writes() == ["POST /saas/public/core/v3/users"]
