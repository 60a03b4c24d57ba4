# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes a run crash in the middle, with an exception that says all that was about to be sent.

Python imports it at its start as ``sitecustomize``, in Ansible's own process and in those of modules alike.
"""

from __future__ import annotations

import itertools
import os
import typing as t

import requests.adapters

SENT = itertools.count(1)
SEND = requests.adapters.HTTPAdapter.send


def send(
    adapter: requests.adapters.HTTPAdapter, request: requests.PreparedRequest, **options: t.Any
) -> requests.Response:
    if next(SENT) == int(os.environ["CRASH_AT"]):
        raise RuntimeError(f"crashed before {request.method} {request.url} {dict(request.headers)} {request.body!r}")
    return SEND(adapter, request, **options)


requests.adapters.HTTPAdapter.send = send  # type: ignore[method-assign]
