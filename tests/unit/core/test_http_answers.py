# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that are too much, too slow, too little or not what was promised."""

from __future__ import annotations

import gzip
import json
import re
import typing as t
import zlib

import pytest
import urllib3

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import (
    BadAnswer,
    LifecycleError,
    OutcomeUnknown,
    Rejected,
    Unreachable,
)
from ansible_collections.people.lifecycle.plugins.module_utils._core.workers import each
from ansible_collections.people.lifecycle.plugins.module_utils._http import patience, wire
from ansible_collections.people.lifecycle.plugins.module_utils._http.messages import json_object, plain_words, text_of
from ansible_collections.people.lifecycle.plugins.module_utils._http.session import Answer
from rawserver import http, raw_server
from toy import Served

GZIP = (b"content-encoding", b"gzip")
JSON = (b"content-type", b"application/json")


@pytest.fixture(params=["urllib3 of today", "urllib3 before 2"])
def urllib3_age(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once as it is, once without what urllib3 1.26 does not have."""
    if request.param == "urllib3 before 2":
        for kind in urllib3.response.HTTPResponse.__mro__:
            if kind.__module__ == "urllib3.response":
                monkeypatch.delattr(kind, "read1", raising=False)


@pytest.mark.usefixtures("urllib3_age")
class TestBodies:
    def test_are_complete(self, toy: Served, connect):
        body = json.dumps({"text": "x" * 300_000}).encode()
        toy.toy.answers["/long"] = (200, [JSON], body)
        toy.toy.answers["/packed"] = (200, [JSON, GZIP], gzip.compress(body))
        session = connect(toy.url)
        assert session.get("/long").body == session.get("/packed").body == body
        assert session.get("/empty-is-fine").status == 200

    def test_arrive_over_one_kept_connection(self, toy: Served, connect):
        toy.toy.answers["/packed"] = (200, [JSON, GZIP], gzip.compress(b"{}"))
        toy.toy.answers["/none"] = (204, [], b"")
        toy.toy.answers["/wrong"] = (404, [], b"nothing here")
        session = connect(toy.url)
        for path in ("/a", "/packed", "/none", "/b"):
            session.get(path)
        with pytest.raises(LifecycleError):
            session.get("/wrong")
        session.send("POST", "/things", json={})
        assert len({call.client for call in toy.toy.calls}) == 1

    def test_have_a_largest_size(self, toy: Served, connect):
        toy.fault("huge", size=3 * 2**20)
        with pytest.raises(BadAnswer, match="more than 2 MiB"):
            connect(toy.url).get("/thing")

    def test_are_counted_as_they_unpack(self, toy: Served, connect, monkeypatch: pytest.MonkeyPatch):
        unpacked: list[int] = []
        inflate = zlib.decompressobj

        class Counting:
            def __init__(self, bits: int) -> None:
                self.inner = inflate(bits)

            def decompress(self, piece: bytes, limit: int) -> bytes:
                unpacked.append(len(plain := self.inner.decompress(piece, limit)))
                return plain

        monkeypatch.setattr(wire.zlib, "decompressobj", Counting)
        toy.toy.answers["/bomb"] = (200, [GZIP], gzip.compress(bytes(200 * 2**20)))
        with pytest.raises(BadAnswer, match="more than 2 MiB"):
            connect(toy.url).get("/bomb")
        assert sum(unpacked) == 2 * 2**20 + 1

    def test_trickle_only_for_so_long(self, toy: Served, connect, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(patience, "SLOWEST_ANSWER", 2)
        toy.toy.answers["/drip"] = (200, [JSON], b'{"a":"' + b"x" * 92 + b'"}')
        toy.fault("drip", path="/drip", seconds=10)
        with pytest.raises(Unreachable, match="trickling"):
            connect(toy.url, timeout=0.4, retries=0).get("/drip")

    @pytest.mark.parametrize("of", ["status line", "headers", "length of a piece"])
    def test_trickle_in_no_other_part_either(self, of: str, connect, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(patience, "SLOWEST_ANSWER", 2)
        answers = {
            "status line": b"HTTP/1.1 200 " + b"O" * 400,
            "headers": http(b"{}", *(f"X-{number}: {number}" for number in range(90))),
            "length of a piece": http(b"0" * 400, "Transfer-Encoding: chunked"),
        }
        with raw_server([answers[of]], pause=0.02) as server, pytest.raises(Unreachable, match="trickling"):
            connect(server.url, timeout=0.4, retries=0).get("/thing")

    @pytest.mark.parametrize(
        "answer",
        [
            http(b'{"a": 1', "Content-Length: 20"),
            http(gzip.compress(b'{"a": 1}')[:-9], "Content-Length: 99", "Content-Encoding: gzip"),
            http(b'5\r\n{"a":\r\n', "Transfer-Encoding: chunked"),
            http(b'5\r\n{"a":\r\nzz', "Transfer-Encoding: chunked"),
            http(b"", "Content-Length: 2"),
            b"",
            b"SSH-2.0-OpenSSH_9.2\r\n",
        ],
    )
    def test_that_are_cut_off_are_read_again(self, answer: bytes, connect, waits):
        with raw_server([answer], [http(b'{"a": 1}')]) as server:
            session = connect(server.url)
            assert session.data(session.get("/thing")) == {"a": 1}
        assert len(waits) == 1

    @pytest.mark.parametrize("encoding", ["deflate", "br", "gzip, gzip", "x-unknown"])
    def test_come_in_no_other_encoding(self, encoding: str, toy: Served, connect):
        toy.toy.answers["/odd"] = (200, [(b"content-encoding", encoding.encode())], b"abc")
        with pytest.raises(BadAnswer, match="encoding that was not asked for"):
            connect(toy.url).get("/odd")

    def test_that_do_not_unpack_are_told(self, toy: Served, connect):
        toy.toy.answers["/odd"] = (200, [GZIP], b"not gzip at all")
        with pytest.raises(BadAnswer, match="broken compression"):
            connect(toy.url).get("/odd")


def test_a_service_that_is_silent_is_given_up(toy: Served, connect):
    toy.fault("delay", seconds=2)
    with pytest.raises(Unreachable, match=r"no full answer within 0\.2 seconds"):
        connect(toy.url, timeout=0.2, retries=0).get("/thing")


@pytest.mark.parametrize("length", ["\u00b2", "-1", "many", "99999999999999999999"])
def test_an_odd_length_does_no_harm(length: str, connect, waits):
    with raw_server([http(b"{}", f"Content-Length: {length}")], [http()]) as server:
        assert connect(server.url).get("/thing").body == b"{}"


def test_workers_have_a_connection_each(toy: Served, connect):
    toy.fault("delay", seconds=0.1, times=0)
    session = connect(toy.url)
    each(lambda n: session.get(f"/{n}"), range(8), 4)
    each(lambda n: session.get(f"/{n}"), range(8), 4)
    assert len({call.client for call in toy.toy.calls}) == 4


NOT_JSON: dict[str, tuple[bytes, str]] = {
    "html": (b"<!DOCTYPE html><html>Please sign in</html>", "an HTML page"),
    "text": (b"Service ready", "something that is not JSON"),
    "xml": (b"<error/>", "something that is not JSON"),
    "nothing": (b"", "something that is not JSON"),
    "half": (b'{"a": [1, 2', "something that is not JSON"),
    "not UTF-8": (b'{"a": "\xff"}', "something that is not JSON"),
    "depth": (b"[" * 200_000, "nested too deeply"),
    "number without end": (b"9" * 10_000, "something that is not JSON"),
    "a list": (b"[]", "unexpected shape"),
    "null": (b"null", "unexpected shape"),
}


@pytest.mark.parametrize("kind", NOT_JSON)
def test_what_is_not_the_promised_json_is_told_and_leaves_doubt_after_a_write(kind: str, toy: Served, connect):
    body, said = NOT_JSON[kind]
    toy.toy.answers["/thing"] = (200, [], body)
    session = connect(toy.url)
    with pytest.raises(BadAnswer, match=said):
        session.data(session.get("/thing"))
    with pytest.raises(OutcomeUnknown, match=said):
        session.data(session.send("POST", "/thing", json={}))
    with pytest.raises(BadAnswer, match=said):
        session.data(session.send("POST", "/thing", json={}, reads=True))


def test_xml_answers_are_read_by_the_same_rules(toy: Served, connect):
    toy.toy.answers["/good"] = (200, [], b"<user><name>jane</name></user>")
    toy.toy.answers["/bad"] = (200, [], b"<!DOCTYPE user><user/>")
    session = connect(toy.url)
    assert session.xml(session.get("/good"), {}) == ("user", {"name": "jane"})
    with pytest.raises(BadAnswer, match="GET /bad was answered with XML that has a document type"):
        session.xml(session.get("/bad"), {})
    with pytest.raises(OutcomeUnknown):
        session.xml(session.send("POST", "/bad"), {})


def said_by(answer: Answer) -> tuple[str, tuple[str, ...]]:
    return text_of(json_object(answer).get("message")) or plain_words(answer), ()


SECRET = "c4n4ry-pässword/+="


@pytest.mark.parametrize(
    "body, said",
    [
        (b'{"message": "no such\\u0000 role\\u202e"}', "404: no such role"),
        (f"user with {SECRET} exists".encode(), r"404: user with \*{8} exists"),
        (b"<html>secret internals</html>", "404. "),
        (b'["secret"]', "404. "),
        (b'{"message": {"nested": "secret"}}', "404. "),
        (b"x" * 5000, "404: x{200,299}…"),
        (b"\xff\xfe", "404: \ufffd\ufffd"),
    ],
)
def test_an_error_has_the_services_words_and_nothing_else_of_the_answer(body: bytes, said: str, toy: Served, connect):
    toy.toy.answers["/thing"] = (404, [(b"x-internal", b"secret")], body)
    session = connect(toy.url, words=said_by, secrets=[SECRET])
    session.headers = lambda: {"Authorization": "Bearer secret"}
    with pytest.raises(LifecycleError) as caught:
        session.send("PUT", "/thing", query={"q": "secret"}, json={"password": SECRET}, headers={"X-Own": "secret"})
    assert re.match(f"Toy: PUT /thing was answered {said}", str(caught.value) + " ")
    assert "secret" not in str(caught.value)
    assert SECRET not in str(caught.value)
    assert caught.value.details() == {"request": "PUT /thing", "status": 404}


def test_words_that_cannot_be_read_do_not_hide_the_error(toy: Served, connect):
    def broken(answer: Answer) -> t.Any:
        raise KeyError("surprise")

    toy.fault("status", status=409, body="{}")
    with pytest.raises(Rejected, match=r"POST /things was answered 409\."):
        connect(toy.url, words=broken).send("POST", "/things")
