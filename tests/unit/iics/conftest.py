# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated organization for the tests of this folder: one process, a fresh state for every test."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.server import Sandbox, running

pytest.register_assert_rewrite("unit.iics.server")
from unit.iics.server import Recording, Server  # noqa: E402


@pytest.fixture(scope="session")
def iics_sandbox() -> t.Iterator[Sandbox]:
    with running(Recording()) as sandbox:
        yield sandbox


@pytest.fixture
def server(iics_sandbox: Sandbox) -> Server:
    return Server(iics_sandbox)
