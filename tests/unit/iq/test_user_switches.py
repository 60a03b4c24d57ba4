# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever is not published of IQ Server, or differs between servers: every switch of the sandbox in every position."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from sandbox.iq.switches import Switches, hints
from unit.iq.server import GLOBAL_ADMINISTRATOR, JANE, SEEDED, Server, foreseen

DATA = {"role": "Developer", "organization": "Data"}
PORTAL = {"role": "Owner", "application": "data-portal"}
REPOSITORIES = {"role": "Component Evaluator", "repository_container": True}
PLATFORM = {"role": "Owner", "organization": "Platform"}
EVERYWHERE = {"role": "Policy Administrator", "global": True}

ELSEWHERE = {"release", "context_path", "licensed", "rate_limit"}  # tests of their own, here and among the refusals


def positions() -> list[dict[str, t.Any]]:
    """The defaults, then every switch in every other position."""
    others = [
        {field.name: value}
        for field in dataclasses.fields(Switches)
        if field.name not in ELSEWHERE
        for value in (t.get_args(hints()[field.name]) or (True, False))
        if value != field.default
    ]
    return [{}, *others]


def spelled(switches: dict[str, t.Any]) -> str:
    return ",".join(f"{name}={value}" for name, value in switches.items())


def live(server: Server) -> None:
    """A whole life: joins, changes, moves, leaves; and two who leave together, one of them through SAML."""
    server.seed(2, saml=["sam"], tokens={"Internal": ["jane", "person-00002"], "SAML": ["sam"]})
    server.grant("person-00002", DATA, REPOSITORIES, GLOBAL_ADMINISTRATOR)
    server.grant("person-00001", PLATFORM)
    server.grant("Root group", {"role": "Owner", "organization": "Root Organization"}, kind="GROUP")

    foreseen(server, **JANE, grants={"add": [DATA, REPOSITORIES, EVERYWHERE]})
    foreseen(server, username="jane", last_name="Major")
    foreseen(server, username="jane", grants={"set": [PORTAL, REPOSITORIES]})
    foreseen(server, username="jane", grants={"remove": [REPOSITORIES, DATA]})
    assert server.stored("jane").last_name == "Major" and server.grants("jane") == [PORTAL]

    (jane,) = server.info(username="jane", grants=True, tokens=True)
    assert (jane["realm"], jane["grants"], jane["token"]["exists"]) == ("Internal", [PORTAL], True)
    foreseen(server, username="jane", state="absent")
    foreseen(server, username="sam", realm="SAML", state="absent")
    foreseen(server, users=[{"username": "person-00002"}, {"username": "nobody"}], state="absent")
    for name, realm in (("jane", "Internal"), ("sam", "SAML"), ("person-00002", "Internal")):
        assert not server.has(name, realm) and not server.has_token(name, realm) and server.grants(name) == []
    assert server.grants("person-00001") == [PLATFORM] and server.grants("Root group", "GROUP")
    assert [user["username"] for user in server.info()] == ["admin", "person-00001"]


@pytest.mark.parametrize("switches", positions(), ids=spelled)
def test_every_switch(server: Server, switches: dict[str, t.Any]) -> None:
    server.judged = not switches  # judging all of them takes long
    server.reset(**switches)
    live(server)


@pytest.mark.parametrize(
    ("release", "server_header"),
    [
        *((release, "on") for release in (136, 164, 196, 197, 198, 199, 204)),
        (136, "stripped"),
        (204, "stripped"),
    ],
)
def test_every_release_with_realms(server: Server, release: int, server_header: str) -> None:
    server.judged = False  # the specification is that of a late release
    server.reset(release=release, server_header=server_header)
    live(server)


@pytest.mark.parametrize("release", [70, 87, 99, 100, 135])
@pytest.mark.parametrize("server_header", ["on", "stripped"])
def test_early_releases(server: Server, release: int, server_header: str) -> None:
    server.judged = False
    server.reset(release=release, server_header=server_header)
    server.seed(3, tokens={"Internal": ["person-00001"]})
    server.grant("person-00001", DATA, PORTAL)
    foreseen(server, **JANE, grants={"add": [DATA, REPOSITORIES]})
    foreseen(server, username="jane", last_name="Major", grants={"set": [PORTAL]})
    result = foreseen(server, users=[{"username": "jane"}, {"username": "person-00001"}], state="absent")
    tells = release >= 87
    assert ("does not tell who has a user token" in str(result.get("warnings"))) is not tells
    assert server.has_token("person-00001") is not tells
    assert server.grants("jane") == server.grants("person-00001") == []
    (person,) = server.info(username="person-00002", tokens=True, grants=True)
    assert (person["realm"], person["grants"], person["token"]) == ("Internal", [], {"exists": False})
    listed = server.run("iq_user_info")
    assert listed["failed"] is (release < 100) and (release >= 100 or "give usernames" in listed["msg"])


@pytest.mark.parametrize("release", [70, 100, 135])
@pytest.mark.parametrize("server_header", ["on", "stripped"])
@pytest.mark.parametrize("revoke", [True, False])
def test_a_release_that_takes_every_realm_for_internal_removes_nobody_by_mistake(
    server: Server, release: int, server_header: str, revoke: bool
) -> None:
    server.judged = False
    server.reset(release=release, server_header=server_header)
    server.seed(2)
    for options in (
        {"username": "person-00001"},
        {"users": [{"username": "person-00001"}, {"username": "person-00002"}]},
    ):
        result = server.user(**options, realm="SAML", state="absent", revoke=revoke)
        assert result["failed"] and "came with release 136" in result["msg"] and server.writes() == []
    assert "came with release 136" in server.run("iq_user_info", realm="SAML")["msg"]
    assert server.has("person-00001") and server.has("person-00002")


@pytest.mark.parametrize("unknown_realm", ["400", "nobody"])
@pytest.mark.parametrize("server_header", ["on", "stripped"])
def test_realms_that_the_server_does_not_know(server: Server, unknown_realm: str, server_header: str) -> None:
    server.reset(unknown_realm=unknown_realm, server_header=server_header)
    server.seed(1, saml=["sam"])
    foreseen(server, username="sam", realm="SAML", state="absent")
    result = server.user(username="person-00001", realm="no-such-directory", state="absent")
    assert result["failed"] is (unknown_realm == "400") and not result.get("changed")
    assert server.has("person-00001")


@pytest.mark.parametrize("encoded_slash", ["accept", "400"])
@pytest.mark.parametrize("beside", [[], [{"username": "person-00001"}]])
def test_names_with_a_slash(server: Server, encoded_slash: str, beside: list[dict[str, t.Any]]) -> None:
    server.reset(encoded_slash=encoded_slash)
    server.seed(1)
    users = [{**JANE, "username": "jane/doe"}, *beside]
    predicted, real = server.user(users=users, check=True), server.user(users=users)
    assert predicted["failed"] is real["failed"] is (encoded_slash == "400")
    assert predicted["users"] == real["users"] and server.has("jane/doe") is not real["failed"]
    if real["failed"]:
        assert "does not accept jane/doe in an address" in real["msg"] and server.writes() == []


@pytest.mark.parametrize("put_empty", ["400", "store"])
def test_a_value_is_never_emptied(server: Server, put_empty: str) -> None:
    server.reset(put_empty=put_empty)
    server.seed(1)
    result = server.user(username="person-00001", last_name="")
    assert result["failed"] and "last_name cannot be empty" in result["msg"] and server.writes() == []


@pytest.mark.parametrize(
    ("switch", "told"),
    [
        ({"protect_self": True}, "cannot delete yourself"),
        ({"protect_admin": True}, "built-in administrator cannot be deleted"),
        ({"protect_last_administrator": True}, "last System Administrator cannot be removed"),
        ({}, ""),
    ],
)
@pytest.mark.parametrize("protect_status", [400, 403])
def test_a_server_that_guards_its_administrators_itself(
    server: Server, switch: dict[str, bool], told: str, protect_status: int
) -> None:
    server.reset(**switch, protect_status=protect_status)
    result = server.user(username="admin", state="absent", revoke=False, force=True)
    assert result["failed"] is bool(told) and told in result.get("msg", "")


@pytest.mark.parametrize("view_roles", ["administrators", "policy_administrator"])
def test_roles_that_cannot_be_listed(server: Server, view_roles: str) -> None:
    server.reset(view_roles=view_roles)
    server.seed(2)
    server.grant("person-00001", GLOBAL_ADMINISTRATOR, {"role": "Owner", "organization": "Root Organization"})
    legal = next(role.id for role in server.system.state.roles.values() if role.name == "Legal Reviewer")
    by_name = server.user(
        username="person-00002",
        grants={"add": [{"role": "Legal Reviewer", "organization": "Data"}]},
        check=True,
        **SEEDED,
    )
    hidden = view_roles == "policy_administrator"
    assert by_name["failed"] is hidden
    if hidden:
        assert "View All Roles" in by_name["msg"] and "Or give the id of the role" in by_name["msg"]
    by_id = {"role": legal, "organization": "Platform"}
    for dummy in range(2):
        result = server.user(username="person-00002", grants={"add": [by_id, DATA]}, **SEEDED)
    assert not result["failed"] and not result["changed"]
    held = [DATA, by_id if hidden else {**by_id, "role": "Legal Reviewer"}]
    assert result["user"]["account"]["grants"] == sorted(held, key=str)


@pytest.mark.parametrize("folding_users", [True, False])
@pytest.mark.parametrize("folding_memberships", [True, False])
def test_grants_and_tokens_in_another_spelling(server: Server, folding_users: bool, folding_memberships: bool) -> None:
    """They are the person's where the server takes both spellings for one account, or has no account of the other."""
    server.reset(case_insensitive_users=folding_users, case_insensitive_memberships=folding_memberships)
    server.seed(1, tokens={"Internal": ["Person-00001"]})
    server.grant("Person-00001", DATA, PORTAL, EVERYWHERE)
    (info,) = server.info(username="person-00001", grants=True, tokens=True)
    held = [{**grant, "username": "Person-00001"} for grant in (DATA, PORTAL, EVERYWHERE)]
    assert info["grants"] == sorted(held, key=str) and info["token"]["exists"]
    foreseen(server, username="person-00001", grants={"add": [DATA]})
    assert server.grants("person-00001") == [DATA] and server.grants("Person-00001") == [PORTAL, EVERYWHERE]
    foreseen(server, username="person-00001", grants={"remove": [EVERYWHERE]})
    assert server.grants("Person-00001") == [PORTAL]
    foreseen(server, username="person-00001", grants={"set": [DATA]})
    assert server.grants("Person-00001") == []
    server.grant("Person-00001", PORTAL)
    foreseen(server, username="person-00001", state="absent")
    assert server.grants("Person-00001") == server.grants("person-00001") == [] and not server.system.state.tokens


def test_the_grants_of_an_account_that_differs_in_case(server: Server) -> None:
    """Somebody else's account keeps what it has."""
    server.reset(case_insensitive_users=False)
    for name in ("jane", "JANE"):
        server.vendor().users.add(
            {"username": name, "firstName": "J", "lastName": "D", "email": "j@example.com", "password": "secret"}
        )
    server.grant("JANE", PORTAL)
    foreseen(server, username="jane", grants={"set": [DATA]})
    assert server.user(username="jane", state="absent")["changed"]
    assert server.grants("JANE") == [PORTAL] and server.has("JANE") and not server.has("jane")


@pytest.mark.parametrize("csrf_status", [400, 401, 403])
def test_behind_a_proxy_that_wants_the_same_value_twice(server: Server, csrf_status: int) -> None:
    server.judged = False
    server.reset(csrf_mode="on", csrf_status=csrf_status)
    live(server)
    for exchange in server.system.exchanges:
        if exchange.method != "GET" and "/api/v2/" in exchange.path:
            assert exchange.headers["cookie"] == f"CLM-CSRF-TOKEN={exchange.headers['x-csrf-token']}"


@pytest.mark.parametrize("hidden_owner", [403, 404])
def test_places_that_the_caller_may_not_see(server: Server, hidden_owner: int) -> None:
    server.reset(hidden_owner=hidden_owner)
    server.seed(2)
    server.grant("person-00001", GLOBAL_ADMINISTRATOR, {"role": "Owner", "application": "data-portal"}, PLATFORM)
    server.grant("person-00002", PORTAL, DATA)
    result = server.user(username="person-00002", state="absent", **SEEDED)
    assert result["changed"] and "does not see the whole tree" in str(result["warnings"])
    assert server.grants("person-00002") == [DATA]
