# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose session it is: one new login, nothing to other hosts, nothing from the environment, no write in a dry run."""

from __future__ import annotations

import pathlib
import re
import threading
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    AuthenticationFailed,
    BadAnswer,
    InputError,
    LifecycleError,
    WriteInCheckMode,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Session
from ansible_collections.people.lifecycle.plugins.module_utils._http.sign_in import SignIn
from rawserver import http, raw_server
from toy import Served, toy_service


def signed_in(connect: t.Any, url: str, proof: str | None = "none", **options: t.Any) -> Session:
    """A session with the toy's way of signing in, which begins with a ``proof`` that the toy does not know, or none."""

    def obtain() -> str:
        answer = session.send("POST", "/login", json={}, reads=True, signed=False)
        return str(session.data(answer)["session"])

    options = {"headers": lambda proof: {"X-Session": proof}, **options}
    session: Session = connect(url, sign_in=SignIn(obtain, proof), **options)
    return session


def with_proof(connect: t.Any, url: str, name: str, proof: str, **options: t.Any) -> Session:
    """A session whose requests carry ``proof`` in the header ``name``, for which there is no other."""
    session: Session = connect(url, sign_in=SignIn(proof=proof), headers=lambda proof: {name: proof}, **options)
    return session


def attempts(session: Session, count: int, workers: int) -> list[str]:
    """What came of ``count`` requests: statuses and kinds of errors."""

    def attempt(number: int) -> str:
        try:
            return str(session.get(f"/guarded/{number}").status)
        except LifecycleError as error:
            return type(error).__name__

    return each(attempt, range(count), workers)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_an_expired_session_is_renewed_once(method: str, toy: Served, connect):
    assert signed_in(connect, toy.url, retries=0).send(method, "/guarded").status == 200
    assert toy.journal == [(method, "/guarded"), ("POST", "/login"), (method, "/guarded")]


def test_a_new_session_that_is_not_accepted_either_is_the_end(toy: Served, connect):
    toy.fault("expire_sessions", path="/guarded", times=0)
    with pytest.raises(AuthenticationFailed, match="401"):
        signed_in(connect, toy.url).get("/guarded")
    assert toy.toy.logins == 1


def test_workers_that_meet_the_same_end_of_a_session_sign_in_once(toy: Served, connect):
    workers = 8
    together = threading.Barrier(workers, timeout=10)

    def headers(proof: str) -> dict[str, str]:
        if proof == "none":
            together.wait()
        return {"X-Session": proof}

    session = signed_in(connect, toy.url, headers=headers)
    answers = each(lambda n: session.get(f"/guarded/{n}").status, range(workers), workers)
    assert answers == [200] * workers
    assert toy.toy.logins == 1


@pytest.mark.parametrize("proof", [None, "none"], ids=["first", "renewal"])
@pytest.mark.parametrize("workers", [1, 4])
def test_a_failed_login_is_never_repeated_by_any_worker(workers: int, proof: str | None, toy: Served, connect):
    toy.toy.locked = True
    session = signed_in(connect, toy.url, proof)
    assert attempts(session, 8, workers) == ["AuthenticationFailed"] * 8
    assert toy.toy.logins == 1


@pytest.mark.parametrize("workers", [1, 4])
def test_a_session_that_ends_in_the_middle_is_renewed_once_and_a_refusal_is_final(workers: int, toy: Served, connect):
    session = signed_in(connect, toy.url, None)
    assert attempts(session, 4, workers) == ["200"] * 4
    toy.toy.expire_sessions()
    toy.toy.locked = True
    assert attempts(session, 60, workers) == ["AuthenticationFailed"] * 60
    assert toy.toy.logins == 2, "the first one and the one renewal"


@pytest.mark.parametrize("status", [400, 403, 422, 429, 500])
def test_whatever_a_refusal_looks_like_it_is_final(status: int, toy: Served, connect, waits):
    toy.fault("status", path="/login", status=status, times=0)
    session = signed_in(connect, toy.url, None, retries=0)
    kinds = attempts(session, 5, 1)
    assert len(set(kinds)) == 1 and kinds[0] != "200"
    assert toy.journal == [("POST", "/login")]


def test_a_proof_that_cannot_be_renewed_is_not_sent_again(toy: Served, connect):
    session = with_proof(connect, toy.url, "X-Session", "stale")
    assert attempts(session, 5, 1) == ["AuthenticationFailed"] * 5
    assert toy.journal == [("GET", "/guarded/0")]


def test_a_login_is_not_renewed_by_itself(toy: Served, connect):
    toy.toy.locked = True
    with pytest.raises(AuthenticationFailed):
        signed_in(connect, toy.url).send("POST", "/login", json={}, reads=True, signed=False)
    assert toy.toy.logins == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_redirect_of_a_write_is_followed(method: str, status: int, toy: Served, connect):
    toy.fault("redirect", path="/old", status=status, location="/new")
    with pytest.raises(BadAnswer, match=r"another address.*api_url"):
        connect(toy.url).send(method, "/old", body=b"{}")
    assert toy.journal == [(method, "/old")]


def test_a_redirect_of_a_login_is_not_followed(toy: Served, connect):
    toy.fault("redirect", path="/login", status=307, location="/new")
    with pytest.raises(BadAnswer, match="another address"):
        connect(toy.url).send("POST", "/login", json={"password": "x"}, reads=True, signed=False)
    assert toy.journal == [("POST", "/login")]


@pytest.mark.parametrize("location", ["/new", "new", "{url}/new"])
def test_a_redirect_of_a_read_is_followed_on_the_same_server(location: str, toy: Served, connect):
    toy.fault("redirect", path="/old", status=302, location=location.format(url=toy.url))
    assert signed_in(connect, toy.url).get("/old", query={"a": "b"}).status == 200
    assert toy.journal == [("GET", "/old?a=b"), ("GET", "/new")]


@pytest.mark.parametrize("hide", ["", "user:password@"])
def test_no_redirect_leads_to_another_server_and_no_header_goes_there(hide: str, toy: Served, connect):
    with toy_service() as other:
        location = other.url.replace("//", f"//{hide}") + "/new"
        toy.fault("redirect", path="/old", status=302, location=location, times=0)
        with pytest.raises(BadAnswer, match="another server"):
            signed_in(connect, toy.url).get("/old")
        assert not other.toy.calls


def test_no_redirect_puts_other_credentials_into_the_request(toy: Served, connect):
    toy.fault("redirect", path="/old", status=302, location=toy.url.replace("//", "//user:password@") + "/new")
    with pytest.raises(BadAnswer):
        signed_in(connect, toy.url).get("/old")
    assert not toy.toy.calls


@pytest.mark.parametrize("location", ["/old", "http://[::1", "http://127.0.0.1:99999/", "", "ftp://127.0.0.1/"])
def test_redirects_in_a_circle_or_to_nowhere_end(location: str, toy: Served, connect):
    toy.fault("redirect", path="/old", status=302, location=location, times=0)
    with pytest.raises(BadAnswer, match="redirected"):
        connect(toy.url).get("/old")
    assert len(toy.journal) <= 4


def test_the_body_of_a_redirect_is_not_read(connect):
    endless = http(b"x" * 1000, "Location: /new", "Content-Length: 99999999999", status="302 Found")
    with raw_server([endless], [http()]) as server:
        assert connect(server.url).get("/old").status == 200


def test_cookies_are_neither_kept_nor_sent(toy: Served, connect):
    toy.toy.answers["/sets"] = (200, [(b"set-cookie", b"JSESSIONID=stolen; Path=/")], b"{}")
    session = connect(toy.url)
    session.get("/sets")
    session.get("/sets")
    assert all("cookie" not in call.headers for call in toy.toy.calls)


def test_netrc_is_ignored(toy: Served, connect, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    connect(toy.url).get("/thing")
    with_proof(connect, toy.url, "Authorization", "Bearer mine").get("/thing")
    assert [call.headers.get("authorization") for call in toy.toy.calls] == [None, "Bearer mine"]


def test_the_session_goes_only_where_signed_requests_go(toy: Served, connect):
    session = with_proof(connect, toy.url, "X-Session", "secret")
    session.send("POST", "/login", json={}, reads=True, signed=False)
    session.get("/thing")
    assert ["x-session" in call.headers for call in toy.toy.calls] == [False, True]


@pytest.mark.parametrize(
    "value", ["0pen\r\nX-Evil: 1", "0pen\n", "0pen\x00", "0pén0pen", "0pen\u202e", " 0pen", "0pen ", "0pen\U0001f511"]
)
def test_headers_hold_nothing_that_they_cannot_carry(value: str, toy: Served, connect):
    session = with_proof(connect, toy.url, "X-Session", value)
    with pytest.raises(InputError, match="X-Session") as caught:
        session.get("/thing")
    assert "0pen" not in str(caught.value)
    assert not toy.journal


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_dry_run_writes_nothing(method: str, toy: Served, connect):
    with pytest.raises(WriteInCheckMode, match="check mode"):
        connect(toy.url, read_only=True).send(method, "/things")
    assert not toy.journal


def test_a_dry_run_reads_and_signs_in(toy: Served, connect):
    session = connect(toy.url, read_only=True)
    assert session.get("/thing").status == 200
    assert session.send("POST", "/login", json={}, reads=True).status == 200


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}])
def test_what_json_cannot_carry_is_refused(value: t.Any, toy: Served, connect):
    with pytest.raises(InputError, match="JSON cannot carry"):
        connect(toy.url).send("POST", "/things", json={"metadata": value})
    assert not toy.journal


def test_a_service_can_tell_which_version_asks(toy: Served, connect) -> None:
    connect(toy.url).get("/thing")
    version = re.search(
        r"^version: (.+)$", (pathlib.Path(__file__).parents[3] / "galaxy.yml").read_text(), re.MULTILINE
    )
    assert version and toy.toy.calls[-1].headers["user-agent"] == f"people.lifecycle/{version[1]}"
