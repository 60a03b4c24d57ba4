# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles at repository managers and repositories, on servers with Repository Firewall."""

from __future__ import annotations

import typing as t

import pytest

from unit.iq.server import JANE, Server, foreseen

REPOSITORIES = {"nexus": ["maven-central", "npm"], "artifactory": ["maven-central"]}
AT_MANAGER = {"role": "Owner", "repository_manager": "nexus"}
AT_REPOSITORY = {"role": "Developer", "repository": "artifactory/maven-central"}
AT_CONTAINER = {"role": "Developer", "repository_container": True}
BOTH = [AT_REPOSITORY, AT_MANAGER]


@pytest.fixture
def jane(server: Server) -> Server:
    """A server on which Jane has roles at places of Firewall."""
    return with_roles(server)


def with_roles(server: Server, **switches: t.Any) -> Server:
    if switches:
        server.reset(**switches)
        server.judged = False
    server.seed(0, repositories=REPOSITORIES, grants=[{"username": "jane", **grant} for grant in BOTH])
    server.user(**JANE)
    return server


def warned(result: dict[str, t.Any]) -> list[str]:
    return [str(warning) for warning in result.get("warnings", ())]


def roles(server: Server) -> list[dict[str, t.Any]]:
    return t.cast("list[dict[str, t.Any]]", server.info(username="jane", grants=True)[0]["grants"])


def test_the_info_module_tells_them(jane: Server) -> None:
    assert sorted(map(str, roles(jane))) == sorted(map(str, BOTH))


def test_exactly_these_roles_everywhere(jane: Server) -> None:
    result = foreseen(jane, username="jane", grants={"set": [AT_REPOSITORY, AT_CONTAINER]})
    assert result["user"]["changes"] == ["grants"] and sorted(map(str, roles(jane))) == sorted(
        map(str, [AT_CONTAINER, AT_REPOSITORY])
    )
    foreseen(jane, username="jane", grants={"set": []})
    assert jane.grants("jane") == []


def test_a_leaver_loses_them(jane: Server) -> None:
    foreseen(jane, username="jane", state="absent")
    assert jane.grants("jane") == []


@pytest.mark.parametrize("realm", ["Internal", "SAML"])
def test_one_by_one(server: Server, realm: str) -> None:
    server.seed(0, repositories=REPOSITORIES, saml=["jane"])
    server.user(**JANE)
    who = {"username": "jane", "realm": realm, "email": "jane@example.com"}
    foreseen(server, **who, grants={"add": BOTH})
    assert len(server.grants("jane")) == 2
    foreseen(server, **who, grants={"remove": [AT_MANAGER]})
    (left,) = server.grants("jane")
    assert left["role"] == "Developer"


@pytest.mark.parametrize("release", [198, 204])
def test_releases_that_take_none_there_say_once_where_they_are(server: Server, release: int) -> None:
    with_roles(server, release=release)
    assert len(roles(server)) == 2, "they are told"
    for state in ({"grants": {"set": []}}, {"state": "absent"}):
        result = server.user(username="jane", **state)
        assert not result["failed"], result
        (warning,) = [text for text in warned(result) if "Take them" in text]
        assert "repository artifactory/maven-central, repository manager nexus" in warning
    assert len(server.grants("jane")) == 2 and not server.has("jane")
    refused = server.user(
        username="jane", grants={"add": [AT_MANAGER]}, **{k: v for k, v in JANE.items() if k != "username"}
    )
    assert refused["failed"] and "from release 205 on, and this one is" in refused["msg"]


def test_releases_that_tell_nothing_of_them_say_so(server: Server) -> None:
    with_roles(server, release=190)
    result = server.user(username="jane", state="absent")
    (warning,) = [text for text in warned(result) if "repositories" in text]
    assert "this one is 190" in warning and not server.has("jane")
    server.reset(release=190)
    assert server.user(**JANE)["changed"]
    assert warned(server.user(username="jane", state="absent")) == [], "no word where there are none"


@pytest.mark.parametrize("answer", ["402", "404"])
def test_servers_without_firewall(server: Server, answer: str) -> None:
    server.switch(firewall=answer)
    server.judged = False
    server.user(**JANE)
    result = server.user(username="jane", grants={"set": []})
    assert not result["failed"] and warned(result) == []
    assert "has no repository manager nexus" in server.user(username="jane", grants={"add": [AT_MANAGER]})["msg"]


def test_what_the_caller_may_not_see_is_said(jane: Server) -> None:
    jane.switch(firewall="403")
    jane.judged = False
    result = jane.user(username="jane", grants={"set": []})
    assert any("does not see the whole tree" in text for text in warned(result))
    assert "needs the permission" in jane.user(username="jane", grants={"add": [AT_MANAGER]})["msg"]


@pytest.mark.parametrize(("asked", "expected"), [("nexsu", "Did you mean nexus?"), ("", "no repository manager")])
def test_names_that_are_not_there(jane: Server, asked: str, expected: str) -> None:
    result = jane.user(username="jane", grants={"add": [{"role": "Owner", "repository_manager": asked}]})
    assert result["failed"] and expected in result["msg"] and jane.writes() == []


def test_what_the_server_confirms_and_does_not_do_is_no_success(jane: Server) -> None:
    """That newer releases give and take there is what their text says; nobody has seen it."""
    jane.faults(
        {
            "kind": "status",
            "status": 204,
            "body": "",
            "method": "DELETE",
            "path": ".*roleMemberships/repository.*",
            "times": 0,
        }
    )
    jane.judged = False
    result = jane.user(username="jane", grants={"set": []})
    assert result["failed"] and "still has it" in result["msg"]


def test_the_release_behind_a_proxy_is_not_needed(server: Server) -> None:
    with_roles(server, server_header="stripped", release=207)
    foreseen(server, username="jane", state="absent")
    assert server.grants("jane") == []


def test_the_vendors_client_reads_the_same(jane: Server) -> None:
    client = jane.vendor()
    assert client.roles_at_repositories("jane") == [("repository", "Developer"), ("repository_manager", "Owner")]
    jane.user(username="jane", grants={"remove": [AT_MANAGER]})
    assert client.roles_at_repositories("jane") == [("repository", "Developer")]
    jane.user(username="jane", state="absent")
    assert client.roles_at_repositories("jane") == []
