# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated Magistrala for the tests of this folder."""

from __future__ import annotations

import typing as t

import pytest

from sandbox.magistrala import Magistrala
from sandbox.server import Sandbox, running

pytest.register_assert_rewrite("unit.magistrala.server")
from unit.magistrala.server import Server  # noqa: E402


@pytest.fixture(scope="session")
def magistrala() -> t.Iterator[Sandbox]:
    with running(Magistrala()) as sandbox:
        yield sandbox


@pytest.fixture
def server(magistrala: Sandbox) -> Server:
    return Server(magistrala)
