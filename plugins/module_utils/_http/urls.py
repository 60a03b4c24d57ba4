# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses: what the user gives as a base URL, and what goes into a path."""

from __future__ import annotations

import re
import typing as t
from urllib.parse import quote, urlsplit

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import is_loopback

CHARACTERS = re.compile(r"[^\s\\\x00-\x1f\x7f-\xa0]+")


def base_url(text: str, option: str) -> str:
    """Check a base URL given in ``option`` and return it without a trailing slash.

    Raises InputError unless it is http or https with a host and carries no credentials, query or fragment.
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not CHARACTERS.fullmatch(text):
        raise InputError(f"{option} is not a URL: give scheme and host, for example https://host.example.com.")
    if parts.username is not None or parts.password is not None:
        raise InputError(f"{option} carries credentials; give them in api_username and api_password instead.")
    if parts.query or parts.fragment:
        raise InputError(f"{option} carries a query or a fragment; give only scheme, host, port and path.")
    return text.rstrip("/")


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of ``url``, the port filled in; two URLs with the same origin are the same server."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def hosts(url: str) -> tuple[str, str]:
    """The ways to name the host of ``url``, in lower case: without its port, and with it."""
    dummy, host, port = origin(url)
    return host, f"{host}:{port}"


def segment(text: str) -> str:
    """``text`` as one segment of a path; everything but letters, digits and ``-._~`` is percent-encoded.

    Raises InputError for what no path can carry: HTTP software takes ``.`` and ``..`` as steps between folders.
    """
    if text in ("", ".", ".."):
        raise InputError(f"{text!r} cannot be used as a name: it has another meaning in a web address.")
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        raise InputError(f"{text!r} cannot be used as a name: it holds half a character (a lone surrogate).") from None


def same_service(answered: str, login: str, domains: t.Sequence[str], listed: t.Sequence[str] = ()) -> bool:
    """Whether the address that a login at ``login`` answered with may be sent the session.

    It may when it is https (http only where the login was http on loopback) on the host of the login, on a host below
    one of the vendor's ``domains`` where the login was there, too, or on one of the hosts ``listed`` by the user.
    """
    try:
        there, here = urlsplit(answered), urlsplit(login)
        host, login_host = (there.hostname or "").lower(), (here.hostname or "").lower()
        dummy = there.port
    except ValueError:
        return False
    if not host or there.username is not None or not CHARACTERS.fullmatch(answered):
        return False
    if there.scheme != "https" and not (
        there.scheme == here.scheme == "http" and is_loopback(login) and is_loopback(answered)
    ):
        return False
    vendors = any(is_below(host, domain) and is_below(login_host, domain) for domain in domains)
    return host == login_host or vendors or host in (each.lower() for each in listed)


def is_below(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
