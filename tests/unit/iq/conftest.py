# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated IQ Server for the tests of this folder: one process, a fresh state for every test."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.server import running
from unit.sandbox.iq_openapi import WitnessedIq, contract, specification

pytest.register_assert_rewrite("unit.iq.server")
from unit.iq.server import Server  # noqa: E402


@pytest.fixture(scope="session")
def witnessed() -> t.Iterator[WitnessedIq]:
    system = WitnessedIq()
    with running(system) as sandbox:
        system.url = sandbox.urls["iq"]
        system.app = sandbox.apps["iq"]
        yield system


@pytest.fixture
def server(witnessed: WitnessedIq) -> t.Iterator[Server]:
    """A fresh server; where the vendor's specification is at hand, it judges every request that the test sent."""
    server = Server(witnessed)
    yield server
    if specification() and server.judged:
        contract().check_all(witnessed.exchanges)
