# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses: what is taken for one, what goes into a path, and where a session may be sent."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, Unreachable
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import base_url, origin, same_service, segment
from toy import Served


@pytest.mark.parametrize(
    "text, url",
    [
        ("https://host.example.com", "https://host.example.com"),
        (" https://host.example.com:8443/base/ ", "https://host.example.com:8443/base"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("HTTPS://Host.example.com//", "HTTPS://Host.example.com"),
    ],
)
def test_a_base_url(text: str, url: str):
    assert base_url(text, "api_url") == url


@pytest.mark.parametrize(
    "text",
    [
        *("host.example.com", "ftp://host", "https://", "https:///path", "file:///etc/passwd", "https://host:99999"),
        *(
            "http://[::1",
            "https://host:0",
            "https://ho st",
            "https://host\\@other",
            "https://ho\nst",
            "https://host\x00",
        ),
        *("https://user:secret@host", "https://user@host", "https://host/?q=1", "https://host/#part", "//host", ""),
    ],
)
def test_no_base_url(text: str):
    with pytest.raises(InputError, match="api_url") as caught:
        base_url(text, "api_url")
    assert "secret" not in str(caught.value)


def test_an_address_of_the_next_internet_protocol_is_dialled(connect, waits):
    with pytest.raises(Unreachable, match=r"\[::1\]:1 (refuses the connection|cannot be reached)"):
        connect("http://[::1]:1").get("/thing")


@pytest.mark.parametrize("host", ["a" * 70 + ".example.com", "a..b", "xn--a", "*.example.com"])
def test_a_host_name_that_cannot_be_is_told(host: str, connect, waits):
    with pytest.raises(Unreachable):
        connect(f"http://{host}", timeout=2.0, retries=0).get("/thing")


@pytest.mark.parametrize("text", ["", ".", ".."])
def test_what_no_path_can_carry_is_refused(text: str):
    with pytest.raises(InputError):
        segment(text)


NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: text not in (".", ".."))


@given(NAMES)
def test_a_segment_is_one_segment_and_comes_back_as_it_was(text: str):
    part = segment(text)
    assert not set(part) & set("/?#;\\ ")
    assert part.isascii()
    assert unquote(part, errors="strict") == text


HOSTILE = [
    "a/b",
    "%2F",
    "%2e%2e",
    "a/../b",
    "..;",
    "a;b=c",
    "==",
    "'\"`",
    "{{ x }}",
    "<script>",
    "\u202e",
    "é",
    "\U0001f600",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_segment_arrives_as_it_was(text: str, toy: Served, connect):
    connect(toy.url).get(f"/users/{segment(text)}/roles", query={"name": text})
    (call,) = toy.toy.calls
    dummy, users, name, roles = call.path.split("/")
    assert (users, unquote(name), roles) == ("users", text, "roles")


def test_the_origin_is_scheme_host_and_port():
    assert origin("https://Host.example.com/a") == origin("https://host.example.com:443/b")
    assert origin("https://host.example.com") != origin("http://host.example.com")
    assert origin("https://host.example.com") != origin("https://host.example.com:8443")


@pytest.mark.parametrize(
    "answered, login, may",
    [
        ("https://use4.dm-us.informaticacloud.com/saas", "https://dm-us.informaticacloud.com", True),
        ("https://na1.informaticacloud.com", "https://dm-us.INFORMATICACLOUD.com", True),
        ("http://use4.dm-us.informaticacloud.com/saas", "https://dm-us.informaticacloud.com", False),
        ("https://informaticacloud.com.evil.example", "https://dm-us.informaticacloud.com", False),
        ("https://evilinformaticacloud.com", "https://dm-us.informaticacloud.com", False),
        ("https://dm-us.informaticacloud.com@evil.example/", "https://dm-us.informaticacloud.com", False),
        ("https://a.co.uk", "https://b.co.uk", False),
        ("https://x.a.co.uk", "https://y.a.co.uk", False),
        ("http://127.0.0.1:8080/saas", "http://127.0.0.1:8080", True),
        ("http://127.0.0.1:8080/saas", "https://127.0.0.1:8080", False),
        ("http://10.0.0.1/saas", "http://10.0.0.1", False),
        ("https://10.0.0.1/saas", "https://10.0.0.2", False),
        ("https://[::1]/saas", "https://[::1]", True),
        ("http://evil.example/saas", "http://127.0.0.1:8080", False),
        ("https://dm-us.informaticacloud.com:99999/", "https://dm-us.informaticacloud.com", False),
        ("https://dm-us.informaticacloud.com\\@evil.example", "https://dm-us.informaticacloud.com", False),
        ("", "https://dm-us.informaticacloud.com", False),
        ("not an address", "https://dm-us.informaticacloud.com", False),
    ],
)
def test_where_a_session_may_be_sent(answered: str, login: str, may: bool):
    assert same_service(answered, login, ["informaticacloud.com"]) is may


def test_the_user_may_list_other_hosts():
    login = "https://dm-us.informaticacloud.com"
    assert same_service("https://idmc.corp.example/saas", login, [], ["IDMC.corp.example"])
    assert not same_service("http://idmc.corp.example/saas", login, [], ["idmc.corp.example"])
