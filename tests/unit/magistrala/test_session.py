# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who calls, and what the user is told when that does not work: one sentence, no traceback, nothing written."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._magistrala.bearer import owner_id
from sandbox.server import Sandbox
from unit.magistrala.server import JANE, PASSWORD, SEEDED, Server, foreseen

ISSUE = "POST /users/tokens/issue"
PAT = "pat_Canary-0123456789"
WRONG = "wrong-Canary-password"


def refused(server: Server, **options: t.Any) -> str:
    """The message of a refusal; both account modules must fail alike and write nothing."""
    messages = []
    for result in (server.user(**{**JANE, **options}), server.info(**options)):
        assert result["failed"] and "Traceback" not in str(result)
        assert server.writes() == []
        assert WRONG not in str(result["msg"])
        messages.append(result["msg"])
    assert messages[0] == messages[1]
    return messages[0]


@pytest.mark.parametrize(
    "login",
    [{"api_password": WRONG}, {"api_username": "nobody"}, {"api_username": "person-00001", "api_password": WRONG}],
)
def test_credentials_that_are_refused(server: Server, login: dict[str, str]) -> None:
    server.seed(1, disabled=1)
    said = refused(server, **login)
    assert (
        said == f"Magistrala does not accept the user name and password of {login.get('api_username', 'admin')}. "
        "Check api_username (MAGISTRALA_USERNAME) and api_password (MAGISTRALA_PASSWORD); the account must be enabled."
    )
    assert server.requests() == [ISSUE], "a refused password is not tried again"


def test_no_credentials(server: Server) -> None:
    assert (
        refused(server, api_username=None)
        == "Magistrala needs api_username (MAGISTRALA_USERNAME) and api_password (MAGISTRALA_PASSWORD): a user name or "
        "e-mail address and its password, or a token in api_token (MAGISTRALA_TOKEN)."
    )
    assert server.requests() == []


def test_environment_variables(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGISTRALA_URL", server.url)
    monkeypatch.setenv("MAGISTRALA_USERNAME", "admin")
    monkeypatch.setenv("MAGISTRALA_PASSWORD", "12345678")
    monkeypatch.setenv("MAGISTRALA_TOKEN", "")
    from_there = {"api_url": None, "api_username": None, "api_password": None}
    assert server.names(**from_there) == ["admin"]
    monkeypatch.setenv("MAGISTRALA_TOKEN", "nonsense")
    assert "does not accept the token" in server.info(**from_there)["msg"]


def test_a_token_that_is_refused(server: Server) -> None:
    assert "does not accept the token in api_token" in refused(server, api_token="eyJ.nonsense.token")
    assert len(server.requests()) == 1


def test_an_access_token(server: Server) -> None:
    token = server.run("magistrala_token")["access_token"]
    foreseen(server, **JANE, api_token=token)
    assert ISSUE not in server.requests()
    server.app.act("POST", "clock", {"advance": 3601})
    assert "It has expired" in refused(server, api_token=token)


def test_a_personal_access_token(server: Server) -> None:
    server.seed(0, pats=[{"token": PAT, "username": "admin"}])
    foreseen(server, **JANE, api_token=PAT)
    foreseen(server, username="jane", last_name="Brown", tags=["x"], api_token=PAT)
    assert len(server.names(api_token=PAT, status="all")) == 2
    assert server.requests()[-1] == "GET /users/profile", (
        "a listing must hold the calling account, whom this token hides"
    )


def real_pat(server: Server, *scopes: str) -> str:
    """A token that the server made, with its owner's id in it."""
    server.seed(1, pats=[{"username": "admin", "scopes": list(scopes or ["*"])}])
    return next(iter(server.system.pats.secrets))


def test_a_personal_access_token_says_whose_it_is(server: Server) -> None:
    pat = real_pat(server)
    assert owner_id(pat) == server.stored("admin").id
    assert len(server.names(api_token=pat, status="all")) == 2
    assert server.requests() == ["GET /users"], "nobody has to be asked whose token it is"
    if server.generation == "A":
        foreseen(server, username="person-00001", role="admin", api_token=pat)
        refused = server.user(username="admin", role="user", api_token=pat)
        assert refused["failed"] and "admin is the account that this task runs with" in refused["msg"]


def test_a_personal_access_token_needs_no_other_scope_to_tell_its_owner(old: Server) -> None:
    pat = real_pat(old, "list", "update")
    assert len(old.names(api_token=pat, status="all")) == 2
    told = old.info(api_token=pat, usernames=["person-00001"], guards=True)
    assert told["caller"] == "admin" and "GET /users/profile" not in old.requests()
    assert "admin is the account" in old.user(api_token=pat, username="admin", state="disabled")["msg"]
    assert "GET /users/profile" not in old.requests()


@pytest.mark.parametrize(("scopes", "lacks"), [(["read", "list"], "PATCH /users/"), (["read"], "GET /users.")])
def test_a_personal_access_token_without_the_scope(old: Server, scopes: list[str], lacks: str) -> None:
    old.seed(1, pats=[{"token": PAT, "username": "admin", "scopes": scopes}])
    result = old.user(api_token=PAT, username="person-00001", tags=["x"])
    assert (
        result["failed"]
        and f"personal access token in api_token (MAGISTRALA_TOKEN) has no scope for {lacks}" in result["msg"]
    )
    assert PAT not in result["msg"] and "administrator" not in result["msg"]


@pytest.mark.parametrize("check", [True, False])
def test_no_personal_access_token_changes_roles_in_the_newer_generation(new: Server, check: bool) -> None:
    new.seed(1, pats=[{"token": PAT, "username": "admin"}])
    result = new.user(check, api_token=PAT, username="person-00001", tags=["x"], role="admin")
    assert result["failed"] and "This server lets no personal access token change the role" in result["msg"]
    assert not result["changed"] and new.writes() == []
    created = new.user(check, **JANE, api_token=PAT, role="admin")
    assert created["user"]["action"] == "created", "a new account may have it from the beginning"


def test_of_somebody_who_leaves_a_personal_access_token_takes_what_it_can(new: Server) -> None:
    new.seed(1, pats=[{"token": PAT, "username": "admin"}])
    new.user(username="person-00001", role="admin")
    result = new.user(api_token=PAT, username="person-00001", role="user", enabled=False)
    assert result["failed"] and "lets no personal access token change the role" in result["msg"]
    assert (result["user"]["done"], new.stored("person-00001").status) == (["disable"], "disabled")


def test_a_session_that_ends_is_renewed_once(server: Server) -> None:
    server.seed(300)
    server.faults({"kind": "expire_sessions", "method": "GET", "path": "/users", "skip": 2})
    assert len(server.names(status="all", parallel=1)) == 301
    assert server.requests().count(ISSUE) == 2


def test_a_session_that_ends_for_many_workers_at_once(server: Server) -> None:
    server.seed(40)
    server.faults({"kind": "expire_sessions", "method": "PATCH", "skip": 10})
    users = [{"username": f"person-{number:05d}"} for number in range(1, 41)]
    result = server.user(users=users, tags=["x"], parallel=8)
    assert result["summary"]["updated"] == 40, result
    assert server.requests().count(ISSUE) == 2


@pytest.mark.parametrize("status", [401, 404, 422])
@pytest.mark.parametrize("parallel", [1, 8])
def test_a_sign_in_that_is_refused_is_never_tried_again(server: Server, status: int, parallel: int) -> None:
    server.seed(60)
    server.faults(
        {"kind": "expire_sessions", "method": "PATCH", "skip": 20},
        {"kind": "status", "path": ".*/tokens/issue", "status": status, "body": "{}" if status != 404 else
         '{"message":"entity not found"}', "skip": 1, "times": 0},
    )  # fmt: skip
    users = [{"username": f"person-{number:05d}"} for number in range(1, 61)]
    result = server.user(users=users, tags=["x"], parallel=parallel)
    assert result["failed"] and result["sign_in_refused"]
    assert server.requests().count(ISSUE) == 2, "the first one, and one renewal"
    changed = [user["username"] for user in users if server.stored(user["username"]).tags == ["x"]]
    assert [user["username"] for user in result["users"] if user["done"]] == changed and len(changed) < 60
    assert result["summary"]["updated"] + result["summary"]["failed"] == 60


def test_a_token_that_never_works_is_no_endless_loop(server: Server) -> None:
    server.faults({"kind": "status", "path": "/users", "method": "GET", "status": 401, "times": 0})
    failed = server.info()
    assert failed["failed"] and server.requests().count(ISSUE) == 2


def test_a_strict_server_wants_the_address_verified(magistrala: Sandbox) -> None:
    server = Server(magistrala, profile="v0.30-strict")
    server.seed(1)
    said = server.info(**SEEDED)
    assert (
        said["failed"]
        and (
            "the e-mail address of the calling account is not verified. Until it is, this server lets the account only "
            "read its profile, list and revoke its tokens, and change its e-mail address."
        )
        in said["msg"]
    )
    assert not said["sign_in_refused"] and server.requests().count(ISSUE) == 1, "signing in again verifies nothing"
    assert not server.info(**SEEDED, profile=True)["failed"]
    foreseen(server, **JANE)
    server.seed(1, verified=True)
    own = {"api_username": "person-00002", "api_password": SEEDED["api_password"], "username": "person-00002"}
    foreseen(server, **own, tags=["mine"])


def test_someone_who_is_no_administrator(server: Server) -> None:
    server.seed(1)
    result = server.user(**SEEDED, **JANE)
    assert result["failed"] and "Magistrala lists accounts to administrators only" in result["msg"]
    assert "role admin" in result["msg"] and server.writes() == []


def test_an_administrator_who_is_none_any_more(server: Server) -> None:
    server.user(**JANE, role="admin")
    token = server.run("magistrala_token", api_username="jane", api_password=PASSWORD)["access_token"]
    server.user(username="jane", role="user")
    result = server.info(api_token=token)
    assert result["failed"] and "the calling account is none (or is no longer)" in result["msg"]


@pytest.mark.parametrize("path", ["/users", "/api/v1", "/x"])
def test_a_right_server_and_a_wrong_path(server: Server, path: str) -> None:
    said = refused(server, api_url=server.url + path)
    assert said.startswith(f"Magistrala: there is no users service at {server.url}{path}: ")
    assert "Check api_url" in said


def test_a_wrong_path_with_a_token(server: Server) -> None:
    token = server.run("magistrala_token")["access_token"]
    assert "there is no users service at" in server.info(api_url=f"{server.url}/x", api_token=token)["msg"]


@pytest.mark.parametrize(
    "page",
    [{"status": 404, "body": "<html>nothing</html>", "content_type": "text/html"}, {"status": 404, "body": "{}"}],
)
def test_a_web_server_that_is_something_else(server: Server, page: dict[str, t.Any]) -> None:
    server.faults({"kind": "status", "times": 0, **page})
    assert f"there is no users service at {server.url}: {ISSUE} was answered 404" in refused(server)


def test_a_web_server_that_has_a_page_for_everything(server: Server) -> None:
    server.faults({"kind": "html", "times": 0})
    said = refused(server)
    assert "an HTML page" in said and f"Is {server.url} the address of the service?" in said


def test_a_server_that_is_not_there(server: Server) -> None:
    said = refused(server, api_url="http://127.0.0.1:9", retries=0)
    assert "127.0.0.1:9 refuses the connection" in said and "Check api_url" in said


def test_the_generation_is_never_told_by_the_version(magistrala: Sandbox) -> None:
    for profile, version in (("early2025", "v0.30.0"), ("v0.30", "v0.15.1")):
        server = Server(magistrala, profile=profile, version=version)
        foreseen(server, **JANE, tags=["a"])
        cleared = server.user(username="jane", tags=[])
        assert cleared["failed"] == (profile == "early2025")
        assert not any("health" in request for request in server.requests())
