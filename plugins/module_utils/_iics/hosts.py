# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where to sign in: a region's name, a POD's name, or a URL. Pure.

The table goes stale when Informatica adds PODs; a full URL always works.
"""

from __future__ import annotations

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import InputError
from ansible_collections.people.lifecycle.plugins.module_utils._core.text import near_names
from ansible_collections.people.lifecycle.plugins.module_utils._http.urls import base_url

DOMAIN = "informaticacloud.com"
LOGIN = "/saas/public/core/v3/login"
KNOWN_ENDINGS = (LOGIN, "/ma/api/v2/user/login", "/saas", "/ma")

PODS = {
    "dm-us": ("US", "USW1", "USE2", "USW3", "USE4", "USW5", "USE6"),
    "dm1-us": ("USW1-1", "USW3-1"),
    "dm2-us": ("USW1-2",),
    "dm-na": ("CAC1",),
    "dm-em": ("EMEA", "EMW1", "EMWE1"),
    "dm1-em": ("EMC1",),
    "dm-ap": ("APJ", "APSE1"),
    "dm1-apse": ("APSE2",),
    "dm1-ap": ("APNE1",),
    "dm-apne": ("APNE2",),
    "dm1-apau": ("APAUC1",),
    "dm-uk": ("UK1",),
}
HOSTS = {name.lower(): prefix for prefix, pods in PODS.items() for name in (prefix, *pods)}


def login_base(text: str) -> str:
    """What stands before ``/saas/public/core/v3/login``, for what the user gives in ``api_url``.

    A URL may be that of the host alone or of one of the logins. Raises InputError.
    """
    text = text.strip()
    if "/" not in text and "." not in text and ":" not in text:
        return f"https://{region(text)}.{DOMAIN}"
    url = base_url(text, "api_url")
    for ending in KNOWN_ENDINGS:
        if url.endswith(ending):
            return url[: -len(ending)]
    return url


def region(name: str) -> str:
    """The first part of the login host of a region or POD; raises InputError with near names."""
    prefix = HOSTS.get(name.lower())
    if prefix is None:
        near = near_names(name, HOSTS)
        meant = f" Near ones: {', '.join(near)}." if near else ""
        raise InputError(
            f"api_url: {name!r:.60} is neither a URL nor a region or POD that this collection knows.{meant}",
            hint=f"Give the full address of the sign-in page's host, such as https://dm-us.{DOMAIN}.",
        )
    return prefix
