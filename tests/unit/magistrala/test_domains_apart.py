# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Without a proxy the domains service has an address of its own, which gets the same token and nobody else's."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.magistrala.apart import DomainsService, UsersService
from sandbox.server import Sandbox, running
from toy import toy_service
from unit.magistrala.server import PROFILES, Server, foreseen
from unit.magistrala.test_domains import PERSON, held

SIGN_IN = ("admin", "12345678")


@pytest.fixture(scope="module")
def apart() -> t.Iterator[Sandbox]:
    users = UsersService()
    with running(users, instances={"domains": DomainsService(users)}) as sandbox:
        yield sandbox


@pytest.fixture(params=PROFILES)
def server(apart: Sandbox, request: pytest.FixtureRequest) -> Server:
    server = Server(apart, profile=request.param)
    domains = apart.apps["domains"]
    domains.act("POST", "reset", {})
    domains.system.paths = ("/domains", "/invitations")
    server.seed(1)
    offered = [{"user": PERSON, "role": "viewer"}]
    places = ({"name": "plant-7"}, {"name": "plant-8", "invitations": offered})
    server.seed(0, domains=[{**place, "roles": {"viewer": []}} for place in places])
    return server


def test_domains_are_read_and_changed_at_their_own_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    url, domains = server.sandbox.urls["domains"], server.sandbox.apps["domains"]
    asked = {"username": PERSON, "domains": {"add": [{"domain": "plant-7", "role": "viewer"}]}}
    assert "in domains_url (MAGISTRALA_DOMAINS_URL)" in server.user(**asked)["msg"]
    foretold = server.user(check=True, domains_url=url, **asked)
    assert domains.writes() == [] and foretold["changed"]
    assert server.user(domains_url=url, **asked)["user"]["done"] == ["memberships"]
    assert held(server)["viewer"] == [PERSON] and len(domains.writes()) == 1
    assert server.writes() == [], "the users service was asked to change a domain"
    for variable, value in zip(
        ("URL", "USERNAME", "PASSWORD", "DOMAINS_URL"), (server.url, *SIGN_IN, url), strict=True
    ):
        monkeypatch.setenv(f"MAGISTRALA_{variable}", value)
    nothing = dict.fromkeys(("api_url", "api_username", "api_password"))
    (user,) = server.info(usernames=[PERSON], domains=True, **nothing)["users"]
    assert user["domains"] == [{"domain": "plant-7", "role": "viewer"}]


def test_a_leaver_leaves_at_that_address_and_invitations_that_nobody_can_see_are_told(server: Server) -> None:
    url, domains = server.sandbox.urls["domains"], server.sandbox.apps["domains"]
    older = server.generation == "A"
    domains.system.paths = ("/domains",) if older else domains.system.paths
    told = foreseen(server, username=PERSON, state="disabled", leave_domains=True, domains_url=url)
    assert ("Nobody looked for invitations to domains" in str(told["user"]["notes"])) is older
    domains.system.paths = ("/domains", "/invitations")
    server.user(username=PERSON, state="disabled", leave_domains=True, domains_url=url)
    assert server.system.domains.invitations == {}


def test_the_token_of_the_environment_goes_to_no_other_domains_service(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAGISTRALA_URL", server.url)
    monkeypatch.setenv("MAGISTRALA_PASSWORD", SIGN_IN[1])
    asked = {"username": PERSON, "domains": {"set": []}, "api_password": None, "api_url": None}
    with toy_service() as elsewhere:
        result = server.user(domains_url=elsewhere.url, **asked)
        assert result["failed"] and elsewhere.toy.calls == []
    assert (
        "domains_url is " in result["msg"] and "set MAGISTRALA_DOMAINS_URL beside MAGISTRALA_PASSWORD" in result["msg"]
    )
    assert (
        "domains_url is not a URL" in server.user(domains_url="plant-7", **asked | {"api_password": SIGN_IN[1]})["msg"]
    )
