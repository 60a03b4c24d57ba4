# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever nobody recorded of IICS, or differs between organizations: every switch of the sandbox in every position."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from sandbox.iics.switches import CHOICES, IicsSwitches
from unit.iics.server import DESIGNER, JANE, PASSWORD, Server, foreseen

NUMBERS: dict[str, t.Any] = {
    "session_minutes": 1,
    "session_grace_minutes": 2,
    "jwt_length": 200,
    "password_min_length": 1,
    "password_min_mix": 1,
    "password_expiration_days": 1,
    "object_limit": 100_000,
    "locked_status": 403,
    "read_latency": 2,
}
ELSEWHERE = {  # switches that make a life impossible, or need a test of their own, in the other files of this folder
    "base_url",
    "base_scheme",
    "password_reuse_days",
    "retry_after",
    "rate_limit",
    "rate_window",
    "rate_limit_status",
    "new_owner_field",
    "no_listeners_status",
    "delete_with_listeners",
    "organization",
    "saml_mapping",
    "saml_mapping_of",
    "saml_mapping_fixes",
    "saml_mapping_count",
    "sub_organizations",
    "scheduled_jobs",
    "unlicensed_roles",
}
BREAKS_V2_UPDATES = (
    {"v2_update": "broken"},
    {"v2_update": "off"},
    {"v2_email_change": "pending"},
    {"v2_missing_password": "refused"},
)


def positions() -> list[dict[str, t.Any]]:
    """The defaults, then every switch in every other position."""
    others = []
    for field in dataclasses.fields(IicsSwitches):
        if field.name in ELSEWHERE:
            continue
        values = CHOICES.get(field.name) or ([NUMBERS[field.name]] if field.name in NUMBERS else [True, False])
        others += [{field.name: value} for value in values if value != field.default]
    return [{}, *others]


def spelled(switches: dict[str, t.Any]) -> str:
    return ",".join(f"{name}={value}" for name, value in switches.items())


def live(server: Server, v2: bool) -> None:
    """A whole life: joins, moves, changes, leaves; and two others who join in other ways and leave together."""
    foreseen(server, **JANE, roles={"add": ["Designer", "Data Preview"]}, groups={"add": ["Platform"]})
    foreseen(server, username="JANE@example.com", roles={"set": ["Monitor"]}, groups={"set": ["Data Engineering"]})
    assert (server.roles("jane@example.com"), server.groups("jane@example.com")) == (["Monitor"], ["Data Engineering"])
    if v2:
        profile = {"title": "Lead", "email": "new@example.com", "time_zone": "Europe/Berlin"}
        server.stored("jane@example.com").state = "Active"
        foreseen(server, username="jane@example.com", **profile, on_profile_drift="v2_update")
        assert server.stored("jane@example.com").email == "new@example.com"
        assert server.roles("jane@example.com") == ["Monitor"]
    john = {**JANE, "username": "John"}
    foreseen(server, **john, authentication="saml", alias_name="j", groups={"add": ["Administrators"]})
    mary = {**JANE, "username": "mary@example.com", "title": "Analyst", "phone": "5555555555", "password": PASSWORD}
    foreseen(server, **mary, api="v2", time_zone="America/Chicago", roles={"set": ["Designer", "Deployer"]})
    assert server.roles("mary@example.com") == ["Deployer", "Designer"]
    (shown,) = server.info(username="mary@example.com", effective_roles=True)
    assert (shown["time_zone"], shown["effective_roles"]) == ("America/Chicago", ["Deployer", "Designer"])
    assert sorted(server.names()) == sorted(["admin@example.com", "jane@example.com", "John", "mary@example.com"])
    leavers = [{"username": "john"}, {"username": "mary@example.com"}, {"username": "nobody"}]
    foreseen(server, users=leavers, state="absent")
    foreseen(server, username="jane@example.com", state="absent")
    assert server.names() == ["admin@example.com"]


@pytest.mark.parametrize("switches", positions(), ids=spelled)
def test_every_switch(server: Server, switches: dict[str, t.Any]) -> None:
    server.switch(**switches)
    live(server, v2=switches not in BREAKS_V2_UPDATES)


@pytest.mark.parametrize("needs_session", [True, False])
def test_a_reset_with_a_session(server: Server, needs_session: bool) -> None:
    server.switch(reset_needs_session=needs_session)
    server.add("jane@example.com", password=PASSWORD, security_answer="Canary-Rex-12345")
    result = server.password(
        username="jane@example.com", security_answer="Canary-Rex-12345", password="Canary-New-12345"
    )
    assert result["changed"] and server.stored("jane@example.com").password == "Canary-New-12345"


def test_the_last_group_stays_whatever_the_service_would_do(server: Server) -> None:
    server.switch(last_group="removable")
    foreseen(server, **JANE, groups={"add": ["Platform"]})
    result = server.user(username="jane@example.com", groups={"remove": ["Platform"]})
    assert "without role and group" in result["msg"] and server.writes() == []


def test_people_of_the_identity_provider_may_be_kept(server: Server) -> None:
    server.switch(saml_mapping=True)
    server.add("jane@example.com", alias_name="j", from_identity_provider=True)
    result = server.user(username="jane@example.com", state="absent")
    assert "The user was not created in Administrator. (SIM_SAML_USER)" in result["msg"]


def test_jobs_may_go_with_the_account(server: Server) -> None:
    server.switch(delete_with_jobs="delete", scheduled_jobs=["jane@example.com"])
    server.add("jane@example.com")
    foreseen(server, username="jane@example.com", state="absent")


def test_an_expired_password_of_the_caller(server: Server) -> None:
    server.stored("admin@example.com").state = None
    result = server.run("iics_user_info")
    assert "The password has expired. (SIM_PASSWORD_EXPIRED)" in result["msg"] and server.count("/login") == 1


@pytest.mark.parametrize(("status", "retry_after"), [(429, "0"), (503, "0"), (429, "")])
def test_the_rate_limit(server: Server, status: int, retry_after: str) -> None:
    server.switch(rate_limit=4, rate_window=0.2, rate_limit_status=status, retry_after=retry_after)
    server.seed(5)
    server.system.before = lambda request: server.system.clock.advance(0.06)
    users = [{"username": f"person-{number:05}@example.com"} for number in range(1, 6)]
    result = server.user(users=users, roles={"add": ["Monitor"]}, retries=6)
    assert not result["failed"] and result["summary"]["updated"] == 5
    assert server.count("/login") <= 2 and all("Monitor" in server.roles(user["username"]) for user in users)


def test_the_life_of_many_with_designer_roles(server: Server) -> None:
    users = [{**JANE, "username": f"{number}@example.com"} for number in range(40)]
    foreseen(server, users=users, **DESIGNER, parallel=8)
    foreseen(server, users=[{"username": user["username"]} for user in users], state="absent", parallel=8)
