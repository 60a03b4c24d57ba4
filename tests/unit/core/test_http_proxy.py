# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Proxies of the environment are used when the task says so, and only then."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import OutcomeUnknown, Unreachable
from rawserver import http, raw_server
from toy import Served, toy_service

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[Served]:
    """A second toy in the environment's place of a proxy."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)
    with toy_service() as served:
        monkeypatch.setenv("http_proxy", served.url)
        monkeypatch.setenv("https_proxy", served.url)
        yield served


def test_a_proxy_is_not_used_unless_asked_for(toy: Served, proxy: Served, connect):
    connect(toy.url).get("/thing")
    assert len(toy.toy.calls) == 1
    assert not proxy.app.journal


def test_a_proxy_is_used_when_asked_for(toy: Served, proxy: Served, connect):
    connect(toy.url, use_proxy=True).get("/thing")
    assert not toy.toy.calls
    assert proxy.toy.calls[0].headers["host"] == toy.url.removeprefix("http://")


@pytest.mark.parametrize("exempt", ["127.0.0.1", "*", "localhost,127.0.0.0/8"])
def test_no_proxy_is_heeded(exempt: str, toy: Served, proxy: Served, connect, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("no_proxy", exempt)
    connect(toy.url, use_proxy=True).get("/thing")
    assert len(toy.toy.calls) == 1


def test_a_proxy_that_declines_is_told_and_not_taken_for_the_service(proxy: Served, connect, waits, monkeypatch):
    with raw_server(*[[http(b"", status="407 Proxy Authentication Required")]] * 3) as declining:
        monkeypatch.setenv("https_proxy", declining.url)
        with pytest.raises(Unreachable, match=r"The proxy does not connect to host\.example\.com"):
            connect("https://host.example.com", use_proxy=True).send("POST", "/things")


def test_a_proxy_that_is_not_there_is_told(toy: Served, proxy: Served, connect, waits, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with pytest.raises(Unreachable, match="The proxy does not connect"):
        connect(toy.url, use_proxy=True).send("POST", "/things")
    assert len(waits) == 2


def test_a_create_lost_behind_a_proxy_is_not_sent_again(toy: Served, proxy: Served, connect, waits):
    proxy.fault("drop_after", path=".*")
    with pytest.raises(OutcomeUnknown):
        connect(toy.url, use_proxy=True).send("POST", "/things", json={})
    assert len(proxy.app.journal) == 1


def test_a_proxy_of_an_unknown_kind_is_told(toy: Served, proxy: Served, connect, monkeypatch):
    monkeypatch.setenv("http_proxy", "gopher://127.0.0.1:1")
    with pytest.raises(Unreachable):
        connect(toy.url, use_proxy=True, retries=0).get("/thing")
