# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The retry table over a real connection: what is sent again, what never, and how long before."""

from __future__ import annotations

import email.utils
import socket
import threading
import time
import types
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    AuthenticationFailed,
    OutcomeUnknown,
    Rejected,
    ServerFailed,
    Unreachable,
)
from ansible_collections.people.lifecycle.plugins.module_utils._http import retry
from rawserver import http, raw_server
from toy import Served

LOST: list[dict[str, t.Any]] = [{"kind": "drop_before"}, {"kind": "drop_after"}, {"kind": "truncate"}]
BUSY: list[dict[str, t.Any]] = [{"kind": "status", "status": status} for status in (502, 503, 504)]
ANSWERED_LATE: list[dict[str, t.Any]] = [{"kind": "status_after", "status": status} for status in (500, 502, 503, 504)]
TOO_MANY: dict[str, t.Any] = {"kind": "status", "status": 429}
NOT_NOW: dict[str, t.Any] = {"kind": "status", "status": 503, "retry_after": "1"}


def name(fault: dict[str, t.Any]) -> str:
    return " ".join(str(value) for value in fault.values())


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize("fault", [*LOST, *BUSY, TOO_MANY], ids=name)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_may_be_sent_twice_is_sent_again(method: str, fault: dict[str, t.Any], toy: Served, connect, waits):
    toy.fault(**fault)
    assert connect(toy.url).send(method, "/thing").status == 200
    assert toy.journal == [(method, "/thing")] * 2
    assert len(waits) == 1


@pytest.mark.parametrize("fault", [*LOST, *BUSY, *ANSWERED_LATE], ids=name)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_create_that_may_have_been_processed_is_never_sent_again(
    method: str, fault: dict[str, t.Any], toy: Served, connect, waits
):
    toy.fault(**fault)
    with pytest.raises(OutcomeUnknown):
        connect(toy.url).send(method, "/things", json={})
    assert toy.journal == [(method, "/things")]
    assert not waits


@pytest.mark.parametrize("fault", [TOO_MANY, NOT_NOW], ids=name)
def test_a_create_that_was_surely_not_processed_is_sent_again(fault: dict[str, t.Any], toy: Served, connect, waits):
    toy.fault(**fault)
    assert connect(toy.url).send("POST", "/things", json={}).status == 201
    assert toy.toy.things == 1
    assert toy.journal == [("POST", "/things")] * 2


def test_a_refused_connection_is_tried_again_by_every_method(connect, waits):
    for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
        waits.clear()
        with pytest.raises(Unreachable, match="refuses the connection"):
            connect(closed_port()).send(method, "/things")
        assert len(waits) == 2


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_patience_ends(retries: int, toy: Served, connect, waits):
    toy.fault("status", status=503, times=0)
    with pytest.raises(ServerFailed, match="GET /thing was answered 503"):
        connect(toy.url, retries=retries).get("/thing")
    assert len(toy.journal) == retries + 1


def test_a_delete_that_was_done_before_its_answer_was_lost_is_done(toy: Served, connect, waits):
    toy.toy.answers["/thing"] = (404, [], b"")
    toy.fault("drop_after")
    assert connect(toy.url).send("DELETE", "/thing").status == 404


def test_a_delete_of_what_is_not_there_is_told(toy: Served, connect):
    toy.toy.answers["/thing"] = (404, [], b"")
    with pytest.raises(Exception, match="404"):
        connect(toy.url).send("DELETE", "/thing")


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 500, 501])
def test_what_was_declined_is_not_asked_again(status: int, toy: Served, connect, waits):
    toy.fault("status", status=status, times=0)
    with pytest.raises(Exception, match=str(status)):
        connect(toy.url).get("/thing")
    assert len(toy.journal) == 1


def test_a_write_declined_with_4xx_leaves_no_doubt(toy: Served, connect):
    toy.fault("status", status=409)
    with pytest.raises(Rejected):
        connect(toy.url).send("POST", "/things", json={})


def test_an_unexpected_success_of_a_write_leaves_doubt(toy: Served, connect):
    toy.fault("status_after", status=202)
    with pytest.raises(OutcomeUnknown):
        connect(toy.url).send("POST", "/things", json={}, ok=(201,))


@pytest.mark.parametrize("fault", [*LOST, *BUSY, {"kind": "status", "status": 401}], ids=name)
def test_a_login_is_never_repeated(fault: dict[str, t.Any], toy: Served, connect, waits):
    toy.fault(**fault)
    with pytest.raises((Unreachable, ServerFailed, AuthenticationFailed)):
        connect(toy.url).send("POST", "/login", json={"password": "x"}, reads=True, signed=False)
    assert toy.journal == [("POST", "/login")]


def test_retry_after_in_seconds_and_as_a_date(toy: Served, connect, waits):
    toy.fault("status", status=429, retry_after="7")
    toy.fault("status", status=503, retry_after=email.utils.formatdate(time.time() + 30, usegmt=True))
    assert connect(toy.url).get("/thing").status == 200
    assert waits[0] == 7
    assert 25 < waits[1] <= 30


def test_retry_after_beyond_all_reason_is_cut(toy: Served, connect, waits):
    toy.fault("status", status=429, retry_after="86400")
    assert connect(toy.url).get("/thing").status == 200
    assert waits == [60]


def test_waits_grow_where_the_service_names_none(toy: Served, connect, waits):
    toy.fault("status", status=503, times=4)
    assert connect(toy.url, retries=4).get("/thing").status == 200
    assert [0.25 * 2**n <= wait <= 0.5 * 2**n for n, wait in enumerate(waits)] == [True] * 4


@pytest.mark.parametrize("status", [429, 503])
def test_one_worker_that_is_slowed_down_holds_back_all(status: int, toy: Served, connect, monkeypatch):
    clock, held = [0.0], []
    first, both = threading.Event(), threading.Barrier(2, timeout=60)

    def pause(seconds: float) -> None:
        held.append((threading.current_thread(), seconds))
        first.set()
        both.wait()
        clock[0] = 1000.0

    monkeypatch.setattr(retry, "wait_before", lambda repeat, asked: 5.0)
    monkeypatch.setattr(retry, "time", types.SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(retry, "pause", pause)
    toy.fault("status", status=status, path="/first", retry_after="1")
    session = connect(toy.url)
    worker = threading.Thread(target=session.get, args=("/first",))
    worker.start()
    assert first.wait(20), "the worker does not wait where all others do"
    session.get("/second")
    worker.join()
    assert held == [(worker, 5.0), (threading.current_thread(), 5.0)]
    assert sorted(toy.journal) == [("GET", "/first"), ("GET", "/first"), ("GET", "/second")]


def test_a_kept_connection_that_the_service_closed_is_noticed_before_a_create(connect, waits):
    with raw_server([http()], [http()]) as server:
        session = connect(server.url)
        session.get("/thing")
        time.sleep(0.05)
        assert session.send("POST", "/things", json={}).status == 200
    assert server.accepted == 2
    assert [request.split(b" ")[0] for request in server.requests] == [b"GET", b"POST"]
