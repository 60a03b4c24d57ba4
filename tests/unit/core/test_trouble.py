# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an error of the connection means: sent or not, and in which words."""

from __future__ import annotations

import http.client
import socket
import ssl

import pytest
import requests.exceptions as of_requests
import urllib3.exceptions as of_urllib3

from ansible_collections.people.lifecycle.plugins.module_utils._http.failure import Unfinished, no_answer
from ansible_collections.people.lifecycle.plugins.module_utils._http.patience import Trickling
from ansible_collections.people.lifecycle.plugins.module_utils._http.retry import Fate

SPOOFED = "/users/NewConnectionError-ConnectTimeoutError-NameResolutionError-SSLCertVerificationError-ProxyError"


def inside_requests(kind: type[Exception], reason: Exception) -> Exception:
    """``reason`` as urllib3 and requests wrap it, with an address that tries to look like another error."""
    return kind(of_urllib3.MaxRetryError(None, SPOOFED, reason))


def refused(cause: OSError) -> Exception:
    error = of_urllib3.NewConnectionError(None, "Failed to establish a new connection")
    error.__cause__ = cause
    return error


CASES: dict[str, tuple[Exception, Fate, str]] = {
    "refused": (
        inside_requests(of_requests.ConnectionError, refused(ConnectionRefusedError(111, "refused"))),
        Fate.NOT_SENT,
        "refuses",
    ),
    "unknown host": (
        inside_requests(of_requests.ConnectionError, refused(socket.gaierror(-2, "unknown"))),
        Fate.NOT_SENT,
        "host name",
    ),
    "no route": (
        inside_requests(of_requests.ConnectionError, refused(OSError(113, "No route to host"))),
        Fate.NOT_SENT,
        "cannot be reached",
    ),
    "no connection in time": (
        inside_requests(of_requests.ConnectTimeout, of_urllib3.ConnectTimeoutError(None, "timed out")),
        Fate.NOT_SENT,
        "no connection within",
    ),
    "certificate": (
        inside_requests(of_requests.SSLError, of_urllib3.SSLError(ssl.SSLCertVerificationError(1, "verify failed"))),
        Fate.NOT_SENT,
        "certificate",
    ),
    "tunnel": (
        inside_requests(
            of_requests.ProxyError, of_urllib3.ProxyError("no", OSError("Tunnel connection failed: 407 Authentication"))
        ),
        Fate.NOT_SENT,
        "proxy",
    ),
    "address": (of_requests.InvalidURL(SPOOFED), Fate.NOT_SENT, "is not an address"),
    "TLS broken": (
        inside_requests(of_requests.SSLError, of_urllib3.SSLError(ssl.SSLError(1, "bad record mac"))),
        Fate.LOST,
        "TLS connection",
    ),
    "reset behind a proxy": (
        inside_requests(of_requests.ProxyError, of_urllib3.ProxyError("no", ConnectionResetError(104, "reset"))),
        Fate.LOST,
        "broke off",
    ),
    "reset": (
        of_requests.ConnectionError(
            of_urllib3.ProtocolError("Connection aborted.", ConnectionResetError(104, SPOOFED))
        ),
        Fate.LOST,
        "broke off",
    ),
    "disconnected": (
        inside_requests(of_requests.ConnectionError, of_urllib3.ProtocolError(http.client.RemoteDisconnected(SPOOFED))),
        Fate.LOST,
        "broke off",
    ),
    "silence": (of_requests.ReadTimeout(of_urllib3.ReadTimeoutError(None, SPOOFED, "x")), Fate.LOST, "no full answer"),
    "silence in the body": (TimeoutError("timed out"), Fate.LOST, "no full answer"),
    "cut off": (http.client.IncompleteRead(b"", 5), Fate.LOST, "broke off"),
    "ended early": (Unfinished(), Fate.LOST, "broke off"),
    "trickle": (Trickling(), Fate.LOST, "trickling"),
    "anything else": (of_requests.RequestException(SPOOFED), Fate.LOST, "broke off"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_an_error_means(case: str):
    error, fate, said = CASES[case]
    trouble = no_answer(error)
    assert trouble.fate is fate
    assert said in trouble.what


def test_errors_that_hold_each_other_end():
    one, other = ValueError(), OSError()
    one.args, other.args = (other,), (one,)
    assert no_answer(one).fate is Fate.LOST
