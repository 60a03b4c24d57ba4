# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each kind of fault does what its name says, seen by a client that knows nothing of ours."""

from __future__ import annotations

import dataclasses
import http.client
import json
import types
import typing as t
from urllib.parse import urlsplit

import pytest

from sandbox import faults
from sandbox.faults import HTML, KINDS, Fault
from toy import Served, toy_service


@pytest.fixture(scope="module")
def one_toy() -> t.Iterator[Served]:
    with toy_service() as served:
        yield served


@pytest.fixture
def toy(one_toy: Served) -> Served:
    one_toy.app.act("POST", "reset", {})
    return one_toy


@dataclasses.dataclass
class Seen:
    """What came back; ``broken`` where the connection ended too early."""

    status: int | None
    headers: dict[str, str]
    body: bytes
    broken: bool


def ask(toy: Served, method: str = "POST", path: str = "/things", body: bytes = b"") -> Seen:
    connection = http.client.HTTPConnection(urlsplit(toy.url).netloc, timeout=5)
    status, headers, content, broken = None, {}, b"", False
    try:
        connection.request(method, path, body)
        response = connection.getresponse()
        status, headers = response.status, {name.lower(): value for name, value in response.getheaders()}
        content = response.read()
    except http.client.IncompleteRead as error:
        content, broken = error.partial, True
    except (http.client.HTTPException, OSError):
        broken = True
    finally:
        connection.close()
    return Seen(status, headers, content, broken)


# kind: its options, the status that is seen (None: none), whether the request was processed, whether it breaks off
DOES: dict[str, tuple[dict[str, t.Any], int | None, bool, bool]] = {
    "drop_before": ({}, None, False, True),
    "drop_after": ({}, None, True, True),
    "delay": ({"seconds": 0.1}, 201, True, False),
    "delay_after": ({"seconds": 0.1}, 201, True, False),
    "status": ({"status": 429, "retry_after": "7", "body": "slowly"}, 429, False, False),
    "status_after": ({"status": 503}, 503, True, False),
    "truncate": ({}, 201, True, True),
    "html": ({}, 200, True, False),
    "empty_page": ({}, 201, True, False),
    "expire_sessions": ({}, 201, True, False),
    "drip": ({"seconds": 0.1}, 201, True, False),
    "huge": ({"size": 100_000}, 200, False, False),
    "redirect": ({"status": 302, "location": "/elsewhere"}, 302, False, False),
    "echo": ({"status": 418}, 418, False, False),
}


def test_every_kind_is_tried():
    assert set(DOES) == set(KINDS)


@pytest.mark.parametrize("kind", DOES)
def test_a_fault_strikes_once_as_its_name_says(toy: Served, kind: str):
    options, status, processed, breaks = DOES[kind]
    toy.fault(kind, **options)
    seen = ask(toy, body=b"what was sent")
    assert (seen.status, seen.broken) == (status, breaks)
    assert toy.toy.things == int(processed)
    assert [line.status for line in toy.app.journal] == [status]
    after = ask(toy)
    assert after.status == 201 and not after.broken


def test_what_faults_put_into_the_answer(toy: Served):
    for kind in ("status", "html", "empty_page", "huge", "redirect", "echo", "truncate"):
        toy.fault(kind, **DOES[kind][0])
    status, page, empty, huge, redirect, echo, truncated = (ask(toy, body=b"what was sent") for dummy in range(7))
    assert (status.headers["retry-after"], status.body) == ("7", b"slowly")
    assert page.body == HTML and page.headers["content-type"].startswith("text/html")
    assert empty.body == b"[]"
    assert len(huge.body) == 100_000
    assert redirect.headers["location"] == "/elsewhere"
    assert echo.body == b"what was sent"
    assert 0 < len(truncated.body) < len(b'{"things": 1}')


@pytest.mark.parametrize("kind", ["delay", "delay_after", "drip"])
def test_slow_faults_are_slow_and_complete(toy: Served, kind: str, monkeypatch: pytest.MonkeyPatch):
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(faults, "asyncio", types.SimpleNamespace(sleep=wait))
    toy.fault(kind, seconds=20)
    seen = ask(toy)
    assert sum(waits) == pytest.approx(20)
    assert json.loads(seen.body) == {"things": 1}


def test_sessions_end_before_the_request_is_processed(toy: Served):
    toy.fault("expire_sessions", path="/guarded")
    assert ask(toy, "GET", "/guarded").status == 401
    assert toy.toy.session == "expired"


def test_a_fault_is_aimed_by_method_path_and_number(toy: Served):
    toy.app.faults = [Fault("status", method="POST", path="/thi.*", status=500, skip=1, times=2)]
    statuses = [ask(toy, method, path).status for method, path in [("GET", "/things"), ("POST", "/other")]]
    assert statuses == [200, 200]
    assert [ask(toy).status for dummy in range(5)] == [201, 500, 500, 201, 201]


def test_a_fault_without_end(toy: Served):
    toy.app.faults = [Fault("status", status=500, times=0)]
    assert {ask(toy).status for dummy in range(5)} == {500}


def test_an_unknown_kind_is_refused(toy: Served):
    with pytest.raises(ValueError, match="unknown kind of fault"):
        toy.app.act("POST", "faults", [{"kind": "meteorite"}])
