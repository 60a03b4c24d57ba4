# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why a request brought no answer: whether it can have been processed, and what the user is told. Pure."""

from __future__ import annotations

import socket
import ssl
import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._http.patience import Trickling
from ansible_collections.people.lifecycle.plugins.module_utils._http.retry import Fate

BEFORE_CONNECTING = {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError"}
ADDRESS_ERRORS = {"InvalidURL", "InvalidSchema", "MissingSchema", "LocationParseError"}
CHECK_URL = "Check api_url and the network."


class NoAnswer(Exception):
    """A request without a usable answer.

    ``fate`` says whether it can have been processed, ``what`` is told (``{host}`` and ``{seconds}``, the timeout, are
    still to be put in), ``hint`` what to do about it; with ``final`` no repetition can help.
    """

    def __init__(self, fate: Fate, what: str, hint: str | None = None, final: bool = False) -> None:
        super().__init__(what)
        self.fate = fate
        self.what = what
        self.hint = hint
        self.final = final


class Unfinished(Exception):
    """An answer that ended before it was complete."""


def no_answer(error: Exception) -> NoAnswer:
    """What ``error``, raised by requests or while reading, means.

    Decided by the kinds of the exceptions inside, never by their text, which holds the address and thereby user input.
    Where a request may have left this machine, it counts as lost.
    """
    chain = list(causes(error))
    kinds = {type(each).__name__ for each in chain}
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in chain) or "CertificateError" in kinds:
        hint = "Give the authority's certificate in ca_path if it is your own."
        return NoAnswer(Fate.NOT_SENT, "The certificate of {host} cannot be verified.", hint, final=True)
    if kinds & ADDRESS_ERRORS:
        hint = "Check api_url, and the proxy variables of the environment where use_proxy is on."
        return NoAnswer(Fate.NOT_SENT, "{host} is not an address that can be reached.", hint, final=True)
    if "ProxyError" in kinds and (kinds & BEFORE_CONNECTING or any(map(is_refused_tunnel, chain))):
        hint = "Check the proxy variables of the environment, or leave use_proxy off."
        return NoAnswer(Fate.NOT_SENT, "The proxy does not connect to {host}.", hint)
    if kinds & BEFORE_CONNECTING:
        return NoAnswer(Fate.NOT_SENT, *not_connected(chain, kinds))
    if any(isinstance(each, ssl.SSLError) for each in chain):
        hint = "Is it https that this port speaks, and does it want a client certificate?"
        return NoAnswer(Fate.LOST, "The TLS connection to {host} failed.", hint)
    if any(isinstance(each, Trickling) for each in chain):
        return NoAnswer(Fate.LOST, "{host} kept the answer trickling for too long.")
    if kinds & {"ReadTimeoutError", "ReadTimeout"} or any(isinstance(each, TimeoutError) for each in chain):
        return NoAnswer(Fate.LOST, "{host} gave no full answer within {seconds:g} seconds.")
    return NoAnswer(Fate.LOST, "{host} broke off the connection.")


def not_connected(chain: t.Sequence[BaseException], kinds: set[str]) -> tuple[str, str]:
    if any(isinstance(each, socket.gaierror) for each in chain) or "NameResolutionError" in kinds:
        return "The host name of {host} is not known.", "Check api_url."
    if any(isinstance(each, ConnectionRefusedError) for each in chain):
        return "{host} refuses the connection.", "Check api_url, and whether the service runs."
    if "ConnectTimeoutError" in kinds:
        return "{host} cannot be reached: no connection within {seconds:g} seconds.", CHECK_URL
    return "{host} cannot be reached.", CHECK_URL


def is_refused_tunnel(error: BaseException) -> bool:
    """The words of ``http.client`` when a proxy declines CONNECT; it has no exception of its own for that."""
    return isinstance(error, OSError) and str(error.args[:1]).startswith("('Tunnel connection failed")


def causes(error: BaseException, depth: int = 8) -> t.Iterator[BaseException]:
    """``error`` and the exceptions that it wraps, in whichever way requests and urllib3 do that."""
    yield error
    inner = [*error.args, getattr(error, "reason", None), error.__cause__]
    if type(error).__name__ in {*BEFORE_CONNECTING, "ReadTimeoutError"}:
        inner.append(error.__context__)  # where urllib3 1.26 leaves the error below
    for each in inner:
        if depth and isinstance(each, BaseException):
            yield from causes(each, depth - 1)
