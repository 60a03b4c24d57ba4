# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Simulated servers for the tests of this folder: one process, a fresh state for every test."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.atom import AnyMagistrala
from sandbox.server import Sandbox, running

pytest.register_assert_rewrite("unit.magistrala.server")
from unit.magistrala.server import PROFILES, AtomServer, Server  # noqa: E402


@pytest.fixture(scope="session")
def magistrala() -> t.Iterator[Sandbox]:
    with running(AnyMagistrala()) as sandbox:
        yield sandbox


@pytest.fixture(params=PROFILES)
def server(magistrala: Sandbox, request: pytest.FixtureRequest) -> Server:
    """A server of each generation."""
    return Server(magistrala, profile=request.param)


@pytest.fixture
def old(magistrala: Sandbox) -> Server:
    return Server(magistrala, profile="early2025")


@pytest.fixture
def new(magistrala: Sandbox) -> Server:
    return Server(magistrala, profile="v0.30")


@pytest.fixture(params=("atom", "atom-newer"))
def atom(magistrala: Sandbox, request: pytest.FixtureRequest) -> AtomServer:
    """Atom as it was recorded, and with what is known of newer servers."""
    return AtomServer(magistrala, profile=request.param)
