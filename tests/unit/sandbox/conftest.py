# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Running simulated systems for the tests of this folder."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.iics import Iics
from sandbox.iq import Iq
from sandbox.server import running
from unit.sandbox.iics_client import Client
from unit.sandbox.iq_server import Server


@pytest.fixture(scope="session")
def iics_url() -> t.Iterator[str]:
    with running(Iics()) as sandbox:
        yield sandbox.urls["iics"]


@pytest.fixture
def iics(iics_url: str) -> Client:
    """A client of a fresh organization, signed in as its administrator."""
    client = Client(iics_url)
    client.control("reset", {})
    client.sign_in()
    return client


@pytest.fixture(scope="module")
def shared_iq() -> t.Iterator[Server]:
    """An IQ Server for all tests of a file; each begins with a fresh state."""
    system = Iq()
    with running(system) as sandbox:
        yield Server(system, sandbox.urls["iq"])
