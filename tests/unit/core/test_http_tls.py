# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""TLS is on by default, with a private authority and client certificates where asked,
and nothing from the environment.
"""

from __future__ import annotations

import pathlib
import ssl
import typing as t

import pytest

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError, Unreachable
from ansible_collections.people.lifecycle.plugins.module_utils._http.connection import connection_from
from authority import Authority
from toy import Served, toy_service


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ours"), "ours")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("strange"), "strange")


@pytest.fixture(scope="module")
def secure(authority: Authority) -> t.Iterator[Served]:
    certificate, key = authority.issue("127.0.0.1")
    with toy_service(ssl_certfile=certificate, ssl_keyfile=key) as served:
        yield served


def test_a_certificate_of_an_unknown_authority_is_refused(secure: Served, connect, waits):
    before = len(secure.toy.calls)
    for method in ("GET", "POST"):
        with pytest.raises(Unreachable, match=r"certificate of 127\.0\.0\.1:\d+ cannot be verified.*ca_path"):
            connect(secure.url).send(method, "/thing")
    assert len(secure.toy.calls) == before
    assert not waits


def test_ca_path_names_the_authority(secure: Served, authority: Authority, connect):
    assert connect(secure.url, verify=authority.path).get("/thing").status == 200


def test_another_authority_does_not_help(secure: Served, stranger: Authority, connect):
    with pytest.raises(Unreachable, match="cannot be verified"):
        connect(secure.url, verify=stranger.path).get("/thing")


def test_the_host_name_must_be_right(authority: Authority, connect):
    certificate, key = authority.issue("other.example.com")
    with toy_service(ssl_certfile=certificate, ssl_keyfile=key) as served:
        with pytest.raises(Unreachable, match="cannot be verified"):
            connect(served.url, verify=authority.path).get("/thing")
        assert not served.toy.calls


def test_the_check_can_be_switched_off(secure: Served, connect):
    assert connect(secure.url, verify=False).get("/thing").status == 200


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_environment_neither_adds_nor_takes_trust(
    variable: str, secure: Served, authority: Authority, stranger: Authority, connect, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(variable, authority.path)
    with pytest.raises(Unreachable, match="cannot be verified"):
        connect(secure.url).get("/thing")
    monkeypatch.setenv(variable, stranger.path)
    assert connect(secure.url, verify=authority.path).get("/thing").status == 200


def test_a_client_certificate_is_shown_where_the_service_wants_one(authority: Authority, stranger: Authority, connect):
    certificate, key = authority.issue("127.0.0.1")
    own = authority.issue("client")
    wants = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_ca_certs": authority.path}
    with toy_service(ssl_certfile=certificate, ssl_keyfile=key, **wants) as served:
        assert connect(served.url, verify=authority.path, certificate=own).get("/thing").status == 200
        for other in (None, stranger.issue("client")):
            with pytest.raises(Unreachable):
                connect(served.url, verify=authority.path, certificate=other, retries=0).get("/thing")
        assert len(served.toy.calls) == 1


def test_https_to_a_port_that_speaks_http_is_told(toy: Served, connect):
    with pytest.raises(Unreachable, match=r"TLS connection .* failed.*https"):
        connect(toy.url.replace("http:", "https:"), retries=0).get("/thing")


PARAMS: dict[str, t.Any] = {
    "api_url": "https://host.example.com/",
    "api_username": "",
    "api_password": None,
    "validate_certs": True,
    "ca_path": None,
    "client_cert": None,
    "client_key": None,
    "timeout": 30.0,
    "retries": 3,
    "use_proxy": False,
    "parallel": 4,
}


def test_files_of_awx_that_are_empty_count_as_not_given(tmp_path: pathlib.Path):
    empty = tmp_path / "empty"
    empty.write_bytes(b"")
    connection = connection_from({**PARAMS, "ca_path": str(empty), "client_cert": str(empty), "client_key": str(empty)})
    assert connection.verify is True
    assert connection.certificate is None


def test_ca_path_may_be_a_file_or_a_folder(authority: Authority):
    for path in (authority.path, str(authority.folder)):
        assert connection_from({**PARAMS, "ca_path": path}).verify == path
        assert connection_from({**PARAMS, "ca_path": path, "validate_certs": False}).verify is False


def test_certificate_and_key_may_be_one_file_or_two(authority: Authority):
    certificate, key = authority.issue("client")
    both = authority.write("both.pem", pathlib.Path(certificate).read_bytes() + pathlib.Path(key).read_bytes())
    pair = connection_from({**PARAMS, "client_cert": certificate, "client_key": key})
    assert pair.certificate == (certificate, key)
    assert connection_from({**PARAMS, "client_cert": both}).certificate == both


@pytest.fixture
def unusable(authority: Authority, stranger: Authority) -> dict[str, tuple[dict[str, t.Any], str]]:
    certificate, key = authority.issue("client")
    dummy, locked = authority.issue("locked", passphrase=b"a passphrase")
    text = authority.write("text", b"no certificate")
    return {
        "authority that is not there": (
            {"ca_path": "/does/not/exist"},
            "ca_path names /does/not/exist, which does not",
        ),
        "authority that is none": ({"ca_path": text}, "holds no readable certificate"),
        "certificate without key": ({"client_cert": certificate}, "with its private key"),
        "certificate that is none": ({"client_cert": text}, "with its private key"),
        "key of another": ({"client_cert": certificate, "client_key": stranger.issue("x")[1]}, "with its private key"),
        "key with a passphrase": ({"client_cert": certificate, "client_key": locked}, "passphrase"),
        "key alone": ({"client_key": key}, "without client_cert"),
        "no address": ({"api_url": ""}, "api_url is not given"),
        "timeout 0": ({"timeout": 0.0}, "timeout is"),
        "timeout that is no number": ({"timeout": float("nan")}, "timeout is"),
        "timeout without end": ({"timeout": float("inf")}, "timeout is"),
        "negative retries": ({"retries": -1}, "retries cannot"),
        "no worker": ({"parallel": 0}, "parallel is"),
    }


def test_options_that_cannot_be_used_are_refused_by_name(unusable: dict[str, tuple[dict[str, t.Any], str]]):
    for case, (options, said) in unusable.items():
        with pytest.raises(InputError, match=said):
            connection_from({**PARAMS, **options})
            pytest.fail(case)


def test_a_connection_does_not_show_its_secrets():
    connection = connection_from({**PARAMS, "api_password": "c4n4ry-1", "api_token": "c4n4ry-2"})
    assert connection.secrets == ("c4n4ry-1", "c4n4ry-2")
    assert "c4n4ry" not in repr(connection)
