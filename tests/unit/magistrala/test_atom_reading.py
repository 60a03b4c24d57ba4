# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How Atom is recognised, who calls, and what is read from it with how many requests."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.atom.state import ADMIN_ROLE
from sandbox.server import Sandbox
from unit.magistrala.server import JANE, NGINX, PASSWORD, SEEDED, AtomServer, foreseen

PERSON = "person-00001"
PAGES = 11  # of 100 accounts each, for 1,000 people and the administrator
FOUND = ["POST /users/tokens/issue", "GET /auth/session", "POST /auth/login"]


def access_token(atom: AtomServer, owner: str = "admin") -> str:
    token = f"atom_{'0' * 31}1_{'a' * 64}"
    atom.seed(0, access_tokens=[{"owner": owner, "token": token}])
    return token


def test_it_is_recognised_by_behaviour_behind_a_proxy_too(atom: AtomServer) -> None:
    page = {"kind": "status", "status": 404, "body": NGINX, "content_type": "text/html", "path": "/users.*", "times": 0}
    for faults in ((), (page,)):
        atom.faults(*faults)
        result = atom.info()
        assert (result["count"], result["instance"]["release"]) == (1, "0.40 or later, with Atom")
        assert atom.requests()[:3] == FOUND
    for module, options in (
        ("magistrala_token", {"grant": "none", "list_refresh_tokens": True}),
        ("magistrala_user_password", {"password": "12345678"}),
    ):
        assert not atom.run(module, **options)["failed"]


def test_by_a_token(atom: AtomServer) -> None:
    session = atom.run("magistrala_token")["access_token"]
    for token in (session, access_token(atom)):
        foreseen(atom, username="jane", state="absent", api_token=token)
        assert atom.info(profile=True, api_token=token)["users"][0]["username"] == "admin"
        assert "POST /auth/login" not in atom.requests() and "POST /auth/logout" not in atom.requests()
    assert not atom.user(**JANE, api_token=session)["failed"]


@pytest.mark.parametrize("token", ["eyJ.nonsense.token", "atom_nonsense"])
def test_a_token_that_is_refused(atom: AtomServer, token: str) -> None:
    for result in (atom.info(api_token=token), atom.user(**JANE, api_token=token)):
        assert "Magistrala does not accept the token in api_token (MAGISTRALA_TOKEN)." in result["msg"]
        assert result["sign_in_refused"] and atom.writes() == []


def test_credentials_that_are_refused_are_tried_once(atom: AtomServer) -> None:
    result = atom.info(api_password="wrong-Canary-password")
    assert "does not accept the user name and password of admin" in result["msg"] and result["sign_in_refused"]
    assert atom.requests() == FOUND
    for dummy in range(4):
        atom.info(api_password="wrong-Canary-password")
    result = atom.info()
    assert "locked admin after too many failed sign-ins" in result["msg"]
    assert atom.requests() == FOUND, "waiting would be in vain"


def test_a_session_that_ends_is_renewed_once(atom: AtomServer) -> None:
    atom.seed(1)
    atom.faults({"kind": "expire_sessions", "path": ".*#mutation.*"})
    result = atom.user(username=PERSON, tags=["x"])
    assert not result["failed"] and result["user"]["done"] == ["update"]
    assert atom.requests().count("POST /auth/login") == 2


def test_the_session_of_a_run_ends_with_it(atom: AtomServer) -> None:
    foreseen(atom, **JANE)
    assert atom.requests()[-1] == "POST /auth/logout"
    assert next(each for each in atom.system.inspect("people") if each["name"] == "admin")["sessions"] == 0


def test_a_thousand_unchanged_people(atom: AtomServer) -> None:
    atom.seed(1000, disabled=5, deleted=5)
    users = [{"username": f"person-{number:05d}", "last_name": f"{number:05d}"} for number in range(1, 991)]
    result = atom.user(users=users)
    assert (result["failed"], result["summary"]["unchanged"]) == (False, 990)
    assert len(atom.requests()) <= PAGES + 3
    result = atom.info(status="all", guards=True)
    assert (result["count"], result["administrators"]) == (1001, ["admin"])
    assert len(atom.requests()) <= PAGES + 3


def test_rate_limits_are_heeded(magistrala: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    atom = AtomServer(magistrala, rate_limits=True)
    waited: list[float] = []
    http = "ansible_collections.people.lifecycle.plugins.module_utils._http."

    def hold(self: t.Any, seconds: float) -> None:
        waited.append(seconds)
        atom.app.act("POST", "clock", {"advance": seconds})

    monkeypatch.setattr(f"{http}retry.Throttle.hold", hold)
    for dummy in range(35):
        assert not atom.info(profile=True)["failed"]
    assert waited, "more sign-ins than the server takes in a minute"


def test_selections(atom: AtomServer) -> None:
    atom.seed(3, disabled=1, deleted=1)
    atom.user(**JANE, tags=["a", "b"], metadata={"team": {"site": "Ulm", "no": 1}}, role="admin")
    assert sorted(atom.names()) == ["admin", "jane", PERSON]
    assert atom.names(status="disabled") == ["person-00002"]
    assert atom.names(status="deleted") == ["person-00003"]
    assert atom.names(emails=["JANE@example.com"]) == ["jane"]
    assert atom.names(filters={"role": "admin", "email": "JANE@"}) == ["jane"]
    assert atom.names(filters={"tags": ["b"]}) == ["jane"]
    assert atom.names(filters={"metadata": {"team": {"site": "Ulm"}}}) == ["jane"]
    assert atom.names(filters={"metadata": {"team": {"site": "Bonn"}}}) == []
    assert atom.names(search={"first_name": "jan"}) == ["jane"]
    assert atom.names(ids=[atom.person("person-00003")["id"]]) == ["person-00003"]
    assert atom.names(filters={"created_from": "2200-01-01"}) == []
    assert atom.writes() == []


def test_people_see_and_change_themselves_alone(atom: AtomServer) -> None:
    atom.seed(2)
    own = atom.info(profile=True, **SEEDED)["users"]
    assert [user["username"] for user in own] == [PERSON] and "role" not in own[0]
    assert atom.names(usernames=[PERSON], **SEEDED) == [PERSON]
    for result in (
        atom.info(usernames=["person-00002"], **SEEDED),
        atom.info(**SEEDED),
        atom.user(username="person-00002", tags=["x"], **SEEDED),
        atom.user(**JANE, **SEEDED),
    ):
        assert result["failed"] and "administrator" in result["msg"], result["msg"]
    assert not atom.user(username=PERSON, **SEEDED)["failed"]


def test_who_lives_in_a_tenant_is_nobody_of_the_platform(atom: AtomServer) -> None:
    atom.seed(2, tenants=["plant"])
    state = atom.system.state
    state.directory.change(state.directory.holder("name", "", PERSON), tenant_id=next(iter(state.tenants)))
    assert sorted(atom.names(status="all")) == ["admin", "person-00002"]
    foreseen(atom, **{**JANE, "username": PERSON})


def test_a_listing_that_breaks_is_no_answer(atom: AtomServer) -> None:
    atom.seed(150)
    atom.faults({"kind": "empty_page", "path": ".*entities.*", "times": 0})
    result = atom.info(status="all")
    assert result["failed"] and "listing of accounts ended" in result["msg"]


def test_more_administrators_than_one_page_holds(atom: AtomServer) -> None:
    atom.seed(1)
    state = atom.system.state
    owner = atom.person(PERSON)["id"]
    for dummy in range(120):
        state.assign(state.roles[ADMIN_ROLE], "entity", owner, state.stamp())
    foreseen(atom, username=PERSON, role="user")
    assert atom.person(PERSON)["roles"] == []


def test_no_secret_is_shown(atom: AtomServer) -> None:
    atom.faults({"kind": "echo", "status": 400, "path": ".*createEntity.*", "times": 0})
    for result in (atom.user(**JANE, check=True), atom.user(**JANE)):
        assert PASSWORD not in str(result)
