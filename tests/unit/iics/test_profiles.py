# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What v3 cannot change: told, passed over, or changed through v2, and never believed unseen."""

from __future__ import annotations

import typing as t

import pytest

from unit.iics.server import DESIGNER, JANE, PASSWORD, Server, foreseen, refused

NEW = {
    "first_name": "Janice",
    "last_name": "Major",
    "email": "janice@example.com",
    "title": "Lead",
    "phone": "5555555555",
    "description": "knows everything",
    "time_zone": "Europe/Berlin",
}
JANE_THERE = {"name": "jane@example.com", "first_name": "Jane", "last_name": "Smith", "email": "jane@example.com"}
STORED = {**dict.fromkeys(NEW), "email": "email", "time_zone": "time_zone"}


def profile(server: Server) -> dict[str, t.Any]:
    jane = server.stored("jane@example.com")
    return {option: getattr(jane, option) for option in NEW}


@pytest.mark.parametrize("option", list(NEW))
def test_by_default_a_difference_fails(server: Server, option: str) -> None:
    server.add(**JANE_THERE)
    message = refused(server, username="jane@example.com", **{option: NEW[option]}, roles={"add": ["Monitor"]})
    assert (
        message == f"Informatica IICS: jane@example.com: {option} differs from the task, and v3 cannot change that. "
        "Set on_profile_drift: v2_update to change it through the older v2 API, warn or ignore to go on without. It "
        "can be changed on the page Users of Administrator, too."
    )


def test_another_spelling_of_the_name_is_told_once(server: Server) -> None:
    server.add(**JANE_THERE)
    message = refused(server, username="JANE@example.com", title="Lead")
    assert message.startswith("Informatica IICS: JANE@example.com: title differs from the task")


def test_all_differences_are_named(server: Server) -> None:
    server.add(**JANE_THERE)
    message = refused(server, username="jane@example.com", **NEW)
    assert "first_name, last_name, email, title, phone, description, time_zone differ from the task" in message


def test_one_difference_in_a_bulk_run_concerns_one_account(server: Server) -> None:
    server.add(**JANE_THERE)
    server.seed(2)
    users = [{"username": "jane@example.com", "title": "Lead"}, {"username": "person-00001@example.com"}]
    result = server.user(users=users, roles={"add": ["Monitor"]})
    assert result["summary"] == {**result["summary"], "failed": 1, "updated": 1}
    assert server.roles("jane@example.com") == ["Designer"]


@pytest.mark.parametrize("mode", ["warn", "ignore"])
def test_a_difference_may_be_passed_over(server: Server, mode: str) -> None:
    server.add(**JANE_THERE)
    options = {"username": "jane@example.com", **NEW, "max_login_attempts": 3, "on_profile_drift": mode}
    result = foreseen(server, **options, roles={"add": ["Monitor"]})
    assert result["user"]["changes"] == ["roles"]
    said = "time_zone, max_login_attempts differ from the task, and v3 cannot change that."
    for told in (result, server.user(**options)):
        assert (said in str(told.get("warnings"))) == (mode == "warn")
        assert (said in str(told["user"]["notes"])) == (mode == "warn"), "even where nothing is to be done"


def test_empty_and_missing_text_are_the_same(server: Server) -> None:
    server.add(**JANE_THERE)
    assert not server.user(username="jane@example.com", title="", phone="", description="")["changed"]


@pytest.mark.parametrize("omitted", ["reset", "keep"])
@pytest.mark.parametrize("uuid_key", ["uuid", "uuId"])
@pytest.mark.parametrize("org_id", ["short", "long"])
def test_v2_changes_all_of_the_profile(server: Server, omitted: str, uuid_key: str, org_id: str) -> None:
    server.switch(v2_omitted=omitted, v2_uuid_key=uuid_key, v2_org_id=org_id)
    server.add(**JANE_THERE, security_question="PET_NAME", security_answer="Canary-Rex-12345", password=PASSWORD)
    server.stored("jane@example.com").opt_out_of_emails = True
    options = {"username": "jane@example.com", **NEW, "on_profile_drift": "v2_update"}
    result = foreseen(server, **options)["user"]
    assert (result["action"], result["changes"]) == ("updated", list(NEW))
    assert profile(server) == NEW
    jane = server.stored("jane@example.com")
    assert (jane.security_question, jane.security_answer) == ("PET_NAME", "Canary-Rex-12345")
    assert (jane.password, jane.opt_out_of_emails) == (PASSWORD, True)


def test_v2_is_asked_in_the_plan_and_directly_before_the_write(server: Server) -> None:
    server.add(**JANE_THERE)
    server.user(username="jane@example.com", title="Lead", on_profile_drift="v2_update")
    assert [request.partition("user/000")[0] for request in server.requests()] == [
        "GET /users",
        "GET /v2/user/name/jane%40example.com",
        "GET /users",
        "GET /v2/user/name/jane%40example.com",
        "POST /v2/",
        "GET /users",
    ]


def test_v2_changes_one_field_and_memberships_in_one_run(server: Server) -> None:
    server.add(**JANE_THERE, title="Engineer", phone="1")
    options = {"title": "", "on_profile_drift": "v2_update", "groups": {"add": ["Platform"]}}
    assert foreseen(server, username="jane@example.com", **options)["user"]["changes"] == ["title", "groups"]
    jane = server.stored("jane@example.com")
    assert (jane.title or "", jane.phone, jane.first_name) == ("", "1", "Jane")


@pytest.mark.parametrize("what", ["max_login_attempts", "authentication"])
def test_some_fields_no_api_changes(server: Server, what: str) -> None:
    server.add(**JANE_THERE)
    value: dict[str, t.Any] = {"max_login_attempts": {"max_login_attempts": 3}}.get(
        what, {"authentication": "saml", "alias_name": "j"}
    )
    message = refused(server, username="jane@example.com", **value, title="Lead", on_profile_drift="v2_update")
    assert message.endswith(
        f"{what} differs from the task, and no API can change that. It can be changed on the page Users of "
        "Administrator."
    )


def test_the_alias_is_compared_where_the_service_shows_it(server: Server) -> None:
    server.add(**JANE_THERE, alias_name="jane")
    assert not server.user(username="jane@example.com", authentication="saml", alias_name="jane")["changed"]
    message = refused(server, username="jane@example.com", authentication="saml", alias_name="other")
    assert "alias_name differs from the task" in message


@pytest.mark.parametrize("roles", [["Deployer", "Designer"], ["Deployer"], ["Data Preview", "Admin"]])
@pytest.mark.parametrize("dropped", ["keep", "drop"])
def test_roles_that_v2_takes_away_are_given_back(server: Server, roles: list[str], dropped: str) -> None:
    server.switch(v2_unknown_roles=dropped)
    server.add(**JANE_THERE, roles=roles)
    result = foreseen(server, username="jane@example.com", title="Lead", on_profile_drift="v2_update")
    assert server.roles("jane@example.com") == sorted(roles)
    told = "took away the roles" in str(result.get("warnings"))
    assert told == (dropped == "drop")


def test_roles_that_cannot_be_given_back_are_a_loud_failure(server: Server) -> None:
    server.switch(v2_unknown_roles="drop")
    server.add(**JANE_THERE, roles=["Deployer", "Designer"])
    server.faults({"kind": "status", "path": ".*/addRoles", "status": 403, "body": "{}"})
    result = server.user(username="jane@example.com", title="Lead", on_profile_drift="v2_update")
    assert result["failed"] and result["changed"]
    assert "the update through v2 took away the roles Deployer, and giving them back failed" in result["msg"]


@pytest.mark.parametrize(
    ("mode", "words"),
    [("broken", "An error occurred while loading the user."), ("off", "Internal error. (SIM_UPDATE_OFF)")],
)
def test_an_update_that_the_service_does_not_take(server: Server, mode: str, words: str) -> None:
    server.switch(v2_update=mode)
    server.add(**JANE_THERE)
    result = server.user(username="jane@example.com", title="Lead", on_profile_drift="v2_update")
    assert result["failed"] and not result["changed"] and words in result["msg"]
    assert "on_profile_drift: warn or ignore goes on without it" in result["msg"]


def test_an_account_that_v2_does_not_see_is_refused_in_check_mode_too(server: Server) -> None:
    for status in (403, 404):
        server.switch(v2_sees_provisioned=False, v2_missing_status=status)
        if not server.has("jane@example.com"):
            server.add(**JANE_THERE, state="Provisioned")
        message = refused(server, username="jane@example.com", title="Lead", on_profile_drift="v2_update")
        assert "jane@example.com: v2 of Informatica IICS does not show this account, so it cannot change it." in message


def test_a_change_that_did_not_take_is_a_failure(server: Server) -> None:
    server.switch(v2_email_change="pending")
    server.add(**JANE_THERE)
    options = {"email": "new@example.com", "title": "Lead", "on_profile_drift": "v2_update"}
    result = server.user(username="jane@example.com", **options)
    assert result["failed"] and result["changed"] and server.stored("jane@example.com").title == "Lead"
    assert (
        result["msg"]
        == "Informatica IICS accepted the change of email for jane@example.com through v2, and v3 still shows something"
        " else. A new e-mail address may have to be confirmed by its owner first, by a link that works for 24 hours."
    )
    zone = server.user(username="jane@example.com", time_zone="Mars/Olympus", on_profile_drift="v2_update")
    assert "accepted the change of time_zone for jane@example.com" in zone["msg"] and "confirmed" not in zone["msg"]


def test_two_worlds_that_do_not_fit_are_an_error(server: Server) -> None:
    server.add(**JANE_THERE)
    body = "<user><id>000SBX03000000000002</id><name>jane@example.com</name><uuid>somebody else</uuid></user>"
    fault = {"kind": "status", "path": ".*/name/.*", "status": 200, "body": body, "content_type": "application/xml"}
    server.faults({**fault, "times": 2})
    message = refused(server, username="jane@example.com", title="Lead", on_profile_drift="v2_update")
    assert "jane@example.com: v2 and v3 of Informatica IICS have different accounts under this name." in message


@pytest.mark.parametrize("kind", ["drop_after", "status_after", "truncate", "html"])
def test_a_lost_answer_to_an_update_is_looked_into(server: Server, kind: str) -> None:
    server.add(**JANE_THERE)
    server.faults({"kind": kind, "method": "POST", "path": ".*/api/v2/user/.*", "status": 500})
    result = server.user(username="jane@example.com", title="Lead", on_profile_drift="v2_update")
    assert not result["failed"] and result["changed"] and server.stored("jane@example.com").title == "Lead"


def test_a_time_zone_for_a_new_account(server: Server) -> None:
    zone = {"time_zone": "Europe/Berlin"}
    message = refused(server, **JANE, **DESIGNER, **zone)
    assert "time_zone cannot be given to a new account in v3; it becomes America/Los_Angeles. Create" in message
    warned = server.user(check=True, **JANE, **DESIGNER, **zone, on_profile_drift="warn")
    assert warned["user"]["account"]["time_zone"] == "America/Los_Angeles"
    assert "time_zone cannot be given to a new account in v3; it is America/Los_Angeles." in str(warned["warnings"])
    foreseen(server, **JANE, **DESIGNER, **zone, on_profile_drift="v2_update")
    assert server.stored("jane@example.com").time_zone == "Europe/Berlin"


def test_without_lxml_v2_says_what_is_missing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    server.add(**JANE_THERE)
    monkeypatch.setitem(sys.modules, "lxml", None)
    result = server.user(username="jane@example.com", title="Lead", on_profile_drift="v2_update")
    assert "The Python library lxml is needed" in result["msg"] and server.writes() == []
    assert not server.user(username="jane@example.com", **DESIGNER)["changed"], "v3 needs none"
